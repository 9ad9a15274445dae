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
