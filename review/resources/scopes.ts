import type { Finding, Section } from "../finding";
import { isSame } from "../json-value";
import { codeSpan, escapeMarkdown, table } from "../markdown/markdown-text";
import type { Resource, Snapshot, Snapshots } from "../plan/snapshot";

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
  return addresses.flatMap((address): ScopeChange[] => {
    const [before, after] = [tenant.get(address), planned.get(address)];
    const then = before && { ...granteeOf(before, tenant), before: scopesOf(before) };
    const now = after && { ...granteeOf(after, planned), after: scopesOf(after) };
    // What another client gets, or on another API, it has not had before.
    const isMoved = then && now && (then.key !== now.key || then.audience !== now.audience);
    const changes = isMoved ? [then, now] : [{ ...then, ...now }];
    const isKept = before !== undefined && after !== undefined && before.id === after.id;
    if (!isMoved && isKept && isSame(then?.before, now?.after)) {
      return [];
    }
    return changes.map(({ key: _, client = address, ...change }) => ({ address, client, ...change }));
  });
}

/** Which client, and on which API; a client that is made anew at its address is the same. */
function granteeOf(grant: Resource, snapshot: Snapshot) {
  const id = grant.text("client_id");
  const client = [...snapshot.values()].find(
    ({ type, id: own, address }) => type === "auth0_client" && [own, `(${address}.client_id)`].includes(id ?? ""),
  );
  return {
    key: client?.address ?? id,
    client: client?.name ?? id ?? grant.address,
    audience: grant.text("audience"),
  };
}

/** The scopes that a client did not have before. */
export function addedScopes({ before, after }: ScopeChange): readonly string[] {
  if (after === undefined || before === "all") {
    return [];
  }
  if (after === "all") {
    return [ALL];
  }
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
    const old = changes.find((other) => other.address === address && other !== change);
    if (old !== undefined && !("after" in change)) {
      const text = `${subject} loses its grant${onApi(change)}: it may not use the API any more.`;
      return [{ kind: "destroy", where: address, text }];
    }
    const added = addedScopes(change);
    if (added.length === 0) {
      return [];
    }
    const names = added.map(codeSpan).join(", ");
    const moved = old === undefined ? "" : `; until now the grant was of ${codeSpan(old.client)}${onApi(old)}`;
    const text =
      before === undefined
        ? `${subject} is granted ${count(added.length, "scope")}${onApi(change)}: ${names}${moved}.`
        : `${subject} is granted ${added.length} more ${added.length === 1 ? "scope" : "scopes"}${onApi(change)}: ${names}.`;
    return [{ kind: "scope-widening", where: address, text }];
  });
}

/** Where a grant has other scopes than before, or goes to another client or API; of a new one the finding says all. */
export function scopeSection(changes: readonly ScopeChange[]): Section[] {
  const isMoved = ({ address }: ScopeChange) => changes.filter((other) => other.address === address).length > 1;
  const shown = changes.filter(
    (change) =>
      isMoved(change) ||
      (change.before !== undefined && change.after !== undefined && !isSame(change.before, change.after)),
  );
  if (shown.length === 0) {
    return [];
  }
  const listed = (scopes: readonly string[]) => scopes.map(codeSpan).join(" ");
  const rows = shown.map((change) => [
    `${escapeMarkdown(change.client)}${onApi(change)}`,
    listed(addedScopes(change)),
    listed(addedScopes({ ...change, before: change.after, after: change.before })),
    listed(keptScopes(change)),
  ]);
  return [{ heading: "Scopes", body: table(["client", "added", "removed", "kept"], rows), importance: 60 }];
}

function keptScopes({ before, after }: ScopeChange): readonly string[] {
  if (before === undefined || after === undefined) {
    return [];
  }
  if (before === "all" || after === "all") {
    return before === after ? [ALL] : [];
  }
  return after.filter((scope) => before.includes(scope));
}

function scopesOf(grant: Resource): Scopes {
  if (grant.attribute("allow_all_scopes") === true) {
    return "all";
  }
  const scopes = grant.attribute("scopes");
  if (!Array.isArray(scopes)) {
    return scopes === null ? [] : undefined;
  }
  return scopes.every((scope) => typeof scope === "string") ? scopes : undefined;
}

function onApi({ audience }: ScopeChange): string {
  if (audience === undefined) {
    return "";
  }
  return /\/api\/v2\/$/.test(audience) ? " on the Management API" : ` on ${codeSpan(audience)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
