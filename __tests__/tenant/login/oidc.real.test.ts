import type { Application, ApplicationClient } from "../../support/application";
import { claimsOf } from "../../support/application";
import type { LocalTenant } from "../../support/local-tenant";
import { Logins, PASSWORD } from "../../support/logins";
import { Visitor } from "../../support/visitor";

let logins: Logins;
let tenant: LocalTenant;
let application: Application;
let client: ApplicationClient;
let pages: string;

beforeAll(async () => {
  logins = await Logins.start();
  ({ tenant, application, client, pages } = logins);
}, 60_000);

afterAll(() => logins.stop());

describe("discovery", () => {
  test.each(["https", "http"])("over %s has one issuer and its addresses", async (scheme) => {
    const origin = scheme === "https" ? `https://${tenant.domain}` : pages;
    const path = "/.well-known/openid-configuration";
    const body =
      scheme === "https" ? (await tenant.request("GET", path)).body : await (await fetch(origin + path)).json();

    expect(body).toMatchObject({
      issuer: `${origin}/`,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/oauth/token`,
      userinfo_endpoint: `${origin}/userinfo`,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      end_session_endpoint: `${origin}/oidc/logout`,
    });
  });

  test("pages that are asked for over https lead to http, where no browser warns", async () => {
    const login = application.begin(tenant, client);
    const path = login.url.slice(pages.length);
    const { status } = await tenant.request("GET", path);

    expect(status).toBe(302);
  });
});

describe("a login", () => {
  test("gives a code, and for it tokens with Auth0's claims", async () => {
    const { visitor, email, id } = await logins.newPerson();
    const login = application.begin(tenant, client);

    const end = await logins.logIn(visitor, email, login);

    expect(logins.answerAt(end)).toEqual({ code: expect.any(String), state: "the-state" });
    const { status, body } = await application.exchange(tenant, client, login, end.url);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      id_token: expect.any(String),
      scope: "openid profile email",
      expires_in: 86400,
      token_type: "Bearer",
    });
    expect(claimsOf(body.id_token)).toEqual({
      iss: `https://${tenant.domain}/`,
      aud: client.client_id,
      sub: id,
      nonce: "the-nonce",
      sid: expect.any(String),
      iat: expect.any(Number),
      exp: expect.any(Number),
      name: email,
      nickname: email.replace("@example.com", ""),
      picture: expect.stringMatching(/^https:/),
      updated_at: expect.stringMatching(/Z$/),
      email,
      email_verified: false,
    });
  });

  test("counts", async () => {
    const { visitor, email, id } = await logins.newPerson();

    await logins.logIn(visitor, email, application.begin(tenant, client));
    const first = await logins.userOf(id);
    await visitor.visit(application.begin(tenant, client).url);

    expect(first).toMatchObject({
      logins_count: 1,
      last_ip: "127.0.0.1",
      last_login: expect.any(String),
    });
  });

  test("for an API gives a JWT for it, which userinfo takes too", async () => {
    const audience = "my api, not a URL";
    await tenant.request("POST", "/api/v2/resource-servers", {
      identifier: audience,
      name: "API",
      scopes: [{ value: "read:things" }],
      allow_offline_access: true,
    });
    const { visitor, email, id } = await logins.newPerson();
    const scope = "openid email read:things write:things offline_access";
    const login = application.begin(tenant, client, { audience, scope });

    const end = await logins.logIn(visitor, email, login);
    const { body } = await application.exchange(tenant, client, login, end.url);

    expect(claimsOf(body.access_token)).toEqual({
      iss: `https://${tenant.domain}/`,
      sub: id,
      aud: [audience, `https://${tenant.domain}/userinfo`],
      azp: client.client_id,
      scope: "openid email read:things offline_access",
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
    expect(body.refresh_token).toEqual(expect.any(String));
    const userinfo = await fetch(`${pages}/userinfo`, { headers: { authorization: `Bearer ${body.access_token}` } });
    expect(await userinfo.json()).toEqual({ sub: id, email, email_verified: false });
  });

  test("for an API that is not there is refused, at the application", async () => {
    const { visitor, email } = await logins.newPerson();

    const end = await visitor.visit(application.begin(tenant, client, { audience: "https://nothing.example" }).url);

    expect(logins.answerAt(end)).toMatchObject({
      error: "access_denied",
      error_description: "Service not found: https://nothing.example",
      state: "the-state",
    });
    expect(email).toBeDefined();
  });

  test("is remembered: the next one asks for nothing, unless prompt=login or another browser asks", async () => {
    const { visitor, email } = await logins.newPerson();
    await logins.logIn(visitor, email, application.begin(tenant, client));

    expect(logins.answerAt(await visitor.visit(application.begin(tenant, client).url)).code).toBeDefined();
    expect(
      logins.answerAt(await visitor.visit(application.begin(tenant, client, { prompt: "none" }).url)).code,
    ).toBeDefined();
    expect((await visitor.visit(application.begin(tenant, client, { prompt: "login" }).url)).url).toContain("/u/login");
    expect((await new Visitor(pages).visit(application.begin(tenant, client).url)).url).toContain("/u/login");
  });

  test("with prompt=login can change the person", async () => {
    const one = await logins.newPerson();
    const other = await logins.newPerson();
    await logins.logIn(one.visitor, one.email, application.begin(tenant, client));
    const login = application.begin(tenant, client, { prompt: "login" });

    const end = await logins.logIn(one.visitor, other.email, login);

    const { body } = await application.exchange(tenant, client, login, end.url);
    expect(claimsOf(body.id_token).sub).toBe(other.id);
  });

  test("with prompt=none and no session is login_required", async () => {
    const end = await new Visitor(pages).visit(application.begin(tenant, client, { prompt: "none" }).url);

    expect(logins.answerAt(end)).toMatchObject({ error: "login_required", state: "the-state" });
  });

  test("shows the email of login_hint, and signs up by screen_hint=signup", async () => {
    const hinted = await new Visitor(pages).visit(application.begin(tenant, client, { login_hint: 'a"<b>@x.com' }).url);
    const signup = await new Visitor(pages).visit(application.begin(tenant, client, { screen_hint: "signup" }).url);

    expect(hinted.html).toContain('value="a&quot;&lt;b&gt;@x.com"');
    expect(signup.url).toContain("/u/signup?state=");
  });

  test("is in the language of ui_locales where the tenant has it enabled", async () => {
    await tenant.request("PATCH", "/api/v2/tenants/settings", { enabled_locales: ["en", "ja"] });

    const japanese = await new Visitor(pages).visit(application.begin(tenant, client, { ui_locales: "ja" }).url);
    const languages = await Promise.all(
      ["ja-JP", "ja-JP ja", "de-DE de", "de", "xx", ""].map(async (ui_locales) => {
        const { html } = await new Visitor(pages).visit(application.begin(tenant, client, { ui_locales }).url);
        return [ui_locales, /<html lang="([^"]*)"/.exec(html)?.[1]];
      }),
    );

    expect(japanese.html).toContain('<html lang="ja">');
    expect(japanese.html).toContain("ようこそ");
    expect(languages).toEqual([
      ["ja-JP", "en"],
      ["ja-JP ja", "ja"],
      ["de-DE de", "en"],
      ["de", "en"],
      ["xx", "en"],
      ["", "en"],
    ]);
  });

  test("says no iss, in whatever way it is answered", async () => {
    const { visitor, email } = await logins.newPerson();
    await logins.logIn(visitor, email, application.begin(tenant, client));
    const answered = async (parameters: Record<string, string>) => {
      const { url, html } = await visitor.visit(application.begin(tenant, client, parameters).url);
      return url + html;
    };

    const fragment = await answered({ response_mode: "fragment" });
    const posted = await answered({ response_mode: "form_post" });
    const refusals = [
      await answered({ response_mode: "fragment", audience: "https://nothing.example" }),
      await answered({ response_mode: "form_post", audience: "https://nothing.example" }),
      await answered({ audience: "https://nothing.example" }),
    ];

    expect(fragment).toContain(`${application.callback}#code=`);
    expect(posted).toContain('name="code"');
    for (const refusal of refusals) {
      expect(refusal).toContain("access_denied");
    }
    for (const answer of [fragment, posted, ...refusals]) {
      expect(answer).not.toMatch(/[?&#"]iss[="]/);
    }
  });

  test("can be begun by a POST", async () => {
    const { visitor, email } = await logins.newPerson();
    const login = application.begin(tenant, client);
    const { origin, pathname, searchParams } = new URL(login.url);

    const page = await visitor.visit(origin + pathname, { method: "POST", body: searchParams });
    const end = await visitor.submit(page, { username: email, password: PASSWORD });

    expect(logins.answerAt(end).code).toBeDefined();
    expect((await tenant.request("POST", "/authorize", {})).status).toBe(307);
  });

  test("of a user who is gone asks for the password again", async () => {
    const { visitor, email, id } = await logins.newPerson();
    await logins.logIn(visitor, email, application.begin(tenant, client));
    await tenant.request("DELETE", `/api/v2/users/${encodeURIComponent(id)}`);

    expect((await visitor.visit(application.begin(tenant, client).url)).url).toContain("/u/login");
  });

  test("of a user who is gone is not one of whoever gets the same id", async () => {
    const { visitor, email, id } = await logins.newPerson();
    const login = application.begin(tenant, client, { scope: "openid offline_access" });
    const end = await logins.logIn(visitor, email, login);
    const { refresh_token } = (await application.exchange(tenant, client, login, end.url)).body;
    await tenant.request("DELETE", `/api/v2/users/${encodeURIComponent(id)}`);
    // Sessions and tokens are dated by the second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const anew = await tenant.request("POST", "/api/v2/users", {
      connection: "Username-Password-Authentication",
      user_id: id.replace("auth0|", ""),
      email,
      password: PASSWORD,
    });
    expect(anew).toMatchObject({ status: 201, body: { user_id: id } });

    const refreshed = await tenant.request("POST", "/oauth/token", {
      grant_type: "refresh_token",
      client_id: client.client_id,
      client_secret: client.client_secret,
      refresh_token,
    });
    expect(refreshed).toMatchObject({ status: 403, body: { error: "invalid_grant" } });
    expect((await visitor.visit(application.begin(tenant, client).url)).url).toContain("/u/login");
    expect(logins.answerAt(await logins.logIn(visitor, email, application.begin(tenant, client))).code).toBeDefined();
    expect(logins.answerAt(await visitor.visit(application.begin(tenant, client).url)).code).toBeDefined();
  });

  test("of a blocked user is refused", async () => {
    const { visitor, email, id } = await logins.newPerson();
    await logins.logIn(visitor, email, application.begin(tenant, client));
    await tenant.request("PATCH", `/api/v2/users/${encodeURIComponent(id)}`, { blocked: true });

    const silent = await visitor.visit(application.begin(tenant, client).url);
    const again = await logins.logIn(new Visitor(pages), email, application.begin(tenant, client));

    expect(logins.answerAt(silent)).toMatchObject({ error: "unauthorized", error_description: "user is blocked" });
    expect(again.html).toContain("Your account has been blocked");
  });
});

describe("an application that asks wrongly", () => {
  test.each([
    ["https", "/.well-known/jwks.json"],
    ["http", "/.well-known/jwks.json"],
    ["http", "/userinfo"],
    ["http", "/authorize"],
  ])("by HEAD over %s for %s is told so", async (scheme, path) => {
    if (scheme === "https") {
      expect((await tenant.request("HEAD", path)).status).toBe(405);
      return;
    }
    const { status, headers } = await fetch(pages + path, { method: "HEAD" });

    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("GET");
  });

  test("a page that is not there says so as a page", async () => {
    const page = await new Visitor(pages).visit(`${pages}/u/nothing`);

    expect(page.status).toBe(404);
    expect(page.html).toContain("There is nothing at this address");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ["with a callback that is not allowed", { redirect_uri: "https://evil.example/" }, "Callback URL mismatch"],
    ["without a callback", { redirect_uri: undefined }, "redirect_uri"],
    ["as an unknown client", { client_id: "nobody" }, "Unknown client: nobody"],
  ])("%s is told so on a page of the tenant", async (_, parameters, said) => {
    const page = await new Visitor(pages).visit(application.begin(tenant, client, parameters).url);

    expect(page.url.startsWith(pages)).toBe(true);
    expect(page.status).toBe(400);
    expect(page.html).toContain(said);
  });

  test("a code is good once, and with its verifier only", async () => {
    const { visitor, email } = await logins.newPerson();
    const first = application.begin(tenant, client);
    const end = await logins.logIn(visitor, email, first);
    const second = application.begin(tenant, client);

    expect((await application.exchange(tenant, client, second, end.url)).body.error).toBe("invalid_grant");
    const other = await visitor.visit(second.url);
    expect((await application.exchange(tenant, client, second, other.url)).status).toBe(200);
    const again = await application.exchange(tenant, client, second, other.url);
    expect({ status: again.status, error: again.body.error }).toEqual({ status: 403, error: "invalid_grant" });
  });
});
