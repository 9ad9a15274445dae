import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Auth0Sdk } from "./auth0-sdk";
import type { FormFixture } from "./form-tenant";
import type { LocalTenant } from "./local-tenant";

const FIXTURES = join(__dirname, "..", "tenant", "forms", "real");

/**
 * Makes forms that are in use, with their flows by one Vault connection, and an Action that shows the first one to those whose
 * address begins with the first form's first word, and the second to all others: all by Auth0's own SDK.
 */
export async function fillBySdk(tenant: LocalTenant, names: readonly string[]): Promise<void> {
  const sdk = Auth0Sdk.start(tenant);
  const { AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret } = tenant.env;
  const call = async (method: string, ...args: readonly unknown[]) => {
    const { value, error } = await sdk.call("ManagementClient", { clientId, clientSecret }, method, ...args);
    if (error !== undefined) {
      throw new Error(`${method}: ${error.message}`);
    }
    return value;
  };
  const audience = `https://${tenant.domain}/api/v2/`;
  const { client_id, client_secret } = await call("clients.create", {
    name: "Flows",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  await call("clientGrants.create", { client_id, audience, scope: ["update:users", "update:users_app_metadata"] });
  const setup = { type: "OAUTH_APP", client_id, client_secret, domain: tenant.domain, audience };
  const { id: connection } = await call("flows.vault.connections.create", { name: "Flows", app_id: "AUTH0", setup });
  const forms: string[] = [];
  for (const name of names) {
    const { form, flows }: FormFixture = JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), "utf8"));
    let text = JSON.stringify(form);
    for (const [placeholder, flow] of Object.entries(flows)) {
      const written = JSON.stringify(flow).replaceAll("#CONN-1#", connection);
      text = text.replaceAll(placeholder, (await call("flows.create", JSON.parse(written))).id);
    }
    forms.push((await call("forms.create", JSON.parse(text))).id);
  }
  const [first, second] = forms;
  const { id } = await call("actions.create", {
    name: "Ask",
    code: `exports.onExecutePostLogin = async (event, api) => {
  const { name, email, app_metadata } = event.user;
  if (name !== email || app_metadata.data_sharing !== undefined) {
    return;
  }
  if (event.user.email.startsWith("${names[0]?.split("-")[0]}")) {
    api.prompt.render("${first}");
  } else {
    api.prompt.render("${second}");
  }
};
exports.onContinuePostLogin = async () => {};
`,
    supported_triggers: [{ id: "post-login", version: "v3" }],
  });
  await call("actions.get", id);
  await call("actions.deploy", id);
  await call("actions.triggers.bindings.updateMany", "post-login", {
    bindings: [{ ref: { type: "action_id", value: id }, display_name: "Ask" }],
  });
  await sdk.stop();
}
