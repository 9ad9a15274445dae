// node plan.mjs PROJECT PLANS [--state FOLDER] [--expect-none]: plans every stack that was synthesised in PROJECT, into
// the folder PLANS. With --state the states lie in FOLDER, whatever backend the stacks have. With --expect-none a change
// is a failure.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure, run } from "./failure.mjs";
import { output } from "./job.mjs";
import { writePlans } from "./plans.mjs";
import { isStateOnRunner } from "./runner-state.mjs";
import { stacksOf } from "./stacks.mjs";
import { initialise, silentTerraform, terraform } from "./terraform.mjs";

// A plan and its JSON hold secrets in clear.
process.umask(0o077);

await run(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { state: { type: "string" }, "expect-none": { type: "boolean" } },
  });
  const [project, plans] = positionals;
  if (project === undefined || plans === undefined) {
    throw new Failure("usage: plan.mjs PROJECT PLANS");
  }
  rmSync(plans, { recursive: true, force: true });
  mkdirSync(plans, { recursive: true });

  const synthesised = stacksOf(project);
  if (process.env.GITHUB_ACTIONS && values.state === undefined) {
    checkStates(synthesised);
  }
  const stacks = [];
  for (const { name, folder } of synthesised) {
    const copy = join(plans, name);
    cpSync(folder, copy, { recursive: true, filter: (path) => basename(path) !== ".terraform" });
    if (values.state !== undefined) {
      keepState(copy, resolve(values.state, `${name}.tfstate`));
    }
    stacks.push({ name, ...(await planStack(copy, name)) });
  }
  writePlans(plans, { stacks });

  const changed = stacks.filter(({ isChange }) => isChange).map(({ name }) => name);
  output("changes", String(changed.length > 0));
  if (values["expect-none"] && changed.length > 0) {
    throw new Failure(`the plan should be empty, but there are changes in ${changed.join(", ")}`);
  }
});

/**
 * @param {{ name: string, folder: string }[]} stacks
 */
function checkStates(stacks) {
  const lost = stacks.filter(({ folder }) => isStateOnRunner(folder));
  if (lost.length === 0) {
    return;
  }
  throw new Failure(
    lost
      .map(
        ({ name }) =>
          `stack ${name} keeps its state on this runner, where it would be lost; give its environment a backend` +
          " (docs/state.md)",
      )
      .join("\n"),
  );
}

/**
 * Replaces the stack's backend by a file.
 *
 * @param {string} folder
 * @param {string} path
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
function keepState(folder, path) {
  const override = { terraform: { backend: { local: { path } } } };
  writeFileSync(join(folder, "backend_override.tf.json"), JSON.stringify(override));
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {Promise<{ isChange: boolean, plan: Record<string, unknown> }>}
 */
async function planStack(folder, name) {
  await initialise(folder, name);
  // Without a lock: who plans may be allowed only to read the state, and an apply refuses a plan of an older one.
  const flags = ["-input=false", "-lock=false", "-no-color", "-detailed-exitcode", "-out=plan"];
  const { status } = await terraform(folder, "plan", ...flags);
  if (status !== 0 && status !== 2) {
    throw new Failure(`stack ${name}: terraform plan ended with ${status}; its log says why`);
  }
  const json = await silentTerraform(folder, "show", "-json", "plan");
  writeFileSync(join(folder, "plan.json"), json);
  return { isChange: status === 2, plan: JSON.parse(json) };
}
