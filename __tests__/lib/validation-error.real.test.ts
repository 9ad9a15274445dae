import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { kind, shown } from "../../lib/validation-error";

test("an error that nobody catches has its problems once", () => {
  // Node shows the line that throws too
  const code = `const { ValidationError } = require("./lib/validation-error");
    const error = new ValidationError("stack/profiling", ["first problem", "second problem"]);
    throw error;`;
  const { stderr } = spawnSync(process.execPath, ["--require", require.resolve("tsx/cjs"), "--eval", code], {
    cwd: join(__dirname, "..", ".."),
    encoding: "utf8",
  });

  expect(stderr.match(/\w+ problems?/g)).toEqual(["2 problems", "first problem", "second problem"]);
  expect(stderr).toContain("  [stack/profiling] first problem\n  [stack/profiling] second problem\n");
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
