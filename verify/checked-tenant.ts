import type { Item, ManagementClient } from "./management-client";
import type { Planned } from "./planned-stack";
import { ACTIONS, LISTS, type ListedType } from "./tenant";

/** A list, or why the tenant gives none. */
export type Reply =
  | { readonly items: readonly Item[]; readonly why?: undefined; readonly isRefused?: undefined }
  | {
      readonly items?: undefined;
      readonly why: string;
      /** Whether that is for good, and not for want of a scope. */
      readonly isRefused: boolean;
    };

/** Types of resources whose names are looked for. */
export type NamedType = ListedType | "auth0_action";

/** What of a tenant is looked at before a deploy. */
export interface CheckedTenant {
  readonly domain: string;
  /** Of the client that deploys; undefined where its token does not tell. */
  readonly scopes: readonly string[] | undefined;
  readonly lists: Readonly<Record<NamedType, Reply>>;
  /** What is bound, in its order, by the trigger. */
  readonly triggers: ReadonlyMap<string, Reply>;
  readonly customDomains: Reply;
  readonly connections: Reply;
  /** Name of a connection that is enabled for an application. */
  readonly enabled: string | undefined;
}

/** Refusals that another attempt does not change. */
const FINAL = new Set([402, 403, 404]);

/** Reads what a deploy of this would meet: by GET requests alone, and whatever is refused. */
export async function readCheckedTenant(client: ManagementClient, planned: readonly Planned[]): Promise<CheckedTenant> {
  const lists = {
    auth0_action: await listOf(client, ACTIONS.path, ACTIONS.key),
    auth0_client: await listOf(client, LISTS.auth0_client.path, LISTS.auth0_client.key, LISTS.auth0_client.query),
    auth0_flow: await listOf(client, LISTS.auth0_flow.path, LISTS.auth0_flow.key),
    auth0_flow_vault_connection: await listOf(
      client,
      LISTS.auth0_flow_vault_connection.path,
      LISTS.auth0_flow_vault_connection.key,
    ),
    auth0_form: await listOf(client, LISTS.auth0_form.path, LISTS.auth0_form.key),
  };
  const triggers = new Map<string, Reply>();
  for (const { values } of planned.filter(({ type }) => /^auth0_trigger_actions?$/.test(type))) {
    const { trigger } = values;
    if (typeof trigger === "string" && !trigger.includes("${") && !triggers.has(trigger)) {
      const path = `actions/triggers/${encodeURIComponent(trigger)}/bindings`;
      triggers.set(trigger, await listOf(client, path, "bindings"));
    }
  }
  const customDomains = await listOf(client, "custom-domains", "custom_domains");
  const connections = await listOf(client, "connections", "connections");
  const enabled = await enabledOf(client, connections.items ?? []);
  return { domain: client.domain, scopes: client.scopes, lists, triggers, customDomains, connections, enabled };
}

async function listOf(client: ManagementClient, path: string, key: string, query = ""): Promise<Reply> {
  const reading = await client.tryGet(`${path}?page=0&per_page=1`);
  if (reading.isFound) {
    return { items: await client.list(path, key, query) };
  }
  const { status, message, missingScopes } = reading;
  return missingScopes === undefined
    ? { why: `GET ${path} is answered with ${status}${message && `: ${message}`}`, isRefused: FINAL.has(status) }
    : { why: `the client lacks ${missingScopes}`, isRefused: false };
}

/** The first connection by which some application's people log in. */
async function enabledOf(client: ManagementClient, connections: readonly Item[]): Promise<string | undefined> {
  for (const { id, name } of connections) {
    const reading = await client.tryGet(`connections/${encodeURIComponent(String(id))}/clients?take=1`);
    const { clients = [] } = (reading.isFound ? reading.body : {}) as { readonly clients?: readonly unknown[] };
    if (clients.length > 0) {
      return String(name);
    }
  }
  return undefined;
}
