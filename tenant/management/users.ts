import { createHash } from "node:crypto";
import { BOOLEAN, nullable, OBJECT, oneOf, STRING } from "auth0-forms/schema";
import { connectionsIn, passwordsIn, usersIn } from "../documents/collections";
import type { Connection } from "../documents/connection";
import type { Json } from "../documents/json";
import { forgetLogins } from "../documents/sessions";
import type { Store } from "../documents/store";
import type { Metadata, User } from "../documents/user";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { existing, ManagementError, notBuilt } from "./management-error";
import { notBuiltOperations } from "./not-built";
import { FIELDS_QUERY, listBody, PAGE_QUERY, pageOf, querySchema, selectFields } from "./page";
import { hashPassword, isStrongEnough } from "./passwords";
import { object, string } from "./property";
import { searchFor } from "./user-search";
import { withoutNull } from "./without-null";

const PROFILE = {
  given_name: string(1, 150),
  family_name: string(1, 150),
  name: string(1, 300),
  nickname: string(1, 300),
  picture: { type: "string", format: "absolute-uri", description: "URI of the user's picture" },
} as const;

const ACCOUNT = {
  email: { type: "string", format: "email", description: "The user's email" },
  email_verified: BOOLEAN,
  verify_email: BOOLEAN,
  phone_number: { type: "string", pattern: "^\\+[0-9]{1,15}$", description: "The user's phone number, as in E.164" },
  phone_verified: BOOLEAN,
  username: string(1, 128, "The user's username"),
  password: string(1, 1024, "The user's password"),
  blocked: BOOLEAN,
  user_metadata: OBJECT,
  app_metadata: OBJECT,
} as const;

const CREATE = object(
  {
    connection: { ...STRING, minLength: 1, description: "Name of the connection that the user belongs to" },
    user_id: string(0, 255, "The part of the user's id behind the bar"),
    ...ACCOUNT,
    ...PROFILE,
  },
  ["connection"],
);

const UPDATE = object({
  ...ACCOUNT,
  ...nullable(PROFILE),
  verify_phone_number: BOOLEAN,
  connection: STRING,
  client_id: STRING,
});

const LIST_QUERY = querySchema({
  ...PAGE_QUERY,
  ...FIELDS_QUERY,
  sort: { type: "string", pattern: "^\\w[\\w.]*:(1|-1)$", description: "Field to sort by, then :1 or :-1" },
  connection: STRING,
  q: { type: "string", description: "Query in the syntax of user search v3" },
  search_engine: oneOf(["v3"]),
  primary_order: BOOLEAN,
});

const BY_EMAIL_QUERY = {
  ...querySchema({ ...FIELDS_QUERY, email: { type: "string", description: "Email address to search for" } }),
  required: ["email"],
};

type Body = { readonly [property: string]: Json };

/** Users. @see https://auth0.com/docs/api/management/v2/users/get-users */
export const users: Family = [
  {
    method: "GET",
    path: "/users",
    name: "get_users",
    scopes: ["read:users", "read:user_idp_tokens"],
    query: LIST_QUERY,
    handle: listUsers,
  },
  { method: "POST", path: "/users", name: "post_users", scopes: ["create:users"], body: CREATE, handle: createUser },
  {
    method: "GET",
    path: "/users-by-email",
    name: "get_users_by_email",
    scopes: ["read:users"],
    query: BY_EMAIL_QUERY,
    handle: listUsersByEmail,
  },
  {
    method: "GET",
    path: "/users/:id",
    name: "get_users_by_id",
    scopes: ["read:users", "read:current_user", "read:user_idp_tokens"],
    query: querySchema(FIELDS_QUERY),
    handle: readUser,
  },
  {
    method: "PATCH",
    path: "/users/:id",
    name: "patch_users_by_id",
    scopes: [
      ...["update:users", "update:users_app_metadata", "update:current_user_metadata"],
      "create:current_user_metadata",
    ],
    body: UPDATE,
    handle: updateUser,
  },
  {
    method: "DELETE",
    path: "/users/:id",
    name: "delete_users_by_id",
    scopes: ["delete:users", "delete:current_user"],
    handle: deleteUserById,
  },
  // Roles and permissions cannot be given here, so nobody has any; the provider reads them with the user.
  {
    method: "GET",
    path: "/users/:id/roles",
    name: "get_user_roles",
    scopes: ["read:users", "read:roles", "read:role_members"],
    query: querySchema(PAGE_QUERY),
    handle: (request, services) => listNothing("roles", request, services),
  },
  {
    method: "GET",
    path: "/users/:id/permissions",
    name: "get_permissions",
    scopes: ["read:users"],
    query: querySchema(PAGE_QUERY),
    handle: (request, services) => listNothing("permissions", request, services),
  },
  ...notBuiltOperations(`
    DELETE /users/:id/authentication-methods delete_authentication_methods delete:authentication_methods
    GET /users/:id/authentication-methods get_authentication_methods read:authentication_methods
    POST /users/:id/authentication-methods post_authentication_methods create:authentication_methods
    PUT /users/:id/authentication-methods put_authentication_methods update:authentication_methods
    DELETE /users/:id/authentication-methods/:authentication_method_id delete_authentication_methods_by_authentication_method_id delete:authentication_methods
    GET /users/:id/authentication-methods/:authentication_method_id get_authentication_methods_by_authentication_method_id read:authentication_methods
    PATCH /users/:id/authentication-methods/:authentication_method_id patch_authentication_methods_by_authentication_method_id update:authentication_methods
    DELETE /users/:id/authenticators delete_authenticators delete:guardian_enrollments
    GET /users/:id/connected-accounts get_connected_accounts read:users
    GET /users/:id/effective-permissions get_user_effective_permissions read:user_effective_permissions
    GET /users/:id/effective-permissions/sources/effective-roles get_user_effective_permission_role_sources read:user_permission_source_roles
    GET /users/:id/effective-roles get_user_effective_roles read:user_effective_roles
    GET /users/:id/effective-roles/sources/groups get_user_role_source_groups read:user_role_source_groups
    GET /users/:id/enrollments get_enrollments read:users,read:current_user
    GET /users/:id/groups get_user_groups read:groups
    POST /users/:id/identities post_identities update:users,update:current_user_identities
    DELETE /users/:id/identities/:provider/:user_id delete_user_identity_by_user_id update:users,update:current_user_identities
    GET /users/:id/logs get_logs_by_user read:logs,read:logs_users
    DELETE /users/:id/multifactor/:provider delete_multifactor_by_provider update:users
    POST /users/:id/multifactor/actions/invalidate-remember-browser post_invalidate_remember_browser update:users
    GET /users/:id/organizations get_user_organizations read:organizations
    DELETE /users/:id/permissions delete_permissions update:users
    POST /users/:id/permissions post_permissions update:users
    POST /users/:id/recovery-code-regeneration post_recovery_code_regeneration update:users
    POST /users/:id/revoke-access user_revoke_access delete:sessions,delete:refresh_tokens
    POST /users/:id/risk-assessments/clear post_clear_assessors update:users
    DELETE /users/:id/roles delete_user_roles update:users,delete:role_members
    POST /users/:id/roles post_user_roles update:users,create:role_members
    DELETE /users/:user_id/refresh-tokens delete_refresh_tokens_for_user delete:refresh_tokens
    GET /users/:user_id/refresh-tokens get_refresh_tokens_for_user read:refresh_tokens
    DELETE /users/:user_id/sessions delete_sessions_for_user delete:sessions
    GET /users/:user_id/sessions get_sessions_for_user read:sessions
  `),
];

function listUsers({ query }: OperationRequest, { store }: Services): Reply {
  const matches = typeof query.q === "string" ? searchFor(query.q) : () => true;
  const found = usersIn(store)
    .list()
    .filter(matches)
    .filter((user) => query.connection === undefined || isIn(user, query.connection));
  const { items, start, limit, total } = pageOf(sorted(found, query.sort), query);
  const shown = items.map((user) => selectFields(user, query));
  const body = query.include_totals === true ? { start, limit, length: shown.length, users: shown, total } : shown;
  return { status: 200, body };
}

function sorted(users: readonly User[], order: unknown): readonly User[] {
  if (typeof order !== "string") {
    return users;
  }
  const [field = "", direction] = order.split(":");
  const sign = direction === "-1" ? -1 : 1;
  const key = (user: User): string => String(user[field] ?? "");
  return users.toSorted((one, other) => sign * (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}

async function createUser({ body }: OperationRequest, { store, ids, clock }: Services): Promise<Reply> {
  const given = body as Body;
  const connection = connectionNamed(store, given.connection);
  for (const property of ["email", "password"]) {
    if (given[property] === undefined) {
      throw invalid(`Payload validation error: 'Missing required property: ${property}'.`);
    }
  }
  checkPassword(given.password, connection);
  checkUnique(store, given, connection.name);
  // Two may want to be the same at once: what is looked up after the hash stays so until the user is kept.
  const hash = await hashPassword(String(given.password));
  checkUnique(store, given, connection.name);
  const id = (given.user_id as string | undefined) || ids.object();
  const user = newUser(given, connection, id, clock().toISOString());
  if (usersIn(store).get(user.user_id) !== undefined) {
    throw alreadyExists();
  }
  passwordsIn(store).put(user.user_id, { hash });
  return { status: 201, body: usersIn(store).put(user.user_id, user) };
}

function newUser(given: Body, connection: Connection, id: string, now: string): User {
  const email = (given.email as string | undefined)?.toLowerCase();
  const label = email ?? (given.username as string | undefined) ?? (given.phone_number as string | undefined) ?? id;
  const provider = connection.strategy;
  return {
    created_at: now,
    updated_at: now,
    email_verified: false,
    name: label,
    nickname: label.replace(/@.*/, ""),
    picture: avatar(label),
    ...changes(given),
    ...(email !== undefined && { email }),
    identities: [{ connection: connection.name, user_id: id, provider, isSocial: false }],
    user_id: `${provider}|${id}`,
  };
}

function avatar(label: string): string {
  const digest = createHash("md5").update(label).digest("hex");
  // By characters: half of an emoji can not be encoded.
  const initials = [...label].slice(0, 2).join("").toLowerCase();
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${initials}.png`);
  return `https://s.gravatar.com/avatar/${digest}?s=480&r=pg&d=${fallback}`;
}

function listUsersByEmail({ query }: OperationRequest, { store }: Services): Reply {
  const email = String(query.email).toLowerCase();
  const found = usersIn(store)
    .list()
    .filter((user) => user.email === email);
  return { status: 200, body: found.map((user) => selectFields(user, query)) };
}

function readUser({ params, query }: OperationRequest, { store }: Services): Reply {
  return { status: 200, body: selectFields(existingUser(store, params), query) };
}

async function updateUser({ params, body, permits }: OperationRequest, { store, clock }: Services): Promise<Reply> {
  const given = body as Body;
  const { identities } = existingUser(store, params);
  checkChanges(given, permits);
  const [one, other] = ["password", "email", "username", "phone_number"].filter((key) => given[key] !== undefined);
  if (other !== undefined) {
    throw new ManagementError(400, `Cannot update ${one} and ${other} simultaneously`, "operation_not_supported");
  }
  const connection = connectionNamed(store, given.connection ?? identities[0]?.connection);
  checkPassword(given.password, connection);
  const hash = given.password === undefined ? undefined : await hashPassword(String(given.password));
  const user = existingUser(store, params);
  checkUnique(store, given, connection.name, user.user_id);
  if (hash !== undefined) {
    passwordsIn(store).put(user.user_id, { hash });
  }
  return { status: 200, body: usersIn(store).put(user.user_id, changed(user, given, clock().toISOString())) };
}

/** A user after a PATCH: null removes a property of the profile, metadata are merged by their first level. */
function changed(user: User, given: Body, now: string): User {
  const { user_metadata, app_metadata, ...others } = changes(given);
  const email = others.email?.toLowerCase();
  const updated = {
    ...user,
    ...others,
    ...(email !== undefined && { email }),
    ...(user_metadata !== undefined && { user_metadata: merged(user.user_metadata, user_metadata) }),
    // Cleared, app_metadata are gone, where user_metadata stay as {}.
    ...(app_metadata !== undefined && { app_metadata: unlessEmpty(merged(user.app_metadata, app_metadata)) }),
    ...(given.password !== undefined && { last_password_reset: now }),
    updated_at: now,
  };
  return withoutNull(updated);
}

/** Which scopes let a property be changed, where it is not `update:users` alone. Any of them suffices. */
const SCOPES_BY_PROPERTY: Readonly<Record<string, readonly string[]>> = {
  app_metadata: ["update:users_app_metadata"],
  user_metadata: ["update:users", "update:current_user_metadata", "create:current_user_metadata"],
};

/** They change nothing, but say what a change is about. */
const FREE = ["connection", "client_id"];

function checkChanges(given: Body, permits: OperationRequest["permits"]): void {
  for (const property of Object.keys(given).filter((name) => !FREE.includes(name))) {
    const scopes = SCOPES_BY_PROPERTY[property] ?? ["update:users"];
    if (!scopes.some(permits)) {
      const message = `Insufficient scope, expected any of: ${scopes.join(",")}`;
      throw new ManagementError(403, message, "insufficient_scope");
    }
  }
}

/** What of a body is about the account and not part of the user. */
const INSTRUCTIONS = ["connection", "password", "verify_email", "verify_phone_number", "client_id"];

function changes(given: Body): Partial<User> {
  return Object.fromEntries(Object.entries(given).filter(([key]) => !INSTRUCTIONS.includes(key)));
}

/** First-level keys replace those that are there, null removes one, an empty object all. */
function merged(metadata: Metadata | undefined, given: Metadata): Metadata {
  if (Object.keys(given).length === 0) {
    return {};
  }
  return Object.fromEntries(Object.entries({ ...metadata, ...given }).filter(([, value]) => value !== null));
}

function unlessEmpty(metadata: Metadata): Metadata | undefined {
  return Object.keys(metadata).length === 0 ? undefined : metadata;
}

function deleteUserById({ params }: OperationRequest, { store }: Services): Reply {
  deleteUser(store, userId(params));
  return { status: 204 };
}

/** Takes a user away, with password, sessions and tokens. @returns whether there was one */
export function deleteUser(store: Store, id: string): boolean {
  forgetLogins(store, id);
  passwordsIn(store).delete(id);
  return usersIn(store).delete(id);
}

function listNothing(key: string, { params, query }: OperationRequest, { store }: Services): Reply {
  existingUser(store, params);
  return { status: 200, body: listBody(key, [], query) };
}

function existingUser(store: Store, params: OperationRequest["params"]): User {
  return existing(usersIn(store).get(userId(params)), "The user does not exist.", "inexistent_user");
}

function userId({ id = "" }: OperationRequest["params"]): string {
  if (!id.includes("|")) {
    const message = `Path validation error: 'Object didn't pass validation for format user-id: ${id}' on property id (The user_id of the user).`;
    throw new ManagementError(400, message, "invalid_uri");
  }
  return id;
}

function connectionNamed(store: Store, name: unknown): Connection {
  const connection = connectionsIn(store).find((candidate) => candidate.name === name);
  if (connection === undefined) {
    throw new ManagementError(400, "The connection does not exist.", "inexistent_connection");
  }
  if (connection.strategy !== "auth0") {
    throw notBuilt(`users of a connection with the strategy ${connection.strategy}`);
  }
  return connection;
}

function isIn({ identities }: User, connection: unknown): boolean {
  return identities.some((identity) => identity.connection === connection);
}

function checkPassword(password: Json | undefined, connection: Connection): void {
  if (typeof password === "string" && !isStrongEnough(password, String(connection.options.passwordPolicy))) {
    throw invalid("PasswordStrengthError: Password is too weak");
  }
}

/** In one connection an email, a username or a phone number belongs to one user. */
function checkUnique(store: Store, given: Body, connection: string, self?: string): void {
  const email = (given.email as string | undefined)?.toLowerCase();
  const taken = usersIn(store).find(
    (user) =>
      user.user_id !== self &&
      isIn(user, connection) &&
      ((email !== undefined && user.email === email) ||
        (given.username !== undefined && user.username === given.username) ||
        (given.phone_number !== undefined && user.phone_number === given.phone_number)),
  );
  if (taken !== undefined) {
    throw alreadyExists();
  }
}

function invalid(message: string): ManagementError {
  return new ManagementError(400, message, "invalid_body");
}

function alreadyExists(): ManagementError {
  return new ManagementError(409, "The user already exists.", "auth0_idp_error");
}
