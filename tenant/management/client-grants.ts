import type { ClientGrant } from "../documents/client-grant";
import { clientGrantsIn, clientsIn, resourceServersIn } from "../documents/collections";
import type { ResourceServer } from "../documents/resource-server";
import type { Family, OperationRequest } from "./family";
import { ManagementError } from "./management-error";
import { CHECKPOINT_QUERY, checkpointBody, listBody, PAGE_QUERY, querySchema } from "./page";
import { BOOLEAN, nullable, object, oneOf, STRING, STRINGS } from "./property";

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

function checkScopes(scopes: readonly string[] | undefined, { scopes: defined, identifier }: ResourceServer): void {
  const unknown = scopes?.filter((scope) => !defined?.some(({ value }) => value === scope)) ?? [];
  if (unknown.length > 0) {
    const message = `The following scopes are not defined in the resource server ${identifier}: ${unknown.join(", ")}`;
    throw new ManagementError(400, message, "invalid_body");
  }
}

export const clientGrants: Family = ({ store, ids }) => {
  const grants = clientGrantsIn(store);

  function existing({ id }: OperationRequest["params"]): ClientGrant {
    const grant = grants.get(id ?? "");
    if (grant === undefined) {
      throw new ManagementError(404, "The client grant does not exist", "inexistent_client_grant");
    }
    return grant;
  }

  function resourceServer(audience: string): ResourceServer {
    const found = resourceServersIn(store).find(({ identifier }) => identifier === audience);
    if (found === undefined) {
      throw new ManagementError(404, "The resource server does not exist", "inexistent_resource_server");
    }
    return found;
  }

  return [
    {
      method: "GET",
      path: "/client-grants",
      name: "get_client_grants",
      scopes: ["read:client_grants"],
      query: LIST_QUERY,
      handle: ({ query }) => {
        const asked = FILTERS.filter((key) => query[key] !== undefined);
        const found = grants.list().filter((grant) => asked.every((key) => grant[key] === query[key]));
        const body =
          query.take === undefined && query.from === undefined
            ? listBody("client_grants", found, query)
            : checkpointBody("client_grants", found, ({ id }) => id, query);
        return { status: 200, body };
      },
    },
    {
      method: "POST",
      path: "/client-grants",
      name: "post_client_grants",
      scopes: ["create:client_grants"],
      body: CREATE,
      handle: ({ body }) => {
        const given = body as unknown as Create;
        if ((given.client_id === undefined) === (given.default_for === undefined)) {
          throw new ManagementError(400, "Exactly one of client_id and default_for must be given", "invalid_body");
        }
        if (given.client_id !== undefined && clientsIn(store).get(given.client_id) === undefined) {
          throw new ManagementError(404, "The client does not exist", "inexistent_client");
        }
        checkScopes(given.scope, resourceServer(given.audience));
        const grant: ClientGrant = { id: ids.clientGrant(), subject_type: "client", ...given };
        const identity = ["client_id", "audience", "subject_type", "default_for"];
        if (grants.find((other) => identity.every((key) => other[key] === grant[key])) !== undefined) {
          throw new ManagementError(409, "client_grant already exists", "client_grant_conflict");
        }
        return { status: 201, body: grants.put(grant.id, grant) };
      },
    },
    {
      method: "GET",
      path: "/client-grants/:id",
      name: "get_client_grant",
      scopes: ["read:client_grants"],
      handle: ({ params }) => ({ status: 200, body: existing(params) }),
    },
    {
      method: "PATCH",
      path: "/client-grants/:id",
      name: "patch_client_grants_by_id",
      scopes: ["update:client_grants"],
      body: UPDATE,
      handle: ({ params, body }) => {
        const grant = existing(params);
        const { organization_usage, ...changes } = body as Partial<ClientGrant>;
        const hasAll = changes.allow_all_scopes === true && changes.scope === undefined;
        checkScopes(changes.scope, resourceServer(grant.audience));
        const updated = {
          ...grant,
          ...changes,
          ...(hasAll && { scope: undefined }),
          ...(organization_usage !== undefined && { organization_usage: organization_usage ?? undefined }),
        };
        return { status: 200, body: grants.put(grant.id, updated) };
      },
    },
    {
      method: "DELETE",
      path: "/client-grants/:id",
      name: "delete_client_grants_by_id",
      scopes: ["delete:client_grants"],
      handle: ({ params }) => {
        grants.delete(params.id ?? "");
        return { status: 204 };
      },
    },
    {
      method: "GET",
      path: "/client-grants/:id/organizations",
      name: "get_client_grant_organizations",
      scopes: ["read:organization_client_grants"],
    },
  ];
};
