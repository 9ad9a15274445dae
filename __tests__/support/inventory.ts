import type { LocalTenant } from "./local-tenant";

const LISTS = {
  clients: "clients",
  "client-grants": "client_grants",
  "flows/vault/connections": "connections",
  flows: "flows",
  forms: "forms",
  "actions/actions": "actions",
  "actions/triggers/post-login/bindings": "bindings",
} as const;

/** How many of everything that `ProgressiveProfiling` defines there are in a tenant, its own parts not counted. */
export type Inventory = Readonly<Record<keyof typeof LISTS, number>>;

/** Everything once. */
export const WHOLE = Object.fromEntries(Object.keys(LISTS).map((list) => [list, 1]));

/** What a tenant has, by what it lists. */
export async function inventory(tenant: LocalTenant): Promise<Inventory> {
  const counted = Object.entries(LISTS).map(async ([path, key]) => {
    const { body } = await tenant.request("GET", `/api/v2/${path}`);
    const items: { client_id?: string }[] = Array.isArray(body) ? body : body[key];
    return [path, items.filter(({ client_id }) => client_id !== tenant.env.AUTH0_CLIENT_ID).length] as const;
  });
  return Object.fromEntries(await Promise.all(counted)) as Inventory;
}
