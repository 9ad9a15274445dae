import { type PlanJson, storedPlan } from "./stored-plans";

/** What attributes are by the type of their resource: a value, or what becomes of the text that stands there. */
export type Attributes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * A real plan of one stack that changes these attributes and nothing else.
 *
 * @param before what stands in the tenant instead of what the real plan has
 * @param made resources that it makes besides, by address
 */
export function planThatChanges(changes: Attributes, before: Attributes = {}, made: Attributes = {}): PlanJson {
  const plan = storedPlan("link-only");
  for (const { type, change } of plan.resource_changes) {
    const then = withAttributes(change.after ?? {}, before[type]);
    const now = withAttributes(then, changes[type]);
    Object.assign(change, { actions: [changes[type] === undefined ? "no-op" : "update"], before: then, after: now });
  }
  const others = Object.entries(made).map(([address, after]) => {
    const [type = "", name = ""] = address.split(".");
    const change = { actions: ["create"], before: null, after, after_unknown: {}, after_sensitive: {} };
    return { address, mode: "managed", type, name, change };
  });
  return { ...plan, resource_changes: [...plan.resource_changes, ...others] };
}

function withAttributes(values: Readonly<Record<string, unknown>>, attributes: Attributes[string] = {}) {
  const changed = Object.entries(attributes).map(([name, value]) => [
    name,
    typeof value === "function" ? value(values[name]) : value,
  ]);
  return { ...values, ...Object.fromEntries(changed) };
}

/** Another text in the place of one that stands there, written as JSON writes it. */
export function replaced(from: string, to: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from)) {
      throw new Error(`${from} stands nowhere in ${text}`);
    }
    return text.replaceAll(from, to);
  };
}
