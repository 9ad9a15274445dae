import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

jest.setTimeout(120_000);

const ROOT = join(__dirname, "..", "..");
const DOCUMENTS = ["README.md", "AGENTS.md", "CHANGELOG.md", "docs", "examples", "tenant/README.md"];

function run(command: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [join(ROOT, "node_modules", command), ...args], { cwd: ROOT, encoding: "utf8" });
}

test("API.md is what `npm run api` makes of the docstrings, and its links lead somewhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "api-"));
  const { status, stderr } = run("typedoc/bin/typedoc", "--options", "scripts/typedoc.json", "--out", folder);
  expect({ status, stderr }).toMatchObject({ status: 0 });

  const written = readFileSync(join(ROOT, "API.md"), "utf8");
  // Not as a whole: a difference of thousands of lines takes minutes to print.
  expect(written === readFileSync(join(folder, "API.md"), "utf8")).toBe(true);

  const anchors = new Set([...written.matchAll(/id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...written.matchAll(/\]\(#([^)]+)\)/g)].map(([, id]) => id);
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter((id) => !anchors.has(id))).toEqual([]);
});

test("every link of the documents to a file or a heading leads there", () => {
  const checks = ["--no-stdout", "--no-color", "--quiet", "--frail", "--no-config"];
  const links = ["--use", "remark-validate-links=repository:false"];
  const { status, stderr } = run("remark-cli/cli.js", ...checks, ...links, ...DOCUMENTS);

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
