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

/** @typedef {{ address: string, deposed?: string }} ResourceChange */

/**
 * Where two plans differ, as `terraform show -json` prints them: addresses of resources and names of other parts. Values,
 * which may be secrets, are not in it.
 *
 * @param {Record<string, unknown>} plan
 * @param {Record<string, unknown>} other
 * @returns {string[]} nothing where both change the same in the same way
 */
export function differences(plan, other) {
  const parts = differentKeys(plan, other).filter((part) => !INCIDENTAL.has(part));
  return parts.flatMap((part) => {
    if (part !== "resource_changes") {
      return [part];
    }
    const resources = differentKeys(byAddress(plan[part]), byAddress(other[part]));
    return resources.length > 0 ? resources : [part];
  });
}

/**
 * @param {Record<string, unknown>} one
 * @param {Record<string, unknown>} other
 */
function differentKeys(one, other) {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].filter((key) => !isDeepStrictEqual(one[key], other[key])).sort();
}

/** @param {unknown} changes */
function byAddress(changes) {
  const list = /** @type {ResourceChange[]} */ (changes ?? []);
  return Object.fromEntries(list.map((change) => [[change.address, change.deposed].filter(Boolean).join(" "), change]));
}
