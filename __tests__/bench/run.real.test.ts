import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

function bench(...args: string[]) {
  const program = ["--require", require.resolve("tsx/cjs"), join(ROOT, "bench", "run.ts")];
  return spawnSync(process.execPath, [...program, ...args], { cwd: ROOT, encoding: "utf8" });
}

const results = () => readFileSync(join(ROOT, "bench", "RESULTS.md"), "utf8");

test("a section is measured quickly: a line for each figure, progress beside it, and nothing is written", () => {
  const before = results();
  const { status, stdout, stderr } = bench("--quick", "page-loads", "action");
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringMatching(/^page-loads: measured in \d+ s\naction: logins\naction: measured in \d+ s\n$/),
  });
  const lines = stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(5 + 3 * 5);
  for (const line of lines) {
    expect(line).toMatch(/^(page-loads|action), .+ [\d.]+ \S.* \(article's own Action [\d.]+ \S.*, [\d.]+\)$/);
  }
  // What is simulated is the same on every machine.
  expect(lines[0]).toBe(
    "page-loads, article, all answer 40 per 1000 logins (article's own Action 1000 per 1000 logins, 0.04)",
  );
  expect(results()).toBe(before);
}, 120_000);

test("the same for other programs is one JSON document", () => {
  const { status, stdout } = bench("--quick", "--json", "page-loads");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toHaveLength(5);
  expect(JSON.parse(stdout)[0]).toEqual({
    section: "page-loads",
    name: "article, all answer",
    unit: "per 1000 logins",
    value: { lower: 40, median: 40, upper: 40 },
    peer: { name: "article's own Action", value: { lower: 1000, median: 1000, upper: 1000 } },
    ratio: { lower: 0.04, median: 0.04, upper: 0.04 },
  });
}, 120_000);

test("what is wrong with the command line is said at once, before anything is measured", () => {
  const { status, stdout, stderr } = bench("syntx", "page-loads", "--qick", "--rounds", "none");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toBe(`3 problems
  [--qick] is no option; did you mean --quick?
  [section] must be of synth, deploys, action, page-loads, tenant, logins, users, review, dev, got "syntx"; did you mean synth?
  [--rounds] must be a whole number from 1 to 9999, got "none"; give one, or leave it out
`);
});

test("--help has the sections and the options", () => {
  const { status, stdout } = bench("--help");
  expect(status).toBe(0);
  expect(stdout).toContain("synth, deploys, action, page-loads, tenant, logins, users, review, dev;");
  expect(stdout).toContain("--quick");
});
