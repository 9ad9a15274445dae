import { isPassword } from "../../../tenant/management/passwords";
import { InMemoryManagementApi } from "../../support/management-api";

const CONNECTION = "Username-Password-Authentication";
const PASSWORD = "Correct-Horse-1";

let api: InMemoryManagementApi;

beforeEach(() => {
  api = new InMemoryManagementApi();
});

async function created(given: object = {}): Promise<{ user_id: string } & Record<string, unknown>> {
  const { status, body } = await api.request("POST", "/users", {
    connection: CONNECTION,
    email: "Ann@Example.com",
    password: PASSWORD,
    ...given,
  });
  expect(status).toBe(201);
  return body;
}

const at = (id: string): string => `/users/${encodeURIComponent(id)}`;

describe("a new user", () => {
  test("has what Auth0 makes of an address", async () => {
    const user = await created();

    expect(user).toEqual({
      user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
      email: "ann@example.com",
      email_verified: false,
      name: "ann@example.com",
      nickname: "ann",
      picture: expect.stringMatching(/^https:\/\/s\.gravatar\.com\/avatar\/[0-9a-f]{32}\?s=480&r=pg&d=.*%2Fan\.png$/),
      identities: [{ connection: CONNECTION, user_id: user.user_id.slice(6), provider: "auth0", isSocial: false }],
      created_at: "2026-01-01T00:00:00.000Z",
      updated_at: "2026-01-01T00:00:00.000Z",
    });
    expect((await api.request("GET", at(user.user_id))).body).toEqual(user);
  });

  test("has a password that is kept hashed and never told", async () => {
    const user = await created();

    const [kept] = api.store.collection<{ hash: string }>("passwords").list();

    expect(kept?.hash).toMatch(/^scrypt\$/);
    expect(await isPassword(PASSWORD, kept?.hash ?? "")).toBe(true);
    expect(await isPassword(`${PASSWORD} `, kept?.hash ?? "")).toBe(false);
    expect(JSON.stringify((await api.request("GET", at(user.user_id))).body)).not.toMatch(/scrypt|Horse/);
  });

  test("may bring its id", async () => {
    const user = await created({ user_id: "ann" });

    expect(user.user_id).toBe("auth0|ann");
  });

  test.each([
    ["an address that is taken", { email: "ANN@example.com" }, 409, "The user already exists."],
    [
      "a password that is too weak",
      { email: "b@example.com", password: "password" },
      400,
      "PasswordStrengthError: Password is too weak",
    ],
    ["a connection that is not there", { connection: "nowhere" }, 400, "The connection does not exist."],
  ])("with %s is refused", async (_, given, status, message) => {
    await created();

    const answer = await api.request("POST", "/users", {
      connection: CONNECTION,
      email: "ann@example.com",
      password: PASSWORD,
      ...given,
    });

    expect(answer.status).toBe(status);
    expect(answer.body.message).toBe(message);
  });

  test.each(["email", "password"])("without %s is refused", async (property) => {
    const { [property]: _, ...given } = { connection: CONNECTION, email: "a@b.co", password: PASSWORD } as Record<
      string,
      string
    >;

    const { status, body } = await api.request("POST", "/users", given);

    expect(status).toBe(400);
    expect(body.message).toBe(`Payload validation error: 'Missing required property: ${property}'.`);
  });
});

describe("metadata", () => {
  test("are merged by their first level", async () => {
    const { user_id } = await created({ user_metadata: { job: { title: "Baker", level: 1 }, city: "Rome" } });

    const { body } = await api.request("PATCH", at(user_id), { user_metadata: { job: { title: "Cook" }, age: 7 } });

    expect(body.user_metadata).toEqual({ job: { title: "Cook" }, city: "Rome", age: 7 });
  });

  test("lose a key that becomes null", async () => {
    const { user_id } = await created({ user_metadata: { a: 1, b: 2 } });

    const { body } = await api.request("PATCH", at(user_id), { user_metadata: { a: null } });

    expect(body.user_metadata).toEqual({ b: 2 });
  });

  test("are cleared by an empty object", async () => {
    const { user_id } = await created({ user_metadata: { a: 1 }, app_metadata: { b: 2 } });

    const { body } = await api.request("PATCH", at(user_id), { user_metadata: {}, app_metadata: {} });

    expect(body.user_metadata).toEqual({});
    expect(body).not.toHaveProperty("app_metadata");
  });

  test("are not there for a user who has none", async () => {
    const user = await created();

    expect(user).not.toHaveProperty("user_metadata");
  });

  test("of the user need update:users, of the application a scope of their own", async () => {
    const { user_id } = await created();

    const ofUser = await api.request("PATCH", at(user_id), { user_metadata: { a: 1 } }, ["update:users"]);
    const ofApplication = await api.request("PATCH", at(user_id), { app_metadata: { a: 1 } }, ["update:users"]);

    expect(ofUser.status).toBe(200);
    expect(ofApplication.status).toBe(403);
    expect(ofApplication.body.message).toBe("Insufficient scope, expected any of: update:users_app_metadata");
  });
});

describe("a change", () => {
  test.each<[object, string, number]>([
    [{ app_metadata: { a: 1 } }, "update:users_app_metadata", 200],
    [{ app_metadata: { a: 1 } }, "update:users", 403],
    [{ user_metadata: { a: 1 } }, "update:users", 200],
    [{ user_metadata: { a: 1 } }, "update:users_app_metadata", 403],
    [{ password: PASSWORD }, "update:users", 200],
    [{ password: PASSWORD }, "update:users_app_metadata", 403],
    [{ blocked: true }, "update:users_app_metadata", 403],
    [{ connection: CONNECTION, app_metadata: { a: 1 } }, "update:users_app_metadata", 200],
  ])("of %j with %s is %d", async (change, scope, status) => {
    const user = await created();

    expect((await api.request("PATCH", at(user.user_id), change, [scope])).status).toBe(status);
  });

  test("keeps the rest, and tells when", async () => {
    const user = await created();
    api.now = new Date("2026-02-02T00:00:00.000Z");

    const { body } = await api.request("PATCH", at(user.user_id), { given_name: "Ann", email_verified: true });

    expect(body).toEqual({
      ...user,
      given_name: "Ann",
      email_verified: true,
      updated_at: "2026-02-02T00:00:00.000Z",
    });
  });

  test("of address and password at once is refused", async () => {
    const { user_id } = await created();

    const { status, body } = await api.request("PATCH", at(user_id), { email: "b@example.com", password: PASSWORD });

    expect(status).toBe(400);
    expect(body.message).toBe("Cannot update password and email simultaneously");
  });

  test("to the address of another is a conflict", async () => {
    const { user_id } = await created();
    await created({ email: "bob@example.com" });

    const { status } = await api.request("PATCH", at(user_id), { email: "Bob@example.com" });

    expect(status).toBe(409);
  });

  test("of the password replaces the hash", async () => {
    const { user_id } = await created();

    await api.request("PATCH", at(user_id), { password: "Another-Horse-2" });

    const [kept] = api.store.collection<{ hash: string }>("passwords").list();
    expect(await isPassword("Another-Horse-2", kept?.hash ?? "")).toBe(true);
  });
});

describe("users are found", () => {
  beforeEach(async () => {
    await created({ email: "ann@example.com", user_metadata: { city: "Rome" }, name: "Ann Bee" });
    await created({ email: "bob@example.com", name: "Bob" });
  });

  test.each([
    ["email:bob@example.com", ["Bob"]],
    ['email:"ANN@example.com"', ["Ann Bee"]],
    ["name:ann*", ["Ann Bee"]],
    ['name:"Ann Bee" AND user_metadata.city:rome', ["Ann Bee"]],
    ["NOT name:Bob", ["Ann Bee"]],
    ["_exists_:user_metadata.city", ["Ann Bee"]],
    [`identities.connection:"${CONNECTION}"`, ["Ann Bee", "Bob"]],
    ["email:nobody@example.com", []],
  ])("by %s", async (query, names) => {
    const { body } = await api.request("GET", `/users?include_totals=true&q=${encodeURIComponent(query)}`);

    expect(body.users.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(body).toMatchObject({ start: 0, limit: 50, length: names.length, total: names.length });
  });

  test.each(["email:a OR email:b", "(email:a)", "logins_count:[1 TO 5]", "ann"])(
    "but not by %s, which is 501 and not an empty list",
    async (query) => {
      const { status } = await api.request("GET", `/users?q=${encodeURIComponent(query)}`);

      expect(status).toBe(501);
    },
  );

  test("by their address", async () => {
    const { body } = await api.request("GET", "/users-by-email?email=Bob@example.com");

    expect(body.map(({ name }: { name: string }) => name)).toEqual(["Bob"]);
  });

  test("in the order that is asked for", async () => {
    const { body } = await api.request("GET", "/users?sort=email:-1&fields=email");

    expect(body).toEqual([{ email: "bob@example.com" }, { email: "ann@example.com" }]);
  });
});

test("a user without a role has none", async () => {
  const { user_id } = await created();

  const { body } = await api.request("GET", `${at(user_id)}/roles?include_totals=true&page=0&per_page=100`);

  expect(body).toEqual({ total: 0, start: 0, limit: 100, roles: [] });
});

test("a deleted user is gone, with the password", async () => {
  const { user_id } = await created();

  expect((await api.request("DELETE", at(user_id))).status).toBe(204);

  const { status, body } = await api.request("GET", at(user_id));
  expect(status).toBe(404);
  expect(body).toMatchObject({ message: "The user does not exist.", errorCode: "inexistent_user" });
  expect(api.store.collection("passwords").list()).toEqual([]);
});

test("an id without a provider is no id", async () => {
  const { status, body } = await api.request("GET", "/users/ann");

  expect(status).toBe(400);
  expect(body.errorCode).toBe("invalid_uri");
});
