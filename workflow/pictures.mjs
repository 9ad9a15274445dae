// node pictures.mjs PLANS FOLDER NAME: takes pictures of the changed steps, and sets the output `file` to a page with all of
// them, FOLDER/NAME.html, where there are any.
import { existsSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { devNull } from "node:os";
import { join, resolve } from "node:path";
import { Failure, run, warn } from "./failure.mjs";
import { output } from "./job.mjs";
import { review } from "./review-command.mjs";

await run(() => {
  const [plans, folder, name] = process.argv.slice(2);
  if (plans === undefined || folder === undefined || name === undefined) {
    throw new Failure("usage: pictures.mjs PLANS FOLDER NAME");
  }
  if (!isInstalled("playwright-core")) {
    console.log("No pictures: the package playwright-core is not among those of this project.");
    return;
  }
  const status = review(plans, ["--pictures", resolve(folder), "--out", devNull]);
  if (status !== 0) {
    // What people are asked is in the review: no picture is worth a plan that nobody gets to see.
    warn(`There are no pictures: npm run review ended with ${status}; the log of this step says why.`);
    return;
  }
  const page = join(folder, "index.html");
  if (!existsSync(page)) {
    return;
  }
  const file = join(folder, `${name}.html`);
  renameSync(page, file);
  output("file", file);
});

/** @param {string} name */
function isInstalled(name) {
  try {
    createRequire(resolve("package.json")).resolve(name);
    return true;
  } catch {
    return false;
  }
}
