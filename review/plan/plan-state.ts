import { type Facts, type Finding, finding } from "../finding";
import { isSame, listOf, member, objectOf, textOf } from "../json-value";
import { isChange } from "../resources/resources";
import { actionOf, type Plan, type ResourceChange, resourcesOf } from "./plan";
import type { Secrets } from "./secrets";

const PLAN = { address: "plan" };

type OfThePlan = Extract<keyof Facts, "plan-errored" | "plan-incomplete" | "plan-refreshes">;

/** What has to be known of the plan as a whole before anything else in it. */
export function planFindings(plan: Plan, secrets: Secrets): Finding[] {
  const { json, changes, drift } = plan;
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
    findings.push(
      finding("plan-destroys", PLAN, { destroyed: changes.filter(isChange).length, all: resourcesIn(plan) }),
    );
  }
  if (changes.length === 0 && drift.length > 0) {
    add("plan-refreshes");
  }
  return [...findings, ...failedChecks(plan, secrets), ...unknownImports(plan, secrets)];
}

/** How the plan was made, as far as it says so. */
export function modeOf(plan: Plan): {
  readonly isDestroy: boolean;
  readonly isIncomplete: boolean;
  readonly all: number;
} {
  const { json, changes } = plan;
  const isIncomplete =
    json.complete === false && json.errored !== true && listOf(member(json, "deferred_changes")).length === 0;
  return { isDestroy: isDestroyPlan(changes), isIncomplete, all: resourcesIn(plan) };
}

/** Resources that the stack has in the tenant. */
function resourcesIn({ json, changes }: Plan): number {
  const prior = resourcesOf(objectOf(objectOf(member(json, "prior_state")).values).root_module);
  const addresses = prior.filter(({ mode }) => mode !== "data").map(({ address }) => String(address));
  const changed = changes.filter(({ mode, change }) => mode !== "data" && change.before !== null);
  return new Set([...addresses, ...changed.map(({ address }) => address)]).size;
}

/** `check` blocks, preconditions and postconditions. */
function failedChecks({ json }: Plan, secrets: Secrets): Finding[] {
  return listOf(member(json, "checks"))
    .map(objectOf)
    .filter(({ status }) => status === "fail" || status === "error")
    .map(({ address, instances }) => {
      const check = secrets.mark(textOf(objectOf(address).to_display) ?? "");
      const problems = listOf(instances).flatMap((instance) =>
        listOf(objectOf(instance).problems).map((problem) => secrets.mark(String(objectOf(problem).message))),
      );
      return finding("check-failed", { address: check }, { check, problems });
    });
}

/** What Auth0 never gives back, so that no import reads it. */
const NEVER_READ = new Map([
  ["auth0_action", "secrets"],
  ["auth0_flow_vault_connection", "setup"],
]);

function unknownImports({ changes }: Plan, secrets: Secrets): Finding[] {
  return changes.flatMap(({ address, type, change }): Finding[] => {
    const attribute = NEVER_READ.get(type);
    const isWritten =
      attribute !== undefined && !isSame(objectOf(change.before)[attribute], objectOf(change.after)[attribute]);
    if (change.importing == null || attribute === undefined || !isWritten) {
      return [];
    }
    const shown = secrets.mark(address);
    const name = textOf(objectOf(change.after).name);
    const resource = { type, address: shown, name: name === undefined ? undefined : secrets.mark(name) };
    return [finding("import-unknown", { address: shown }, { resource, attribute })];
  });
}

/** An import takes for granted that what it can not read is as it is configured. */
export function asImported(change: ResourceChange): ResourceChange {
  const attribute = NEVER_READ.get(change.type);
  const { before, after, importing } = change.change;
  if (importing == null || attribute === undefined || before === null) {
    return change;
  }
  const known = { ...objectOf(before), [attribute]: objectOf(after)[attribute] };
  return { ...change, change: { ...change.change, before: known } };
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
