#!/usr/bin/env node
import { writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseArguments, type ReviewArguments, USAGE } from "./arguments";
import { InputError } from "./input-error";
import { readInputs } from "./inputs";
import { visible } from "./markdown/markdown-text";
import { reviewMarkdown } from "./markdown/review-markdown";
import { PicturesError, takePictures } from "./pictures/pictures";
import { kindsOf, type Review, type ReviewPicture, reviewPlans } from "./review";
import { reviewJson } from "./review-json";

const REVIEWED = 0;
const WRONG_INPUT = 1;
const FOUND = 2;

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args);
  if (parsed === undefined) {
    process.stdout.write(USAGE);
    return REVIEWED;
  }
  const { plans, bases } = readInputs(parsed);
  const review = reviewPlans(plans, bases);
  const pictures = await picturesOf(review, parsed);
  const text = parsed.isJson ? reviewJson(review, pictures) : reviewMarkdown(review, parsed.maxLength, pictures);
  write(text, parsed.out);
  for (const line of review.missing) {
    process.stderr.write(`not known: ${visible(line)}\n`);
  }

  const kinds = kindsOf(review);
  const found = parsed.failOn.filter((kind) => kinds.has(kind));
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
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError([`[--out] ${file} can not be written (${code}); give a file in a folder that exists`]);
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = WRONG_INPUT;
    const isTold = error instanceof InputError || error instanceof PicturesError;
    // What else an error says may quote the plan; where it came from does not.
    const trace = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
    const said = isTold
      ? `${error.name}: ${error.message}`
      : ["The review has failed, which is a mistake of its own. Please report it:", ...trace].join("\n");
    process.stderr.write(`${said}\n`);
  },
);
