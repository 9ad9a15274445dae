import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { safe } from "./stacks.mjs";

/**
 * What lies in a folder of plans: `plans.json` with this, and for each stack a folder with its configuration, `plan` and
 * `plan.json`. The `plan` here is the text of `plan.json`, read.
 *
 * @typedef {{ name: string, isChange: boolean, plan: Record<string, unknown> }} StackPlan
 * @typedef {{ stacks: StackPlan[] }} Plans
 */

/**
 * @param {string} folder
 * @param {Plans} plans
 */
export function writePlans(folder, plans) {
  writeFileSync(join(folder, "plans.json"), JSON.stringify(plans));
}

/** @param {string} folder */
export function readPlansOf(folder) {
  return readPlans(join(folder, "plans.json"));
}

/**
 * @param {string} file
 * @returns {Plans}
 */
export function readPlans(file) {
  if (!existsSync(file)) {
    throw new Failure(`${file} is missing: no plan was made there`);
  }
  /** @type {Plans} */
  const plans = JSON.parse(readFileSync(file, "utf8"));
  for (const { name } of plans.stacks) {
    safe(name);
  }
  return plans;
}
