import { existsSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { devNull } from "node:os";
import { join, resolve } from "node:path";
import { CommandError } from "../command/command-error";
import { annotate, output } from "./job";
import { DONE, type JobArguments, type JobCommand } from "./job-command";
import { planFiles } from "./plans";
import type { ReviewCommand } from "./review";

/** @param review the command of that name */
export function picturesCommand(review: ReviewCommand): JobCommand {
  return {
    does: "takes pictures of the steps that change, as one page",
    synopsis: "PLANS FOLDER NAME",
    help: `
Takes pictures of the changed steps in the folder PLANS, and sets the output file to a page with all of them,
FOLDER/NAME.html, where there are any. It needs the packages playwright-core and auth0-local-tenant in the project, and
Chromium; what it can not take, it does without.
`,
    example: '"$RUNNER_TEMP/plans" "$RUNNER_TEMP/pictures" pictures-prod',
    run: (given) => takePictures(given, review),
  };
}

async function takePictures(
  { positionals: [plans = "", folder = "", name = ""] }: JobArguments,
  review: ReviewCommand,
): Promise<number> {
  if (!isInstalled("playwright-core")) {
    process.stdout.write("No pictures: the package playwright-core is not among those of this project.\n");
    return DONE;
  }
  const files = planFiles(plans);
  try {
    if (files.length > 0) {
      await review([...files, "--pictures", resolve(folder), "--out", devNull]);
    }
  } catch (error) {
    // What people are asked is in the review: no picture is worth a plan that nobody gets to see.
    const why = error instanceof CommandError ? error.message : "taking them has failed, which is a mistake of its own";
    annotate("warning", `There are no pictures: ${why}`);
    return DONE;
  }
  const page = join(folder, "index.html");
  if (existsSync(page)) {
    const file = join(folder, `${name}.html`);
    renameSync(page, file);
    output("file", file);
  }
  return DONE;
}

function isInstalled(name: string): boolean {
  try {
    createRequire(resolve("package.json")).resolve(name);
    return true;
  } catch {
    return false;
  }
}
