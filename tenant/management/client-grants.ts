import { BOOLEAN, nullable, oneOf, STRING } from "auth0-forms/schema";
import type { ClientGrant } from "../documents/client-grant";
import { clientGrantsIn, resourceServersIn } from "../documents/collections";
import type { ResourceServer } from "../documents/resource-server";
import type { Store } from "../documents/store";
import { existingClient } from "./clients";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { CURRENT_USER_SCOPES, isAudienceOf } from "./management-api";
import { existing, ManagementError } from "./management-error";
import { notBuiltOperations } from "./not-built";
import { CHECKPOINT_QUERY, PAGE_QUERY, pagedBody, querySchema } from "./page";
import { object, STRINGS } from "./property";

const SETTINGS = {
  scope: { ...STRINGS, description: "Scopes allowed for this client grant" },
  organization_usage: oneOf(["deny", "allow", "require"]),
  allow_any_organization: BOOLEAN,
  authorization_details_types: STRINGS,
  allow_all_scopes: BOOLEAN,
} as const;

const CREATE = object(
  {
    client_id: { ...STRING, description: "Id of the client" },
    audience: { type: "string", minLength: 1, description: "Audience of the API" },
    subject_type: oneOf(["client", "user"]),
    default_for: oneOf(["third_party_clients"]),
    ...SETTINGS,
  },
  ["audience"],
);

const UPDATE = object({ ...SETTINGS, ...nullable({ organization_usage: SETTINGS.organization_usage }) });

const LIST_QUERY = querySchema({
  ...PAGE_QUERY,
  ...CHECKPOINT_QUERY,
  audience: STRING,
  client_id: STRING,
  allow_any_organization: BOOLEAN,
  subject_type: oneOf(["client", "user"]),
  default_for: oneOf(["third_party_clients"]),
});

const FILTERS = ["audience", "client_id", "allow_any_organization", "subject_type", "default_for"];

type Create = Pick<ClientGrant, "audience"> & Partial<ClientGrant>;

/** What clients may ask for. @see https://auth0.com/docs/api/management/v2/client-grants/get-client-grants */
export const clientGrants: Family = [
  {
    method: "GET",
    path: "/client-grants",
    name: "get_client_grants",
    scopes: ["read:client_grants"],
    query: LIST_QUERY,
    handle: listGrants,
  },
  {
    method: "POST",
    path: "/client-grants",
    name: "post_client_grants",
    scopes: ["create:client_grants"],
    body: CREATE,
    handle: createGrant,
  },
  {
    method: "GET",
    path: "/client-grants/:id",
    name: "get_client_grant",
    scopes: ["read:client_grants"],
    handle: readGrant,
  },
  {
    method: "PATCH",
    path: "/client-grants/:id",
    name: "patch_client_grants_by_id",
    scopes: ["update:client_grants"],
    body: UPDATE,
    handle: updateGrant,
  },
  {
    method: "DELETE",
    path: "/client-grants/:id",
    name: "delete_client_grants_by_id",
    scopes: ["delete:client_grants"],
    handle: deleteGrant,
  },
  ...notBuiltOperations(`
    GET /client-grants/:id/organizations get_client_grant_organizations read:organization_client_grants
  `),
];

function listGrants({ query }: OperationRequest, { store }: Services): Reply {
  const asked = FILTERS.filter((key) => query[key] !== undefined);
  const found = clientGrantsIn(store)
    .list()
    .filter((grant) => asked.every((key) => isAlike(store, key, grant[key], query[key])));
  return { status: 200, body: pagedBody("client_grants", found, ({ id }) => id, query) };
}

function createGrant({ body }: OperationRequest, { store, ids }: Services): Reply {
  const given = body as Create;
  if ((given.client_id === undefined) === (given.default_for === undefined)) {
    throw new ManagementError(400, "Exactly one of client_id and default_for must be given", "invalid_body");
  }
  if (given.client_id !== undefined) {
    existingClient(store, given.client_id);
  }
  checkScopes(given, resourceServer(store, given.audience));
  const grant: ClientGrant = { id: ids.clientGrant(), subject_type: "client", ...given };
  const identity = ["client_id", "audience", "subject_type", "default_for"];
  if (
    clientGrantsIn(store).find((other) => identity.every((key) => isAlike(store, key, other[key], grant[key]))) !==
    undefined
  ) {
    throw new ManagementError(409, "client_grant already exists", "client_grant_conflict");
  }
  return { status: 201, body: clientGrantsIn(store).put(grant.id, grant) };
}

function readGrant({ params }: OperationRequest, { store }: Services): Reply {
  return { status: 200, body: existingGrant(store, params.id) };
}

function updateGrant({ params, body }: OperationRequest, { store }: Services): Reply {
  const grant = existingGrant(store, params.id);
  const { organization_usage, ...changes } = body as Partial<ClientGrant>;
  const hasAll = changes.allow_all_scopes === true && changes.scope === undefined;
  checkScopes({ ...changes, subject_type: grant.subject_type }, resourceServer(store, grant.audience));
  const updated = {
    ...grant,
    ...changes,
    ...(hasAll && { scope: undefined }),
    ...(organization_usage !== undefined && { organization_usage: organization_usage ?? undefined }),
  };
  return { status: 200, body: clientGrantsIn(store).put(grant.id, updated) };
}

function deleteGrant({ params }: OperationRequest, { store }: Services): Reply {
  clientGrantsIn(store).delete(params.id ?? "");
  return { status: 204 };
}

function existingGrant(store: Store, id = ""): ClientGrant {
  return existing(clientGrantsIn(store).get(id), "The client grant does not exist", "inexistent_client_grant");
}

/** Whether two grants have the same there: audiences that mean one API are one. */
function isAlike(store: Store, key: string, one: unknown, other: unknown): boolean {
  const server = key === "audience" && resourceServersIn(store).find((known) => isAudienceOf(known, other));
  return server ? isAudienceOf(server, one) : one === other;
}

function resourceServer(store: Store, audience: string): ResourceServer {
  const found = resourceServersIn(store).find((server) => isAudienceOf(server, audience));
  return existing(found, "The resource server does not exist", "inexistent_resource_server");
}

function checkScopes(
  { scope: scopes, allow_all_scopes, subject_type }: Partial<ClientGrant>,
  { scopes: defined, identifier, is_system }: ResourceServer,
): void {
  if (is_system === true && allow_all_scopes !== undefined) {
    const message = "`allow_all_scopes` cannot be provided when `audience` is a system API";
    throw new ManagementError(400, message, "invalid_body");
  }
  const known =
    is_system === true && subject_type === "user" ? CURRENT_USER_SCOPES : (defined ?? []).map(({ value }) => value);
  const unknown = scopes?.filter((scope) => !known.includes(scope)) ?? [];
  if (unknown.length > 0) {
    const message = `The following scopes are not defined in the resource server ${identifier}: ${unknown.join(", ")}`;
    throw new ManagementError(400, message, "invalid_body");
  }
}
