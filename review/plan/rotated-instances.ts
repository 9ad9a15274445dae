import { member, objectOf, textOf } from "../json-value";
import { configurationAddress, configuredResources } from "./configuration";
import type { Plan, ResourceChange } from "./plan";

/** What is made beside its old instance, under another key, where a secret is to be another: people know it by its name. */
const NAMED = new Set(["auth0_client", "auth0_flow_vault_connection"]);
/** What goes with one of those, and has no name. */
const NAMELESS = new Set(["auth0_client_credentials", "auth0_client_grant"]);

interface Pair {
  readonly gone: ResourceChange;
  readonly made: ResourceChange;
}

/**
 * The plan, where the instance of a resource that goes and the one that comes under another key are one change: the
 * resource is made anew. Terraform knows them as two. Where more than one goes or comes, nobody can say which is which.
 */
export function withRotatedInstances(plan: Plan): Plan {
  const possible = pairsIn(plan.changes);
  const named = possible.filter(({ made }) => NAMED.has(made.type));
  const pairs = possible.filter((one) => named.some((other) => isSameRotation(one, other)));
  if (pairs.length === 0) {
    return plan;
  }
  const configured = configuredResources(plan);
  const changes = plan.changes.flatMap((change) => {
    if (pairs.some(({ gone }) => gone === change)) {
      return [];
    }
    const pair = pairs.find(({ made }) => made === change);
    return pair === undefined ? [change] : [rotated(pair, isMadeFirst(configured, change))];
  });
  const drift = plan.drift.map((one) => {
    const pair = pairs.find(({ gone }) => gone.address === one.address);
    return pair === undefined ? one : { ...one, address: pair.made.address };
  });
  return { ...plan, changes, drift };
}

/** Each instance by itself, as Terraform has them. */
export function instancesOf(change: ResourceChange): readonly ResourceChange[] {
  return change.instances ?? [change];
}

function pairsIn(changes: readonly ResourceChange[]): Pair[] {
  const instances = changes.filter(
    ({ address, type, deposed }) =>
      deposed === undefined && keyOf(address) !== undefined && (NAMED.has(type) || NAMELESS.has(type)),
  );
  const doing = (action: string) => instances.filter(({ change }) => change.actions.join() === action);
  const [gone, made] = [doing("delete"), doing("create")];
  return gone.flatMap((old): Pair[] => {
    const [found, ...others] = made.filter((one) => blockOf(one) === blockOf(old));
    const isSure = gone.filter((one) => blockOf(one) === blockOf(old)).length === 1;
    const isSame = found !== undefined && nameOf(found.change.after) === nameOf(old.change.before);
    return isSame && others.length === 0 && isSure ? [{ gone: old, made: found }] : [];
  });
}

function rotated({ gone, made }: Pair, isFirst: boolean): ResourceChange {
  const { before, before_sensitive } = gone.change;
  const actions = isFirst ? ["create", "delete"] : ["delete", "create"];
  return { ...made, change: { ...made.change, actions, before, before_sensitive }, instances: [gone, made] };
}

/** Only the synthesised configuration tells. */
function isMadeFirst(configured: ReturnType<typeof configuredResources>, { address }: ResourceChange): boolean {
  const { lifecycle } = configured.get(configurationAddress(address)) ?? {};
  return member(objectOf(lifecycle), "create_before_destroy") === true;
}

function isSameRotation(one: Pair, other: Pair): boolean {
  return keyOf(one.gone.address) === keyOf(other.gone.address) && keyOf(one.made.address) === keyOf(other.made.address);
}

function nameOf(values: unknown): string | undefined {
  return textOf(objectOf(values).name);
}

const KEY = /\["(?:[^"\\]|\\.)*"\]$/;

function keyOf(address: string): string | undefined {
  return KEY.exec(address)?.[0];
}

/** The address without the instance's key. */
function blockOf({ address }: ResourceChange): string {
  return address.replace(KEY, "");
}
