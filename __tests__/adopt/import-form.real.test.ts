import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FULL } from "../auth0-forms/every-component";
import { exportedForm, SAVED_BY_SEVERAL } from "../support/exported-form";
import { envelope, realForm, realForms } from "../support/imported-form";
import { blocks } from "../support/markdown";

const ROOT = join(__dirname, "..", "..");

function run(command: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd, encoding: "utf8", timeout: 120_000 });
  return { status, out: stdout, err: stderr };
}

const importForm = (cwd: string, ...args: readonly string[]) =>
  run(["--require", require.resolve("tsx/cjs"), join(ROOT, "cli", "main.ts"), "import-form", ...args], cwd);

/** A project that has the package, of one kind of modules. */
function project(type: "commonjs" | "module"): string {
  const folder = mkdtempSync(join(tmpdir(), "project-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type }));
  const library = join(folder, "node_modules", "auth0-progressive-profiling");
  mkdirSync(library, { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules")).filter((one) => one !== "auth0-progressive-profiling")) {
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
  cpSync(join(ROOT, "lib"), join(library, "lib"), { recursive: true });
  writeFileSync(
    join(library, "package.json"),
    JSON.stringify({ name: "auth0-progressive-profiling", exports: "./lib/index.ts", type: "commonjs" }),
  );
  for (const name of realForms) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(envelope(realForm(name))));
  }
  const compilerOptions = {
    ...{ module: "node20", target: "ES2022", strict: true, noEmit: true, skipLibCheck: true, types: ["node"] },
    ...{
      noUnusedLocals: true,
      noUnusedParameters: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: false,
    },
    ...{ noImplicitOverride: true, noImplicitReturns: true, esModuleInterop: true },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["forms", "main.ts"] }));
  return folder;
}

/** A form of every component that Auth0 has, with all that each has. */
function everyComponent(): object {
  const text = JSON.stringify(
    Object.entries(FULL).map(([type, component]) => ({ ...component, id: type.toLowerCase() })),
  );
  const components = JSON.parse(
    text.replaceAll(`af_${"1".repeat(22)}`, "#FLOW-1#").replaceAll('"next_node":"it"', '"next_node":"$ending"'),
  );
  const { form, flows } = realForm("email-code");
  const step = { id: "all", type: "STEP", coordinates: { x: 0, y: 0 }, config: { components, next_node: "$ending" } };
  return envelope({
    form: { ...form, name: "Every component", nodes: [step], start: { ...(form.start as object), next_node: "all" } },
    flows: { "#FLOW-1#": flows["#FLOW-1#"] as never },
  });
}

test.each(["commonjs", "module"] as const)(
  "what is written is strict TypeScript as Biome formats it, in a project of the type %s",
  (type) => {
    const folder = project(type);
    writeFileSync(join(folder, "every.json"), JSON.stringify(everyComponent()));
    writeFileSync(
      join(folder, "several.json"),
      JSON.stringify(envelope(exportedForm({ stages: SAVED_BY_SEVERAL, names: { form: "Several flows" } }))),
    );
    const files = ["every", "several", ...realForms].map((name) => `${name}.json`);
    const { status, out, err } = importForm(folder, ...files, "--out", "forms");

    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toContain('forms/hidden-field.ts: the class HiddenField, of the form "Hidden field" with 0 flows\n');
    expect(out).toContain(
      '  to give: profileWriterConnectionId, id of the Vault connection "Profile writer" of the type AUTH0, `ac_…`\n',
    );
    if (type === "commonjs") {
      const [stack = ""] = blocks("docs/from-dashboard.md", "ts", "In a stack");
      writeFileSync(join(folder, "main.ts"), stack);
      const [said = ""] = blocks("docs/from-dashboard.md", "text");
      expect(out.replaceAll(/^forms/gm, "src/forms")).toContain(said.trim());
    }
    expect(run([join(ROOT, "node_modules", "typescript", "bin", "tsc"), "-p", "."], folder)).toEqual({
      status: 0,
      out: "",
      err: "",
    });

    writeFileSync(
      join(folder, "biome.json"),
      JSON.stringify({ formatter: { indentStyle: "space", lineWidth: 120 }, linter: { enabled: false } }),
    );
    const biome = join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");
    // The code of fields stays as it is.
    const written = readdirSync(join(folder, "forms")).flatMap((name) =>
      name.endsWith(".ts") ? [join("forms", name)] : [],
    );
    const formatted = run([biome, "check", "--config-path", folder, ...written], folder);
    expect({ status: formatted.status, err: formatted.err }).toEqual({ status: 0, err: "" });
  },
  180_000,
);

test("--json says what was written, what is raw, and what has to be given", () => {
  const folder = project("commonjs");
  const { status, out, err } = importForm(folder, "choice-without-router.json", "--out", "src/forms", "--json");

  expect({ status, err }).toEqual({ status: 0, err: "" });
  expect(JSON.parse(out)).toEqual({
    sharedFlows: [],
    forms: [
      {
        form: "Choice without router",
        class: "ChoiceWithoutRouter",
        flows: ["Save the answers"],
        files: ["src/forms/choice-without-router.ts"],
        stages: ["details"],
        give: [
          {
            prop: "profileWriterConnectionId",
            what: 'id of the Vault connection "Profile writer" of the type AUTH0, `ac_…`',
          },
        ],
        raw: [
          {
            what: 'component "full_name"',
            why: "text() would make another component of it, and it lacks sensitive, config",
          },
          { what: 'component "gender"', why: "choice() would make another component of it, and it lacks sensitive" },
        ],
      },
    ],
    unused: [],
  });
});

test("what is wrong with the command is said at once, and nothing is written", () => {
  const folder = project("commonjs");

  expect(importForm(folder)).toEqual({
    status: 1,
    out: "",
    err: "2 problems\n  [FILE] is missing; give an export of a form\n  [--out] is missing; give the folder that the form is to stand in\n",
  });
  expect(importForm(folder, "gone.json", "package.json", "--out", "forms").err).toMatch(
    /^2 problems\n {2}\[gone\.json\] does not exist; give an export of a form, in UTF-8\n {2}\[package\.json\] must be an export/,
  );
  writeFileSync(join(folder, "forms"), "");
  expect(importForm(folder, "hidden-field.json", "--out", "forms").err).toBe(
    "[--out] forms is a file; give a folder\n",
  );
  expect(existsSync(join(folder, "hidden-field.ts"))).toBe(false);
  expect(readFileSync(join(folder, "forms"), "utf8")).toBe("");
  expect(importForm(folder, "--help").out).toContain(
    "auth0-progressive-profiling import-form FILE ... --out DIR [options]\n",
  );
});
