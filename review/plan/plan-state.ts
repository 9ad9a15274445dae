import type { Finding, FindingKind } from "../finding";
import { listOf, member } from "../json-value";
import { isChange } from "../resources/resources";
import type { Plan } from "./plan";
import { actionOf } from "./plan";

/** What has to be known of the plan as a whole before anything else in it. */
export function planFindings({ json, changes, drift }: Plan): Finding[] {
  const findings: Finding[] = [];
  const add = (text: string, kind: FindingKind = "unknown") => findings.push({ kind, where: "plan", text });
  const deferred = listOf(member(json, "deferred_changes")).length;
  if (json.errored === true) {
    add("The plan ended with an error: what is after the error is not in it, and it can not be applied.");
  } else if (json.complete === false && deferred === 0) {
    add("The plan is not complete: it was made with `-target` or `-exclude`, and leaves other changes out.");
  }
  if (deferred > 0) {
    const what = deferred === 1 ? "1 change is" : `${deferred} changes are`;
    add(`${what} put off until another is applied: this apply leaves it out, and the next plan shows it.`);
  }
  if (isDestroyPlan(changes)) {
    add("The plan was made by `terraform plan -destroy`: it destroys all that the stack has.", "destroy");
  }
  if (changes.length === 0 && drift.length > 0) {
    add("The plan was made with `-refresh-only`: it changes the state, and nothing in the tenant.", "drift");
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
