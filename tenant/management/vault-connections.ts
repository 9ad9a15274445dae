import { CREATE_VAULT_CONNECTION, UPDATE_OF_APP, UPDATE_VAULT_CONNECTION } from "auth0-forms";
import { mapValues } from "auth0-forms/schema";
import { vaultConnectionsIn } from "../documents/collections";
import type { Store } from "../documents/store";
import type { VaultConnection, VaultSetup } from "../documents/vault-connection";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { existing } from "./management-error";
import { namedList, namedListQuery } from "./named-list";
import { validator } from "./validation";

/** An update does not name the app, so its set-up is checked when the connection is known. */
const CHECK_UPDATE: Readonly<Record<string, (body: unknown) => void>> = mapValues(UPDATE_OF_APP, (schema) =>
  validator("Payload", schema),
);

/** Vault connections. @see https://auth0.com/docs/api/management/v2/flows/get-flows-vault-connections */
export const vaultConnections: Family = [
  {
    method: "GET",
    path: "/flows/vault/connections",
    name: "get_flows_vault_connections",
    scopes: ["read:flows_vault_connections"],
    query: namedListQuery(),
    handle: listVaultConnections,
  },
  {
    method: "POST",
    path: "/flows/vault/connections",
    name: "post_flows_vault_connections",
    scopes: ["create:flows_vault_connections"],
    body: CREATE_VAULT_CONNECTION,
    handle: createVaultConnection,
  },
  {
    method: "GET",
    path: "/flows/vault/connections/:id",
    name: "get_flows_vault_connections_by_id",
    scopes: ["read:flows_vault_connections"],
    handle: readVaultConnection,
  },
  {
    method: "PATCH",
    path: "/flows/vault/connections/:id",
    name: "patch_flows_vault_connections_by_id",
    scopes: ["update:flows_vault_connections"],
    body: UPDATE_VAULT_CONNECTION,
    handle: updateVaultConnection,
  },
  {
    method: "DELETE",
    path: "/flows/vault/connections/:id",
    name: "delete_flows_vault_connections_by_id",
    scopes: ["delete:flows_vault_connections"],
    handle: deleteVaultConnection,
  },
];

function listVaultConnections({ query }: OperationRequest, { store }: Services): Reply {
  const all = vaultConnectionsIn(store).list().map(shown);
  return { status: 200, body: namedList("connections", all, query) };
}

function createVaultConnection({ body }: OperationRequest, { store, ids, clock }: Services): Reply {
  const sent = body as Pick<VaultConnection, "app_id" | "name" | "setup">;
  const id = ids.vaultConnection();
  const now = clock().toISOString();
  const connection = { id, ...sent, created_at: now, updated_at: now, fingerprint: ids.hex(32) };
  return { status: 201, body: written(vaultConnectionsIn(store).put(id, connection)) };
}

function readVaultConnection({ params }: OperationRequest, { store }: Services): Reply {
  return { status: 200, body: shown(existingVaultConnection(store, params.id)) };
}

function updateVaultConnection({ params, body }: OperationRequest, { store, ids, clock }: Services): Reply {
  const connection = existingVaultConnection(store, params.id);
  CHECK_UPDATE[connection.app_id]?.(body);
  const sent = body as Partial<Pick<VaultConnection, "name" | "setup">>;
  const changes = { ...sent, updated_at: clock().toISOString(), fingerprint: ids.hex(32) };
  return { status: 200, body: written(vaultConnectionsIn(store).put(connection.id, { ...connection, ...changes })) };
}

function deleteVaultConnection({ params }: OperationRequest, { store }: Services): Reply {
  vaultConnectionsIn(store).delete(existingVaultConnection(store, params.id).id);
  return { status: 204 };
}

function existingVaultConnection(store: Store, id = ""): VaultConnection {
  return existing(vaultConnectionsIn(store).get(id), "Connection not found");
}

type Shown = Omit<VaultConnection, "setup"> & { readonly account_name?: string; readonly ready: boolean };

/** As it is shown; the set-up never is. */
function shown({ setup, created_at, updated_at, fingerprint, ...connection }: VaultConnection): Shown {
  const account = setup && accountName(connection.app_id, setup);
  return {
    ...connection,
    ...(account !== undefined && { account_name: account }),
    ready: setup !== undefined,
    created_at,
    updated_at,
    fingerprint,
  };
}

// Answers to writes say of a connection without set-up that it was never refreshed; other answers leave that out.
function written(connection: VaultConnection): object {
  return { ...shown(connection), ...(connection.setup === undefined && { refreshed_at: null }) };
}

/** What Auth0 names the account by, as far as that is known. */
function accountName(appId: string, setup: VaultSetup): string | undefined {
  switch (`${appId} ${setup.type}`) {
    case "AUTH0 OAUTH_APP":
      return setup.domain;
    case "HTTP BEARER":
      return `Bearer ${masked(setup.token as string)}`;
    case "SENDGRID API_KEY":
      return masked(setup.api_key as string);
    default:
      return undefined;
  }
}

function masked(secret: string): string {
  return `${secret.slice(0, 3)}***${secret.slice(-3)}`;
}
