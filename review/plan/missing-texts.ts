import { member, objectOf, textOf } from "../json-value";
import { configurationAddress, configuredResources } from "./configuration";
import type { Plan } from "./plan";
import type { Secrets } from "./secrets";
import type { Snapshots } from "./snapshot";

/** What a review can not do without. */
const NEEDED = new Map<string, readonly string[]>([
  ["auth0_form", ["start", "nodes", "ending"]],
  ["auth0_flow", ["actions"]],
  ["auth0_action", ["code"]],
]);

/** What is known only after the apply and stands in no configuration that was read: a line each, which file lacks what. */
export function missingTexts(plan: Plan, { planned }: Snapshots, secrets: Secrets): string[] {
  const configured = configuredResources(plan);
  return plan.changes.flatMap(({ address, type, change }) => {
    const resource = planned.get(secrets.mark(address));
    if (resource === undefined) {
      return [];
    }
    const unknown = objectOf(change.after_unknown);
    const sensitive = objectOf(change.after_sensitive);
    return (NEEDED.get(type) ?? [])
      .filter((name) => (unknown[name] === true || sensitive[name] === true) && !isReadable(name, resource.text(name)))
      .map((name) => {
        const what = unknown[name] === true ? "known only after the apply" : "sensitive";
        const text = textOf(member(configured.get(configurationAddress(address)) ?? {}, name));
        const lacks =
          text === undefined
            ? `neither the plan nor ${plan.synthesised === undefined ? "a cdk.tf.json beside it" : "its cdk.tf.json"} has its text; give the cdk.tf.json that the plan was made of by --configuration`
            : "its configuration is an expression that only Terraform can read; write the text itself, with references in it";
        return secrets.redact(`[${plan.file}] ${address}: ${name} is ${what}, and ${lacks}`);
      });
  });
}

function isReadable(name: string, text: string | undefined): boolean {
  if (text === undefined || name === "code") {
    return text !== undefined && !/^\([\w.-]+\)$/.test(text);
  }
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
