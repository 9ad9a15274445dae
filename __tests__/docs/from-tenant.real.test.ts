import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import { ProgressiveProfiling } from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";
import { runBlock } from "../support/run-block";
import { Workspace } from "../support/terraform";

type Stack = new (scope: Construct, id: string) => TerraformStack;

let tenant: LocalTenant;
let workspace: Workspace;

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env);
});

afterAll(async () => {
  workspace.remove();
  await tenant.stop();
});

test("what stands in a tenant and in no state is imported by the stack of the guide; nothing is added or destroyed", () => {
  workspace.synth((stack) => {
    new ProgressiveProfiling(stack, "made-elsewhere");
  });
  workspace.apply();
  const ids = new Map([...workspace.resources()].map(([address, id]) => [address.split(".")[0], id]));
  workspace.forget();
  const id = (type: string) => ids.get(type) ?? "";

  const [block = ""] = blocks("docs/from-deploy-cli.md", "ts");
  const own = block
    .replace("ac_…", id("auth0_flow_vault_connection"))
    .replace("ap_…", id("auth0_form"))
    .replace("af_…", id("auth0_flow"))
    .replaceAll("ACTION", id("auth0_action"));
  const { LoginStack } = runBlock(own) as { LoginStack: Stack };
  workspace.configure(JSON.parse(Testing.synth(new LoginStack(Testing.app(), "login"))));

  const { changes } = workspace.plan();
  expect(Object.entries(changes).map(([address, actions]) => [address.split(".")[0], actions])).toEqual([
    ["auth0_action", "update"],
  ]);
  expect(workspace.apply()).toContain("Apply complete! Resources: 4 imported, 0 added, 1 changed, 0 destroyed.");
  expect(workspace.plan().changes).toEqual({});
}, 60_000);

test("the ids are read from what Pulumi exports", () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-"));
  const exported = {
    version: 3,
    deployment: {
      resources: [
        { urn: "urn:pulumi:dev::login::pulumi:pulumi:Stack::login-dev", type: "pulumi:pulumi:Stack" },
        { urn: "urn:pulumi:dev::login::auth0:index/form:Form::profile", type: "auth0:index/form:Form", id: "ap_1" },
        { urn: "urn:pulumi:dev::login::auth0:index/flow:Flow::save", type: "auth0:index/flow:Flow", id: "af_1" },
      ],
    },
  };
  const pulumi = join(folder, "pulumi");
  writeFileSync(pulumi, `#!/bin/sh\ncat <<'EOT'\n${JSON.stringify(exported)}\nEOT\n`);
  chmodSync(pulumi, 0o755);
  const [command = ""] = blocks("docs/from-pulumi.md", "sh");

  const { stdout, stderr } = spawnSync("sh", ["-e", "-c", command], {
    encoding: "utf8",
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
  });

  rmSync(folder, { recursive: true });
  expect({ stdout, stderr }).toEqual({ stdout: "Form profile ap_1\nFlow save af_1\n", stderr: "" });
});
