import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const TSC = require.resolve("typescript/bin/tsc");

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "inline-")));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(folder, "forms"), join(folder, "node_modules", "auth0-forms"));
  write("package.json", { dependencies: { "@scope/listed": "1.0.0" }, peerDependencies: { peer: "1.0.0" } });
  write("tsconfig.json", {
    compilerOptions: { module: "node20", declaration: true, rootDir: ".", outDir: "dist", types: [] },
    include: ["lib", "forms"],
  });
  write("forms/package.json", { name: "auth0-forms", main: "index.ts" });
  write("forms/index.ts", "export interface Form { id: string }\nexport const FORM: Form = { id: 'ap_1' };\n");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: string | object): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
}

const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
const inline = () => node(join(ROOT, "scripts", "inline.mjs"), "tsconfig.json");

test("a package of the repository is imported from beside what is published, by code and types, however they do it", () => {
  write(
    "lib/page/index.ts",
    `import { FORM, type Form } from "auth0-forms";
export { FORM } from "auth0-forms";
export const inType = (): Promise<typeof import("auth0-forms")> => import("auth0-forms");
export const form: Form = FORM;
`,
  );
  expect(node(TSC)).toMatchObject({ status: 0, stdout: "" });

  expect(inline()).toMatchObject({ status: 0, stderr: "" });
  rmSync(join(folder, "node_modules"), { recursive: true });
  rmSync(join(folder, "forms"), { recursive: true });

  const run = node(
    "-e",
    'const page = require("./dist/lib/page"); page.inType().then((all) => console.log(all.FORM === page.form))',
  );
  expect(run).toMatchObject({ stdout: "true\n", stderr: "" });
  expect(
    readFileSync(join(folder, "dist", "lib", "page", "index.d.ts"), "utf8"),
  ).toBe(`import { type Form } from "../../forms/index.js";
export { FORM } from "../../forms/index.js";
export declare const inType: () => Promise<typeof import("../../forms/index.js")>;
export declare const form: Form;
`);
}, 60_000);

test("what package.json does not declare, or nobody copied, is refused, all at once", () => {
  write(
    "dist/lib/index.js",
    `for (const name of ["fs"]) { require("node:fs"); require("@scope/listed/deep"); require("peer"); }\n`,
  );
  write("dist/lib/other.js", `require("auth0-forms");\nrequire("listed");\nrequire("@scope/other");\n`);

  expect(inline()).toMatchObject({
    status: 1,
    stderr: `[lib/other.js] imports "@scope/other", which package.json does not declare; add it to its dependencies
[lib/other.js] imports "listed", which package.json does not declare; add it to its dependencies
[lib/other.js] imports "auth0-forms", but dist/forms/index.js is missing; add its source to tsconfig.json, or copy it there
`,
  });
});
