import { InMemoryManagementApi } from "../../support/management-api";

const MANAGEMENT_API = "https://localhost:9443/api/v2/";

let api: InMemoryManagementApi;

beforeEach(() => {
  api = new InMemoryManagementApi();
});

test("a new API has Auth0's defaults", async () => {
  const { status, body } = await api.request("POST", "/resource-servers", { identifier: "urn:x" });

  expect(status).toBe(201);
  expect(body).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    identifier: "urn:x",
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: false,
    subject_type_authorization: { client: { policy: "require_client_grant" }, user: { policy: "allow_all" } },
    token_lifetime: 86400,
    token_lifetime_for_web: 7200,
    signing_alg: "RS256",
  });
});

test.each([
  ["its id", (id: string) => id],
  ["its identifier", () => encodeURIComponent("https://api.example.com/a b")],
  ["its identifier, escaped twice", () => encodeURIComponent(encodeURIComponent("https://api.example.com/a b"))],
])("an API is found by %s", async (_, address) => {
  const { body } = await api.request("POST", "/resource-servers", { identifier: "https://api.example.com/a b" });

  const path = `/resource-servers/${address(body.id)}`;

  expect((await api.request("GET", path)).body).toEqual(body);
  expect((await api.request("PATCH", path, { name: "X" })).body).toEqual({ ...body, name: "X" });
});

test("an identifier belongs to one API", async () => {
  await api.request("POST", "/resource-servers", { identifier: "urn:x" });

  const { status, body } = await api.request("POST", "/resource-servers", { identifier: "urn:x" });

  expect(status).toBe(409);
  expect(body.message).toBe("A resource server with the same identifier already exists");
});

test("scopes are replaced as a whole", async () => {
  const { body } = await api.request("POST", "/resource-servers", { identifier: "urn:x", scopes: [{ value: "a" }] });

  const changed = await api.request("PATCH", `/resource-servers/${body.id}`, {
    scopes: [{ value: "b", description: "B" }],
  });

  expect(changed.body.scopes).toEqual([{ value: "b", description: "B" }]);
});

test("a deleted API takes the grants on it with it", async () => {
  const client = await api.request("POST", "/clients", { name: "App" });
  const { body } = await api.request("POST", "/resource-servers", { identifier: "urn:x" });
  const grant = await api.request("POST", "/client-grants", {
    client_id: client.body.client_id,
    audience: "urn:x",
    scope: [],
  });

  expect((await api.request("DELETE", `/resource-servers/${body.id}`)).status).toBe(204);

  expect((await api.request("GET", `/client-grants/${grant.body.id}`)).status).toBe(404);
  expect((await api.request("GET", "/resource-servers/urn:x")).body.errorCode).toBe("inexistent_resource_server");
});

describe("the Management API itself", () => {
  const path = `/resource-servers/${encodeURIComponent(encodeURIComponent(MANAGEMENT_API))}`;

  test("is there with its scopes", async () => {
    const { body } = await api.request("GET", path);

    expect(body).toMatchObject({ name: "Auth0 Management API", identifier: MANAGEMENT_API, is_system: true });
    expect(body.scopes).toContainEqual({
      value: "update:users_app_metadata",
      description: "Update Users App Metadata",
    });
    expect(body.scopes.length).toBeGreaterThan(200);
  });

  test("can be neither changed nor deleted", async () => {
    expect((await api.request("PATCH", path, { name: "mine" })).status).toBe(400);
    expect((await api.request("DELETE", path)).status).toBe(400);
    expect((await api.request("GET", path)).status).toBe(200);
  });
});
