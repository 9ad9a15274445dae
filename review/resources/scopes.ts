import type { Finding, Section } from "../finding";
import { isSame } from "../json-value";
import { codeSpan, escapeMarkdown, table } from "../markdown/markdown-text";
import type { Resource, Snapshots } from "../plan/snapshot";

/** The scopes of a client on an API, before and after; absent where there is no grant. */
export interface ScopeChange {
  readonly address: string;
  readonly client: string;
  readonly audience?: string;
  readonly before?: Scopes;
  readonly after?: Scopes;
}

/** All of the API's, or a list; `undefined` where it can not be known. */
export type Scopes = "all" | readonly string[] | undefined;

const ALL = "all scopes of the API";

/** The grants whose scopes change, or that are made or taken away, by address. */
export function scopeChanges({ tenant, planned }: Snapshots): ScopeChange[] {
  const grants = [...tenant.values(), ...planned.values()].filter(({ type }) => type === "auth0_client_grant");
  const addresses = [...new Set(grants.map(({ address }) => address))].sort();
  return addresses.flatMap((address) => {
    const [before, after] = [tenant.get(address), planned.get(address)];
    const change: ScopeChange = {
      address,
      client: clientName(after ?? before, [...planned.values(), ...tenant.values()]),
      audience: (after ?? before)?.text("audience"),
      ...(before !== undefined && { before: scopesOf(before) }),
      ...(after !== undefined && { after: scopesOf(after) }),
    };
    const isKept = before !== undefined && after !== undefined && before.id === after.id;
    return isKept && isSame(change.before, change.after) ? [] : [change];
  });
}

/** The scopes that a client did not have before. */
export function addedScopes({ before, after }: ScopeChange): readonly string[] {
  if (after === undefined || before === "all") return [];
  if (after === "all") return [ALL];
  return after.filter((scope) => !before?.includes(scope));
}

export function scopeFindings(changes: readonly ScopeChange[]): Finding[] {
  return changes.flatMap((change): Finding[] => {
    const { address, client, before, after } = change;
    const subject = `The client ${codeSpan(client)}`;
    if ("after" in change && after === undefined) {
      const text = `${subject}: which scopes it is granted can not be known before the apply.`;
      return [{ kind: "unknown", where: address, text }];
    }
    const added = addedScopes(change);
    if (added.length === 0) return [];
    const names = added.map(codeSpan).join(", ");
    const text =
      before === undefined
        ? `${subject} is granted ${count(added.length, "scope")}${onApi(change)}: ${names}.`
        : `${subject} is granted ${added.length} more ${added.length === 1 ? "scope" : "scopes"}${onApi(change)}: ${names}.`;
    return [{ kind: "scope-widening", where: address, text }];
  });
}

/** Where a grant has other scopes than before; of a new one the finding says all. */
export function scopeSection(changes: readonly ScopeChange[]): Section[] {
  const shown = changes.filter(
    ({ before, after }) => before !== undefined && after !== undefined && !isSame(before, after),
  );
  if (shown.length === 0) return [];
  const listed = (scopes: readonly string[]) => scopes.map(codeSpan).join(" ");
  const rows = shown.map((change) => [
    escapeMarkdown(change.client),
    listed(addedScopes(change)),
    listed(addedScopes({ ...change, before: change.after, after: change.before })),
    listed(keptScopes(change)),
  ]);
  return [{ heading: "Scopes", body: table(["client", "added", "removed", "kept"], rows), importance: 60 }];
}

function keptScopes({ before, after }: ScopeChange): readonly string[] {
  if (before === undefined || after === undefined) return [];
  if (before === "all" || after === "all") return before === after ? [ALL] : [];
  return after.filter((scope) => before.includes(scope));
}

function scopesOf(grant: Resource): Scopes {
  if (grant.attribute("allow_all_scopes") === true) return "all";
  const scopes = grant.attribute("scopes");
  if (!Array.isArray(scopes)) return scopes === null ? [] : undefined;
  return scopes.every((scope) => typeof scope === "string") ? scopes : undefined;
}

function clientName(grant: Resource | undefined, resources: readonly Resource[]): string {
  const id = grant?.text("client_id");
  const client = resources.find(
    (resource) => resource.type === "auth0_client" && (resource.id === id || `(${resource.address}.client_id)` === id),
  );
  return client?.name ?? grant?.address ?? "";
}

function onApi({ audience }: ScopeChange): string {
  if (audience === undefined) return "";
  return /\/api\/v2\/$/.test(audience) ? " on the Management API" : ` on ${codeSpan(audience)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
