import { type Facts, type Finding, finding } from "../finding";
import { listOf, member } from "../json-value";
import { isChange } from "../resources/resources";
import type { Plan } from "./plan";
import { actionOf } from "./plan";

const PLAN = { address: "plan" };

type OfThePlan = Extract<keyof Facts, "plan-errored" | "plan-incomplete" | "plan-destroys" | "plan-refreshes">;

/** What has to be known of the plan as a whole before anything else in it. */
export function planFindings({ json, changes, drift }: Plan): Finding[] {
  const findings: Finding[] = [];
  const add = (what: OfThePlan) => findings.push(finding(what, PLAN, {}));
  const deferred = listOf(member(json, "deferred_changes")).length;
  if (json.errored === true) {
    add("plan-errored");
  } else if (json.complete === false && deferred === 0) {
    add("plan-incomplete");
  }
  if (deferred > 0) {
    findings.push(finding("plan-deferred", PLAN, { changes: deferred }));
  }
  if (isDestroyPlan(changes)) {
    add("plan-destroys");
  }
  if (changes.length === 0 && drift.length > 0) {
    add("plan-refreshes");
  }
  return findings;
}

/** A resource that is no more configured has that as its reason; where all are destroyed without one, it was asked for. */
function isDestroyPlan(changes: Plan["changes"]): boolean {
  const real = changes.filter(isChange);
  return (
    real.length > 0 &&
    real.length === changes.filter(({ mode }) => mode !== "data").length &&
    real.every((change) => actionOf(change) === "destroy" && change.action_reason === undefined)
  );
}
