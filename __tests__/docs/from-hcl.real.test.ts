import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";
import { runBlock } from "../support/run-block";
import { Workspace } from "../support/terraform";

const ROOT = join(__dirname, "..", "..");

/** The article in hand-written HCL, without the sample application. */
const MODULE = readFileSync(join(ROOT, "bench", "article.tf"), "utf8").replace(
  /^resource "auth0_client" "sample"[\s\S]*/m,
  "",
);

let tenant: LocalTenant;
let workspace: Workspace;
const folder = mkdtempSync(join(tmpdir(), "module-"));

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env);
  writeFileSync(join(folder, "main.tf"), MODULE);
});

afterAll(async () => {
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
  await tenant.stop();
});

test("what a module has applied goes on in the stack: moved, and changed only where the stack says something else", () => {
  for (const args of [
    ["init"],
    ["apply", "-auto-approve", `-var=code_file=${join(ROOT, "actions", "progressive-profiling.js")}`],
  ]) {
    const { status, stderr } = spawnSync(process.env.TERRAFORM_BINARY_NAME ?? "terraform", [...args, "-input=false"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, ...tenant.env },
    });
    expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: "" });
  }
  const [block = ""] = blocks("docs/from-hcl.md", "ts");
  const { LoginStack } = runBlock(block) as { LoginStack: new (scope: Construct, id: string) => TerraformStack };
  workspace.putState(readFileSync(join(folder, "terraform.tfstate"), "utf8"));
  workspace.configure(JSON.parse(Testing.synth(new LoginStack(Testing.app(), "login"))));

  // Of the Action, the keys: the module gave it the library's code as it is before a stack writes its own into it.
  const { changes } = workspace.plan();
  expect(Object.entries(changes).map(([address, actions]) => [address.split(".")[0], actions])).toEqual([
    ["auth0_action", "update"],
  ]);

  workspace.apply();
  expect(workspace.plan().changes).toEqual({});
  workspace.destroy();
}, 60_000);
