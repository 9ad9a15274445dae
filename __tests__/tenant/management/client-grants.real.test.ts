import { InMemoryManagementApi } from "../../support/management-api";

const AUDIENCE = "https://api.example.com";

let api: InMemoryManagementApi;
let clientId: string;

beforeEach(async () => {
  api = new InMemoryManagementApi();
  clientId = (await api.request("POST", "/clients", { name: "App" })).body.client_id;
  const scopes = ["write:x", "read:x"].map((value) => ({ value }));
  await api.request("POST", "/resource-servers", { identifier: AUDIENCE, scopes });
});

test("a grant keeps its scopes in their order", async () => {
  const given = { client_id: clientId, audience: AUDIENCE, scope: ["read:x", "write:x"] };

  const { status, body } = await api.request("POST", "/client-grants", given);

  expect(status).toBe(201);
  expect(body).toEqual({ id: expect.stringMatching(/^cgr_[0-9A-Za-z]{16}$/), subject_type: "client", ...given });
  expect((await api.request("GET", `/client-grants/${body.id}`)).body).toEqual(body);
});

test("a change replaces the scopes", async () => {
  const { body } = await api.request("POST", "/client-grants", { client_id: clientId, audience: AUDIENCE, scope: [] });

  const changed = await api.request("PATCH", `/client-grants/${body.id}`, { scope: ["read:x"] });

  expect(changed).toMatchObject({ status: 200, body: { ...body, scope: ["read:x"] } });
});

test("all scopes stand in the place of a list", async () => {
  const { body } = await api.request("POST", "/client-grants", { client_id: clientId, audience: AUDIENCE, scope: [] });

  const changed = await api.request("PATCH", `/client-grants/${body.id}`, { allow_all_scopes: true });

  expect(changed.body).toMatchObject({ allow_all_scopes: true });
  expect(changed.body).not.toHaveProperty("scope");
});

test.each([
  ["of a client that is not there", { client_id: "nobody" }, 404, "inexistent_client"],
  ["for an API that is not there", { audience: "https://nowhere" }, 404, "inexistent_resource_server"],
  ["of scopes that the API does not know", { scope: ["read:x", "read:y"] }, 400, "invalid_body"],
])("a grant %s is refused", async (_, wrong, status, errorCode) => {
  const answer = await api.request("POST", "/client-grants", {
    client_id: clientId,
    audience: AUDIENCE,
    scope: [],
    ...wrong,
  });

  expect(answer.status).toBe(status);
  expect(answer.body.errorCode).toBe(errorCode);
});

describe("at the Management API", () => {
  const audience = "https://localhost:9443/api/v2/";
  const ALL_SCOPES = "`allow_all_scopes` cannot be provided when `audience` is a system API";

  test.each([{ allow_all_scopes: true }, { scope: ["read:users"], allow_all_scopes: false }])(
    "a grant with %j is refused",
    async (given) => {
      const answer = await api.request("POST", "/client-grants", { client_id: clientId, audience, ...given });

      expect([answer.status, answer.body.message]).toEqual([400, ALL_SCOPES]);
    },
  );

  test.each([true, false])("a change to allow_all_scopes %s is refused", async (allow_all_scopes) => {
    const given = { client_id: clientId, audience, scope: ["read:users"] };
    const { body } = await api.request("POST", "/client-grants", given);

    const answer = await api.request("PATCH", `/client-grants/${body.id}`, { allow_all_scopes });

    expect([answer.status, answer.body.message]).toEqual([400, ALL_SCOPES]);
  });

  test.each([
    ["client", ["read:users"], 201],
    ["client", ["read:current_user"], 400],
    ["user", ["read:current_user", "update:current_user_metadata"], 201],
    ["user", ["read:users"], 400],
  ])("a grant for a %s of %j is %d", async (subject_type, scope, status) => {
    const given = { client_id: clientId, audience, subject_type, scope };

    expect((await api.request("POST", "/client-grants", given)).status).toBe(status);
  });
});

describe("at the Management API, by the domain that data.auth0_tenant tells", () => {
  const audience = "https://localhost/api/v2/";
  const identifier = "https://localhost:9443/api/v2/";
  const scope = ["read:users"];

  test("a grant is made and keeps its audience, is found by both, and is the only one", async () => {
    const made = await api.request("POST", "/client-grants", { client_id: clientId, audience, scope });

    expect(made).toMatchObject({ status: 201, body: { audience, scope } });
    for (const asked of [audience, identifier]) {
      const list = `/client-grants?client_id=${clientId}&audience=${encodeURIComponent(asked)}`;
      expect((await api.request("GET", list)).body).toEqual([made.body]);
    }
    const second = await api.request("POST", "/client-grants", { client_id: clientId, audience: identifier, scope });
    expect(second.status).toBe(409);
  });

  test("the API itself is found", async () => {
    const { body } = await api.request("GET", `/resource-servers/${encodeURIComponent(audience)}`);

    expect(body).toMatchObject({ identifier, is_system: true });
  });
});

test("a second grant for the same API is a conflict", async () => {
  const given = { client_id: clientId, audience: AUDIENCE, scope: [] };
  await api.request("POST", "/client-grants", given);

  const { status } = await api.request("POST", "/client-grants", given);

  expect(status).toBe(409);
});

test("lists are filtered", async () => {
  const { body } = await api.request("POST", "/client-grants", { client_id: clientId, audience: AUDIENCE, scope: [] });

  const path = `/client-grants?include_totals=true&per_page=50&client_id=${clientId}`;

  expect((await api.request("GET", `${path}&audience=${encodeURIComponent(AUDIENCE)}`)).body).toEqual({
    total: 1,
    start: 0,
    limit: 50,
    client_grants: [body],
  });
  expect((await api.request("GET", `${path}&audience=other`)).body.client_grants).toEqual([]);
});

test("a deleted grant is gone, and deleting it again is no error", async () => {
  const { body } = await api.request("POST", "/client-grants", { client_id: clientId, audience: AUDIENCE, scope: [] });

  expect((await api.request("DELETE", `/client-grants/${body.id}`)).status).toBe(204);
  expect((await api.request("GET", `/client-grants/${body.id}`)).status).toBe(404);
  expect((await api.request("DELETE", `/client-grants/${body.id}`)).status).toBe(204);
});
