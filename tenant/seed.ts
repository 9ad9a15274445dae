import type { Client } from "./documents/client";
import { clientGrantsIn, clientsIn, connectionsIn, resourceServersIn, tenantSettingsIn } from "./documents/collections";
import { newClient } from "./management/clients";
import { newConnection } from "./management/connections";
import type { Services } from "./management/family";
import { MANAGEMENT_API_SCOPES, managementAudience } from "./management/management-api";
import { newResourceServer } from "./management/resource-servers";
import { NEW_TENANT } from "./management/tenant-settings";

/**
 * Sees that the tenant has what every Auth0 tenant has, and a client that may deploy to it.
 *
 * Every step does only what is missing, so that the next start completes one that was cut short.
 *
 * @returns the deploying client
 */
export function seed(services: Services): Client {
  furnish(services);
  serveManagementApi(services);
  return deployingClient(services);
}

/** Database connection and settings. The settings come last: once they are there, what is missing was deleted on purpose. */
function furnish({ store, ids }: Services): void {
  if (tenantSettingsIn(store).get("settings") !== undefined) {
    return;
  }
  const connections = connectionsIn(store);
  const name = "Username-Password-Authentication";
  if (connections.find((connection) => connection.name === name) === undefined) {
    const connection = newConnection({ name, strategy: "auth0" }, ids.connection());
    connections.put(connection.id, connection);
  }
  tenantSettingsIn(store).put("settings", NEW_TENANT);
}

/** The Management API as a resource server. When the tenant has got another address, it moves there with the grants on it. */
function serveManagementApi({ store, ids, issuer }: Services): void {
  const resourceServers = resourceServersIn(store);
  const identifier = managementAudience(issuer);
  const former = resourceServers.find(({ is_system }) => is_system === true);
  const server = {
    ...newResourceServer({ identifier, name: "Auth0 Management API" }, former?.id ?? ids.object()),
    scopes: MANAGEMENT_API_SCOPES.map((value) => ({ value, description: describe(value) })),
    is_system: true,
  };
  const grants = clientGrantsIn(store);
  for (const grant of grants.list().filter(({ audience }) => audience === former?.identifier)) {
    grants.put(grant.id, { ...grant, audience: identifier });
  }
  resourceServers.put(server.id, server);
}

function describe(scope: string): string {
  return scope
    .split(/[:_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

function deployingClient({ store, ids, issuer, signingCertificate }: Services): Client {
  const seeds = store.collection<{ readonly client_id: string }>("seeds");
  const clients = clientsIn(store);
  const { client_id } = seeds.get("deploying-client") ?? seeds.put("deploying-client", { client_id: ids.client() });
  const settings = {
    name: "Terraform",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
    token_endpoint_auth_method: "client_secret_post",
  };
  const client =
    clients.get(client_id) ??
    clients.put(client_id, newClient(settings, client_id, ids.clientSecret(), signingCertificate));
  const audience = managementAudience(issuer);
  const grants = clientGrantsIn(store);
  if (grants.find((grant) => grant.client_id === client_id && grant.audience === audience) === undefined) {
    const id = ids.clientGrant();
    grants.put(id, { id, client_id, audience, scope: MANAGEMENT_API_SCOPES, subject_type: "client" });
  }
  return client;
}
