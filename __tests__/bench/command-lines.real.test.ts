import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

function run(name: string, ...args: string[]) {
  const program = ["--require", require.resolve("tsx/cjs"), join(ROOT, "bench", `${name}.ts`)];
  return spawnSync(process.execPath, [...program, ...args], { cwd: ROOT, encoding: "utf8" });
}

test.each([
  [
    "soak",
    ["--logins", "many", "--seconds", "0", "--people", "1001", "now"],
    `5 problems
  ["now"] belongs to no option; leave it out
  [--logins] must be a whole number from 1 to 999999999, got "many"; give one, or leave it out
  [--seconds] must be a whole number from 1 to 999999999, got "0"; give one, or leave it out
  [--people] must be a whole number from 1 to 1000, got "1001"; give one, or leave it out
  [--seconds] is for another soak than --logins; give one of them
`,
  ],
  [
    "mutation",
    ["lib/from", "--seed", "01", "--one-in", "1000000000", "--writes"],
    `4 problems
  [--writes] is no option; did you mean --write?
  [room] must be of actions, auth0-forms, lib/form, lib, review, got "lib/from"; did you mean lib/form?
  [--seed] must be a whole number from 1 to 999999999, got "01"; give one, or leave it out
  [--one-in] must be a whole number from 1 to 999999999, got "1000000000"; give one, or leave it out
`,
  ],
])("what is wrong with the command line of %s is said at once, and nothing is written", (name, args, problems) => {
  const results = () => readFileSync(join(ROOT, "bench", "RESULTS.md"), "utf8");
  const before = results();

  const { status, stdout, stderr } = run(name, ...args);

  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: problems });
  expect(results()).toBe(before);
});
