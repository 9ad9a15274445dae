import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { USAGE as DEV, devCommand } from "../../dev/command";
import { ArgumentError, parseArguments, USAGE as TENANT } from "../../tenant/arguments";

const ROOT = join(__dirname, "..", "..");
const PARTS = ["package.json", "package-lock.json", "scripts", "dev", "tenant"];

/** A clone in which nothing is installed yet. */
let clone: string;

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), "clone-"));
  for (const part of PARTS) {
    cpSync(join(ROOT, part), join(clone, part), { recursive: true });
  }
});

afterAll(() => rmSync(clone, { recursive: true, force: true }));

function start(...args: readonly string[]) {
  const program = join(clone, "scripts", "start.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
  // Neither packages nor a toolchain.
  expect(readdirSync(clone).toSorted()).toEqual(PARTS.toSorted());
  return { status, stdout, stderr };
}

const DEMO = spawnSync(
  process.execPath,
  ["--require", require.resolve("tsx/cjs"), join(ROOT, "scripts", "demo.ts"), "--help"],
  { encoding: "utf8" },
).stdout;
const USAGES: Readonly<Record<string, string>> = { demo: DEMO, dev: DEV, tenant: TENANT };

test.each(["demo", "dev", "tenant"])(
  "on a fresh clone %s --help is answered at once, as the command itself does",
  (name) => {
    expect(start(name, "--help")).toEqual({ status: 0, stdout: USAGES[name], stderr: "" });
    expect(start(name, "--port", "abc", "-h")).toEqual({ status: 0, stdout: USAGES[name], stderr: "" });
  },
);

const NO_PORT = 'must be a whole number from 0 to 65535, got "abc"; give another one';

test.each<[string, string, readonly string[]]>([
  ["demo", "--port abc", [`[--port] ${NO_PORT}`]],
  [
    "demo",
    "--http-port abc --application-port 65536",
    [`[--http-port] ${NO_PORT}`, `[--application-port] ${NO_PORT.replace("abc", "65536")}`],
  ],
  [
    "demo",
    "--onec --verbose=yes more",
    [
      "[--onec] is no option; see --help",
      '[--verbose] takes no value; leave "yes" out',
      '["more"] belongs to no option; leave it out',
    ],
  ],
  ["dev", "--preview-port abc --stack a --stack b", [`[--preview-port] ${NO_PORT}`]],
  ["dev", "--project --stack", ["[--project] has no value; give one, or leave it out"]],
  ["tenant", "--port abc --port 1", [`[--port] ${NO_PORT}`, "[--port] is given twice; give it once"]],
  ["tenant", "--data= --allow-host a --allow-host b", ["[--data] has no value; give one, or leave it out"]],
])("on a fresh clone %s %s is refused at once, with the usage of that command", (name, line, problems) => {
  const stderr = `${problems.join("\n")}\n\n${USAGES[name]}`;

  expect(start(name, ...line.split(" "))).toEqual({ status: 1, stdout: "", stderr });
});

test.each<[string, string]>([
  ["dev", "--project . --stack a --stack b --port 0 --preview-port 9000"],
  ["tenant", "--port 1 --http-port 2 --memory --env f --answers f --allow-host a --allow-host b --rate-limit 3"],
])("what %s takes is not refused before it: %s", (name, line) => {
  const args = line.split(" ");
  const script = `import { checkCommandLine, usageOf } from "./scripts/set-up/command-line.mjs";
    console.log(JSON.stringify(checkCommandLine(usageOf(${JSON.stringify(name)}), ${JSON.stringify(args)})));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: clone,
    encoding: "utf8",
  });

  expect(JSON.parse(stdout)).toEqual([]);
});

test("a command refuses by itself what is refused before it", async () => {
  const line = ["--prot", "1", "--port", "abc"];

  await expect(devCommand(line)).rejects.toThrow(`[--port] ${NO_PORT}`);
  expect(() => parseArguments(line)).toThrow(ArgumentError);
});

test.each<[string, string, readonly string[], string]>([
  [
    "demo",
    "scripts/demo.ts",
    ["--port", "9643", "--application-port", "9643"],
    "[--application-port] is 9643, as --port is",
  ],
  ["demo", "scripts/demo.ts", ["--port", "9643", "--http-port", "9643"], "[--http-port] is 9643, as --port is"],
  ["dev", "scripts/dev.ts", ["--port", "9643", "--preview-port", "9643"], "[--preview-port] is 9643, as --port is"],
  [
    "dev",
    "scripts/dev.ts",
    ["--port", "9444"],
    "[--preview-port] is 9445, as the one after --port, of the tenant's pages, is",
  ],
])("%s (%s) refuses %j before it starts anything", (_, program, args, problem) => {
  const command = ["--require", require.resolve("tsx/cjs"), join(ROOT, program), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });

  expect({ status, stdout, stderr: stderr.trim() }).toEqual({
    status: 1,
    stdout: "",
    stderr: `${problem}; choose two`,
  });
});
