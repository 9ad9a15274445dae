import { listOf, member, objectOf, textOf } from "../json-value";
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
        const isUnknown = unknown[name] === true;
        const what = isUnknown ? "known only after the apply" : "sensitive";
        const text = textOf(member(configured.get(configurationAddress(address)) ?? {}, name));
        const references = plan.synthesised === undefined ? referencesOf(plan, address, name) : [];
        const lacks =
          text !== undefined
            ? "its configuration is an expression that only Terraform can read; write the text itself, with references in it"
            : references.length > 0
              ? ofHcl(references, isUnknown)
              : `neither the plan nor ${plan.synthesised === undefined ? "a cdk.tf.json beside it" : "its cdk.tf.json"} has its text; give the cdk.tf.json that the plan was made of by --configuration`;
        return secrets.redact(`[${plan.file}] ${address}: ${name} is ${what}, and ${lacks}`);
      });
  });
}

/** What a project that is written in HCL has, and no `cdk.tf.json`. */
function ofHcl(references: readonly string[], isUnknown: boolean): string {
  const first = references.find((reference) => /^auth0_\w+\.[\w-]+$/.test(reference));
  const applied = first === undefined ? "what it refers to" : `that (\`terraform apply -target=${first}\`)`;
  const names = references.filter((one) => !references.some((other) => other.startsWith(`${one}.`)));
  return `a plan of HCL says of it only that it refers to ${[...new Set(names)].join(", ")}; read it in the code, or ${
    isUnknown
      ? `apply ${applied} first, and review the next plan`
      : "write what of it is no secret as `nonsensitive(…)`"
  }`;
}

/** To what an attribute refers whose text the plan does not hold: JSON that CDKTF writes has its text. */
function referencesOf({ json }: Plan, address: string, name: string): readonly string[] {
  const modules = configurationAddress(address).split(".").slice(0, -2);
  const module = modules
    .filter((part) => part !== "module")
    .reduce(
      (outer, part) => objectOf(objectOf(member(objectOf(outer.module_calls), part)).module),
      objectOf(objectOf(member(json, "configuration")).root_module),
    );
  const own = configurationAddress(address).split(".").slice(-2).join(".");
  const resource = listOf(module.resources)
    .map(objectOf)
    .find((one) => one.address === own);
  return listOf(objectOf(member(objectOf(resource?.expressions), name)).references).map(String);
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
