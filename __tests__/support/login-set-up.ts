import type { LocalTenant } from "../../dev/local-tenant";
import type { Application, ApplicationClient } from "./application";

/** A client of the application, for which the tenant's database connection is enabled. */
export async function createClient(
  tenant: LocalTenant,
  application: Application,
  settings: object = {},
): Promise<ApplicationClient> {
  const { body: client } = await tenant.request("POST", "/api/v2/clients", {
    name: "Application",
    app_type: "regular_web",
    callbacks: [application.callback],
    allowed_logout_urls: [application.url],
    grant_types: ["authorization_code", "refresh_token"],
    oidc_conformant: true,
    jwt_configuration: { alg: "RS256" },
    ...settings,
  });
  const connection = await databaseConnection(tenant);
  await tenant.request("PATCH", `/api/v2/connections/${connection.id}/clients`, [
    { client_id: client.client_id, status: true },
  ]);
  return client;
}

export async function databaseConnection(tenant: LocalTenant): Promise<{ id: string; options: object }> {
  const { body } = await tenant.request("GET", "/api/v2/connections?name=Username-Password-Authentication");
  return body[0];
}

/** Deploys Actions and binds them to post-login, in this order and no others. */
export async function bindActions(
  tenant: LocalTenant,
  ...actions: readonly { readonly name: string; readonly code: string; readonly secrets?: Record<string, string> }[]
): Promise<void> {
  await tenant.request("PATCH", "/api/v2/actions/triggers/post-login/bindings", { bindings: [] });
  const { body: former } = await tenant.request("GET", "/api/v2/actions/actions");
  for (const { id } of former.actions) {
    await tenant.request("DELETE", `/api/v2/actions/actions/${id}`);
  }
  const bindings: object[] = [];
  for (const { name, code, secrets = {} } of actions) {
    const { body: action } = await tenant.request("POST", "/api/v2/actions/actions", {
      name,
      code,
      supported_triggers: [{ id: "post-login", version: "v3" }],
      secrets: Object.entries(secrets).map(([key, value]) => ({ name: key, value })),
    });
    // Auth0 builds a draft before it can be deployed.
    await tenant.request("GET", `/api/v2/actions/actions/${action.id}`);
    const deployed = await tenant.request("POST", `/api/v2/actions/actions/${action.id}/deploy`);
    if (deployed.status !== 200) {
      throw new Error(`${name} was not deployed: ${JSON.stringify(deployed.body)}`);
    }
    bindings.push({ ref: { type: "action_id", value: action.id }, display_name: name });
  }
  const bound = await tenant.request("PATCH", "/api/v2/actions/triggers/post-login/bindings", { bindings });
  if (bound.status !== 200) {
    throw new Error(`the Actions were not bound: ${JSON.stringify(bound.body)}`);
  }
}

/** A user who can log in by this email and password. @returns the user's id */
export async function createUser(tenant: LocalTenant, email: string, password: string): Promise<string> {
  const { status, body } = await tenant.request("POST", "/api/v2/users", {
    connection: "Username-Password-Authentication",
    email,
    password,
  });
  if (status !== 201) {
    throw new Error(`${email} was not made: ${JSON.stringify(body)}`);
  }
  return body.user_id;
}
