import { Application, type ApplicationClient, type BegunLogin, claimsOf } from "../../support/application";
import { describeInBrowser, newPerson as newPage, startBrowser } from "../../support/browser";
import { type LocalTenant, startLocalTenant } from "../../support/local-tenant";
import { bindActions, createClient, createUser, databaseConnection } from "../../support/login-set-up";
import { type VisitedPage, Visitor } from "../../support/visitor";

const PASSWORD = "correct horse 1A";

let tenant: LocalTenant;
let application: Application;
let client: ApplicationClient;
let pages: string;
let users = 0;

beforeAll(async () => {
  [tenant, application] = await Promise.all([startLocalTenant(), Application.start()]);
  pages = tenant.env.ISSUER_BASE_URL;
  client = await createClient(tenant, application);
}, 60_000);

afterAll(async () => {
  await Promise.all([tenant.stop(), application.stop()]);
});

afterEach(() => bindActions(tenant));

/** A new user and their browser. */
async function newPerson(): Promise<{ visitor: Visitor; email: string; id: string }> {
  users += 1;
  const email = `person${users}@example.com`;
  return { visitor: new Visitor(pages), email, id: await createUser(tenant, email, PASSWORD) };
}

async function logIn(visitor: Visitor, email: string, login: BegunLogin, password = PASSWORD): Promise<VisitedPage> {
  return visitor.submit(await visitor.visit(login.url), { username: email, password });
}

/** The parameters that the application got. */
function answerAt({ url }: VisitedPage): Record<string, string> {
  expect(url.startsWith(`${application.callback}?`)).toBe(true);
  return Object.fromEntries(new URL(url).searchParams);
}

async function userOf(id: string) {
  return (await tenant.request("GET", `/api/v2/users/${encodeURIComponent(id)}`)).body;
}

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
    const { visitor, email, id } = await newPerson();
    const login = application.begin(tenant, client);

    const end = await logIn(visitor, email, login);

    expect(answerAt(end)).toEqual({ code: expect.any(String), state: "the-state" });
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
    const { visitor, email, id } = await newPerson();

    await logIn(visitor, email, application.begin(tenant, client));
    await visitor.visit(application.begin(tenant, client).url);

    expect(await userOf(id)).toMatchObject({ logins_count: 2, last_ip: "127.0.0.1", last_login: expect.any(String) });
  });

  test("for an API gives a JWT for it, which userinfo takes too", async () => {
    const audience = "my api, not a URL";
    await tenant.request("POST", "/api/v2/resource-servers", {
      identifier: audience,
      name: "API",
      scopes: [{ value: "read:things" }],
      allow_offline_access: true,
    });
    const { visitor, email, id } = await newPerson();
    const scope = "openid email read:things write:things offline_access";
    const login = application.begin(tenant, client, { audience, scope });

    const end = await logIn(visitor, email, login);
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
    const { visitor, email } = await newPerson();

    const end = await visitor.visit(application.begin(tenant, client, { audience: "https://nothing.example" }).url);

    expect(answerAt(end)).toMatchObject({
      error: "access_denied",
      error_description: "Service not found: https://nothing.example",
      state: "the-state",
    });
    expect(email).toBeDefined();
  });

  test("is remembered: the next one asks for nothing, unless prompt=login or another browser asks", async () => {
    const { visitor, email } = await newPerson();
    await logIn(visitor, email, application.begin(tenant, client));

    expect(answerAt(await visitor.visit(application.begin(tenant, client).url)).code).toBeDefined();
    expect(answerAt(await visitor.visit(application.begin(tenant, client, { prompt: "none" }).url)).code).toBeDefined();
    expect((await visitor.visit(application.begin(tenant, client, { prompt: "login" }).url)).url).toContain("/u/login");
    expect((await new Visitor(pages).visit(application.begin(tenant, client).url)).url).toContain("/u/login");
  });

  test("with prompt=login can change the person", async () => {
    const one = await newPerson();
    const other = await newPerson();
    await logIn(one.visitor, one.email, application.begin(tenant, client));
    const login = application.begin(tenant, client, { prompt: "login" });

    const end = await logIn(one.visitor, other.email, login);

    const { body } = await application.exchange(tenant, client, login, end.url);
    expect(claimsOf(body.id_token).sub).toBe(other.id);
  });

  test("with prompt=none and no session is login_required", async () => {
    const end = await new Visitor(pages).visit(application.begin(tenant, client, { prompt: "none" }).url);

    expect(answerAt(end)).toMatchObject({ error: "login_required", state: "the-state" });
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
    const { visitor, email } = await newPerson();
    await logIn(visitor, email, application.begin(tenant, client));
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
    const { visitor, email } = await newPerson();
    const login = application.begin(tenant, client);
    const { origin, pathname, searchParams } = new URL(login.url);

    const page = await visitor.visit(origin + pathname, { method: "POST", body: searchParams });
    const end = await visitor.submit(page, { username: email, password: PASSWORD });

    expect(answerAt(end).code).toBeDefined();
    expect((await tenant.request("POST", "/authorize", {})).status).toBe(307);
  });

  test("of a user who is gone asks for the password again", async () => {
    const { visitor, email, id } = await newPerson();
    await logIn(visitor, email, application.begin(tenant, client));
    await tenant.request("DELETE", `/api/v2/users/${encodeURIComponent(id)}`);

    expect((await visitor.visit(application.begin(tenant, client).url)).url).toContain("/u/login");
  });

  test("of a user who is gone is not one of whoever gets the same id", async () => {
    const { visitor, email, id } = await newPerson();
    const login = application.begin(tenant, client, { scope: "openid offline_access" });
    const end = await logIn(visitor, email, login);
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
    expect(answerAt(await logIn(visitor, email, application.begin(tenant, client))).code).toBeDefined();
    expect(answerAt(await visitor.visit(application.begin(tenant, client).url)).code).toBeDefined();
  });

  test("of a blocked user is refused", async () => {
    const { visitor, email, id } = await newPerson();
    await logIn(visitor, email, application.begin(tenant, client));
    await tenant.request("PATCH", `/api/v2/users/${encodeURIComponent(id)}`, { blocked: true });

    const silent = await visitor.visit(application.begin(tenant, client).url);
    const again = await logIn(new Visitor(pages), email, application.begin(tenant, client));

    expect(answerAt(silent)).toMatchObject({ error: "unauthorized", error_description: "user is blocked" });
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
    const { visitor, email } = await newPerson();
    const first = application.begin(tenant, client);
    const end = await logIn(visitor, email, first);
    const second = application.begin(tenant, client);

    expect((await application.exchange(tenant, client, second, end.url)).body.error).toBe("invalid_grant");
    const other = await visitor.visit(second.url);
    expect((await application.exchange(tenant, client, second, other.url)).status).toBe(200);
    const again = await application.exchange(tenant, client, second, other.url);
    expect({ status: again.status, error: again.body.error }).toEqual({ status: 403, error: "invalid_grant" });
  });
});

describe("the login page", () => {
  test("says the same of an unknown user and of a wrong password", async () => {
    const { visitor, email } = await newPerson();

    const wrong = await logIn(visitor, email, application.begin(tenant, client), "not it");
    const unknown = await logIn(new Visitor(pages), "nobody@example.com", application.begin(tenant, client), "not it");

    expect(wrong.status).toBe(400);
    expect(wrong.html).toContain("Wrong email or password.");
    expect(unknown.html.includes("Wrong email or password.")).toBe(true);
    expect(unknown.status).toBe(400);
  });

  test("slows down who guesses, also for the right password", async () => {
    const { email } = await newPerson();
    const visitor = new Visitor(pages);
    let page = await visitor.visit(application.begin(tenant, client).url);
    for (let attempt = 0; attempt < 10; attempt++) {
      page = await visitor.submit(page, { username: email, password: "guess" });
      expect(page.status).toBe(400);
    }

    page = await visitor.submit(page, { username: email, password: PASSWORD });

    expect(page.status).toBe(429);
    expect(Number(page.headers.get("retry-after"))).toBeGreaterThan(50);
    expect(page.html).toContain("Too many wrong passwords. Please try again in 1 min.");
  });

  test("names what is empty", async () => {
    const visitor = new Visitor(pages);
    const page = await visitor.submit(await visitor.visit(application.begin(tenant, client).url), {
      username: " ",
      password: "",
    });

    expect(page.status).toBe(400);
    expect(page.html).toContain('<a href="#username">Email address: Please fill in this field.</a>');
    expect(page.html).toContain('<a href="#password">Password: Please fill in this field.</a>');
    expect(page.html.match(/aria-invalid="true"/g)).toHaveLength(2);
  });

  test("is kept from being stored, framed, or told of, and may lead to the application", async () => {
    const { headers } = await new Visitor(pages).visit(application.begin(tenant, client).url);

    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-frame-options")).toBe("DENY");
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`form-action 'self' ${application.url}`);
    expect(policy).not.toContain("unsafe-inline");
  });

  test("takes nothing without its token, from another browser, or after its end", async () => {
    const { visitor, email } = await newPerson();
    const page = await visitor.visit(application.begin(tenant, client).url);
    const forged = { ...page, html: page.html.replace(/name="csrf" value="[^"]*"/, 'name="csrf" value="forged"') };

    expect((await visitor.submit(forged, { username: email, password: PASSWORD })).status).toBe(403);
    const stranger = await new Visitor(pages).visit(page.url);
    expect({ status: stranger.status, hasForm: stranger.html.includes("<form") }).toEqual({
      status: 400,
      hasForm: false,
    });
    expect(stranger.html).toContain("was begun in another browser");

    const end = await visitor.submit(page, { username: email, password: PASSWORD });
    expect(answerAt(end).code).toBeDefined();
    const late = await visitor.submit(page, { username: email, password: PASSWORD });
    expect(late.status).toBe(400);
    expect(late.html).toContain("This login has ended");
    expect(late.html).toContain(`<a href="${application.url}/">Back to Application</a>`);
  });

  test("two tabs log in one after the other", async () => {
    const { visitor, email } = await newPerson();
    const one = await visitor.visit(application.begin(tenant, client).url);
    const two = await visitor.visit(application.begin(tenant, client).url);

    expect(answerAt(await visitor.submit(one, { username: email, password: PASSWORD })).code).toBeDefined();
    expect(answerAt(await visitor.submit(two, { username: email, password: PASSWORD })).code).toBeDefined();
  });

  test("two tabs log in two people: who comes in last is logged in", async () => {
    const { visitor, email } = await newPerson();
    const other = await newPerson();
    const one = await visitor.visit(application.begin(tenant, client).url);
    const second = application.begin(tenant, client);
    const two = await visitor.visit(second.url);

    await visitor.submit(one, { username: email, password: PASSWORD });
    const end = await visitor.submit(two, { username: other.email, password: PASSWORD });

    const { body } = await application.exchange(tenant, client, second, end.url);
    expect(claimsOf(body.id_token).sub).toBe(other.id);
    const third = application.begin(tenant, client);
    const next = await application.exchange(tenant, client, third, (await visitor.visit(third.url)).url);
    expect(claimsOf(next.body.id_token).sub).toBe(other.id);
  });
});

describe("signing up", () => {
  async function signUp(email: string, password: string): Promise<VisitedPage> {
    const visitor = new Visitor(pages);
    const page = await visitor.visit(application.begin(tenant, client, { screen_hint: "signup" }).url);
    return visitor.submit(page, { email, password });
  }

  test("makes a user whose email is normalised and whose password is kept hashed, and logs them in", async () => {
    expect(answerAt(await signUp(" New.Person@Example.com ", PASSWORD)).code).toBeDefined();

    const { body } = await tenant.request("GET", "/api/v2/users-by-email?email=new.person@example.com");
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({ email: "new.person@example.com", email_verified: false, logins_count: 1 });
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
  });

  test.each([
    ["an address that is none", "nobody", PASSWORD, "Please enter an email address"],
    [
      "an address that the Management API does not take",
      "jane,doe@example.com",
      PASSWORD,
      "Please enter an email address",
    ],
    ["a password that is too long", "long@example.com", "aB1!".repeat(257), "This password is too long."],
    ["a weak password", "weak@example.com", "password", "This password is too weak"],
    ["a short password", "short@example.com", "aB1!", "This password is too weak"],
  ])("refuses %s", async (_, email, password, said) => {
    const page = await signUp(email, password);

    expect(page.status).toBe(400);
    expect(page.html).toContain(said);
    expect((await tenant.request("GET", `/api/v2/users-by-email?email=${email}`)).body).toEqual([]);
  });

  test("refuses who is there already, and does not touch them", async () => {
    const { email } = await newPerson();

    const page = await signUp(email.toUpperCase(), "another Password 2");

    expect(page.status).toBe(400);
    expect(page.html).toContain("This account could not be made");
    expect(answerAt(await logIn(new Visitor(pages), email, application.begin(tenant, client))).code).toBeDefined();
  });

  test("is closed where the connection says so", async () => {
    const { id, options } = await databaseConnection(tenant);
    await tenant.request("PATCH", `/api/v2/connections/${id}`, { options: { ...options, disable_signup: true } });

    const page = await new Visitor(pages).visit(application.begin(tenant, client, { screen_hint: "signup" }).url);
    const login = await new Visitor(pages).visit(application.begin(tenant, client).url);

    await tenant.request("PATCH", `/api/v2/connections/${id}`, { options });
    expect(page.status).toBe(403);
    expect(page.html).toContain("Signing up is not open here.");
    expect(login.html).not.toContain("Sign up");
  });
});

describe("post-login Actions", () => {
  test("run in order, see the login, and change it", async () => {
    const { visitor, email, id } = await newPerson();
    await bindActions(
      tenant,
      {
        name: "First",
        secrets: { WORD: "secret word" },
        code: `exports.onExecutePostLogin = async (event, api) => {
          api.user.setUserMetadata("seen", {
            email: event.user.email, count: event.stats.logins_count, protocol: event.transaction.protocol,
            client: event.client.name, connection: event.connection.name, color: event.request.query["ext-color"] ?? null,
            scopes: event.transaction.requested_scopes, metadata: event.user.user_metadata,
          });
          api.idToken.setCustomClaim("https://example.com/word", event.secrets.WORD.length);
          api.accessToken.setCustomClaim("https://example.com/for", event.resource_server?.identifier ?? "nothing");
          console.log("the word is", event.secrets.WORD);
        };`,
      },
      {
        name: "Second",
        code: `exports.onExecutePostLogin = async (event, api) => {
          api.user.setAppMetadata("second_saw", event.user.user_metadata.seen.email);
        };`,
      },
    );
    const login = application.begin(tenant, client, { "ext-color": "green" });

    const end = await logIn(visitor, email, login);
    const { body } = await application.exchange(tenant, client, login, end.url);

    expect(claimsOf(body.id_token)).toMatchObject({ sub: id, "https://example.com/word": 11 });
    expect(await userOf(id)).toMatchObject({
      user_metadata: {
        seen: {
          email,
          count: 1,
          protocol: "oidc-basic-profile",
          client: "Application",
          connection: "Username-Password-Authentication",
          color: "green",
          scopes: ["openid", "profile", "email"],
          metadata: {},
        },
      },
      app_metadata: { second_saw: email },
    });
  });

  test("can refuse a login: the application is told why, and no later Action runs", async () => {
    const { visitor, email, id } = await newPerson();
    await bindActions(
      tenant,
      { name: "Refuse", code: `exports.onExecutePostLogin = async (event, api) => { api.access.deny("not today"); };` },
      {
        name: "Later",
        code: `exports.onExecutePostLogin = async (event, api) => { api.user.setUserMetadata("ran", true); };`,
      },
    );

    const end = await logIn(visitor, email, application.begin(tenant, client));

    expect(answerAt(end)).toEqual({ error: "access_denied", error_description: "not today", state: "the-state" });
    expect((await userOf(id)).user_metadata).toBeUndefined();
  });

  test.each([
    ["throws", "throw new Error('broken');"],
    ["ends the process", "process.exit(0);"],
  ])("one that %s ends this login and nothing else", async (_, body) => {
    const { visitor, email } = await newPerson();
    await bindActions(tenant, { name: "Broken", code: `exports.onExecutePostLogin = async () => { ${body} };` });

    const end = await logIn(visitor, email, application.begin(tenant, client));

    expect(answerAt(end)).toMatchObject({
      error: "server_error",
      error_description: expect.stringContaining('"Broken"'),
    });
    await bindActions(tenant);
    expect(answerAt(await visitor.visit(application.begin(tenant, client).url)).code).toBeDefined();
  });
});

describe("where no form can be shown", () => {
  const RENDER = {
    name: "Ask",
    code: `exports.onExecutePostLogin = async (event, api) => { api.prompt.render("ap_x"); };`,
  };

  test("prompt=none is interaction_required", async () => {
    const { visitor, email } = await newPerson();
    await logIn(visitor, email, application.begin(tenant, client));
    await bindActions(tenant, RENDER);

    const end = await visitor.visit(application.begin(tenant, client, { prompt: "none" }).url);

    expect(answerAt(end)).toMatchObject({ error: "interaction_required", state: "the-state" });
  });

  test("a refresh token runs the Actions, and fails by a form", async () => {
    const { visitor, email } = await newPerson();
    const login = application.begin(tenant, client, { scope: "openid offline_access" });
    const end = await logIn(visitor, email, login);
    const { refresh_token } = (await application.exchange(tenant, client, login, end.url)).body;
    const refresh = () =>
      tenant.request("POST", "/oauth/token", {
        grant_type: "refresh_token",
        client_id: client.client_id,
        client_secret: client.client_secret,
        refresh_token,
      });
    await bindActions(tenant, {
      name: "Protocol",
      code: `exports.onExecutePostLogin = async (event, api) => { api.idToken.setCustomClaim("how", event.transaction.protocol); };`,
    });

    const { status, body } = await refresh();
    expect(status).toBe(200);
    expect(claimsOf(body.id_token).how).toBe("oauth2-refresh-token");

    await bindActions(tenant, RENDER);
    expect(await refresh()).toMatchObject({ status: 403, body: { error: "interaction_required" } });
  });

  test("a password grant runs the Actions, and fails by a form", async () => {
    const { email, id } = await newPerson();
    const passwordClient = await createClient(tenant, application, { grant_types: ["password", "refresh_token"] });
    await tenant.request("PATCH", "/api/v2/tenants/settings", {
      default_directory: "Username-Password-Authentication",
    });
    const grant = (password: string) =>
      tenant.request("POST", "/oauth/token", {
        grant_type: "password",
        client_id: passwordClient.client_id,
        client_secret: passwordClient.client_secret,
        username: email,
        password,
        scope: "openid email",
      });

    expect(await grant("wrong")).toMatchObject({ status: 403, body: { error: "invalid_grant" } });
    const { status, body } = await grant(PASSWORD);
    expect(status).toBe(200);
    expect(claimsOf(body.id_token)).toMatchObject({ sub: id, email, aud: passwordClient.client_id });
    const userinfo = await fetch(`${pages}/userinfo`, { headers: { authorization: `Bearer ${body.access_token}` } });
    expect(await userinfo.json()).toMatchObject({ sub: id, email });

    await bindActions(tenant, RENDER);
    expect(await grant(PASSWORD)).toMatchObject({ status: 403, body: { error: "interaction_required" } });
  });

  test("a client may use the grants that it was given, and no others", async () => {
    const reply = await tenant.request("POST", "/oauth/token", {
      grant_type: "password",
      client_id: client.client_id,
      client_secret: client.client_secret,
      username: "a",
      password: "b",
    });

    expect(reply).toMatchObject({ status: 403, body: { error: "unauthorized_client" } });
  });
});

describe("logging out", () => {
  async function loggedIn() {
    const { visitor, email } = await newPerson();
    const login = application.begin(tenant, client);
    const end = await logIn(visitor, email, login);
    const { body } = await application.exchange(tenant, client, login, end.url);
    return { visitor, idToken: body.id_token as string };
  }

  async function isLoggedIn(visitor: Visitor): Promise<boolean> {
    return !(await visitor.visit(application.begin(tenant, client).url)).url.includes("/u/login");
  }

  test.each<[string, string]>([
    ["with returnTo", "&returnTo={url}"],
    ["without returnTo to the first allowed URL", ""],
  ])("by /v2/logout %s", async (_, query) => {
    const { visitor } = await loggedIn();

    const address = `${pages}/v2/logout?client_id=${client.client_id}${query.replace("{url}", encodeURIComponent(application.url))}`;
    const end = await visitor.visit(address);

    expect(new URL(end.url).origin).toBe(application.url);
    expect(await isLoggedIn(visitor)).toBe(false);
  });

  test("by /v2/logout leads nowhere that is not allowed, and then ends nothing", async () => {
    const { visitor } = await loggedIn();

    const page = await visitor.visit(
      `${pages}/v2/logout?client_id=${client.client_id}&returnTo=${encodeURIComponent("https://evil.example/")}`,
    );

    expect(page.status).toBe(400);
    expect(page.html).toContain("Allowed Logout URLs");
    expect(await isLoggedIn(visitor)).toBe(true);
  });

  test("by /oidc/logout with an id_token_hint", async () => {
    const { visitor, idToken } = await loggedIn();
    const query = new URLSearchParams({
      id_token_hint: idToken,
      post_logout_redirect_uri: application.url,
      state: "bye",
    });

    const end = await visitor.visit(`${pages}/oidc/logout?${query}`);

    expect(end.url).toBe(`${application.url}/?state=bye`);
    expect(await isLoggedIn(visitor)).toBe(false);
  });

  test("by /oidc/logout without a hint asks first", async () => {
    const { visitor } = await loggedIn();

    const page = await visitor.visit(`${pages}/oidc/logout?client_id=${client.client_id}`);
    expect(page.html).toContain("Do you want to log out?");
    expect(await isLoggedIn(visitor)).toBe(true);

    const foreign = await visitor.visit(page.url, { method: "POST", headers: { origin: "https://evil.example" } });
    expect(foreign.html).toContain("Do you want to log out?");
    const done = await visitor.visit(page.url, { method: "POST", headers: { origin: pages } });
    expect(done.html).toContain("You are logged out.");
    expect(await isLoggedIn(visitor)).toBe(false);
  });
});

describeInBrowser("in a browser", () => {
  test("/oidc/logout without a hint asks, and logs out", async () => {
    const { email } = await newPerson();
    const browser = await startBrowser();
    try {
      const page = await newPage(browser);
      await page.goto(application.begin(tenant, client).url);
      await page.getByLabel("Email address").fill(email);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForURL(`${application.callback}?**`);

      const back = new URLSearchParams({ client_id: client.client_id, post_logout_redirect_uri: application.url });
      await page.goto(`${pages}/oidc/logout?${back}`);
      await page.getByRole("button", { name: "Log out" }).click();
      await page.waitForURL(`${application.url}/`);

      await page.goto(application.begin(tenant, client).url);
      expect(page.url()).toContain("/u/login");
    } finally {
      await browser.close();
    }
  }, 30_000);
});
