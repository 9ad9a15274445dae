import { type Finding, finding } from "../finding";
import { changesBetween } from "../json-difference";
import { isSame } from "../json-value";
import type { Resource, Snapshot, Snapshots } from "../plan/snapshot";

/** The scopes of a client on an API, before and after; absent where there is no grant. */
export interface ScopeChange {
  readonly address: string;
  readonly client: string;
  readonly audience?: string;
  readonly before?: Scopes;
  readonly after?: Scopes;
  /** Whether the grant only goes to another API. */
  readonly isSameClient?: boolean;
}

/** All of the API's, or a list; `undefined` where it can not be known. */
export type Scopes = "all" | readonly string[] | undefined;

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
    const isSameClient = then?.key === now?.key;
    return changes.map(({ key: _, client = address, ...change }) => ({
      address,
      client,
      ...change,
      ...(isMoved && isSameClient && { isSameClient }),
    }));
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
export function addedScopes({ before, after }: Pick<ScopeChange, "before" | "after">): "all" | readonly string[] {
  if (after === undefined || before === "all") {
    return [];
  }
  if (after === "all") {
    return "all";
  }
  return after.filter((scope) => !before?.includes(scope));
}

export function scopeFindings(changes: readonly ScopeChange[]): Finding[] {
  return changes.flatMap((change): Finding[] => {
    const { address, client, audience, before, after } = change;
    if ("after" in change && after === undefined) {
      return [finding("scopes-unknown", { address }, { client })];
    }
    const old = changes.find((other) => other.address === address && other !== change);
    if (old !== undefined && change.isSameClient && isNoMore(change, old)) {
      const [from, to] = "after" in change ? [old, change] : [change, old];
      const values = { client, from: from.audience, to: to.audience, scopes: to.after ?? [] };
      return "after" in change ? [finding("grant-moved", { address }, values)] : [];
    }
    if (old !== undefined && !("after" in change)) {
      return [finding("grant-lost", { address }, { client, audience })];
    }
    const added = addedScopes(change);
    if (added.length === 0) {
      return [];
    }
    const movedFrom = old && { client: old.client, audience: old.audience };
    const values = { client, audience, added, isNew: before === undefined, movedFrom };
    return [finding("scopes-granted", { address }, values)];
  });
}

/** Attributes that say for whom or for what a grant is, beside its scopes. */
export const REACH: readonly string[] = [
  "allow_any_organization",
  "authorization_details_types",
  "default_for",
  "organization_usage",
  "subject_type",
];
/** Attributes that say by what a client gets its tokens. Its secret is no other means. */
export const PROOF: Readonly<Record<string, readonly string[]>> = {
  auth0_client: ["grant_types"],
  auth0_client_credentials: [
    "authentication_method",
    "private_key_jwt",
    "self_signed_tls_client_auth",
    "signed_request_object",
    "tls_client_auth",
  ],
};

/** Grants that are for more or for others than before, and clients that are let in otherwise. */
export function accessFindings({ tenant, planned }: Snapshots): Finding[] {
  return [...planned.values()].flatMap((resource): Finding[] => {
    const { type, address } = resource;
    const old = tenant.get(address);
    if (old === undefined) {
      return [];
    }
    // What is taken away, or is for the provider to say, opens nothing.
    const changesOf = (names: readonly string[]) =>
      names
        .flatMap((name) => changesBetween(meant(old.attribute(name)), meant(resource.attribute(name)), [name]))
        .filter(({ before, after }) => after !== undefined && !isPartOf(after, before));
    const client = type === "auth0_client" ? resource.name : granteeOf(resource, planned).client;
    const [grant, proof] = [type === "auth0_client_grant" ? changesOf(REACH) : [], changesOf(PROOF[type] ?? [])];
    return [
      ...(grant.length === 0 ? [] : [finding("grant-changed", { address }, { client, changes: grant })]),
      ...(proof.length === 0 ? [] : [finding("client-proves-otherwise", { address }, { client, changes: proof })]),
    ];
  });
}

/** Of lists; in which order they name the same opens nothing either. */
function isPartOf(after: unknown, before: unknown): boolean {
  return Array.isArray(before) && Array.isArray(after) && after.every((item) => before.includes(item));
}

/** The provider reads back as empty what it was never given. */
function meant(value: unknown): unknown {
  return value === false || value === "" ? undefined : value;
}

/** Whether the one of the two that comes has no scope that the one that goes had not. */
function isNoMore(one: ScopeChange, other: ScopeChange): boolean {
  const [from, to] = "after" in one ? [other, one] : [one, other];
  return addedScopes({ before: from.before, after: to.after }).length === 0;
}

export function keptScopes({ before, after }: ScopeChange): "all" | readonly string[] {
  if (before === undefined || after === undefined) {
    return [];
  }
  if (before === "all" || after === "all") {
    return before === after ? "all" : [];
  }
  return after.filter((scope) => before.includes(scope));
}

export function scopesOf(grant: Resource): Scopes {
  if (grant.attribute("allow_all_scopes") === true) {
    return "all";
  }
  const scopes = grant.attribute("scopes");
  if (!Array.isArray(scopes)) {
    return scopes === null ? [] : undefined;
  }
  return scopes.every((scope) => typeof scope === "string") ? scopes : undefined;
}
