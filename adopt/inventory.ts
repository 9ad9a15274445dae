import type { FlowAction, FormDocument } from "auth0-forms";
import type { Item, ManagementClient } from "../verify/management-client";
import { ACTIONS, GRANTS, LISTS } from "../verify/tenant";
import { TOLD } from "./code";

/** Triggers whose Actions can show a form. */
const FORM_TRIGGERS = ["post-login", "password-reset-post-challenge"] as const;

export interface AdoptedForm {
  readonly id: string;
  readonly document: FormDocument;
  /** Of the flows that it runs, each once, in their order. */
  readonly flows: readonly string[];
}

export interface AdoptedFlow {
  readonly id: string;
  readonly name: string;
  readonly actions: readonly FlowAction[];
  /** Ids of the Vault connections that it uses. */
  readonly connections: readonly string[];
}

export interface AdoptedConnection {
  readonly id: string;
  readonly name: string;
  readonly appId: string;
  readonly isReady: boolean;
}

export interface AdoptedAction {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly runtime: string;
  readonly trigger: { readonly id: string; readonly version: string };
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
  /** Names of its secrets: Auth0 gives no value back. */
  readonly secrets: readonly string[];
  /** Whether what logins run is what can be read and changed. */
  readonly isDeployed: boolean;
  /** Ids of the forms that stand in its code. */
  readonly forms: readonly string[];
}

/** An Action that runs at a trigger. */
export interface AdoptedBinding {
  readonly trigger: string;
  readonly actionId: string;
  readonly displayName: string;
}

export interface AdoptedClient {
  readonly id: string;
  readonly name: string;
  readonly appType: string | undefined;
  readonly grantTypes: readonly string[];
}

/** What a client may do with the Management API. */
export interface AdoptedGrant {
  readonly id: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scopes: readonly string[];
}

/** What a tenant has that is of forms. */
export interface Inventory {
  readonly domain: string;
  readonly forms: readonly AdoptedForm[];
  readonly flows: readonly AdoptedFlow[];
  readonly connections: readonly AdoptedConnection[];
  /** Those that show a form, and those of the triggers that could. */
  readonly actions: readonly AdoptedAction[];
  /** By the trigger, in the order in which they run. */
  readonly bindings: readonly AdoptedBinding[];
  readonly clients: readonly AdoptedClient[];
  readonly grants: readonly AdoptedGrant[];
}

/** Reads a tenant, by GET requests alone. @throws CommandError with all scopes that are missing */
export async function readInventory(client: ManagementClient): Promise<Inventory> {
  const forms = await whole(client, LISTS.auth0_form.path, LISTS.auth0_form.key);
  const flows = await whole(client, LISTS.auth0_flow.path, LISTS.auth0_flow.key);
  const { path, key } = LISTS.auth0_flow_vault_connection;
  const connections = await client.list(path, key);
  const clients = await client.list(
    "clients",
    "clients",
    "&fields=client_id,name,app_type,grant_types&include_fields=true",
  );
  const grants = await client.list(GRANTS.path, GRANTS.key);
  const actions = await whole(client, ACTIONS.path, ACTIONS.key);
  const bindings: AdoptedBinding[] = [];
  for (const trigger of FORM_TRIGGERS) {
    const bound = await client.list(`actions/triggers/${trigger}/bindings`, "bindings");
    bindings.push(
      ...bound.map(({ action, display_name }) => ({
        trigger,
        actionId: String((action as Item | undefined)?.id),
        displayName: String(display_name),
      })),
    );
  }
  client.throwIfScopesMissing();

  const formIds = forms.map(({ id }) => String(id));
  const flowIds = flows.map(({ id }) => String(id));
  const connectionIds = connections.map(({ id }) => String(id));
  return {
    domain: client.domain,
    forms: forms.map((form) => ({ id: String(form.id), document: documentOf(form), flows: named(form, flowIds) })),
    flows: flows.map((flow) => ({
      id: String(flow.id),
      name: String(flow.name),
      actions: (flow.actions ?? []) as readonly FlowAction[],
      connections: named(flow, connectionIds),
    })),
    connections: connections.map(({ id, name, app_id, ready }) => {
      return { id: String(id), name: String(name), appId: String(app_id), isReady: ready === true };
    }),
    actions: actions.map((action) => actionOf(action, formIds)),
    bindings,
    clients: clients.map(({ client_id, name, app_type, grant_types }) => ({
      id: String(client_id),
      name: String(name),
      appType: typeof app_type === "string" ? app_type : undefined,
      grantTypes: (grant_types ?? []) as readonly string[],
    })),
    grants: grants
      .filter(({ audience }) => String(audience).endsWith("/api/v2/"))
      .map(({ id, client_id, audience, scope }) => ({
        id: String(id),
        clientId: String(client_id),
        audience: String(audience),
        scopes: (scope ?? []) as readonly string[],
      })),
  };
}

/** All items of a list, each as it is by itself. */
async function whole(client: ManagementClient, path: string, key: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (const { id } of await client.list(path, key)) {
    const item = await client.get(`${path}/${encodeURIComponent(String(id))}`);
    if (item !== undefined) {
      items.push(item);
    }
  }
  return items;
}

function documentOf(form: Item): FormDocument {
  return Object.fromEntries(Object.entries(form).filter(([key]) => !TOLD.includes(key))) as unknown as FormDocument;
}

/** The ids that stand in a document, in their order. */
function named(document: unknown, ids: readonly string[]): readonly string[] {
  const text = JSON.stringify(document);
  const places = ids.map((id) => ({ id, place: text.indexOf(`"${id}"`) })).filter(({ place }) => place >= 0);
  return places.sort((one, other) => one.place - other.place).map(({ id }) => id);
}

function actionOf(action: Item, formIds: readonly string[]): AdoptedAction {
  const { id, name, code, runtime, supported_triggers, dependencies, secrets, all_changes_deployed } = action;
  const [trigger] = (supported_triggers ?? []) as readonly AdoptedAction["trigger"][];
  return {
    id: String(id),
    name: String(name),
    code: String(code ?? ""),
    // The API calls node18 by another name than the provider.
    runtime: String(runtime).replace(/-actions$/, ""),
    trigger: { id: String(trigger?.id), version: String(trigger?.version) },
    dependencies: ((dependencies ?? []) as AdoptedAction["dependencies"]).map(({ name, version }) => ({
      name,
      version,
    })),
    secrets: ((secrets ?? []) as readonly { readonly name: string }[]).map(({ name }) => name),
    isDeployed: all_changes_deployed === true,
    forms: formIds.filter((form) => String(code).includes(form)),
  };
}
