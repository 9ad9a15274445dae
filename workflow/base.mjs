// node base.mjs PROJECT PLANS [options of plan.mjs]: checks the base of the pull request out into the new folder PROJECT,
// synthesises it and plans it. Where there is no base to plan, PLANS is a folder without plans.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure, run, warn } from "./failure.mjs";
import { writePlans } from "./plans.mjs";
import { isStateOnRunner } from "./runner-state.mjs";
import { stacksOf } from "./stacks.mjs";

/** The first parent of the merge commit that GitHub makes for a pull request. */
const BASE = "HEAD^1";

await run(() => {
  const [project, plans, ...options] = process.argv.slice(2);
  if (project === undefined || plans === undefined) {
    throw new Failure("usage: base.mjs PROJECT PLANS");
  }
  must("git", ["worktree", "add", "--force", "--detach", resolve(project), BASE]);
  const reason = prepare(project) ?? (options.includes("--state") ? undefined : reasonOfState(project));
  if (reason !== undefined) {
    warn(`The base is left out: ${reason}.`);
    mkdirSync(plans, { recursive: true });
    writePlans(plans, { stacks: [] });
    return;
  }
  const plan = fileURLToPath(new URL("plan.mjs", import.meta.url));
  must(process.execPath, [plan, project, plans, ...options]);
});

/**
 * Installs its packages and synthesises it.
 *
 * @param {string} project
 * @returns why that can not be, if so
 */
function prepare(project) {
  const manifest = join(project, "package.json");
  const scripts = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).scripts : undefined;
  if (scripts?.synth === undefined) {
    return "it has no npm script synth yet";
  }
  const arePackagesSame = succeeds("git", [
    "diff",
    "--quiet",
    BASE,
    "HEAD",
    "--",
    "*package.json",
    "*package-lock.json",
  ]);
  if (arePackagesSame) {
    symlinkSync(resolve("node_modules"), join(project, "node_modules"));
  } else if (!succeeds("npm", ["ci", "--no-audit", "--no-fund"], project)) {
    return "its packages can not be installed";
  }
  if (!succeeds("npm", ["run", "--silent", "synth"], project)) {
    return "it can not be synthesised";
  }
  return undefined;
}

/**
 * @param {string} project
 * @returns why nothing is known of what it deployed, if so
 */
function reasonOfState(project) {
  if (!process.env.GITHUB_ACTIONS) {
    return undefined;
  }
  const lost = stacksOf(project).find(({ folder }) => isStateOnRunner(folder));
  return lost && `its stack ${lost.name} keeps its state on the machine that deploys it`;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} [cwd]
 */
function succeeds(command, args, cwd) {
  return spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], cwd }).status === 0;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function must(command, args) {
  if (!succeeds(command, args)) {
    throw new Failure(`${command} ${args.join(" ")} failed; its log says why`);
  }
}
