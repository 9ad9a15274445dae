import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DocumentProject } from "../support/document-project";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";

const DOCUMENT = "docs/to-hcl.md";
const NO_ENVIRONMENTS = 'import type { Environments } from "./lib";\n\nexport const environments: Environments = {};\n';

let tenant: LocalTenant;
const project = new DocumentProject(NO_ENVIRONMENTS);

beforeAll(async () => {
  tenant = await startLocalTenant();
});

afterAll(async () => {
  project.remove();
  await tenant.stop();
});

test("what is deployed plans nothing as the module that its commands write", () => {
  const [commands = ""] = blocks(DOCUMENT, "sh");
  expect(project.cdktf(tenant.env, "deploy", "--auto-approve")).toMatchObject({ status: 0 });

  const { status, said } = project.shell(commands, tenant.env);

  expect(said).toContain("No changes.");
  expect(status).toBe(0);
  expect(readdirSync(join(project.folder, "terraform")).filter((name) => !name.startsWith("."))).toEqual([
    "main.tf",
    "outputs.tf",
    "providers.tf",
    "terraform.tf",
    "variables.tf",
  ]);
}, 120_000);

test("it is refused where something stands, and what CDKTF writes itself is refused by Terraform", () => {
  const [stack = ""] = project.stacks();
  expect(project.shell("npx auth0-progressive-profiling hcl --out .")).toEqual({
    status: 1,
    said: "[--out] . is not empty; give a folder that is, or none that is there\n",
  });
  expect(project.shell("npx auth0-progressive-profiling hcl a b")).toEqual({
    status: 1,
    said:
      "2 problems\n  [STACK_DIR] is one folder, got 2; write a module for each stack\n" +
      "  [--out] is missing; give the folder that the module is to stand in\n",
  });
  expect(project.shell("npx auth0-progressive-profiling hcl cdktf.out --out other")).toEqual({
    status: 1,
    said: "[cdktf.out/cdk.tf.json] does not exist; run `npx cdktf synth`, and give the stack's folder\n",
  });

  expect(project.cdktf(tenant.env, "synth", "--hcl", "--output", "hcl.out")).toMatchObject({ status: 0 });
  const validated = project.shell(
    `cd "hcl.out/stacks/${stack}" && "$TERRAFORM_BINARY_NAME" init -backend=false`,
    tenant.env,
  );
  expect(validated.said).toContain('nodes  = "[{" alias ":"');
  expect(validated.status).not.toBe(0);
}, 60_000);
