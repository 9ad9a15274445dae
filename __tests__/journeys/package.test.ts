import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RESOURCES } from "../../scripts/bindings";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";
import { packed } from "../support/packed";
import { checkPublished, wouldPublish } from "../support/published-package";
import { inAnotherProject, readmeBlocks } from "../support/readme";

const folder = mkdtempSync(join(tmpdir(), "package-"));
let tarball: string;

/** A stack of someone else: other resources, and the construct twice, once with its own client and names. */
const CONSUMER = `
import { App, TerraformOutput, TerraformStack } from "cdktf";
import {
  Auth0Provider, ManagementScopes, MachineToMachineClient, nextButton, ProgressiveProfiling, Stage, text,
} from "auth0-progressive-profiling";
import { Client } from "auth0-progressive-profiling/provider-auth0/client";

const app = new App();
const stack = new TerraformStack(app, "portal");
new Auth0Provider(stack, "auth0");
new Client(stack, "other", { name: "Portal" });
const article = new ProgressiveProfiling(stack, "article");
const client = new MachineToMachineClient(stack, "writer", { name: "Writer", scopes: ManagementScopes.LEAST });
new ProgressiveProfiling(stack, "team", {
  client,
  names: { form: "Team", flow: "Save the team", vaultConnection: "Team", action: "Team" },
  stages: [
    Stage.untilAnswered("team", { components: [text("team", { label: "Team", required: true }), nextButton()] }),
  ],
});
new TerraformOutput(stack, "form-id", { value: article.formId });
app.synth();
`;

const ONE_LINER = `
const { App, TerraformStack } = require("cdktf");
const { Auth0Provider, ProgressiveProfiling } = require("auth0-progressive-profiling");
const app = new App();
const stack = new TerraformStack(app, "portal");
new Auth0Provider(stack, "auth0");
new ProgressiveProfiling(stack, "profiling");
app.synth();
`;

beforeAll(() => {
  tarball = packed("auth0-progressive-profiling");
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the tarball holds the compiled library, its Actions, the review, verify, the workflow's commands, the command dev, the bindings and the schema, and nothing else, in less than 2 MB", () => {
  const allowed =
    /^(dist\/(actions|adopt|auth0-forms|cli|command|dev|init|lib|provider-auth0|review|verify|workflow)\/|(package\.json|LICENSE|README\.md)$)/;

  const list = execFileSync("tar", ["--list", "--file", tarball], { encoding: "utf8" }).trim().split("\n");
  const files = list.map((path) => path.replace(/^package\//, ""));
  expect(files.filter((path) => !allowed.test(path))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining([
      "dist/lib/index.js",
      "dist/lib/index.d.ts",
      "dist/actions/progressive-profiling.js",
      "dist/actions/scheduled-profiling.js",
      "dist/cli/main.js",
      "dist/provider-auth0/lib/form/index.js",
    ]),
  );
  expect(statSync(tarball).size).toBeLessThan(2 * 1024 * 1024);
});

test("npm would publish it", () => {
  expect(wouldPublish(tarball)).toBe("auth0-progressive-profiling@0.1.0");
});

test("every entrance, that of each binding too, is found by all of TypeScript's resolutions, and publint has nothing to say", () => {
  const bindings = RESOURCES.map((name) => `provider-auth0/${name}`);

  expect(checkPublished(tarball, bindings)).toEqual({
    publint: ["All good!"],
    problems: {},
    resolved: {
      ".": new Set(["dist/lib/index.d.ts"]),
      "./environments": new Set(["dist/lib/environments/index.d.ts"]),
      "./package.json": new Set(["package.json"]),
      ...Object.fromEntries(
        RESOURCES.map((name) => [`./provider-auth0/${name}`, new Set([`dist/provider-auth0/lib/${name}/index.d.ts`])]),
      ),
    },
  });
}, 60_000);

describe.each([
  ["cdktf", "cdktf@0.21.0"],
  ["CDK Terrain under the name of cdktf", "cdktf@npm:cdktn@0.24.0"],
])("in an empty project with %s", (name, cdktf) => {
  const project = join(folder, name.replace(/\W/g, "-"));
  const outdir = join(project, "out");
  let tenant: LocalTenant;

  beforeAll(async () => {
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "portal", version: "1.0.0", private: true }));
    execFileSync(
      "npm",
      ["install", "--no-audit", "--no-fund", "--loglevel=error", cdktf, "constructs@10.7.2", tarball],
      {
        cwd: project,
        stdio: ["ignore", "ignore", "inherit"],
      },
    );
    writeFileSync(join(project, "main.ts"), CONSUMER);
    const examples = [...readmeBlocks("ts").map(inAnotherProject), ...blocks("docs/props.md", "ts")].map(
      (block, index) => {
        writeFileSync(join(project, `example-${index}.ts`), block);
        return `example-${index}.ts`;
      },
    );
    expect(examples).toHaveLength(4);
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: { strict: true, target: "es2022", module: "commonjs", skipLibCheck: true, types: [] },
        files: ["main.ts", ...examples],
      }),
    );
    tenant = await startLocalTenant();
  }, 180_000);

  afterAll(() => tenant.stop());

  function node(...args: string[]): string {
    const env = { ...process.env, CDKTF_OUTDIR: outdir };
    return execFileSync(process.execPath, args, { cwd: project, encoding: "utf8", env });
  }

  function resources(): string[] {
    const stack = JSON.parse(readFileSync(join(outdir, "stacks", "portal", "cdk.tf.json"), "utf8"));
    return Object.entries(stack.resource).flatMap(([type, byId]) => Object.keys(byId as object).map(() => type));
  }

  test("plain Node builds a stack of all parts with the default construct", () => {
    node("-e", ONE_LINER);

    expect(resources()).toHaveLength(8);
  });

  test("npm's bill of materials names what is installed with it, and nothing that builds it", () => {
    const sbom = execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx"], { cwd: project, encoding: "utf8" });
    const { bomFormat, components }: { bomFormat: string; components: { name: string }[] } = JSON.parse(sbom);
    const names = components.map((component) => component.name);

    expect(bomFormat).toBe("CycloneDX");
    expect(names).toEqual(expect.arrayContaining(["acorn", "ajv", "diff", "parse5", "cdktf", "constructs"]));
    expect(names.filter((installed) => /^(jest|typescript|@biomejs)/.test(installed))).toEqual([]);
  });

  test("TypeScript checks it and the examples of the README, and refuses a prop that does not exist", () => {
    const tsc = (...args: string[]) =>
      spawnSync(process.execPath, [require.resolve("typescript/bin/tsc"), "--noEmit", ...args], {
        cwd: project,
        encoding: "utf8",
      });

    expect(tsc("--project", ".")).toMatchObject({ status: 0, stdout: "" });

    const wrong = CONSUMER.replace("{\n  client,", "{\n  stage: [],\n  client,");
    writeFileSync(join(project, "wrong.ts"), wrong);
    expect(
      tsc("--strict", "--skipLibCheck", "--target", "es2022", "--module", "commonjs", "wrong.ts").stdout,
    ).toContain("'stage' does not exist in type 'ProgressiveProfilingProps'");
  });

  test("npx reviews the plan of what plain Node builds", () => {
    node("-e", ONE_LINER);
    const stack = join(outdir, "stacks", "portal");
    const run = (command: string, args: string[], cwd: string) => {
      const env = { ...process.env, ...tenant.env, TF_CLI_ARGS: "-no-color", npm_config_loglevel: "error" };
      const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", env });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      return stdout;
    };
    const terraform = (...args: string[]) => run(process.env.TERRAFORM_BINARY_NAME ?? "terraform", args, stack);
    terraform("init", "-input=false");
    terraform("plan", "-input=false", "-out=plan");
    const plan = join(stack, "plan.json");
    writeFileSync(plan, terraform("show", "-json", "plan"));

    const review = run("npx", ["--no-install", "auth0-progressive-profiling", "review", plan], project);

    expect(review).toContain("## Progressive profiling: a new form with 2 stages, every user is asked 4 questions");
    expect(review).toContain("its code is this library's own, unchanged");
  }, 60_000);

  test("ts-node synthesises the construct twice beside other resources; applied, a second plan is empty and npx verifies it", () => {
    node("--require", require.resolve("ts-node/register"), "main.ts");
    expect(resources().filter((type) => type === "auth0_form")).toHaveLength(2);
    expect(resources().filter((type) => type === "auth0_client")).toHaveLength(3);

    const terraform = (...args: string[]) =>
      spawnSync(process.env.TERRAFORM_BINARY_NAME ?? "terraform", args, {
        cwd: join(outdir, "stacks", "portal"),
        encoding: "utf8",
        env: { ...process.env, ...tenant.env, TF_CLI_ARGS: "-no-color" },
      });
    const succeeds = (...args: string[]) => expect(terraform(...args)).toMatchObject({ status: 0 });
    succeeds("init", "-input=false");
    succeeds("apply", "-input=false", "-auto-approve");
    succeeds("plan", "-input=false", "-detailed-exitcode");
    const verified = spawnSync("npx", ["--no-install", "auth0-progressive-profiling", "verify", "-"], {
      cwd: project,
      encoding: "utf8",
      env: { ...process.env, ...tenant.env, npm_config_loglevel: "error" },
      input: terraform("show", "-json").stdout,
    });
    expect(verified).toMatchObject({
      status: 0,
      stdout: `Clean: the tenant ${tenant.domain} is as the state says (standard input, 17 resources).\n`,
      stderr: "",
    });
    succeeds("destroy", "-input=false", "-auto-approve");
  }, 120_000);
});
