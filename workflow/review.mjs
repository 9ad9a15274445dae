// node review.mjs PLANS FILE [--base PLANS] [--pictures FOLDER] [--note TEXT]: writes the review of the folder PLANS into
// FILE and onto the page of the run, with TEXT below its heading. Of the environment: REVIEW_FAIL_ON and REVIEW_MAX_LENGTH are its --fail-on and --max-length;
// PICTURES_URL is where the page of pictures.mjs is found, empty where there is none.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure, run } from "./failure.mjs";
import { summary } from "./job.mjs";
import { planFiles, review } from "./review-command.mjs";

await run(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { base: { type: "string" }, pictures: { type: "string" }, note: { type: "string" } },
  });
  const [plans, file] = positionals;
  if (plans === undefined || file === undefined) {
    throw new Failure("usage: review.mjs PLANS FILE");
  }
  const { REVIEW_FAIL_ON, REVIEW_MAX_LENGTH, PICTURES_URL } = process.env;
  const status = review(plans, [
    ...["--out", resolve(file)],
    ...(values.base === undefined ? [] : planFiles(values.base).flatMap((plan) => ["--base", plan])),
    ...(REVIEW_FAIL_ON ? ["--fail-on", REVIEW_FAIL_ON] : []),
    ...(REVIEW_MAX_LENGTH ? ["--max-length", REVIEW_MAX_LENGTH] : []),
    ...(PICTURES_URL && values.pictures
      ? ["--pictures", resolve(values.pictures), "--pictures-url", `${PICTURES_URL}#`]
      : []),
  ]);
  if (existsSync(file)) {
    const text = readFileSync(file, "utf8").replace(/^## .*$/m, (heading) =>
      values.note === undefined ? heading : `${heading}\n\n${values.note}`,
    );
    writeFileSync(file, text);
    summary(text);
  }
  if (status === 2) {
    throw new Failure(`the plan has what is not wanted (${REVIEW_FAIL_ON}); the review says where`);
  }
  if (status !== 0) {
    throw new Failure(`npm run review ended with ${status}; its log says why`);
  }
});
