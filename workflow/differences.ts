import { isDeepStrictEqual } from "node:util";

/**
 * What plans of the same changes may differ in: who made them, when, and from which state. What the state and the tenant
 * say of a resource is in its change, and so is what is planned for it.
 */
const INCIDENTAL = new Set([
  "format_version",
  "terraform_version",
  "timestamp",
  "prior_state",
  "resource_drift",
  "relevant_attributes",
  "planned_values",
  "applyable",
]);

/** Which object it is: another one under the same address is not what was reviewed. */
const IDENTITY = "id";

type Values = Readonly<Record<string, unknown>>;

interface Change {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
}

interface ResourceChange {
  readonly address: string;
  readonly deposed?: string;
  readonly change: Change;
}

interface Module {
  readonly resources?: readonly { readonly address: string; readonly expressions?: Values }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: Module }>>;
}

/**
 * Where two plans differ, as `terraform show -json` prints them: addresses of resources and names of other parts. Values,
 * which may be secrets, are not in it. What the provider computes and the apply leaves as it is, such as the version of an
 * Action, may be another.
 *
 * @returns nothing where both change the same in the same way
 */
export function differences(plan: Values, other: Values): readonly string[] {
  const parts = differentKeys(comparable(plan), comparable(other));
  return parts.flatMap((part) => {
    if (part !== "resource_changes") {
      return [part];
    }
    const resources = differentKeys(byAddress(plan), byAddress(other));
    return resources.length > 0 ? resources : [part];
  });
}

function comparable(plan: Values): Values {
  const compared = Object.entries(plan).filter(([part]) => !INCIDENTAL.has(part));
  return {
    ...Object.fromEntries(compared),
    ...(plan.resource_changes !== undefined && { resource_changes: comparableResources(plan) }),
    ...(plan.output_changes !== undefined && { output_changes: changedOutputs(plan.output_changes as Values) }),
  };
}

function comparableResources(plan: Values): readonly unknown[] {
  const configured = expressionsOf(objectOf(plan.configuration).root_module as Module | undefined);
  return resourceChanges(plan).map((resource) => ({
    ...resource,
    change: comparableChange(resource.change, configured.get(withoutKeys(resource.address)) ?? {}),
  }));
}

/** The change without what is computed and stays. */
function comparableChange({ before, after, after_unknown, ...change }: Change, configured: Values): object {
  const [was, is, unknown] = [before, after, after_unknown].map(objectOf) as [Values, Values, Values];
  const names = new Set([...Object.keys(was), ...Object.keys(is), ...Object.keys(unknown)]);
  const attributes: Record<string, unknown> = {};
  for (const name of names) {
    const isLeft = isDeepStrictEqual(was[name], is[name]) || (isObject(after) && unknown[name] === true);
    if (Object.hasOwn(configured, name)) {
      const [old, planned] = [was[name], is[name]].map((value) =>
        isLeft ? configuredPart(value, configured[name]) : value,
      );
      attributes[name] = { before: old, after: planned, unknown: unknown[name] };
    } else if (!isLeft || name === IDENTITY) {
      attributes[name] = { before: was[name], after: is[name], unknown: unknown[name] };
    }
  }
  const { before_sensitive, after_sensitive, ...rest } = change;
  return { ...rest, attributes, isBefore: isObject(before), isAfter: isObject(after) };
}

/** Of blocks, what the configuration says of one of them. */
function configuredPart(value: unknown, expression: unknown): unknown {
  const blocks = (Array.isArray(expression) ? expression : [expression]).filter(isObject);
  const isValue = blocks.length === 0 || blocks.some((one) => "constant_value" in one || "references" in one);
  if (isValue) {
    return value;
  }
  const inner: Values = Object.assign({}, ...blocks);
  const part = (one: unknown) =>
    isObject(one)
      ? Object.fromEntries(Object.entries(inner).map(([name, of]) => [name, configuredPart(one[name], of)]))
      : one;
  return Array.isArray(value) ? value.map(part) : part(value);
}

/** By the address of the resource, without the keys of instances. */
function expressionsOf(module: Module | undefined, path = ""): ReadonlyMap<string, Values> {
  const own = (module?.resources ?? []).map(({ address, expressions = {} }) => [path + address, expressions] as const);
  const inner = Object.entries(module?.module_calls ?? {}).flatMap(([name, call]) => [
    ...expressionsOf(call.module, `${path}module.${name}.`),
  ]);
  return new Map([...own, ...inner]);
}

function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
}

function changedOutputs(outputs: Values): Values {
  const changed = Object.entries(outputs).filter(([, change]) => !isNoChange(objectOf(change).actions));
  return Object.fromEntries(changed);
}

function isNoChange(actions: unknown): boolean {
  return isDeepStrictEqual(actions, ["no-op"]);
}

function resourceChanges(plan: Values): readonly ResourceChange[] {
  return (plan.resource_changes ?? []) as readonly ResourceChange[];
}

function byAddress(plan: Values): Values {
  const compared = comparableResources(plan);
  return Object.fromEntries(
    resourceChanges(plan).map(({ address, deposed }, index) => [
      [address, deposed].filter(Boolean).join(" "),
      compared[index],
    ]),
  );
}

function differentKeys(one: Values, other: Values): readonly string[] {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].filter((key) => !isDeepStrictEqual(one[key], other[key])).sort();
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): Values {
  return isObject(value) ? value : {};
}
