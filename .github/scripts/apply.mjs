// node apply.mjs PLANS [PROJECT] [--quiet]: applies exactly the plans of the folder PLANS, if they were made of what is
// checked out in PROJECT, which is the working directory by default. With --quiet the page of the run says nothing of it.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Failure, run } from "./failure.mjs";
import { summary } from "./job.mjs";
import { PLAN_AGAIN, readPlans, treeOf } from "./plans.mjs";
import { initialise, terraform } from "./terraform.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { quiet: { type: "boolean" } } });

await run(async () => {
  const [plans, project = "."] = positionals;
  if (plans === undefined) throw new Failure("usage: apply.mjs PLANS [PROJECT]");
  const { tree, stacks } = readPlans(plans);
  const changed = stacks.filter(({ isChange }) => isChange);
  if (changed.length === 0) {
    tell("Nothing to apply: the plan has no changes.");
    return;
  }
  const present = treeOf(project);
  if (tree !== present) {
    throw new Failure(
      `nothing was applied: the plan was made of the tree ${tree}, and what is checked out is ${present}, so that others` +
        ` were merged between the plan and the merge.\n${PLAN_AGAIN}`,
    );
  }
  for (const { name } of changed) {
    await applyStack(join(plans, name), name);
    tell(`Applied the plan of the stack ${name}.`);
  }
});

/**
 * @param {string} folder
 * @param {string} name
 */
async function applyStack(folder, name) {
  await initialise(folder, name);
  const { status, said } = await terraform(folder, "apply", "-input=false", "-no-color", "-lock-timeout=5m", "plan");
  if (status === 0) return;
  if (/saved plan is stale/i.test(said)) {
    throw new Failure(
      `stack ${name}: nothing was applied: the state is a newer one than the plan was made of.\n${PLAN_AGAIN}`,
    );
  }
  throw new Failure(
    `stack ${name}: terraform apply ended with ${status}; its log says why. What was applied before that stays, and the` +
      ` plan can not be applied again.\n${PLAN_AGAIN}`,
  );
}

/** @param {string} text */
function tell(text) {
  console.log(text);
  if (!values.quiet) summary(text);
}
