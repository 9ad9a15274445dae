import type { Application, ApplicationClient } from "../../support/application";
import { claimsOf } from "../../support/application";
import type { LocalTenant } from "../../support/local-tenant";
import { bindActions, createClient } from "../../support/login-set-up";
import { Logins, PASSWORD } from "../../support/logins";

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

afterEach(() => bindActions(tenant));

describe("post-login Actions", () => {
  test("run in order, see the login, and change it", async () => {
    const { visitor, email, id } = await logins.newPerson();
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

    const end = await logins.logIn(visitor, email, login);
    const { body } = await application.exchange(tenant, client, login, end.url);

    expect(claimsOf(body.id_token)).toMatchObject({ sub: id, "https://example.com/word": 11 });
    expect(await logins.userOf(id)).toMatchObject({
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
    const { visitor, email, id } = await logins.newPerson();
    await bindActions(
      tenant,
      { name: "Refuse", code: `exports.onExecutePostLogin = async (event, api) => { api.access.deny("not today"); };` },
      {
        name: "Later",
        code: `exports.onExecutePostLogin = async (event, api) => { api.user.setUserMetadata("ran", true); };`,
      },
    );

    const end = await logins.logIn(visitor, email, application.begin(tenant, client));

    expect(logins.answerAt(end)).toEqual({
      error: "access_denied",
      error_description: "not today",
      state: "the-state",
    });
    expect((await logins.userOf(id)).user_metadata).toBeUndefined();
  });

  test.each([
    ["throws", "throw new Error('broken');"],
    ["ends the process", "process.exit(0);"],
  ])("one that %s ends this login and nothing else", async (_, body) => {
    const { visitor, email } = await logins.newPerson();
    await bindActions(tenant, { name: "Broken", code: `exports.onExecutePostLogin = async () => { ${body} };` });

    const end = await logins.logIn(visitor, email, application.begin(tenant, client));

    expect(logins.answerAt(end)).toMatchObject({
      error: "server_error",
      error_description: expect.stringContaining('"Broken"'),
    });
    await bindActions(tenant);
    expect(logins.answerAt(await visitor.visit(application.begin(tenant, client).url)).code).toBeDefined();
  });
});

describe("where no form can be shown", () => {
  const RENDER = {
    name: "Ask",
    code: `exports.onExecutePostLogin = async (event, api) => { api.prompt.render("ap_x"); };`,
  };

  test("prompt=none is interaction_required", async () => {
    const { visitor, email } = await logins.newPerson();
    await logins.logIn(visitor, email, application.begin(tenant, client));
    await bindActions(tenant, RENDER);

    const end = await visitor.visit(application.begin(tenant, client, { prompt: "none" }).url);

    expect(logins.answerAt(end)).toMatchObject({ error: "interaction_required", state: "the-state" });
  });

  test("a refresh token runs the Actions, and fails by a form", async () => {
    const { visitor, email } = await logins.newPerson();
    const login = application.begin(tenant, client, { scope: "openid offline_access" });
    const end = await logins.logIn(visitor, email, login);
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
    const { email, id } = await logins.newPerson();
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
