import type { Client } from "../documents/client";
import { connectionsIn, passwordsIn, tenantSettingsIn, usersIn } from "../documents/collections";
import type { Connection } from "../documents/connection";
import type { Json } from "../documents/json";
import type { Store } from "../documents/store";
import type { User } from "../documents/user";
import type { Services } from "../management/family";
import { hashPassword, isPassword } from "../management/passwords";
import { users } from "../management/users";
import { validator } from "../management/validation";

/** The database connections with which people may log in to a client, the tenant's default one first. */
export function connectionsOf(store: Store, { client_id }: Pick<Client, "client_id">): readonly Connection[] {
  const standard = tenantSettingsIn(store).get("settings")?.default_directory;
  return connectionsIn(store)
    .list()
    .filter(
      ({ strategy, enabled_clients, is_domain_connection }) =>
        strategy === "auth0" && (enabled_clients.includes(client_id) || is_domain_connection === true),
    )
    .toSorted((one, other) => Number(other.name === standard) - Number(one.name === standard));
}

/** The connection that a user belongs to; undefined when it is gone. */
export function connectionOf(store: Store, user: User): Connection | undefined {
  const name = user.identities[0]?.connection;
  return connectionsIn(store).find((connection) => connection.name === name);
}

let hashOfNobody: Promise<string> | undefined;

/** Made once, at the first name that nobody has: the answer to it takes as long as to any other. */
function nobodysHash(): Promise<string> {
  hashOfNobody ??= hashPassword("nobody's").catch((error) => {
    hashOfNobody = undefined;
    throw error;
  });
  return hashOfNobody;
}

/** The user of a connection with this email or username and this password. */
export async function userWithPassword(
  store: Store,
  connection: Connection,
  name: string,
  password: string,
): Promise<User | undefined> {
  const login = normalized(name);
  const user = usersIn(store).find(
    ({ email, username, identities }) =>
      identities.some((identity) => identity.connection === connection.name) &&
      (email === login || username?.toLowerCase() === login),
  );
  const hash = user && passwordsIn(store).get(user.user_id)?.hash;
  const isRight = await isPassword(password, hash ?? (await nobodysHash()));
  // as they are by now: meanwhile user or password may have changed
  const isStill = hash !== undefined && passwordsIn(store).get(user?.user_id ?? "")?.hash === hash;
  return isRight && isStill ? usersIn(store).get(user?.user_id ?? "") : undefined;
}

/** Whether a session or a token of that time is of this user: one made anew may have the id of one that is gone. */
export function isSince({ created_at }: User, seconds: number | undefined): boolean {
  return seconds === undefined || seconds >= Math.floor(Date.parse(created_at) / 1000);
}

export function normalized(name: string): string {
  return name.trim().toLowerCase();
}

/** Makes a user by the rules of the Management API. @throws ManagementError */
export function signUp(services: Services, body: { readonly [property: string]: Json }): Promise<User> {
  return byManagementApi(services, "post_users", {}, body);
}

/** Changes a user's metadata by the rules of the Management API: a value of null removes the key. @throws ManagementError */
export function setMetadata(
  services: Services,
  userId: string,
  kind: "user_metadata" | "app_metadata",
  key: string,
  value: Json,
): Promise<User> {
  return byManagementApi(services, "patch_users_by_id", { id: userId }, { [kind]: { [key]: value } });
}

/**
 * Counts a login of the user, as Auth0 does before the Actions run.
 *
 * @param isEntered whether the person proved who they are: Auth0 does not count who still has a session
 * @see https://community.auth0.com/t/how-logins-count-attribute-works/91318
 */
export function countLogin({ store, clock }: Services, user: User, ip: string, isEntered: boolean): User {
  const logins_count = Number(user.logins_count ?? 0) + (isEntered ? 1 : 0);
  const counted = { ...user, last_login: clock().toISOString(), last_ip: ip, logins_count };
  return usersIn(store).put(user.user_id, counted);
}

/** The operation itself, without token and scopes: the tenant does it, not a client. */
async function byManagementApi(
  services: Services,
  name: string,
  params: Record<string, string>,
  body: Json,
): Promise<User> {
  const operation = users.find((candidate) => candidate.name === name);
  if (operation?.handle === undefined || operation.body === undefined) {
    throw new Error(`${name} is no operation that takes a body`);
  }
  validator("Payload", operation.body)(body);
  const token = { clientId: "", scopes: [] };
  const reply = await operation.handle({ params, query: {}, body, token, permits: () => true }, services);
  return reply.body as User;
}
