import { isSame, type JsonObject, listOf, member, objectOf, textOf } from "../json-value";

/** What happens to a resource, as a plan's JSON has it. */
export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: string;
  readonly type: string;
  readonly deposed?: string;
  readonly action_reason?: string;
  readonly change: Change;
  /** The instance that goes and the one that comes, where the resource is made anew under another key. */
  readonly instances?: readonly [ResourceChange, ResourceChange];
}

/** @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
export interface Change {
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: unknown;
  readonly importing?: unknown;
}

/** The plan of one stack, as `terraform show -json` prints it. */
export interface Plan {
  readonly file: string;
  /** Name of the stack: as the synthesised configuration says it, else the name of the file. */
  readonly stack: string;
  readonly changes: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
  readonly json: JsonObject;
  /** The synthesised configuration, `cdk.tf.json`, where there is one. */
  readonly synthesised?: JsonObject;
}

export type Action = "destroy" | "replace" | "update" | "create" | "forget" | "import" | "read" | "no-op";

/** What happens to a resource, in one word. */
export function actionOf({ change }: ResourceChange): Action {
  const { actions } = change;
  if (actions.includes("delete")) {
    return actions.includes("create") ? "replace" : "destroy";
  }
  if (actions.includes("forget")) {
    return "forget";
  }
  if (actions.includes("create")) {
    return "create";
  }
  if (actions.includes("update")) {
    return "update";
  }
  if (actions.includes("read")) {
    return "read";
  }
  return change.importing == null ? "no-op" : "import";
}

/**
 * The plan in a file's text.
 *
 * @param problem called with each thing that is wrong with it
 */
export function parsePlan(
  { file, text, synthesised }: { readonly file: string; readonly text: string; readonly synthesised?: JsonObject },
  problem: (text: string) => void,
): Plan | undefined {
  if (text.startsWith("PK\u0003\u0004")) {
    problem("is a plan as Terraform saves it; give what `terraform show -json PLANFILE` prints");
    return undefined;
  }
  const json = parseJson(text);
  if (json === undefined) {
    const isLog = /^\s*\{.*"@level"/.test(text);
    problem(
      isLog
        ? "is the log of `terraform plan -json`; save the plan with -out, and give what `terraform show -json PLANFILE` prints"
        : "is not a JSON object; give what `terraform show -json PLANFILE` prints",
    );
    return undefined;
  }
  const { format_version: version } = json;
  if (typeof json.serial === "number" && typeof json.lineage === "string") {
    problem("is a state file; give what `terraform show -json PLANFILE` prints");
    return undefined;
  }
  if (member(json, "planned_values") === undefined && member(json, "resource_changes") === undefined) {
    const isState = member(json, "values") !== undefined;
    problem(
      isState
        ? "is a state as `terraform show -json` prints it without a plan; give it the file that `terraform plan -out` saved"
        : "is no plan: it has neither planned_values nor resource_changes; give what `terraform show -json PLANFILE` prints",
    );
    return undefined;
  }
  if (typeof version !== "string" || !/^1\./.test(version)) {
    problem(
      `has the format_version ${shortJson(version)}; what this review reads is 1.x, of Terraform 1.5 or OpenTofu 1.6 and newer`,
    );
    return undefined;
  }
  const changes = parseChanges(json, "resource_changes", problem);
  const drift = parseChanges(json, "resource_drift", problem);
  if (changes === undefined || drift === undefined) {
    return undefined;
  }
  return { file, stack: stackName(synthesised) ?? nameOfFile(file), changes, drift, json, synthesised };
}

/** A JSON object, or `undefined` where the text is none. What JSON.parse says of it is not shown: it quotes the text. */
export function parseJson(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Name of the stack that CDKTF wrote into its `cdk.tf.json`. */
export function stackName(synthesised: JsonObject | undefined): string | undefined {
  const metadata = objectOf(member(objectOf(synthesised?.["//"]), "metadata"));
  return textOf(metadata.stackName);
}

function parseChanges(
  json: JsonObject,
  key: string,
  problem: (text: string) => void,
): readonly ResourceChange[] | undefined {
  const value = member(json, key) ?? [];
  if (!Array.isArray(value)) {
    problem(`has ${key} that is no list; give what \`terraform show -json PLANFILE\` prints`);
    return undefined;
  }
  const wrong = value.findIndex((change) => !isResourceChange(change));
  if (wrong !== -1) {
    problem(
      `has ${key}[${wrong}] without address, type or change.actions; give what \`terraform show -json PLANFILE\` prints`,
    );
    return undefined;
  }
  const changes = value as readonly ResourceChange[];
  const unread = changes.findIndex(({ change }) => !isKnownList(change.actions));
  if (unread !== -1) {
    problem(
      `has ${key}[${unread}].change.actions that no Terraform writes: must be one of ${ACTIONS.map((one) => one.join("+")).join(", ")}, got ${shortJson(changes[unread]?.change.actions)}; give what \`terraform show -json PLANFILE\` prints`,
    );
    return undefined;
  }
  return [...changes].sort((one, other) => compare(addressKey(one), addressKey(other)));
}

/** @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
const ACTIONS = [
  ["no-op"],
  ["create"],
  ["read"],
  ["update"],
  ["delete", "create"],
  ["create", "delete"],
  ["create", "forget"],
  ["forget", "create"],
  ["delete"],
  ["forget"],
];

function isKnownList(actions: readonly string[]): boolean {
  return ACTIONS.some((known) => isSame(known, actions));
}

function isResourceChange(value: unknown): value is ResourceChange {
  const { address, type, change } = objectOf(value);
  const { actions } = objectOf(change);
  const isList = Array.isArray(actions) && actions.every((action) => typeof action === "string");
  return typeof address === "string" && typeof type === "string" && isList;
}

function addressKey({ address, deposed }: ResourceChange): string {
  return `${address} ${deposed ?? ""}`;
}

function compare(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}

/** Of `login.json` the name is `login`, and of `login/plan.json` as well. */
function nameOfFile(file: string): string {
  const [folder = "", name = ""] = ["", ...file.split(/[\\/]/)].slice(-2);
  const stem = name.replace(/(?:\.(?:json|plan|tfplan))+$/, "");
  const isGeneric = stem === "" || stem === "plan" || stem === "tfplan";
  return isGeneric && !["", ".", ".."].includes(folder) ? folder : stem || name;
}

function shortJson(value: unknown): string {
  return (JSON.stringify(value) ?? "undefined").slice(0, 40);
}

/** The resources of a module and of all modules in it, as states and plans have them. */
export function resourcesOf(module: unknown): JsonObject[] {
  const { resources, child_modules: children } = objectOf(module);
  return [...listOf(resources).map(objectOf), ...listOf(children).flatMap(resourcesOf)];
}
