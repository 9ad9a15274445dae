import { CommandError } from "../command/command-error";
import { commandLines, commandNamed } from "../command/command-table";
import { APPLY } from "../workflow/apply";
import { BASE } from "../workflow/base";
import { COMMENT } from "../workflow/comment";
import { driftCommand } from "../workflow/drift";
import { FIND } from "../workflow/find-plan";
import { annotate, isJob } from "../workflow/job";
import { type JobCommand, jobArguments, usageOf } from "../workflow/job-command";
import { DECRYPT, ENCRYPT } from "../workflow/kept-plans";
import { TENANT } from "../workflow/local-tenant";
import { picturesCommand } from "../workflow/pictures";
import { PLAN } from "../workflow/plan";
import { ciReviewCommand } from "../workflow/review";
import { reviewCommand } from "./review";

const COMMANDS: Readonly<Record<string, JobCommand>> = {
  base: BASE,
  plan: PLAN,
  pictures: picturesCommand(reviewCommand),
  review: ciReviewCommand(reviewCommand),
  encrypt: ENCRYPT,
  comment: COMMENT,
  find: FIND,
  decrypt: DECRYPT,
  apply: APPLY,
  drift: driftCommand(reviewCommand),
  tenant: TENANT,
};

const USAGE = `auth0-progressive-profiling ci COMMAND [options]

The steps of the workflow that reviews, applies and watches what is deployed; it runs them in jobs of GitHub Actions.

${commandLines(COMMANDS)}

  --help     of a command too

  npx auth0-progressive-profiling ci plan "$RUNNER_TEMP/plans"

Ends with 0 when the step is done, 1 when the command is wrong or has failed, 2 when it has found what it was asked to
look for.
`;

/** Runs a step of the workflow; returns the exit code. */
export async function ciCommand([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h") {
    process.stdout.write(USAGE);
    return 0;
  }
  const command = commandNamed(COMMANDS, name, "ci", ["--help"]);
  const given = jobArguments(args, command);
  if (given === "help") {
    process.stdout.write(usageOf(name, command));
    return 0;
  }
  try {
    return await command.run(given);
  } catch (error) {
    if (!isJob() || !(error instanceof CommandError)) {
      throw error;
    }
    annotate("error", error.message);
    return 1;
  }
}
