import { InMemoryManagementApi } from "../../support/management-api";

let api: InMemoryManagementApi;

beforeEach(() => {
  api = new InMemoryManagementApi();
});

describe("scopes", () => {
  test("one of the operation's scopes is enough", async () => {
    const { status } = await api.request("GET", "/clients", undefined, ["read:client_keys"]);

    expect(status).toBe(200);
  });

  test("without any of them a request is refused as Auth0 words it", async () => {
    const { status, body } = await api.request("GET", "/users", undefined, ["read:clients"]);

    expect(status).toBe(403);
    expect(body).toEqual({
      statusCode: 403,
      error: "Forbidden",
      message: "Insufficient scope, expected any of: read:users,read:user_idp_tokens",
      errorCode: "insufficient_scope",
    });
  });

  test("the scopes that a request used are told, also those that only show more", async () => {
    await api.request("GET", "/clients");
    await api.request("GET", "/connections");

    expect(new Set(api.used)).toEqual(new Set(["read:clients", "read:client_keys", "read:connections"]));
  });

  test("a refused request has used none", async () => {
    await api.request("GET", "/users", undefined, ["read:clients"]);

    expect(api.used).toEqual([]);
  });
});

describe("what does not exist", () => {
  test("a path that Auth0 does not have is 404", async () => {
    const { status, body } = await api.request("GET", "/formz");

    expect(status).toBe(404);
    expect(body).toEqual({ statusCode: 404, error: "Not Found", message: "Not Found" });
  });

  test("a family that the tenant does not build is 501, by its name", async () => {
    const { status, body } = await api.request("GET", "/organizations");

    expect(status).toBe(501);
    expect(body.message).toContain("/organizations");
    expect(body.errorCode).toBe("not_implemented");
  });

  test("an operation that the tenant does not build is 501, by its name", async () => {
    const { status, body } = await api.request("GET", "/connections/con_1/status");

    expect(status).toBe(501);
    expect(body.message).toContain("get_status");
  });
});

describe("bodies", () => {
  test.each([
    ["a property that is missing", {}, "'Missing required property: name'."],
    ["properties that are too many", { name: "a", nam: 1, foo: 2 }, "'Additional properties not allowed: nam,foo'."],
    [
      "a wrong type",
      { name: 7 },
      "'Expected type string but found type integer' on property name (Name of the client: at least one character, no < or >).",
    ],
    [
      "a wrong type deep inside",
      { name: "a", jwt_configuration: { lifetime_in_seconds: "7" } },
      "'Expected type integer but found type string' on property jwt_configuration.lifetime_in_seconds.",
    ],
    ["a word out of the list", { name: "a", app_type: "web" }, "'No enum match for: web' on property app_type."],
    [
      "an item of a wrong format",
      { name: "a", callbacks: ["http://localhost/cb", "no uri"] },
      "'Object didn't pass validation for format callback-url: no uri' on property callbacks[1].",
    ],
    ["no object", [], "'Expected type object but found type array'."],
  ])("%s is refused", async (_, body, fault) => {
    const answer = await api.request("POST", "/clients", body);

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      statusCode: 400,
      error: "Bad Request",
      message: `Payload validation error: ${fault}`,
      errorCode: "invalid_body",
    });
  });
});

describe("queries", () => {
  test.each([
    ["page=-1", "'Value -1 is less than minimum 0' on property page"],
    ["per_page=101", "'Value 101 is greater than maximum 100' on property per_page"],
    ["include_totals=maybe", "'Expected type boolean but found type string' on property include_totals"],
    ["colour=red", "'Additional properties not allowed: colour'."],
  ])("%s is refused", async (query, fault) => {
    const { status, body } = await api.request("GET", `/clients?${query}`);

    expect(status).toBe(400);
    expect(body.message).toContain(`Query validation error: ${fault}`);
    expect(body.errorCode).toBe("invalid_query_string");
  });
});

describe("lists", () => {
  beforeEach(async () => {
    for (let number = 1; number <= 5; number += 1) {
      await api.request("POST", "/resource-servers", { identifier: `urn:${number}` });
    }
  });

  const identifiers = (servers: { identifier: string }[]): string[] => servers.map(({ identifier }) => identifier);

  test("come as a bare list in the order in which they were made", async () => {
    const { body } = await api.request("GET", "/resource-servers");

    expect(identifiers(body)).toEqual([
      "https://localhost:9443/api/v2/",
      ...[1, 2, 3, 4, 5].map((number) => `urn:${number}`),
    ]);
  });

  test("come by pages", async () => {
    const { body } = await api.request("GET", "/resource-servers?page=1&per_page=2");

    expect(identifiers(body)).toEqual(["urn:2", "urn:3"]);
  });

  test("come with totals", async () => {
    const { body } = await api.request("GET", "/resource-servers?page=2&per_page=2&include_totals=true");

    expect(body).toMatchObject({ start: 4, limit: 2, total: 6 });
    expect(identifiers(body.resource_servers)).toEqual(["urn:4", "urn:5"]);
  });

  test("end with an empty page", async () => {
    const { body } = await api.request("GET", "/resource-servers?page=9&per_page=2&include_totals=true");

    expect(body).toEqual({ start: 18, limit: 2, total: 6, resource_servers: [] });
  });

  test("come by checkpoints until there is no next one", async () => {
    for (const name of ["one", "two", "three"]) {
      await api.request("POST", "/connections", { name, strategy: "auth0" });
    }

    const first = await api.request("GET", "/connections?take=3");
    const second = await api.request("GET", `/connections?take=3&from=${first.body.next}`);

    expect(first.body.connections).toHaveLength(3);
    expect(second.body.connections.map(({ name }: { name: string }) => name)).toEqual(["three"]);
    expect(second.body).not.toHaveProperty("next");
  });

  test("show chosen fields, or all others", async () => {
    const chosen = await api.request("GET", "/clients?fields=client_id,name");
    const others = await api.request("GET", "/clients?fields=client_id,name&include_fields=false");

    expect(Object.keys(chosen.body[0]).sort()).toEqual(["client_id", "name"]);
    expect(Object.keys(others.body[0])).toContain("grant_types");
    expect(Object.keys(others.body[0])).not.toContain("name");
  });
});
