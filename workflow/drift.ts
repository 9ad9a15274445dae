import { useEnvironmentVariables } from "./environment-variables";
import { annotate } from "./job";
import { FOUND, type JobArguments, type JobCommand } from "./job-command";
import { readPlansOf } from "./plans";
import { type ReviewCommand, writeReview } from "./review";
import { isVerified } from "./verified";

/** @param review the command of that name */
export function driftCommand(review: ReviewCommand): JobCommand {
  return {
    does: "looks for what was changed in the tenant, or was never applied",
    synopsis: "PLANS FILE [options]",
    help: `
Writes the review of the plans in the folder PLANS into FILE and onto the page of the run, and compares the tenant with its
states, as the command verify does.

  --environment NAME  stands in the heading
`,
    example: '"$RUNNER_TEMP/plans" "$RUNNER_TEMP/prod.md" --environment prod',
    ends: `
Ends with 0 where the plans are empty and nothing differs, 2 where they are not or something does, 1 when it has failed.
`,
    options: { environment: "value" },
    run: (given) => lookForDrift(given, review),
  };
}

async function lookForDrift(
  { positionals: [plans = "", file = ""], value }: JobArguments,
  review: ReviewCommand,
): Promise<number> {
  await useEnvironmentVariables();
  const { stacks } = readPlansOf(plans);
  const reviewed = await writeReview(review, {
    plans,
    file,
    environment: value("environment"),
    failOn: "change,drift",
  });
  if (reviewed === FOUND) {
    annotate(
      "error",
      "The plan is not empty: somebody changed the tenant, or something was never applied. The page of this run has its" +
        " review; make the same change in the code, or run this workflow by hand, which applies the branch.",
    );
  }
  const isClean = await isVerified(plans, stacks);
  if (!isClean) {
    annotate("error", "The tenant differs from its state; the page of this run says in what, and how to mend it.");
  }
  return isClean ? reviewed : FOUND;
}
