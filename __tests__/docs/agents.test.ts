import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const ROOT = join(__dirname, "..", "..");

test.each(["AGENTS.md", "README.md"])("every path that %s names exists", (document) => {
  const named = [...readFileSync(join(ROOT, document), "utf8").matchAll(/`([\w.-]+(?:\/[\w.*-]+)*\/?[\w*-]+\.?\w*)`/g)];
  const paths = named.flatMap(([, path]) => (path !== undefined && /\/|\.(ts|json|md)$/.test(path) ? [path] : []));

  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !exists(path))).toEqual([]);
});

test("every npm script that a document names is there", () => {
  const documents = [
    "AGENTS.md",
    "README.md",
    "tenant/README.md",
    ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`),
  ];
  const named = documents
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => [...readFileSync(join(ROOT, name), "utf8").matchAll(/npm run (?:--silent )?([a-z][a-z:-]*)/g)])
    .map(([, script]) => script);
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((script) => !(`${script}` in scripts))).toEqual([]);
});

function exists(path: string): boolean {
  if (!path.includes("*")) {
    return existsSync(join(ROOT, path));
  }
  const [start = "", end = ""] = basename(path).split("*");
  return readdirSync(join(ROOT, dirname(path))).some((name) => name.startsWith(start) && name.endsWith(end));
}
