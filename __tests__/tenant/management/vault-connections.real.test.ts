import { type LocalTenant, startLocalTenant } from "../../support/local-tenant";

let tenant: LocalTenant;

beforeAll(async () => {
  tenant = await startLocalTenant();
});

afterAll(async () => {
  await tenant.stop();
});

const CONNECTIONS = "/api/v2/flows/vault/connections";
const SECRET = "a-secret-that-nobody-may-read";

function auth0Connection(changes: object = {}): object {
  const setup = { type: "OAUTH_APP", client_id: "id", client_secret: SECRET, domain: "localhost:9443", ...changes };
  return { name: "Management API", app_id: "AUTH0", setup };
}

describe("a Vault connection", () => {
  test("with a set-up is ready, and its account is the domain", async () => {
    const created = await tenant.request("POST", CONNECTIONS, auth0Connection());
    const read = await tenant.request("GET", `${CONNECTIONS}/${created.body.id}`);

    expect(created.status).toBe(201);
    expect(read.body).toEqual(created.body);
    expect(read.body).toEqual({
      id: expect.stringMatching(/^ac_[0-9A-Za-z]{22}$/),
      app_id: "AUTH0",
      name: "Management API",
      account_name: "localhost:9443",
      ready: true,
      created_at: expect.any(String),
      updated_at: expect.any(String),
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test("never shows its set-up", async () => {
    const created = await tenant.request("POST", CONNECTIONS, auth0Connection());
    const path = `${CONNECTIONS}/${created.body.id}`;

    const answers = [
      created,
      await tenant.request("GET", path),
      await tenant.request("PATCH", path, { name: "Renamed" }),
      await tenant.request("GET", CONNECTIONS),
      await tenant.request("PATCH", path, { setup: { type: "OAUTH_APP", client_secret: SECRET } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 400]);
    expect(JSON.stringify(answers)).not.toContain(SECRET);
    expect(JSON.stringify(answers)).not.toContain('setup":');
  });

  test("without a set-up is not ready until it gets one", async () => {
    const { body: connection } = await tenant.request("POST", CONNECTIONS, { name: "Later", app_id: "HTTP" });
    const path = `${CONNECTIONS}/${connection.id}`;
    const setup = { type: "BEARER", token: "my-token" };

    const { body: updated } = await tenant.request("PATCH", path, { setup });

    expect(connection).toMatchObject({ ready: false, refreshed_at: null });
    expect(connection).not.toHaveProperty("account_name");
    expect(updated).toMatchObject({ ready: true, account_name: "Bearer my-***ken" });
    expect(updated.fingerprint).not.toBe(connection.fingerprint);
    expect(updated).not.toHaveProperty("refreshed_at");
  });

  test("takes another domain's name when its set-up changes", async () => {
    const { body: connection } = await tenant.request("POST", CONNECTIONS, auth0Connection());

    const { body } = await tenant.request("PATCH", `${CONNECTIONS}/${connection.id}`, {
      setup: { type: "OAUTH_APP", client_id: "id", client_secret: "new", domain: "other.eu.auth0.com" },
    });

    expect(body.account_name).toBe("other.eu.auth0.com");
  });

  test("is gone once it was deleted", async () => {
    const { body: connection } = await tenant.request("POST", CONNECTIONS, auth0Connection());
    const path = `${CONNECTIONS}/${connection.id}`;

    expect(await tenant.request("DELETE", path)).toMatchObject({ status: 204 });

    const missing = { status: 404, body: { statusCode: 404, error: "Not Found", message: "Connection not found" } };
    expect(await tenant.request("GET", path)).toMatchObject(missing);
    expect(await tenant.request("PATCH", path, { name: "x" })).toMatchObject(missing);
    expect(await tenant.request("DELETE", path)).toMatchObject(missing);
  });

  test("is listed by name, with totals where they are asked for", async () => {
    await tenant.request("POST", CONNECTIONS, { name: "AAA", app_id: "JWT" });

    const { body } = await tenant.request("GET", `${CONNECTIONS}?include_totals=true&per_page=1`);

    expect(body).toMatchObject({ start: 0, limit: 1, connections: [{ name: "AAA", app_id: "JWT", ready: false }] });
    expect(body.total).toBeGreaterThan(0);
  });

  test.each<[string, object]>([
    [
      "AUTH0",
      {
        type: "OAUTH_APP",
        client_id: "i",
        client_secret: "s",
        domain: "a.eu.auth0.com",
        audience: "https://a/api/v2/",
      },
    ],
    ["BIGQUERY", { project_id: "p", client_email: "a@example.com" }],
    ["DOCUSIGN", { code: "c" }],
    ["HTTP", { type: "API_KEY", name: "X-Key", value: "v", in: "HEADER" }],
    [
      "HTTP",
      { type: "OAUTH_CLIENT_CREDENTIALS", client_id: "i", client_secret: "s", token_endpoint: "https://a/token" },
    ],
    ["JWT", { type: "JWT", algorithm: "PS512", key: "k" }],
    ["MAILJET", { type: "API_KEY", api_key: "a", secret_key: "s" }],
    ["SLACK", { type: "WEBHOOK", url: "https://hooks.example.com" }],
    ["STRIPE", { type: "KEY_PAIR", private_key: "a", public_key: "b" }],
    ["TWILIO", { type: "API_KEY", account_id: "a", api_key: "k" }],
  ])("for %s takes %j", async (appId, setup) => {
    const { status, body } = await tenant.request("POST", CONNECTIONS, { name: "Taken", app_id: appId, setup });

    expect({ status, ready: body.ready }).toEqual({ status: 201, ready: true });
  });

  test.each<[string, object, string]>([
    ["no name", { app_id: "AUTH0" }, "'Missing required property: name'."],
    ["an unknown app", { name: "x", app_id: "AUTH1" }, "'No enum match for: AUTH1' on property app_id."],
    [
      "a set-up of another app",
      { name: "x", app_id: "AUTH0", setup: { type: "BEARER", token: "t" } },
      "'No enum match for: BEARER' on property setup.type.",
    ],
    [
      "a set-up without secret",
      { name: "x", app_id: "AUTH0", setup: { type: "OAUTH_APP", client_id: "i", domain: "d" } },
      "'Missing required property: client_secret' on property setup.",
    ],
    [
      "an audience that is no https URL",
      auth0Connection({ audience: "http://a" }),
      "'String does not match pattern ^https://: http://a' on property setup.audience.",
    ],
    [
      "an account name",
      { ...auth0Connection(), account_name: "x" },
      "'Additional properties not allowed: account_name'.",
    ],
  ])("is refused with %s", async (_reason, body, message) => {
    const answer = await tenant.request("POST", CONNECTIONS, body);

    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(`Payload validation error: ${message}`);
  });

  test("is refused with a scheme in its domain", async () => {
    const { status, body } = await tenant.request(
      "POST",
      CONNECTIONS,
      auth0Connection({ domain: "https://a.auth0.com" }),
    );

    expect(status).toBe(400);
    expect(body.message).toMatch(/https:\/\/a\.auth0\.com' on property setup\.domain\.$/);
  });

  test.each<[string, object, string]>([
    ["its app", { app_id: "HTTP" }, "'Additional properties not allowed: app_id'."],
    [
      "its kind to one of another app",
      { setup: { type: "BEARER", token: "t" } },
      "'No enum match for: BEARER' on property setup.type.",
    ],
  ])("cannot change %s", async (_what, change, message) => {
    const { body: connection } = await tenant.request("POST", CONNECTIONS, auth0Connection());

    const { status, body } = await tenant.request("PATCH", `${CONNECTIONS}/${connection.id}`, change);

    expect(status).toBe(400);
    expect(body.message).toBe(`Payload validation error: ${message}`);
    expect((await tenant.request("GET", `${CONNECTIONS}/${connection.id}`)).body).toEqual(connection);
  });
});
