import { generateKeyPairSync } from "node:crypto";
import { InMemoryManagementApi } from "../../support/management-api";

let api: InMemoryManagementApi;

beforeEach(() => {
  api = new InMemoryManagementApi();
});

async function created(body: object): Promise<Record<string, unknown>> {
  const answer = await api.request("POST", "/clients", body);
  expect(answer.status).toBe(201);
  return answer.body;
}

describe("a new client", () => {
  test("has Auth0's defaults", async () => {
    const client = await created({ name: "App" });

    expect(client).toEqual({
      name: "App",
      client_id: expect.stringMatching(/^[0-9A-Za-z]{32}$/),
      client_secret: expect.stringMatching(/^[0-9A-Za-z_-]{64}$/),
      is_first_party: true,
      is_token_endpoint_ip_header_trusted: false,
      oidc_conformant: false,
      jwt_configuration: { secret_encoded: false, lifetime_in_seconds: 36000 },
      signing_keys: [{ cert: "a certificate" }],
      sso_disabled: false,
      cross_origin_authentication: false,
      grant_types: ["authorization_code", "implicit", "refresh_token", "client_credentials"],
      custom_login_page_on: true,
      refresh_token: {
        rotation_type: "non-rotating",
        expiration_type: "non-expiring",
        leeway: 0,
        token_lifetime: 2592000,
        idle_token_lifetime: 1296000,
        infinite_token_lifetime: true,
        infinite_idle_token_lifetime: true,
      },
    });
  });

  test("without a secret may not use client credentials", async () => {
    const client = await created({ name: "App", token_endpoint_auth_method: "none" });

    expect(client.grant_types).toEqual(["authorization_code", "implicit", "refresh_token"]);
  });

  test("may have the name of another", async () => {
    const one = await created({ name: "App" });
    const other = await created({ name: "App" });

    expect(other.client_id).not.toBe(one.client_id);
  });

  test("cannot bring its own id", async () => {
    const { status, body } = await api.request("POST", "/clients", { name: "App", client_id: "mine" });

    expect(status).toBe(400);
    expect(body.message).toBe("Payload validation error: 'Additional properties not allowed: client_id'.");
  });
});

describe("a change", () => {
  test("replaces what it names and keeps the rest", async () => {
    const { client_id } = await created({ name: "App", callbacks: ["https://a.example/cb"], description: "one" });

    const { status, body } = await api.request("PATCH", `/clients/${client_id}`, { callbacks: [] });

    expect(status).toBe(200);
    expect(body).toMatchObject({ name: "App", description: "one", callbacks: [] });
    expect((await api.request("GET", `/clients/${client_id}`)).body).toEqual(body);
  });

  test("to null removes a setting", async () => {
    const { client_id } = await created({ name: "App", app_type: "spa" });

    const { body } = await api.request("PATCH", `/clients/${client_id}`, { app_type: null });

    expect(body).not.toHaveProperty("app_type");
  });

  test("merges metadata, and null removes one of them", async () => {
    const { client_id } = await created({ name: "App", client_metadata: { a: "1", b: "2" } });

    const { body } = await api.request("PATCH", `/clients/${client_id}`, { client_metadata: { b: null, c: "3" } });

    expect(body.client_metadata).toEqual({ a: "1", c: "3" });
  });

  test("of a client that is not there is 404", async () => {
    const { status, body } = await api.request("PATCH", "/clients/nobody", { name: "App" });

    expect(status).toBe(404);
    expect(body).toEqual({
      statusCode: 404,
      error: "Not Found",
      message: "The client does not exist",
      errorCode: "inexistent_client",
    });
  });
});

describe("the secret", () => {
  test("is new after a rotation, and the old one is gone", async () => {
    const { client_id, client_secret } = await created({ name: "App" });

    const rotated = await api.request("POST", `/clients/${client_id}/rotate-secret`);

    expect(rotated.status).toBe(200);
    expect(rotated.body.client_secret).toMatch(/^[0-9A-Za-z_-]{64}$/);
    expect(rotated.body.client_secret).not.toBe(client_secret);
    expect((await api.request("GET", `/clients/${client_id}`)).body.client_secret).toBe(rotated.body.client_secret);
  });

  test("is shown to read:client_keys only", async () => {
    const { client_id } = await created({ name: "App" });

    const { body } = await api.request("GET", `/clients/${client_id}`, undefined, ["read:clients"]);

    expect(body.name).toBe("App");
    expect(body).not.toHaveProperty("client_secret");
    expect(body).not.toHaveProperty("signing_keys");
  });

  test("is not shown in a summary, nor is most else", async () => {
    const { client_id } = await created({ name: "App", app_type: "spa" });

    const { body } = await api.request("GET", `/clients/${client_id}`, undefined, ["read:client_summary"]);

    expect(body).toEqual({ client_id, name: "App", app_type: "spa", is_first_party: true });
  });
});

test("lists are filtered by kind", async () => {
  await created({ name: "one", app_type: "spa" });
  await created({ name: "two", app_type: "native", is_first_party: false });

  const names = async (query: string): Promise<string[]> =>
    (await api.request("GET", `/clients?${query}`)).body.map(({ name }: { name: string }) => name);

  expect(await names("app_type=spa,native")).toEqual(["one", "two"]);
  expect(await names("is_first_party=false")).toEqual(["two"]);
  expect(await names("is_global=true")).toEqual([]);
});

test("a deleted client takes its grants and its place in connections with it", async () => {
  const { client_id } = await created({ name: "App" });
  const audience = "https://localhost:9443/api/v2/";
  const grant = await api.request("POST", "/client-grants", { client_id, audience, scope: [] });
  const connection = await api.request("POST", "/connections", { name: "db", strategy: "auth0" });
  await api.request("PATCH", `/connections/${connection.body.id}/clients`, [{ client_id, status: true }]);

  expect((await api.request("DELETE", `/clients/${client_id}`)).status).toBe(204);

  expect((await api.request("GET", `/clients/${client_id}`)).status).toBe(404);
  expect((await api.request("GET", `/client-grants/${grant.body.id}`)).status).toBe(404);
  expect((await api.request("GET", `/connections/${connection.body.id}/clients`)).body.clients).toEqual([]);
  expect((await api.request("DELETE", `/clients/${client_id}`)).status).toBe(204);
});

describe("credentials", () => {
  const pem = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "pem" });

  test("are kept by the client, newest first, with the thumbprint of the key as its id", async () => {
    const { client_id } = await created({ name: "App" });
    const path = `/clients/${client_id}/credentials`;

    const one = await api.request("POST", path, { credential_type: "public_key", pem, name: "one" });
    const two = await api.request("POST", path, { credential_type: "public_key", pem, name: "two" });

    expect(one.status).toBe(201);
    expect(one.body).toEqual({
      id: expect.stringMatching(/^cred_[0-9A-Za-z]{22}$/),
      credential_type: "public_key",
      kid: expect.stringMatching(/^[\w-]{43}$/),
      alg: "RS256",
      name: "one",
      created_at: "2026-01-01T00:00:00.000Z",
      updated_at: "2026-01-01T00:00:00.000Z",
    });
    expect((await api.request("GET", path)).body).toEqual([two.body, one.body]);
    expect((await api.request("GET", `${path}/${one.body.id}`)).body).toEqual(one.body);
  });

  test("end when they are told to", async () => {
    const { client_id } = await created({ name: "App" });
    const path = `/clients/${client_id}/credentials`;
    const { body } = await api.request("POST", path, { credential_type: "public_key", pem });

    const changed = await api.request("PATCH", `${path}/${body.id}`, { expires_at: "2030-01-01T00:00:00Z" });

    expect(changed.body.expires_at).toBe("2030-01-01T00:00:00.000Z");
    expect((await api.request("DELETE", `${path}/${body.id}`)).status).toBe(204);
    expect((await api.request("GET", `${path}/${body.id}`)).status).toBe(404);
  });

  test("that are no key are refused", async () => {
    const { client_id } = await created({ name: "App" });

    const { status, body } = await api.request("POST", `/clients/${client_id}/credentials`, {
      credential_type: "public_key",
      pem: "no key",
    });

    expect(status).toBe(400);
    expect(body.message).toBe("Payload validation error: 'Invalid PEM' on property pem.");
  });

  test("of another client are 404", async () => {
    const one = await created({ name: "one" });
    const other = await created({ name: "other" });
    const { body } = await api.request("POST", `/clients/${one.client_id}/credentials`, {
      credential_type: "public_key",
      pem,
    });

    const { status } = await api.request("GET", `/clients/${other.client_id}/credentials/${body.id}`);

    expect(status).toBe(404);
  });

  test("hide the secret of a client that authenticates with them", async () => {
    const { client_id } = await created({ name: "App" });
    const { body } = await api.request("POST", `/clients/${client_id}/credentials`, {
      credential_type: "public_key",
      pem,
    });

    const changed = await api.request("PATCH", `/clients/${client_id}`, {
      client_authentication_methods: { private_key_jwt: { credentials: [{ id: body.id }] } },
      token_endpoint_auth_method: null,
    });

    expect(changed.status).toBe(200);
    expect(changed.body).not.toHaveProperty("client_secret");
  });
});
