import { BOOLEAN, integer, nullable, OBJECT, oneOf, STRING } from "auth0-forms/schema";
import { clientGrantsIn, resourceServersIn } from "../documents/collections";
import type { ResourceServer } from "../documents/resource-server";
import type { Store } from "../documents/store";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { isAudienceOf } from "./management-api";
import { existing, ManagementError } from "./management-error";
import { listBody, PAGE_QUERY, querySchema } from "./page";
import { keyThumbprint } from "./pem";
import { object, string } from "./property";
import { withoutNull } from "./without-null";

const SETTINGS = {
  name: { type: "string", pattern: "^[^<>]+$", maxLength: 200, description: "Name of the API: no < or >" },
  scopes: {
    type: "array",
    description: "Permissions that the API knows",
    items: object({ value: string(1, 280), description: string(0, 500) }, ["value"]),
  },
  signing_alg: oneOf(["HS256", "RS256", "RS512", "PS256"]),
  signing_secret: string(16, 1024),
  allow_offline_access: BOOLEAN,
  allow_online_access: BOOLEAN,
  allow_online_access_with_ephemeral_sessions: BOOLEAN,
  token_lifetime: integer(0, 2592000),
  token_lifetime_for_web: integer(0, 2592000),
  token_dialect: oneOf(["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"]),
  skip_consent_for_verifiable_first_party_clients: BOOLEAN,
  enforce_policies: BOOLEAN,
  ...nullable({
    token_encryption: OBJECT,
    consent_policy: oneOf(["transactional-authorization-with-mfa"]),
    authorization_details: { type: "array" },
    proof_of_possession: OBJECT,
  }),
  subject_type_authorization: object({ user: OBJECT, client: OBJECT }),
  authorization_policy: OBJECT,
} as const;

const CREATE = object(
  { identifier: { ...string(1, 600), description: "Audience of the API; it cannot be changed" }, ...SETTINGS },
  ["identifier"],
);

const UPDATE = object(SETTINGS);

type Given = Partial<ResourceServer>;
type NewResourceServer = Given & Pick<ResourceServer, "identifier">;

/** APIs. @see https://auth0.com/docs/api/management/v2/resource-servers/get-resource-servers */
export const resourceServers: Family = [
  {
    method: "GET",
    path: "/resource-servers",
    name: "get_resource_servers",
    scopes: ["read:resource_servers"],
    query: querySchema({ ...PAGE_QUERY, identifiers: STRING, include_fields: BOOLEAN }),
    handle: listResourceServers,
  },
  {
    method: "POST",
    path: "/resource-servers",
    name: "post_resource_servers",
    scopes: ["create:resource_servers"],
    body: CREATE,
    handle: createResourceServer,
  },
  {
    method: "GET",
    path: "/resource-servers/:id",
    name: "get_resource_servers_by_id",
    scopes: ["read:resource_servers"],
    query: querySchema({ include_fields: BOOLEAN }),
    handle: readResourceServer,
  },
  {
    method: "PATCH",
    path: "/resource-servers/:id",
    name: "patch_resource_servers_by_id",
    scopes: ["update:resource_servers"],
    body: UPDATE,
    handle: updateResourceServer,
  },
  {
    method: "DELETE",
    path: "/resource-servers/:id",
    name: "delete_resource_servers_by_id",
    scopes: ["delete:resource_servers"],
    handle: deleteResourceServer,
  },
];

function listResourceServers({ query }: OperationRequest, { store }: Services): Reply {
  const wanted = typeof query.identifiers === "string" ? query.identifiers.split(",") : undefined;
  const found = resourceServersIn(store)
    .list()
    .filter((server) => wanted === undefined || wanted.some((audience) => isAudienceOf(server, audience)));
  return { status: 200, body: listBody("resource_servers", found, query) };
}

function createResourceServer({ body }: OperationRequest, { store, ids }: Services): Reply {
  const given = body as NewResourceServer;
  if (findResourceServer(store, given.identifier) !== undefined) {
    const message = "A resource server with the same identifier already exists";
    throw new ManagementError(409, message, "resource_server_conflict");
  }
  const server = newResourceServer(given, ids.object());
  return { status: 201, body: resourceServersIn(store).put(server.id, server) };
}

/** A new API with Auth0's defaults for what is not given. */
export function newResourceServer(given: NewResourceServer, id: string): ResourceServer {
  return merged(
    {
      id,
      identifier: given.identifier,
      allow_offline_access: false,
      skip_consent_for_verifiable_first_party_clients: false,
      subject_type_authorization: { client: { policy: "require_client_grant" }, user: { policy: "allow_all" } },
      token_lifetime: 86400,
      token_lifetime_for_web: 7200,
      signing_alg: "RS256",
    },
    given,
  );
}

function readResourceServer({ params }: OperationRequest, { store }: Services): Reply {
  return { status: 200, body: existingResourceServer(store, params.id) };
}

function updateResourceServer({ params, body }: OperationRequest, { store }: Services): Reply {
  const server = changeable(existingResourceServer(store, params.id));
  return { status: 200, body: resourceServersIn(store).put(server.id, merged(server, body as Given)) };
}

function deleteResourceServer({ params }: OperationRequest, { store }: Services): Reply {
  const server = findResourceServer(store, params.id);
  if (server !== undefined) {
    const grants = clientGrantsIn(store);
    for (const grant of grants.list().filter(({ audience }) => audience === changeable(server).identifier)) {
      grants.delete(grant.id);
    }
    resourceServersIn(store).delete(changeable(server).id);
  }
  return { status: 204 };
}

/** The API with these settings; null removes one. Of an encryption key only the thumbprint is kept. */
function merged(server: ResourceServer, given: Given): ResourceServer {
  const encryption = given.token_encryption as { readonly encryption_key?: { readonly pem?: string } } | null;
  const pem = encryption?.encryption_key?.pem;
  const changes = {
    ...given,
    ...(encryption && pem !== undefined && { token_encryption: withThumbprint(encryption, pem) }),
  };
  return withoutNull({ ...server, ...changes });
}

function withThumbprint(encryption: { readonly encryption_key?: object }, pem: string): object {
  const thumbprint_sha256 = keyThumbprint(pem, "token_encryption.encryption_key.pem");
  return { ...encryption, encryption_key: { ...encryption.encryption_key, pem: undefined, thumbprint_sha256 } };
}

function existingResourceServer(store: Store, idOrIdentifier: string | undefined): ResourceServer {
  const server = findResourceServer(store, idOrIdentifier);
  return existing(server, "The resource server does not exist", "inexistent_resource_server");
}

function findResourceServer(store: Store, idOrIdentifier = ""): ResourceServer | undefined {
  const all = resourceServersIn(store);
  return all.get(idOrIdentifier) ?? all.find((server) => isAudienceOf(server, idOrIdentifier));
}

function changeable(server: ResourceServer): ResourceServer {
  if (server.is_system === true) {
    throw new ManagementError(400, "System resource servers cannot be changed", "operation_not_supported");
  }
  return server;
}
