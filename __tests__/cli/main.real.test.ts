import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

function run(...args: readonly string[]): {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
} {
  const command = ["--require", require.resolve("tsx/cjs"), join(ROOT, "cli", "main.ts"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", timeout: 30_000 });
  return { status, out: stdout, err: stderr };
}

test("--help, and no command at all, name the commands and what each exit code means", () => {
  const { status, out, err } = run("--help");

  expect({ status, err }).toEqual({ status: 0, err: "" });
  expect(out).toContain("auth0-progressive-profiling COMMAND [options]\n");
  expect(out).toMatch(/^ {2}review {7}reviews plans: who is asked what and when/m);
  expect(out).toContain(
    "Ends with 0 when the command has done what it is for, 1 when the command or what it was given",
  );
  expect(run()).toEqual({ status, out, err });
});

test("--version is the package's", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

  expect(run("--version")).toEqual({ status: 0, out: `${version}\n`, err: "" });
});

test("a command starts without cdktf, which takes as long to load as most of them to run", () => {
  const counted = 'process.on("exit", () => console.error(Object.keys(require.cache).filter(isCdktf)))';
  const isCdktf = "const isCdktf = (file) => /node_modules.(cdktf|constructs)./.test(file)";
  const load = `${isCdktf}; ${counted}; require("tsx/cjs"); require("./cli/main.ts")`;
  const { status, stderr } = spawnSync(process.execPath, ["--eval", load, "--", "--version"], {
    cwd: ROOT,
    encoding: "utf8",
  });

  expect({ status, stderr }).toEqual({ status: 0, stderr: "[]\n" });
});

test.each([
  [
    "reveiw",
    '[command] must be of init, review, dev, adopt, check, verify, unmanaged, hcl, import-form, ci, got "reveiw"; did you mean review?\n',
  ],
  ["--json", "[--json] is no option; options are --help, --version\n"],
  ["--versoin", "[--versoin] is no option; did you mean --version?\n"],
  [
    "toString",
    '[command] must be of init, review, dev, adopt, check, verify, unmanaged, hcl, import-form, ci, got "toString"; see --help\n',
  ],
])("what is no command is refused: %s", (name, err) => {
  expect(run(name, "plan.json")).toEqual({ status: 1, out: "", err });
});
