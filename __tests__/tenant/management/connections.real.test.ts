import { InMemoryManagementApi } from "../../support/management-api";

let api: InMemoryManagementApi;

beforeEach(() => {
  api = new InMemoryManagementApi();
});

async function database(name = "db"): Promise<string> {
  const { status, body } = await api.request("POST", "/connections", { name, strategy: "auth0" });
  expect(status).toBe(201);
  return body.id;
}

test("a new tenant has the database that Auth0 gives to one", async () => {
  const { body } = await api.request("GET", "/connections?strategy=auth0&include_totals=true");

  expect(body.connections).toEqual([
    {
      id: expect.stringMatching(/^con_[0-9A-Za-z]{16}$/),
      name: "Username-Password-Authentication",
      strategy: "auth0",
      options: expect.objectContaining({ passwordPolicy: "good", brute_force_protection: true }),
      is_domain_connection: false,
      authentication: { active: true },
      connected_accounts: { active: false },
      enabled_clients: [],
      realms: ["Username-Password-Authentication"],
    },
  ]);
});

test("a name belongs to one connection", async () => {
  await database();

  const { status, body } = await api.request("POST", "/connections", { name: "db", strategy: "auth0" });

  expect(status).toBe(409);
  expect(body).toMatchObject({
    message: "A connection with the same name already exists",
    errorCode: "connection_conflict",
  });
});

test.each(["-db", "db-", "a--b", "a b", ""])("%j is no name of a connection", async (name) => {
  const { status } = await api.request("POST", "/connections", { name, strategy: "auth0" });

  expect(status).toBe(400);
});

test("a change of the options replaces them, but for the methods of authentication", async () => {
  const id = await database();

  const { body } = await api.request("PATCH", `/connections/${id}`, { options: { passwordPolicy: "fair" } });

  expect(Object.keys(body.options).sort()).toEqual(["authentication_methods", "passkey_options", "passwordPolicy"]);
});

test("values for database scripts do not come back", async () => {
  const { body } = await api.request("POST", "/connections", {
    name: "db",
    strategy: "auth0",
    options: { configuration: { password: "hunter2" } },
  });

  expect(Object.keys(body.options.configuration)).toEqual(["password"]);
  expect(JSON.stringify(body)).not.toContain("hunter2");
});

test("chosen fields come with those that Auth0 adds", async () => {
  const id = await database();

  const { body } = await api.request("GET", `/connections/${id}?fields=strategy,name&include_fields=true`);

  expect(body).toEqual({
    id,
    strategy: "auth0",
    name: "db",
    is_domain_connection: false,
    authentication: { active: true },
    connected_accounts: { active: false },
  });
});

describe("clients of a connection", () => {
  test("are enabled and disabled one by one", async () => {
    const id = await database();
    const [one, two] = await Promise.all(
      ["one", "two"].map(async (name) => (await api.request("POST", "/clients", { name })).body.client_id),
    );
    const path = `/connections/${id}/clients`;

    const enabled = await api.request("PATCH", path, [
      { client_id: one, status: true },
      { client_id: two, status: true },
    ]);
    expect(enabled.status).toBe(204);
    expect((await api.request("GET", path)).body).toEqual({ clients: [{ client_id: one }, { client_id: two }] });

    await api.request("PATCH", path, [{ client_id: one, status: false }]);
    expect((await api.request("GET", path)).body).toEqual({ clients: [{ client_id: two }] });
    expect((await api.request("GET", `/connections/${id}`)).body.enabled_clients).toEqual([two]);
  });

  test("must exist", async () => {
    const id = await database();

    const { status } = await api.request("PATCH", `/connections/${id}/clients`, [
      { client_id: "nobody", status: true },
    ]);

    expect(status).toBe(404);
    expect((await api.request("GET", `/connections/${id}/clients`)).body).toEqual({ clients: [] });
  });
});

test("a deleted connection is gone, with the time of it", async () => {
  const id = await database();

  const deleted = await api.request("DELETE", `/connections/${id}`);

  expect(deleted).toMatchObject({ status: 202, body: { deleted_at: "2026-01-01T00:00:00.000Z" } });
  expect((await api.request("GET", `/connections/${id}`)).body).toMatchObject({
    message: "The connection does not exist",
    errorCode: "inexistent_connection",
  });
});
