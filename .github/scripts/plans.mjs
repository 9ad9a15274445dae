import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { safe } from "./stacks.mjs";

/**
 * What lies in a folder of plans: `plans.json` with this, and for each stack a folder with its configuration, `plan` and
 * `plan.json`.
 *
 * @typedef {{ tree: string, stacks: { name: string, isChange: boolean }[] }} Plans
 */

/**
 * @param {string} folder
 * @param {Plans} plans
 */
export function writePlans(folder, plans) {
  writeFileSync(join(folder, "plans.json"), `${JSON.stringify(plans, null, 2)}\n`);
}

/**
 * @param {string} folder
 * @returns {Plans}
 */
export function readPlans(folder) {
  const file = join(folder, "plans.json");
  if (!existsSync(file)) throw new Failure(`${file} is missing: no plan was made there`);
  /** @type {Plans} */
  const plans = JSON.parse(readFileSync(file, "utf8"));
  for (const { name } of plans.stacks) safe(name);
  return plans;
}

/**
 * The tree of the commit that is checked out: the same one is the same files, whatever led to it.
 *
 * @param {string} project
 */
export function treeOf(project) {
  const { status, stdout, stderr } = spawnSync("git", ["rev-parse", "HEAD^{tree}"], { cwd: project, encoding: "utf8" });
  if (status !== 0) throw new Failure(`git does not tell the tree of ${project}: ${stderr.trim()}`);
  return stdout.trim();
}

/** What to do where the plan of a pull request can not be applied. */
export const PLAN_AGAIN = [
  "Open a pull request (an empty commit is enough: git commit --allow-empty), review its plan, and merge it.",
  'To avoid this, set "Require branches to be up to date before merging" on the branch.',
].join("\n");
