import { dirname, join, relative } from "node:path";
import { CommandError } from "../command/command-error";
import { writeGivenFile } from "../command/given-file";
import { parseArguments, type ReviewArguments, USAGE } from "../review/arguments";
import { readInputs } from "../review/inputs";
import { visible } from "../review/markdown/markdown-text";
import { reviewMarkdown } from "../review/markdown/review-markdown";
import { takePictures } from "../review/pictures/pictures";
import { kindsOf, type Review, type ReviewPicture, reviewPlans } from "../review/review";
import { reviewJson } from "../review/review-json";

const REVIEWED = 0;
const FOUND = 2;

/** Reviews plans; returns the exit code. */
export async function reviewCommand(args: readonly string[]): Promise<number> {
  const problems: string[] = [];
  const given = parseArguments(args, (problem) => problems.push(problem));
  if (given === "help") {
    process.stdout.write(USAGE);
    return REVIEWED;
  }
  const { plans, bases } = readInputs(given, problems);
  const review = reviewPlans(plans, bases);
  const pictures = await picturesOf(review, given);
  write(given.isJson ? reviewJson(review, pictures) : reviewMarkdown(review, given.maxLength, pictures), given.out);
  for (const line of review.missing) {
    process.stderr.write(`not known: ${visible(line)}\n`);
  }

  const kinds = kindsOf(review);
  const found = given.failOn.filter((kind) => kinds.has(kind));
  if (found.length === 0) {
    return REVIEWED;
  }
  process.stderr.write(`--fail-on has found: ${found.join(", ")}\n`);
  return FOUND;
}

async function picturesOf(
  { stacks, secrets }: Review,
  { pictures: folder, picturesUrl, out }: ReviewArguments,
): Promise<readonly ReviewPicture[]> {
  if (folder === undefined) {
    return [];
  }
  const profilings = stacks.flatMap((stack) => stack.profilings.filter(({ isForeign }) => !isForeign));
  const taken = await takePictures(
    profilings.map(({ change }) => change),
    profilings.map(({ review }) => review),
    folder,
    (text) => secrets.redact(text),
  );
  return taken.map(({ file, ...picture }) => ({
    ...picture,
    link:
      picturesUrl === undefined
        ? relative(dirname(out ?? "review.md"), join(folder, file))
        : `${picturesUrl.replace(/\/$/, "")}/${encodeURIComponent(file)}`,
  }));
}

function write(text: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  writeGivenFile("--out", file, text, (problem) => {
    throw new CommandError([visible(problem)]);
  });
}
