import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kind, shown } from "../../lib/shown";
import { Project } from "../support/project";

const LIBRARY = join(__dirname, "..", "..", "lib");

test("an error that nobody catches is its problems, and the line that is the caller's own", () => {
  const folder = mkdtempSync(join(tmpdir(), "uncaught-"));
  const file = join(folder, "main.ts");
  writeFileSync(
    file,
    `import { TerraformStack, Testing } from ${JSON.stringify(require.resolve("cdktf"))};
import { ProgressiveProfiling } from ${JSON.stringify(LIBRARY)};

function login() {
  new ProgressiveProfiling(new TerraformStack(Testing.app(), "login"), "profiling", { names: { form: "", action: "" } });
}
login();
`,
  );
  const { stderr } = spawnSync(process.execPath, ["--require", require.resolve("tsx/cjs"), file], { encoding: "utf8" });
  rmSync(folder, { recursive: true });

  // Before the problems, Node shows the line of code that throws.
  expect(stderr.slice(stderr.indexOf("ValidationError:")).replace(/\n+Node\.js v.*\n$/, "")).toBe(
    [
      "ValidationError: 2 problems",
      '  [login/profiling] names.form must have 1 to 150 characters, got 0 in ""; give more',
      '  [login/profiling] names.action must have 1 to 150 characters, got 0 in ""; give more',
      `    at login (${file}:5:3)`,
    ].join("\n"),
  );
});

test("npx cdktf synth ends with the problems, below the line that asked for it", () => {
  const project = new Project(
    'export const environments = { dev: { domain: "a.eu.auth0.com", profiling: { names: { form: "" } } } };',
  );
  const { status, said } = project.cdktf({}, "synth");
  project.remove();

  expect(status).toBe(1);
  expect(said.slice(said.indexOf("Command output on stderr:")).trim()).toBe(
    `Command output on stderr:

    ${project.reader}
    for (const environment of selectEnvironments(environments)) {
                                                ^
    ValidationError: 1 problem
      [environments.ts] environments.dev.profiling: names.form must have 1 to 150 characters, got 0 in ""; give more
        at Object.<anonymous> (${project.reader}:45)`,
  );
});

const circular: unknown[] = [];
circular.push(circular);

test.each<[unknown, string, string]>([
  ["a text", '"a text"', "a text"],
  ["x".repeat(100), `"${"x".repeat(76)}...`, "a text"],
  ["https://u:S3CRETx@host/", "a text that may hold a password", "a text"],
  ["id:S3/CRETx@host", "a text that may hold a password", "a text"],
  ["https://S3CRETx@host/", "a text that may hold a password", "a text"],
  ["host=h password = S3CRETx", "a text that may hold a password", "a text"],
  ["someone@example.com", '"someone@example.com"', "a text"],
  ["update:users", '"update:users"', "a text"],
  [5, "5", "5"],
  [undefined, "undefined", "undefined"],
  [null, "null", "null"],
  [{ clientSecret: "S3CRETx" }, "an object", "an object"],
  [["S3CRETx", "S3CRETx"], "a list of 2", "a list of 2"],
  [circular, "a list of 1", "a list of 1"],
  [() => "S3CRETx", "a function", "a function"],
])("a problem's text shows %p as %s, and its kind as %s", (value, text, itsKind) => {
  expect(shown(value)).toBe(text);
  expect(kind(value)).toBe(itsKind);
});
