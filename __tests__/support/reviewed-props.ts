import type { TerraformStack } from "cdktf";
import { ProgressiveProfiling, type ProgressiveProfilingProps } from "../../lib";
import type { JsonObject } from "../../review/json-value";
import { profilingChanges } from "../../review/plan/profilings";
import { Secrets } from "../../review/plan/secrets";
import { snapshotsOf } from "../../review/plan/snapshot";
import type { Profiling } from "../../review/profiling";
import { devStack } from "./stack";
import { planOf, type Told, told } from "./stored-plans";
import { Template } from "./template";

/** A stack with this profiling. */
export function stackOf(props: ProgressiveProfilingProps): TerraformStack {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", props);
  return stack;
}

/** The review of the first plan of a stack. */
export function toldOfStack(stack: TerraformStack): Told {
  const { json } = Template.of(stack);
  return told(firstPlan(json.resource ?? {}), 0, json as JsonObject);
}

/** What the review reads of a stack with one profiling, of which all is to be made. */
export function profilingOfStack(stack: TerraformStack): Profiling {
  const { json } = Template.of(stack);
  const snapshots = snapshotsOf(planOf(firstPlan(json.resource ?? {}), json as JsonObject), new Secrets());
  const [change] = profilingChanges("dev", snapshots, []);
  if (change?.after === undefined) {
    throw new Error("the plan makes no form");
  }
  return change.after;
}

/** The first plan of the resources, which knows none of their values: each stands in the configuration. */
function firstPlan(resources: Readonly<Record<string, Readonly<Record<string, object>>>>): object {
  const changes = Object.entries(resources).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, attributes]) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      change: {
        actions: ["create"],
        before: null,
        after: {},
        after_unknown: { id: true, ...Object.fromEntries(Object.keys(attributes).map((key) => [key, true])) },
      },
    })),
  );
  return { format_version: "1.2", resource_changes: changes };
}
