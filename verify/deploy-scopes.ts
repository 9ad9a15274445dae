/** Scopes for all that Terraform does with a thing that is made, read, changed and destroyed. */
function all(name: string): readonly string[] {
  return ["create", "read", "update", "delete"].map((verb) => `${verb}:${name}`);
}

const CONNECTION_CLIENTS = ["read:connections", "update:connections"];
const TRIGGER_BINDINGS = ["read:actions", "update:actions"];

/**
 * Scopes of the Management API that Auth0's provider needs for resources of a type, those of `ProgressiveProfiling`,
 * `SampleApplication` and what stands beside them.
 */
export const DEPLOY_SCOPES: Readonly<Record<string, readonly string[]>> = {
  auth0_action: all("actions"),
  auth0_client: [...all("clients"), "read:client_keys"],
  auth0_client_credentials: ["read:clients", "update:clients", "read:client_keys", "read:client_credentials"],
  auth0_client_grant: all("client_grants"),
  auth0_connection_client: CONNECTION_CLIENTS,
  auth0_connection_clients: CONNECTION_CLIENTS,
  auth0_flow: all("flows"),
  auth0_flow_vault_connection: all("flows_vault_connections"),
  auth0_form: all("forms"),
  auth0_trigger_action: TRIGGER_BINDINGS,
  auth0_trigger_actions: TRIGGER_BINDINGS,
  "data.auth0_client": ["read:clients", "read:client_keys"],
  "data.auth0_connection": ["read:connections"],
  "data.auth0_tenant": ["read:tenant_settings"],
};
