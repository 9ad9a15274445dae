import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DocumentProject } from "../support/document-project";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";

const ROOT = join(__dirname, "..", "..");
const DOCUMENT = "docs/from-hcl.md";

/** The article in hand-written HCL, without the sample application. */
const MODULE = readFileSync(join(ROOT, "bench", "article.tf"), "utf8").replace(
  /^resource "auth0_client" "sample"[\s\S]*/m,
  "",
);

let tenant: LocalTenant;
const project = new DocumentProject("export const environments = {};");

beforeAll(async () => {
  tenant = await startLocalTenant();
  writeFileSync(join(project.folder, "main.tf"), MODULE);
});

afterAll(async () => {
  project.remove();
  await tenant.stop();
});

test("what a module has applied goes on in the stack: moved, and changed only where the stack says something else", () => {
  for (const args of [
    ["init"],
    ["apply", "-auto-approve", `-var=code_file=${join(ROOT, "actions", "progressive-profiling.js")}`],
  ]) {
    const { status, stderr } = spawnSync(process.env.TERRAFORM_BINARY_NAME ?? "terraform", [...args, "-input=false"], {
      cwd: project.folder,
      encoding: "utf8",
      env: { ...process.env, ...tenant.env },
    });
    expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: "" });
  }
  const [stack = ""] = blocks(DOCUMENT, "ts");
  const [rename = "", diff = ""] = blocks(DOCUMENT, "sh");
  project.writeStack(stack);
  expect(project.shell(diff, tenant.env).said).toContain("Please rename it to match the stack name");
  project.shell(rename);

  const { status, said } = project.shell(diff, tenant.env);

  expect(status).toBe(0);
  expect(said.match(/ has moved to auth0_|# \(moved from auth0_/g)).toHaveLength(8);
  // Of the Action, the keys: the module gave it the library's code as it is before a stack writes its own into it.
  expect(said.match(/(?<=# )auth0_\w+(?=.* will be )/g)).toEqual(["auth0_action"]);
  expect(said).toContain("Plan: 0 to add, 1 to change, 0 to destroy.");

  expect(project.shell("npx cdktf deploy --auto-approve", tenant.env).status).toBe(0);
  expect(project.shell(diff, tenant.env).said).toContain("No changes.");
}, 120_000);
