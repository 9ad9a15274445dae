import { scrypt } from "node:crypto";
import { connectionsIn, usersIn } from "../../../tenant/documents/collections";
import type { Connection } from "../../../tenant/documents/connection";
import { Store } from "../../../tenant/documents/store";
import { userWithPassword } from "../../../tenant/login/users";
import type { Services } from "../../../tenant/management/family";
import { hashPassword, isPassword } from "../../../tenant/management/passwords";
import { users } from "../../../tenant/management/users";

// Node's own, but seen: how often it is called, and how often at once.
jest.mock("node:crypto", () => {
  const actual = jest.requireActual("node:crypto");
  return { ...actual, scrypt: jest.fn(actual.scrypt) };
});

const derivations = jest.mocked(scrypt) as unknown as jest.Mock<void, unknown[]>;

const CONNECTION: Connection = {
  ...{ id: "con_1", name: "people", strategy: "auth0", options: {}, enabled_clients: [], realms: [] },
};

beforeEach(() => derivations.mockClear());

test("however many hashes are asked for, three are made at once", async () => {
  const derive = jest.requireActual("node:crypto").scrypt;
  let most = 0;
  let now = 0;
  const seen = (...given: unknown[]) => {
    now += 1;
    most = Math.max(most, now);
    const told = given.pop() as (...result: unknown[]) => void;
    derive(...given, (...result: unknown[]) => {
      now -= 1;
      told(...result);
    });
  };
  for (let count = 0; count < 8; count++) {
    derivations.mockImplementationOnce(seen);
  }

  const hashes = await Promise.all(Array.from({ length: 7 }, (_, n) => hashPassword(`password ${n}`)));

  expect(most).toBe(3);
  expect(await isPassword("password 6", hashes[6] ?? "")).toBe(true);
});

test("a user that there is already costs no hash", async () => {
  const store = new Store();
  connectionsIn(store).put("con_1", CONNECTION);
  const services = { store, ids: { object: () => "1" }, clock: () => new Date() } as unknown as Services;
  const create = users.find(({ name }) => name === "post_users")?.handle;
  const body = { connection: "people", email: "ann@example.com", password: "correct horse" };
  const request = { params: {}, query: {}, body, token: { clientId: "", scopes: [] }, permits: () => true };
  await create?.(request, services);
  expect(derivations).toHaveBeenCalledTimes(1);

  await expect(async () => create?.(request, services)).rejects.toThrow("The user already exists.");

  expect(derivations).toHaveBeenCalledTimes(1);
  expect(usersIn(store).list()).toHaveLength(1);
});

test("nobody's hash is made for a name that nobody has, once; where that fails, anew for the next", async () => {
  const attempt = () => userWithPassword(new Store(), CONNECTION, "nobody", "password");
  derivations.mockImplementationOnce((...given) => (given.at(-1) as (error: Error) => void)(new Error("no memory")));

  await expect(attempt()).rejects.toThrow("no memory");
  expect(await attempt()).toBeUndefined();
  expect(await attempt()).toBeUndefined();

  // one that failed, one that is kept, and one for each password
  expect(derivations).toHaveBeenCalledTimes(4);
});
