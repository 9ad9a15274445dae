import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { blocks } from "../../support/markdown";
import { Project } from "../../support/project";
import { pastedIntoMain } from "../../support/readme";

describe("main.ts with environments", () => {
  const project = new Project("");
  beforeAll(() => {
    const shared = 'const PROFILING: ProgressiveProfilingProps = { names: { action: "Ask", form: "Profile" } };';
    writeFileSync(join(project.folder, "main.ts"), pastedIntoMain(shared));
  });
  afterAll(() => project.remove());

  const configure = (environments: string) =>
    project.rewrite(
      `import type { Environments } from "./lib";\nexport const environments: Environments = ${environments};`,
    );

  test("defines a stack for each, with its tenant, its names beside those of all, and its backend", () => {
    configure(`{
      dev: { domain: "example-dev.eu.auth0.com", profiling: { names: { form: "Profile in dev" } } },
      prod: {
        domain: "example.eu.auth0.com",
        backend: { type: "s3", bucket: "states", region: "eu-central-1" },
        sampleApplication: false,
      },
    }`);

    expect(project.synth()).toEqual({ status: 0, said: "" });

    expect(project.stacks()).toEqual(["progressive-profiling-dev", "progressive-profiling-prod"]);
    const [dev, prod] = project.stacks().map((name) => project.stack(name));
    expect(dev.provider.auth0).toEqual([{ domain: "example-dev.eu.auth0.com" }]);
    expect(Object.values(dev.resource.auth0_form)).toMatchObject([{ name: "Profile in dev" }]);
    expect(Object.values(dev.resource.auth0_action)).toMatchObject([{ name: "Ask" }]);
    expect(dev.resource.auth0_connection_client).toBeDefined();
    expect(dev.terraform.backend.local.path).toMatch(/\/terraform\.progressive-profiling-dev\.tfstate$/);
    expect(prod.provider.auth0).toEqual([{ domain: "example.eu.auth0.com" }]);
    expect(Object.values(prod.resource.auth0_form)).toMatchObject([{ name: "Profile" }]);
    expect(prod.resource.auth0_connection_client).toBeUndefined();
    expect(prod.terraform.backend.s3).toMatchObject({
      bucket: "states",
      key: "progressive-profiling-prod/terraform.tfstate",
    });
    expect(Object.keys(dev.resource.auth0_form)).toEqual(Object.keys(prod.resource.auth0_form));
  });

  test("says what is wrong and nothing else: the problems once, and where environments.ts is read", () => {
    configure(
      `{ dev: { domain: "dev", backend: { type: "s3", bucket: "states", secretKey: "planted-secret" } } } as object as Environments`,
    );

    const { status, said } = project.synth();

    expect(status).not.toBe(0);
    expect(said.replace(/\n+Node\.js v.*\s*$/, "").trim()).toBe(
      [
        project.reader,
        "for (const environment of selectEnvironments(environments)) {",
        "                                            ^",
        "ValidationError: 2 problems",
        '  [environments.ts] environments.dev.domain must be the whole domain, e.g. "example.eu.auth0.com", got "dev"',
        "  [environments.ts] environments.dev.backend.secretKey is a credential, which no file should hold; leave it out and set AWS_SECRET_ACCESS_KEY",
        `    at Object.<anonymous> (${project.reader}:45)`,
      ].join("\n"),
    );
    expect(project.stacks()).toEqual([]);
  });
});

describe("docs/environments.md", () => {
  const DOCUMENT = "docs/environments.md";
  const project = new Project("");
  afterAll(() => project.remove());

  const examples = blocks(DOCUMENT, "ts");
  const bad = examples.pop() ?? "";

  test.each(examples)("has a configuration that works: %#", (example) => {
    project.rewrite(example);

    expect(project.synth()).toEqual({ status: 0, said: "" });
  });

  test("has the stacks of its first configuration as the CDKTF command line lists them", () => {
    project.rewrite(examples[0] ?? "");

    const [list] = blocks(DOCUMENT, "text", "From one tenant to several");
    const lines = (text = "") => text.split("\n").flatMap((line) => /^progressive-\S+ +cdktf.out\S+$/.exec(line) ?? []);

    expect(lines(list)).toHaveLength(3);
    expect(lines(project.cdktf({}, "list").said)).toEqual(lines(list));
  }, 60_000);

  test("has the error that its bad configuration ends with", () => {
    project.rewrite(bad);

    const { status, said } = project.synth();

    expect(status).not.toBe(0);
    const [error = "none"] = blocks(DOCUMENT, "text", "What an error looks like");
    expect(said).toContain(error);
  });

  const backends = readFileSync(join(__dirname, "..", "..", "..", DOCUMENT), "utf8").matchAll(
    /^\| `\w+` \| `(\{ type: .*? \})` \|/gm,
  );
  const rows = [...backends].map(([, example]) => example);

  test("has an example of each type of backend, and all of them together work", () => {
    const entries = rows.map((row, index) => `e${index}: { domain: "e${index}.eu.auth0.com", backend: ${row} },`);
    project.rewrite(
      `import type { Environments } from "./lib";\nexport const environments: Environments = { ${entries.join("\n")} };`,
    );

    expect(project.synth()).toEqual({ status: 0, said: "" });
    expect(project.stacks()).toHaveLength(7);
    const types = project.stacks().map((name) => {
      const { backend = { cloud: {} } } = project.stack(name).terraform;
      return Object.keys(backend)[0];
    });
    expect(types.sort()).toEqual(["azurerm", "cloud", "gcs", "local", "pg", "remote", "s3"]);
  });

  test("has examples that TypeScript takes, the bad one too, which says that it is not checked", () => {
    const sources = [...examples, bad].map((example) => example.replace('"./lib"', JSON.stringify("./lib/index")));
    sources.push(
      `import type { StateBackend } from "./lib/index";\nexport const backends: StateBackend[] = [${rows.join(",\n")}];`,
    );
    const files = sources.map((source, index) => {
      writeFileSync(join(project.folder, `example-${index}.ts`), source);
      return `example-${index}.ts`;
    });
    const compiler = require.resolve("typescript/bin/tsc");
    const options = [
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--target",
      "es2022",
      "--module",
      "commonjs",
      "--types",
      "node",
    ];

    const { stdout } = spawnSync(process.execPath, [compiler, ...options, ...files], {
      cwd: project.folder,
      encoding: "utf8",
    });

    expect(stdout).toBe("");
  }, 60_000);
});
