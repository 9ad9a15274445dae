import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { readPlansOf } from "./plans.mjs";

/**
 * Runs the project's npm script `review` on a folder of plans.
 *
 * @param {string} plans
 * @param {string[]} options
 * @returns {number} its exit code
 */
export function review(plans, options) {
  const args = ["run", "--silent", "review", "--", ...planFiles(plans), ...options];
  return spawnSync("npm", args, { stdio: ["ignore", "inherit", "inherit"] }).status ?? 1;
}

/**
 * @param {string} plans
 */
export function planFiles(plans) {
  return readPlansOf(plans).stacks.map(({ name }) => resolve(join(plans, name, "plan.json")));
}
