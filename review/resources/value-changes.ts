import { changesBetween, type ValueChange } from "../json-difference";
import { member, objectOf } from "../json-value";
import type { Plan, ResourceChange } from "../plan/plan";
import { instancesOf } from "../plan/rotated-instances";
import type { Secrets } from "../plan/secrets";
import { shownValue } from "../plan/shown-values";
import { readerOf } from "../plan/snapshot";
import { isChange } from "./resources";

/** All that a plan changes of a resource, or of the stack's outputs, value by value. */
export interface ValueChanges {
  /** Empty for the outputs. */
  readonly address: string;
  readonly values: readonly ValueChange[];
}

/** By address, the outputs last. */
export function valueChanges(plan: Plan, secrets: Secrets): ValueChanges[] {
  const read = readerOf(plan, secrets);
  const ofResources = plan.changes
    .flatMap(instancesOf)
    .filter(isTold)
    .map((change) => {
      const [before, after] = [read(change, "before"), read(change, "after")];
      const address = `${secrets.mark(change.address)}${change.deposed === undefined ? "" : " (deposed)"}`;
      const values = changesBetween(before?.shown, after?.shown);
      return { address, values: [...values, ...spelling(change, values)] };
    });
  return [...ofResources, outputChanges(plan, secrets)].filter(({ values }) => values.length > 0);
}

function isTold(change: ResourceChange): boolean {
  return isChange(change) || change.change.actions.includes("read");
}

function outputChanges({ json }: Plan, secrets: Secrets): ValueChanges {
  const outputs = Object.entries(objectOf(member(json, "output_changes")));
  const values = outputs.flatMap(([name, output]) => {
    const { before, after, before_sensitive, after_sensitive, after_unknown } = objectOf(output);
    return changesBetween(
      shownValue(before, before_sensitive, undefined, secrets),
      shownValue(after, after_sensitive, after_unknown, secrets),
      [secrets.mark(name)],
    );
  });
  return { address: "", values };
}

/** Of a document that says the same in other words. */
function spelling({ change }: ResourceChange, told: readonly ValueChange[]): ValueChange[] {
  const [before, after] = [objectOf(change.before), objectOf(change.after)];
  return Object.keys(after)
    .filter((name) => typeof before[name] === "string" && typeof after[name] === "string")
    .filter((name) => before[name] !== after[name] && !told.some(({ path }) => path[0] === name))
    .map((name) => ({ path: [name], before: SPELLING, after: SPELLING }));
}

/** Stands on both sides where a document is only written otherwise. */
export const SPELLING = "(the same JSON, written otherwise)";
