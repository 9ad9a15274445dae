import { type Finding, finding } from "../finding";
import { isSame, objectOf } from "../json-value";
import type { Plan } from "../plan/plan";
import type { Secrets } from "../plan/secrets";
import { nameOf, type ResourceReview } from "./resources";

/** What somebody did to a resource outside of Terraform. */
export interface Drift {
  readonly address: string;
  readonly change: "changed" | "removed";
  readonly attributes: readonly string[];
  /** Whether the apply takes it back; else the plan only takes note of it. */
  readonly isTakenBack: boolean;
}

/**
 * What was changed outside of Terraform and matters: what the apply takes back. A plan that only refreshes the state has
 * nothing else to tell, and all of it.
 *
 * @param secrets what addresses shall not hold
 */
export function driftOf(plan: Plan, resources: readonly ResourceReview[], secrets: Secrets): Drift[] {
  const isRefresh = plan.changes.length === 0;
  return plan.drift.flatMap(({ address: planned, mode, change }): Drift[] => {
    if (mode === "data") {
      return [];
    }
    const address = secrets.mark(planned);
    const resource = resources.find((one) => one.address === address);
    const isTouched = resource !== undefined && resource.action !== "no-op";
    if (!isTouched && !isRefresh) {
      return [];
    }
    if (change.after === null) {
      return [{ address, change: "removed", attributes: [], isTakenBack: isTouched }];
    }
    const [before, after] = [objectOf(change.before), objectOf(change.after)];
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    // The provider reads back as empty what it was never given.
    const attributes = names.filter((name) => !isSame(withoutEmpty(before[name]), withoutEmpty(after[name])));
    const shown = attributes.map((name) => secrets.mark(name));
    return attributes.length === 0 ? [] : [{ address, change: "changed", attributes: shown, isTakenBack: isTouched }];
  });
}

export function driftFindings(drift: readonly Drift[], resources: readonly ResourceReview[]): Finding[] {
  return drift.map(({ address, change, attributes, isTakenBack }) => {
    const found = resources.find((one) => one.address === address);
    const resource = nameOf(found ?? { type: "", address });
    return finding("resource-drifted", { address }, { resource, change, attributes, isTakenBack });
  });
}

function withoutEmpty(value: unknown): unknown {
  if (value === null || value === undefined || value === "" || value === false) {
    return undefined;
  }
  if (Array.isArray(value)) {
    const items = value.map(withoutEmpty).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (typeof value !== "object") {
    return value;
  }
  const members = Object.entries(value)
    .map(([key, part]) => [key, withoutEmpty(part)] as const)
    .filter(([, part]) => part !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
