import type { LocalTenant } from "./local-tenant";

export interface ManagementCredentials {
  readonly client_id: string;
  readonly client_secret: string;
}

/** Registers a client whose grant on the Management API holds exactly these scopes. */
export async function createManagementClient(
  tenant: LocalTenant,
  name: string,
  scopes: readonly string[],
): Promise<ManagementCredentials> {
  const { body: client } = await tenant.request("POST", "/api/v2/clients", {
    name,
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  await tenant.request("POST", "/api/v2/client-grants", {
    client_id: client.client_id,
    audience: `https://${tenant.domain}/api/v2/`,
    scope: scopes,
  });
  return client;
}

/** The environment of a client that may do what the deploying one does, but for one scope. */
export async function deployerWithout(tenant: LocalTenant, missing: string): Promise<Record<string, string>> {
  const { body: grants } = await tenant.request("GET", `/api/v2/client-grants?client_id=${tenant.env.AUTH0_CLIENT_ID}`);
  const scopes = grants[0].scope.filter((scope: string) => scope !== missing);
  const deployer = await createManagementClient(tenant, "Deployer", scopes);
  return { ...tenant.env, AUTH0_CLIENT_ID: deployer.client_id, AUTH0_CLIENT_SECRET: deployer.client_secret };
}
