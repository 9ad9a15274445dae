import { parseState, type State } from "../../verify/state";
import type { Tenant } from "../../verify/tenant";

type Values = Readonly<Record<string, unknown>>;

export const IDS = {
  client: "client0000000000000000000000001",
  grant: "cgr_0000000000000001",
  vault: "ac_0000000000000000000001",
  flow: "af_0000000000000000000001",
  form: "ap_0000000000000000000001",
  action: "00000000-0000-4000-8000-000000000001",
} as const;

const CODE = `exports.onExecutePostLogin = async (event, api) => api.prompt.render("${IDS.form}");`;
const CLIENT = 'auth0_client.writer["2026-11"]';
const BINDING = "module.login.auth0_trigger_action.profile";
const TRIGGERS = [{ id: "post-login", version: "v3" }];

/** Of everything one, as a stack and a module would have it: an address, and what the state says. */
export const RESOURCES: Readonly<Record<string, Values>> = {
  [CLIENT]: { id: IDS.client, name: "Writer" },
  'auth0_client_grant.writer["2026-11"]': {
    id: IDS.grant,
    client_id: IDS.client,
    audience: "https://example.eu.auth0.com/api/v2/",
    scopes: ["read:users", "update:users"],
  },
  'auth0_flow_vault_connection.vault["2026-11"]': {
    id: IDS.vault,
    name: "Vault",
    app_id: "AUTH0",
    fingerprint: "first",
    setup: {
      type: "OAUTH_APP",
      client_id: IDS.client,
      client_secret: "the-secret-of-the-writer",
      domain: "example.eu.auth0.com",
    },
  },
  "auth0_flow.save": {
    id: IDS.flow,
    name: "Save",
    actions: `[{"action":"UPDATE_USER","params":{"connection_id":"${IDS.vault}"},"type":"AUTH0"}]`,
  },
  "auth0_form.profile": { id: IDS.form, name: "Profile" },
  "module.login.auth0_action.profile": {
    id: IDS.action,
    name: "Profile",
    code: CODE,
    deploy: true,
    runtime: "node22",
    secrets: [{ name: "KEY", value: "the-value-of-the-key" }],
    supported_triggers: TRIGGERS,
  },
  [BINDING]: { id: `post-login::${IDS.action}`, trigger: "post-login", action_id: IDS.action, display_name: "Profile" },
};

/** What `terraform show -json` prints of these resources. */
export function shown(resources: Readonly<Record<string, Values>> = RESOURCES, dependsOn: Values = {}): string {
  const all = Object.entries(resources).map(([address, values]) => {
    const [, type = ""] = /^(?:module\.\w+\.)?(\w+)\./.exec(address) ?? [];
    return { address, mode: "managed", type, values, sensitive_values: marks(type), depends_on: dependsOn[address] };
  });
  const isInModule = ({ address }: { readonly address: string }) => address.startsWith("module.");
  return JSON.stringify({
    format_version: "1.0",
    values: {
      root_module: {
        resources: all.filter((resource) => !isInModule(resource)),
        child_modules: [{ address: "module.login", resources: all.filter(isInModule) }],
      },
    },
  });
}

function marks(type: string): Values {
  if (type === "auth0_flow_vault_connection") {
    return { setup: true };
  }
  return type === "auth0_action" ? { secrets: true } : {};
}

export function stateOf(resources?: Readonly<Record<string, Values>>, dependsOn?: Values): State {
  return parseState(shown(resources, dependsOn), "login", "terraform");
}

/** An Action as the tenant shows it, deployed. */
export function deployedAction(deployed: Values = {}, draft: Values = {}): Values {
  const version = { number: 3, code: CODE, runtime: "node22", secrets: [{ name: "KEY" }], ...deployed };
  return {
    id: IDS.action,
    name: "Profile",
    status: "built",
    all_changes_deployed: true,
    supported_triggers: TRIGGERS,
    deployed_version: version,
    ...draft,
  };
}

/** Another Action, bound to post-login. */
export function bound(id: string, name: string, code = ""): Values {
  return { action: { id, name, deployed_version: { code } } };
}

export const OWN_BINDING = bound(IDS.action, "Profile", CODE);

/** A tenant that is as {@link RESOURCES} say. */
export function tenantAs(changes: Partial<Tenant> = {}): Tenant {
  const listed = (id: string, name: string, item: Values = {}) => ({ id, name, item });
  return {
    domain: "example.eu.auth0.com",
    lists: {
      auth0_client: [listed(IDS.client, "Writer")],
      auth0_flow_vault_connection: [listed(IDS.vault, "Vault", { ready: true, fingerprint: "first" })],
      auth0_flow: [listed(IDS.flow, "Save")],
      auth0_form: [listed(IDS.form, "Profile")],
    },
    grants: [{ id: IDS.grant, client_id: IDS.client, scope: ["read:users", "update:users"] }],
    actions: new Map([[IDS.action, deployedAction()]]),
    bindings: new Map([["post-login", [OWN_BINDING]]]),
    executions: new Map([[IDS.flow, { executions: [], areCut: false }]]),
    tokens: new Map([
      ['auth0_flow_vault_connection.vault["2026-11"]', { token: "t", scopes: ["read:users", "update:users"] }],
    ]),
    referrers: [],
    ...changes,
  };
}
