// node apply.mjs PLANS [--reviewed FILE] [--quiet]: applies the plans of the folder PLANS. With --reviewed only if they say
// the same as the plans that FILE keeps of the pull request; where there is no FILE, NOT_REVIEWED of the environment says
// why, and only an empty plan is good. With --quiet the page of the run says nothing of it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { differences } from "./differences.mjs";
import { Failure, run } from "./failure.mjs";
import { output, summary } from "./job.mjs";
import { readPlans, readPlansOf } from "./plans.mjs";
import { terraform } from "./terraform.mjs";

/** What to do where the plan of a pull request can not be applied. */
const PLAN_AGAIN = [
  "Open a pull request from a branch of this repository (an empty commit is enough: git commit --allow-empty), review its plan, and merge it.",
  'To avoid this, set "Require branches to be up to date before merging" on the branch.',
].join("\n");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { reviewed: { type: "string" }, quiet: { type: "boolean" } },
});

await run(async () => {
  const [plans] = positionals;
  if (plans === undefined) {
    throw new Failure("usage: apply.mjs PLANS [--reviewed FILE]");
  }
  const changed = readPlansOf(plans).stacks.filter(({ isChange }) => isChange);
  if (changed.length === 0) {
    tell("Nothing to apply: the plan has no changes.");
    return;
  }
  // All of them before the first: what is refused is refused whole.
  const reason = values.reviewed === undefined ? undefined : reasonAgainst(changed, values.reviewed);
  if (reason !== undefined) {
    output("refused", "true");
    throw new Failure(`nothing was applied: ${reason}.\n${PLAN_AGAIN}`);
  }
  for (const { name } of changed) {
    await applyStack(join(plans, name), name);
    tell(`Applied the plan of the stack ${name}.`);
  }
});

/**
 * @param {import("./plans.mjs").StackPlan[]} changed
 * @param {string} file
 * @returns why these plans must not be applied; undefined where they are those that were reviewed
 */
function reasonAgainst(changed, file) {
  if (!existsSync(file)) {
    return process.env.NOT_REVIEWED || `there is no reviewed plan in ${file}`;
  }
  const { stacks } = readPlans(file);
  const different = changed.flatMap(({ name, plan }) => {
    const reviewed = stacks.find((stack) => stack.name === name);
    if (reviewed === undefined) {
      return [`the stack ${name}, which has no reviewed plan`];
    }
    const parts = differences(plan, reviewed.plan);
    return parts.length === 0 ? [] : [`${parts.join(", ")} of the stack ${name}`];
  });
  if (different.length === 0) {
    return undefined;
  }
  return (
    "what was merged has another plan now than the reviewed one, since others were merged, or somebody changed the" +
    ` tenant or its state; different are ${different.join("; ")}`
  );
}

/**
 * @param {string} folder
 * @param {string} name
 */
async function applyStack(folder, name) {
  const { status, said } = await terraform(folder, "apply", "-input=false", "-no-color", "-lock-timeout=5m", "plan");
  if (status === 0) {
    return;
  }
  if (/saved plan is stale/i.test(said)) {
    throw new Failure(
      `stack ${name}: nothing was applied: somebody changed the state while this job ran. Run it again.`,
    );
  }
  throw new Failure(
    `stack ${name}: terraform apply ended with ${status}; its log says why. What was applied before that stays.\n` +
      'Read "After a crash" in docs/state.md: npm run unmanaged finds what was made and the state does not know. Then open' +
      " a pull request; its plan has what is left.",
  );
}

/** @param {string} text */
function tell(text) {
  console.log(text);
  if (!values.quiet) {
    summary(text);
  }
}
