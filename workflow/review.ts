import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CommandError } from "../command/command-error";
import { SHORTEST_REVIEW } from "../review/markdown/markdown";
import { codeSpan } from "../review/markdown/markdown-text";
import { annotate, summary } from "./job";
import { DONE, FOUND, type JobArguments, type JobCommand } from "./job-command";
import { planFiles, readPlansOf, type StackPlan } from "./plans";

/** The command `review`: gets what stands behind its name, and returns its exit code. */
export type ReviewCommand = (args: readonly string[]) => Promise<number>;

/** Of GitHub's 65,536 for a comment, what all its reviews together may have. */
const LONGEST_REVIEWS = 60_000;

interface ReviewOptions {
  /** The folder. */
  readonly plans: string;
  /** Gets the Markdown. */
  readonly file: string;
  readonly bases?: string | undefined;
  readonly environment?: string | undefined;
  readonly note?: string | undefined;
  readonly failOn?: string | undefined;
  readonly maxLength?: number;
  /** The folder with pictures, and where its page will be found. */
  readonly pictures?: { readonly folder: string; readonly url: string } | undefined;
}

/** @param review the command of that name */
export function ciReviewCommand(review: ReviewCommand): JobCommand {
  return {
    does: "writes the review of plans, for a comment and the page of the run",
    synopsis: "PLANS FILE [options]",
    help: `
Writes the review of the plans in the folder PLANS into FILE and onto the page of the run. Its heading names environment,
tenant and stack.

  --base PLANS        a folder with plans of the base, if it is there: what they have too is set apart
  --environment NAME  stands in the heading
  --note TEXT         stands below the heading
  --one-of N          how many reviews share a comment; default: 1
  --pictures FOLDER   has the pictures, whose page is found at PICTURES_URL; without that, the review names none

REVIEW_FAIL_ON has the kinds of findings that are not wanted, as "review --fail-on" takes them.
`,
    example: '"$RUNNER_TEMP/plans" "$RUNNER_TEMP/prod.md" --environment prod --base "$RUNNER_TEMP/base-plans"',
    ends: "Ends with 0 when the review is written, 2 when it has such a finding, 1 when it has failed.",
    options: { base: "value", environment: "value", note: "value", "one-of": "value", pictures: "value" },
    run: (given) => reviewPlans(given, review),
  };
}

async function reviewPlans(
  { positionals: [plans = "", file = ""], value }: JobArguments,
  review: ReviewCommand,
): Promise<number> {
  const { REVIEW_FAIL_ON: failOn, PICTURES_URL: url } = process.env;
  const [pictures, oneOf] = [value("pictures"), value("one-of") ?? "1"];
  if (!/^[1-9]\d{0,3}$/.test(oneOf)) {
    throw new CommandError([
      `[--one-of] must be an integer of 1 or more, got ${JSON.stringify(oneOf)}; give how many environments there are`,
    ]);
  }
  const status = await writeReview(review, {
    ...{ plans, file, failOn, bases: value("base"), environment: value("environment"), note: value("note") },
    maxLength: Math.max(SHORTEST_REVIEW, Math.floor(LONGEST_REVIEWS / Number(oneOf))),
    pictures: url && pictures ? { folder: resolve(pictures), url } : undefined,
  });
  if (status === FOUND) {
    annotate(
      "error",
      `The plan has what is not wanted (${failOn}); the review says where. Change the branch; where it is wanted all the` +
        " same, empty the variable REVIEW_FAIL_ON and run this job again.",
    );
  }
  return status;
}

/** Writes a review into a file and onto the page of the run; returns DONE or FOUND. @throws CommandError */
export async function writeReview(review: ReviewCommand, options: ReviewOptions): Promise<number> {
  const { plans, file, bases, failOn, maxLength, pictures } = options;
  const { stacks } = readPlansOf(plans);
  rmSync(file, { force: true });
  if (stacks.length === 0) {
    throw new CommandError([`[${plans}] has no stack to review; define one, or look at what ci plan said`]);
  }
  const status = await review([
    ...planFiles(plans).map((path) => resolve(path)),
    ...["--out", resolve(file)],
    ...(bases === undefined || !existsSync(bases) ? [] : planFiles(bases).flatMap((path) => ["--base", resolve(path)])),
    ...(failOn ? ["--fail-on", failOn] : []),
    ...(maxLength === undefined ? [] : ["--max-length", String(maxLength)]),
    ...(pictures === undefined ? [] : ["--pictures", pictures.folder, "--pictures-url", `${pictures.url}#`]),
  ]);
  if (existsSync(file)) {
    const text = headed(readFileSync(file, "utf8"), stacks, options);
    writeFileSync(file, text);
    summary(text);
  }
  return status === FOUND ? FOUND : DONE;
}

/** The review with a heading that says what it is of, and a note below that. */
export function headed(
  review: string,
  stacks: readonly Pick<StackPlan, "name" | "domain">[],
  { environment, note }: Pick<ReviewOptions, "environment" | "note">,
): string {
  const domains = [...new Set(stacks.flatMap(({ domain }) => domain ?? []))];
  const names = stacks.map(({ name }) => name);
  const of = [environment, ...domains, ...names].flatMap((part) => (part === undefined ? [] : codeSpan(part)));
  return review.replace(/^## Progressive profiling(.*)$/m, (_, rest) =>
    [`## ${of.join(" · ")}${rest}`, ...(note === undefined ? [] : ["", note])].join("\n"),
  );
}
