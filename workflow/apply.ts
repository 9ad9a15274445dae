import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command/command-error";
import { differences } from "./differences";
import { applyFailure } from "./engine-failure";
import { useEnvironmentVariables } from "./environment-variables";
import { annotate, output, summary } from "./job";
import { DONE, FOUND, type JobArguments, type JobCommand } from "./job-command";
import { readPlans, readPlansOf, type StackPlan } from "./plans";
import { terraform } from "./terraform";
import { isVerified } from "./verified";

export const APPLY: JobCommand = {
  does: "applies plans where they are those that were reviewed, and verifies the tenant",
  synopsis: "PLANS [options]",
  help: `
Applies the plans in the folder PLANS, then compares the tenant with its states, as the command verify does.

  --reviewed FILE  only where they say the same as the plans in FILE, which "ci decrypt" wrote; where there is no FILE,
                   NOT_REVIEWED says why. Sets the output refused where they do not
  --quiet          says nothing on the page of the run, and does not verify
`,
  example: '"$RUNNER_TEMP/plans" --reviewed "$RUNNER_TEMP/reviewed.json"',
  ends: `
Ends with 0 when all is applied or nothing is to be, 1 when it was refused or has failed, 2 when the tenant differs from
the state after the apply.
`,
  options: { reviewed: "value", quiet: "nothing" },
  run: apply,
};

async function apply({ positionals: [plans = ""], value }: JobArguments): Promise<number> {
  await useEnvironmentVariables();
  const isQuiet = value("quiet") !== undefined;
  const tell = (text: string) => {
    process.stdout.write(`${text}\n`);
    if (!isQuiet) {
      summary(text);
    }
  };
  const { stacks } = readPlansOf(plans);
  const changed = stacks.filter(({ isChange }) => isChange);
  if (changed.length === 0) {
    tell("Nothing to apply: the plan has no changes.");
    return DONE;
  }
  // All of them before the first: what is refused is refused whole.
  const reviewed = value("reviewed");
  const reason = reviewed === undefined ? undefined : reasonAgainst(changed, reviewed);
  if (reason !== undefined) {
    output("refused", "true");
    throw new CommandError([`nothing was applied: ${reason}`]);
  }
  for (const { name } of changed) {
    await applyStack(join(plans, name), name);
    tell(`Applied the plan of the stack ${name}.`);
  }
  return isQuiet ? DONE : verify(plans, stacks);
}

/** What to do where there is no plan that was reviewed. */
const PLAN_AGAIN =
  "run this workflow by hand: it plans the branch, shows the review, and applies that when the GitHub environment's " +
  "reviewers approve it. Or merge a pull request from a branch of this repository: git commit --allow-empty is enough";

/** @returns why these plans must not be applied and what to do; undefined where they are those that were reviewed */
function reasonAgainst(changed: readonly StackPlan[], file: string): string | undefined {
  if (!existsSync(file)) {
    return `${process.env.NOT_REVIEWED || `there is no reviewed plan in ${file}`}.\nTo have it applied, ${PLAN_AGAIN}`;
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
    ` tenant or its state; different are ${different.join("; ")}.\nThe page of this run has the review of the plan that` +
    ` is new. To have it applied, ${PLAN_AGAIN}.\nTo avoid this, set "Require branches to be up to date before` +
    ' merging" on the branch'
  );
}

/** @throws {@link CommandError} */
async function applyStack(folder: string, name: string): Promise<void> {
  const { status, said } = await terraform(folder, "apply", "-input=false", "-no-color", "-lock-timeout=5m", "plan");
  if (status !== 0) {
    throw new CommandError([applyFailure(name, status, said)]);
  }
}

/** Of all stacks, since parts of one would look like doubles of another's. @throws {@link CommandError} */
async function verify(plans: string, stacks: readonly StackPlan[]): Promise<number> {
  const isClean = await isVerified(plans, stacks).catch((error) => {
    const why =
      error instanceof CommandError ? error.message : "the comparison has failed, which is a mistake of its own";
    throw new CommandError([`all was applied, but the tenant can not be compared with its state: ${why}`]);
  });
  if (isClean) {
    return DONE;
  }
  annotate("error", "All was applied, but the tenant differs from its state; the page of this run says in what.");
  return FOUND;
}
