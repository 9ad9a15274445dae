import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const TESTS = join(__dirname, "..");
const MOST = 400;

/** Test files that may be longer, and why. */
const LONGER: Readonly<Record<string, string>> = {
  "lib/progressive-profiling.test.ts": "is being split",
  "tenant/actions/post-login.real.test.ts": "is being split",
  "workflow/scripts.real.test.ts": "is being split",
};

test(`no test file is longer than ${MOST} lines without a reason`, () => {
  const all = readdirSync(TESTS, { recursive: true, encoding: "utf8" });
  const files = all.filter((file) => file.endsWith(".test.ts"));
  const lines = (file: string) => readFileSync(join(TESTS, file), "utf8").trimEnd().split("\n").length;

  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => lines(file) > MOST && !(file in LONGER))).toEqual([]);
});
