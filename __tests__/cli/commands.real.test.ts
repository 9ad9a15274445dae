import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

function run(...args: readonly string[]) {
  const command = ["--require", require.resolve("tsx/cjs"), join(ROOT, "cli", "main.ts"), ...args];
  // No command has begun to do anything where this is all that it is given.
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: "utf8",
    timeout: 30_000,
    env: { PATH: process.env.PATH },
  });
  return { status, out: stdout, err: stderr };
}

/** The commands that a help lists. */
function listed(...args: readonly string[]): readonly string[] {
  const [, list = ""] = /\n\n((?: {2}[a-z-]+ {2,}\S.*\n)+)\n {2}--help/.exec(run(...args, "--help").out) ?? [];
  return [...list.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name = ""]) => [...args, name].join(" "));
}

const COMMANDS = [...listed(), ...listed("ci")];
const NAME = "auth0-progressive-profiling";

test("there are the commands, and the steps of the workflow", () => {
  expect(COMMANDS).toEqual(expect.arrayContaining(["init", "adopt", "ci", "ci plan", "ci tenant"]));
  expect(COMMANDS.length).toBeGreaterThanOrEqual(21);
});

describe.each(COMMANDS)("%s", (name) => {
  test("--help has its usage, its options, an example of them, and what each exit code means", () => {
    const { status, out, err } = run(...name.split(" "), "--help");

    expect({ status, err }).toEqual({ status: 0, err: "" });
    const lines = out.split("\n");
    expect(lines[0]).toMatch(new RegExp(`^${NAME} ${name} .`));
    expect(lines.filter((line) => /^ {2}--help\b/.test(line))).toHaveLength(1);
    expect(out).toMatch(/^Ends with 0 [\s\S]*\b1 when/m);
    const example = lines.find((line) => line.startsWith("  ") && `${line} `.includes(`npx ${NAME} ${name} `)) ?? "";
    expect(example).not.toBe("");
    const options = example.match(/(?<= )--[a-z-]+/g) ?? [];
    expect(options.filter((option) => !lines.some((line) => line.startsWith(`  ${option} `)))).toEqual([]);
  });

  test("refuses an option that is none, says which was meant, and is without colours where nobody looks", () => {
    const { status, out, err } = run(...name.split(" "), "--hlep");

    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toMatch(/^(\d problems\n {2})?\[--hlep\] is no option; did you mean --help\?\n/);
    expect(err).not.toContain("\u001b");
  });
});
