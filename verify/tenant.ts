import { managementApiIdentifier } from "../lib/tenant-domain";
import { failureOf, isFailed } from "./flow-execution";
import type { Item, ManagementClient, TokenReply } from "./management-client";
import { ofType, type Resource, type State } from "./state";

export type ListedType = "auth0_client" | "auth0_flow_vault_connection" | "auth0_flow" | "auth0_form";

/** Where a tenant lists something, and what an id is called there. */
export interface List {
  readonly path: string;
  readonly key: string;
  readonly id: string;
  readonly query: string;
}

/** Types of resources that a tenant can have twice by one name. */
export const LISTS: Readonly<Record<ListedType, List>> = {
  auth0_client: {
    path: "clients",
    key: "clients",
    id: "client_id",
    query: "&fields=client_id,name&include_fields=true",
  },
  auth0_flow_vault_connection: { path: "flows/vault/connections", key: "connections", id: "id", query: "" },
  auth0_flow: { path: "flows", key: "flows", id: "id", query: "" },
  auth0_form: { path: "forms", key: "forms", id: "id", query: "" },
};

export const ACTIONS: List = { path: "actions/actions", key: "actions", id: "id", query: "" };

export const GRANTS: List = { path: "client-grants", key: "client_grants", id: "id", query: "" };

/** What can refer to a resource of a type by its id, where Auth0 shows it. */
const REFERRERS: Readonly<Partial<Record<ListedType, { readonly path: string; readonly key: string }>>> = {
  auth0_client: { path: "client-grants", key: "client_grants" },
  auth0_flow_vault_connection: { path: "flows", key: "flows" },
  auth0_flow: { path: "forms", key: "forms" },
  auth0_form: { path: "actions/actions", key: "actions" },
};

export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly item: Item;
}

/** An execution of a flow. */
export interface Execution {
  readonly id: string;
  readonly at: string;
  readonly hasFailed: boolean;
  readonly reason?: string;
}

export interface Executions {
  /** The newest first. */
  readonly executions: readonly Execution[];
  /** Whether there are more, which were not read. */
  readonly areCut: boolean;
}

/** A document in which others may be referred to. */
export interface Referrer {
  /** Of what it can refer to. */
  readonly type: ListedType;
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

/** What of a tenant is compared with states. */
export interface Tenant {
  readonly domain: string;
  readonly lists: Readonly<Record<ListedType, readonly Listed[]>>;
  readonly grants: readonly Item[];
  /** Actions of the states, by their id. */
  readonly actions: ReadonlyMap<string, Item>;
  /** What is bound, by the trigger, in its order. */
  readonly bindings: ReadonlyMap<string, readonly Item[]>;
  /** By the flow's id. */
  readonly executions: ReadonlyMap<string, Executions>;
  /** By the address of a Vault connection: whether the credentials that the state has of it are good. */
  readonly tokens: ReadonlyMap<string, TokenReply>;
  /** Read only where something of a type is there twice. */
  readonly referrers: readonly Referrer[];
}

/** The longest history of a flow that is read: ten pages of a hundred. */
const PAGES_OF_EXECUTIONS = 10;
/** Executions that are looked into: one whose action may fail counts as a good one by itself. */
const EXAMINED = 20;

/** Reads all that the states' resources are compared with, and nothing else. @throws CommandError */
export async function readTenant(client: ManagementClient, states: readonly State[]): Promise<Tenant> {
  const all = states.flatMap(({ resources }) => resources);
  const has = (...types: readonly string[]) => all.some(({ type }) => types.includes(type));
  const ofStates = (type: string) => states.flatMap((state) => ofType(state, type));

  const lists: Record<ListedType, readonly Listed[]> = {
    // What an Action shows and a flow uses need not be of the state.
    auth0_form: has("auth0_form", "auth0_action") ? await listed(client, "auth0_form") : [],
    auth0_flow: has("auth0_flow") ? await listed(client, "auth0_flow") : [],
    auth0_flow_vault_connection: has("auth0_flow_vault_connection", "auth0_flow")
      ? await listed(client, "auth0_flow_vault_connection")
      : [],
    auth0_client: has("auth0_client", "auth0_flow_vault_connection") ? await listed(client, "auth0_client") : [],
  };
  const grants = has("auth0_client_grant", "auth0_client") ? await client.list("client-grants", "client_grants") : [];
  const actions = new Map<string, Item>();
  for (const { id } of ofStates("auth0_action")) {
    const action = await client.get(`actions/actions/${encodeURIComponent(id)}`);
    if (action !== undefined) {
      actions.set(id, action);
    }
  }
  const bindings = new Map<string, readonly Item[]>();
  for (const trigger of triggersOf(all)) {
    bindings.set(trigger, await client.list(`actions/triggers/${encodeURIComponent(trigger)}/bindings`, "bindings"));
  }
  const executions = new Map<string, Executions>();
  for (const { id } of ofStates("auth0_flow").filter((flow) => lists.auth0_flow.some(({ id }) => id === flow.id))) {
    executions.set(id, await executionsOf(client, id));
  }
  const referrers = await referrersOf(client, states, lists);
  client.throwIfScopesMissing();
  // Last, when all else is there: it is the one request that is not a GET.
  const tokens = new Map<string, TokenReply>();
  for (const { address, values } of ofStates("auth0_flow_vault_connection")) {
    const setup = (values.setup ?? {}) as Readonly<Record<string, string | undefined>>;
    if (values.app_id === "AUTH0" && setup.client_id && setup.client_secret && setup.domain) {
      const audience = setup.audience ?? managementApiIdentifier(setup.domain);
      tokens.set(address, await client.tokenOf(setup.client_id, setup.client_secret, audience));
    }
  }
  return { domain: client.domain, lists, grants, actions, bindings, executions, tokens, referrers };
}

/** The items that have the name of a resource of their type, and are in no state. */
export function namesakes(states: readonly State[], lists: Tenant["lists"], type: ListedType): readonly Listed[] {
  const names = new Set(states.flatMap((state) => ofType(state, type)).map(({ values }) => values.name));
  return lists[type].filter(({ id, name }) => names.has(name) && !states.some(({ ids }) => ids.has(id)));
}

/** Triggers to which the states bind something. Of others, some can not be asked for what is bound. */
function triggersOf(resources: readonly Resource[]): ReadonlySet<string> {
  const bindings = resources.filter(({ type }) => type === "auth0_trigger_action" || type === "auth0_trigger_actions");
  return new Set(bindings.flatMap(({ values }) => (typeof values.trigger === "string" ? [values.trigger] : [])));
}

async function listed(client: ManagementClient, type: ListedType): Promise<readonly Listed[]> {
  const { path, key, id, query } = LISTS[type];
  const items = await client.list(path, key, query);
  return items.map((item) => ({ id: String(item[id]), name: String(item.name), item }));
}

async function executionsOf(client: ManagementClient, flowId: string): Promise<Executions> {
  const path = `flows/${encodeURIComponent(flowId)}/executions`;
  const items = await client.listFirst(path, "executions", PAGES_OF_EXECUTIONS);
  const newest = items.toSorted((one, other) => (String(one.created_at) < String(other.created_at) ? 1 : -1));
  const executions: Execution[] = [];
  for (const [index, { id, created_at, status }] of newest.entries()) {
    const execution = { id: String(id), at: String(created_at), hasFailed: isFailed(status) };
    if (index >= EXAMINED) {
      executions.push(execution);
      continue;
    }
    const whole = await client.get(`${path}/${encodeURIComponent(execution.id)}?hydrate=debug`);
    const failure = failureOf(whole?.debug);
    executions.push({ ...execution, ...(failure !== undefined && { hasFailed: true, reason: failure }) });
  }
  return { executions, areCut: items.length >= 100 * PAGES_OF_EXECUTIONS };
}

async function referrersOf(
  client: ManagementClient,
  states: readonly State[],
  lists: Tenant["lists"],
): Promise<readonly Referrer[]> {
  const types = (Object.keys(LISTS) as ListedType[]).filter((type) => namesakes(states, lists, type).length > 0);
  return (await Promise.all(types.map((type) => readReferrers(client, type)))).flat();
}

/** All that can refer to something of a type. */
export async function readReferrers(client: ManagementClient, type: ListedType): Promise<readonly Referrer[]> {
  const list = REFERRERS[type];
  if (list === undefined) {
    return [];
  }
  const referrers: Referrer[] = [];
  for (const { id } of await client.list(list.path, list.key)) {
    const path = `${list.path}/${id}`;
    referrers.push({ type, id: String(id), path, text: JSON.stringify((await client.get(path)) ?? {}) });
  }
  return referrers;
}
