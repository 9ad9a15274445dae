import type { ResourceName } from "../finding";
import { isSame, type JsonObject, listOf, member, objectOf, textOf } from "../json-value";
import { configurationAddress, configuredResources } from "../plan/configuration";
import { type Action, actionOf, type Plan, type ResourceChange } from "../plan/plan";
import type { Secrets } from "../plan/secrets";

/** What happens to a resource, by names alone: no value of it. */
export interface ResourceReview {
  readonly address: string;
  /** Where it was before it was moved. */
  readonly previousAddress?: string;
  /** Which instance of it goes, where it is made anew under another key. */
  readonly insteadOf?: string;
  readonly type: string;
  /** As the tenant has it; only of resources that this library defines. */
  readonly name?: string;
  readonly action: Action;
  readonly isImported: boolean;
  /** Of one that is replaced, whether the new one is made before the old one is destroyed. */
  readonly createsFirst: boolean;
  /** Names of the attributes that change, or because of which it is replaced. */
  readonly attributes: readonly string[];
  /** Whether all that changes is as it was before somebody changed it outside of Terraform. */
  readonly isTakingBack: boolean;
  /** The base has the very same change: it is not of this pull request. */
  readonly isForeign: boolean;
  /** The base changes the resource too, in another way: some of this change is not of this pull request. */
  readonly isPartlyForeign: boolean;
}

/** The resources whose name in the tenant is told. */
const NAMED_TYPES = new Set([
  "auth0_action",
  "auth0_client",
  "auth0_flow",
  "auth0_flow_vault_connection",
  "auth0_form",
]);

/**
 * What happens to each resource, by address.
 *
 * @param base the plan of the base
 * @param secrets what addresses and names shall not hold
 */
export function reviewResources(plan: Plan, base: Plan | undefined, secrets: Secrets): ResourceReview[] {
  const configured = configuredResources(plan);
  const drift = new Map(plan.drift.map((one) => [one.address, one]));
  const pending = new Map((base?.changes ?? []).filter(isChange).map((change) => [keyOf(change), change]));
  const pendingConfigured = base === undefined ? new Map<string, JsonObject>() : configuredResources(base);
  return plan.changes.flatMap((change) => {
    if (change.mode === "data" && actionOf(change) !== "read") {
      return [];
    }
    const { deposed, previous_address: previous, instances: [gone] = [] } = change;
    const shown = secrets.mark(change.address);
    const name = nameInTenant(change);
    const address = configurationAddress(change.address);
    const other = pending.get(keyOf(change));
    const isForeign =
      other !== undefined &&
      isSameChange(change, other) &&
      (!isUnknown(change) || isSame(configured.get(address), pendingConfigured.get(address)));
    return {
      address: deposed === undefined ? shown : `${shown} (deposed)`,
      previousAddress: previous === undefined || previous === change.address ? undefined : secrets.mark(previous),
      insteadOf: gone && secrets.mark(gone.address),
      type: change.type,
      name: name === undefined ? undefined : secrets.mark(name),
      action: actionOf(change),
      isImported: change.change.importing != null,
      createsFirst: actionOf(change) === "replace" && change.change.actions[0] === "create",
      attributes: attributesOf(change, configured.get(address) ?? {}).map((one) => secrets.mark(one)),
      isTakingBack: isTakingBack(change, drift.get(change.address)),
      isForeign,
      isPartlyForeign: other !== undefined && !isForeign && isChange(change),
    };
  });
}

/** What people know it by. */
export function nameOf({ type, name, address }: ResourceName): ResourceName {
  return { type, name, address };
}

/** Whether anything happens to a managed resource. */
export function isChange(change: ResourceChange): boolean {
  if (change.mode === "data") {
    return false;
  }
  const isMoved = change.previous_address !== undefined && change.previous_address !== change.address;
  return isMoved || !["no-op", "read"].includes(actionOf(change));
}

/** Names of the attributes that differ; those that only the provider fills in are left out, unless there is no other. */
export function attributesOf({ change, instances }: ResourceChange, configured: JsonObject): string[] {
  const { before, after } = change;
  if (instances !== undefined) {
    const [old, next, unknown] = [objectOf(before), objectOf(after), objectOf(change.after_unknown)];
    const isOther = (name: string) => !hasUnknown(unknown[name]) && !isSame(old[name], next[name]);
    return Object.keys(configured)
      .filter((name) => Object.hasOwn(next, name) && isOther(name))
      .sort();
  }
  if (change.actions.includes("delete") && change.actions.includes("create")) {
    return [...new Set(listOf(change.replace_paths).flatMap((path) => textOf(listOf(path)[0]) ?? []))].sort();
  }
  if (before === null || after === null) {
    return [];
  }
  const [old, next, unknown] = [objectOf(before), objectOf(after), objectOf(change.after_unknown)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(next), ...Object.keys(unknown)])].sort();
  const changed = names.filter((name) => hasUnknown(unknown[name]) || !isSame(old[name], next[name]));
  const meant = changed.filter((name) => !hasUnknown(unknown[name]) || member(configured, name) !== undefined);
  return meant.length > 0 ? meant : changed;
}

function isTakingBack(change: ResourceChange, drift: ResourceChange | undefined): boolean {
  if (drift === undefined || actionOf(change) !== "update" || isUnknown(change)) {
    return false;
  }
  const [after, applied] = [objectOf(change.change.after), objectOf(drift.change.before)];
  return attributesOf(change, {}).every((name) => isSame(after[name], applied[name]));
}

function isSameChange(one: ResourceChange, other: ResourceChange): boolean {
  return (
    isSame(one.change.actions, other.change.actions) &&
    isSame(one.change.after, other.change.after) &&
    isSame(one.change.after_unknown, other.change.after_unknown)
  );
}

function isUnknown({ change }: ResourceChange): boolean {
  return hasUnknown(change.after_unknown);
}

function hasUnknown(mask: unknown): boolean {
  if (Array.isArray(mask)) {
    return mask.some(hasUnknown);
  }
  return typeof mask === "object" && mask !== null ? Object.values(mask).some(hasUnknown) : mask === true;
}

function keyOf({ address, deposed }: ResourceChange): string {
  return `${address} ${deposed ?? ""}`;
}

function nameInTenant({ type, change }: ResourceChange): string | undefined {
  if (!NAMED_TYPES.has(type)) {
    return undefined;
  }
  return textOf(objectOf(change.after).name) ?? textOf(objectOf(change.before).name);
}
