import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeProject } from "../../init/project";
import { blocks } from "../support/markdown";

const OPTIONS = { isEsm: false, version: "1.2.3" };
const FILES = [
  ".github",
  ".gitignore",
  "README.md",
  "cdktf.json",
  "environments.ts",
  "main.ts",
  "package.json",
  "profiling.test.ts",
  "profiling.ts",
  "tsconfig.json",
];

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "init-"));
});

const read = (...path: string[]) => readFileSync(join(parent, ...path), "utf8");

test.each([
  ["that is not there", () => {}],
  ["that is empty", (folder: string) => mkdirSync(folder)],
  ["of a new repository", (folder: string) => mkdirSync(join(folder, ".git"), { recursive: true })],
])("a project is written into a folder %s", (_, prepare) => {
  const folder = join(parent, "My Login");
  prepare(folder);

  writeProject(folder, OPTIONS);

  expect(readdirSync(folder).filter((name) => name !== ".git")).toEqual(FILES);
  expect(JSON.parse(read("My Login", "package.json"))).toMatchObject({
    name: "my-login",
    type: "commonjs",
    dependencies: { "auth0-progressive-profiling": "^1.2.3" },
    devDependencies: { "auth0-local-tenant": "^1.2.3" },
  });
  expect(read("My Login", "main.ts")).toContain('from "./profiling";');
});

test("with ECMAScript modules, imports name files", () => {
  writeProject(join(parent, "login"), { ...OPTIONS, isEsm: true });

  expect(JSON.parse(read("login", "package.json"))).toMatchObject({ type: "module" });
  expect(read("login", "main.ts")).toContain('from "./profiling.js";');
});

test("without tarballs its README says where those of the packages come from", () => {
  writeProject(join(parent, "login"), OPTIONS);

  expect(read("login", "README.md")).toContain(`\`\`\`sh
npm install "$TARBALLS"/auth0-*.tgz
npm test
\`\`\`

auth0-progressive-profiling and auth0-local-tenant are on no registry yet: \`npm pack\` and \`npm pack --workspace tenant\` in a clone of the repository make their tarballs.
\`TARBALLS\` is the folder with both.
`);
});

test("tarballs lie in the project", () => {
  const tarballs = join(parent, "tarballs");
  mkdirSync(tarballs);
  for (const name of ["auth0-progressive-profiling-0.1.0.tgz", "auth0-local-tenant-0.2.0.tgz", "other-1.0.0.tgz"]) {
    writeFileSync(join(tarballs, name), name);
  }

  writeProject(join(parent, "login"), { ...OPTIONS, tarballs });

  expect(JSON.parse(read("login", "package.json"))).toMatchObject({
    dependencies: { "auth0-progressive-profiling": "file:vendor/auth0-progressive-profiling-0.1.0.tgz" },
    devDependencies: { "auth0-local-tenant": "file:vendor/auth0-local-tenant-0.2.0.tgz" },
  });
  expect(read("login", "vendor", "auth0-local-tenant-0.2.0.tgz")).toBe("auth0-local-tenant-0.2.0.tgz");
  expect(read("login", "README.md")).toContain("```sh\nnpm install\nnpm test\n```\n\n`npm run dev`");
});

test("what is wrong is said at once, and nothing is written", () => {
  const folder = join(parent, "login");
  mkdirSync(folder);
  writeFileSync(join(folder, "notes.txt"), "mine");
  writeFileSync(join(parent, "auth0-local-tenant-0.1.0.tgz"), "");
  writeFileSync(join(parent, "auth0-local-tenant-0.2.0.tgz"), "");

  expect(() => writeProject(folder, { ...OPTIONS, tarballs: parent })).toThrow(
    `3 problems
  [DIR] ${folder} is no empty folder; give one that is, or one that is not there
  [--from] ${parent} must hold one auth0-progressive-profiling-VERSION.tgz, got none; npm pack makes it
  [--from] ${parent} must hold one auth0-local-tenant-VERSION.tgz, got auth0-local-tenant-0.1.0.tgz, auth0-local-tenant-0.2.0.tgz; npm pack makes it`,
  );
  expect(readdirSync(folder)).toEqual(["notes.txt"]);
  expect(() => writeProject(join(folder, "notes.txt"), OPTIONS)).toThrow(
    `[DIR] ${join(folder, "notes.txt")} is a file; give a folder`,
  );
});

test("what can not be written in full is not there at all", () => {
  const tarballs = join(parent, "tarballs");
  // Each is a folder, which no tarball is: the copy fails when all else is written.
  mkdirSync(join(tarballs, "auth0-progressive-profiling-0.1.0.tgz"), { recursive: true });
  mkdirSync(join(tarballs, "auth0-local-tenant-0.1.0.tgz"));
  mkdirSync(join(parent, "login", ".git"), { recursive: true });

  expect(() => writeProject(join(parent, "login"), { ...OPTIONS, tarballs })).toThrow("can not be written");
  expect(() => writeProject(join(parent, "new"), { ...OPTIONS, tarballs })).toThrow("can not be written");
  expect(readdirSync(join(parent, "login"))).toEqual([".git"]);
  expect(existsSync(join(parent, "new"))).toBe(false);
});

test("the call of the workflow is the one of the guide", () => {
  writeProject(join(parent, "login"), OPTIONS);

  const [call = ""] = blocks("docs/pull-requests.md", "yaml");
  expect(read("login", ".github", "workflows", "plan.yml")).toBe(
    `# OWNER is where auth0-progressive-profiling lies, COMMIT a commit of it; its docs/pull-requests.md says what to set.\n${call}\n`,
  );
});
