import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ProgressiveProfiling } from "../../lib";
import { DocumentProject } from "../support/document-project";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";
import { Workspace } from "../support/terraform";

let tenant: LocalTenant;
let workspace: Workspace;
const project = new DocumentProject("export const environments = {};");

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env);
});

afterAll(async () => {
  workspace.remove();
  project.remove();
  await tenant.stop();
});

test("what stands in a tenant and in no state is imported by the stack of the guide; nothing is added or destroyed", () => {
  workspace.synth((stack) => {
    new ProgressiveProfiling(stack, "made-elsewhere");
  });
  workspace.apply();
  const ids = new Map([...workspace.resources()].map(([address, id]) => [address.split(".")[0], id]));
  const id = (type: string) => ids.get(type) ?? "";
  const [stack = ""] = blocks("docs/from-deploy-cli.md", "ts");
  const [diff = ""] = blocks("docs/from-deploy-cli.md", "sh");
  project.writeStack(
    stack
      .replace("ac_…", id("auth0_flow_vault_connection"))
      .replace("ap_…", id("auth0_form"))
      .replace("af_…", id("auth0_flow"))
      .replaceAll("ACTION", id("auth0_action")),
  );

  const { status, said } = project.shell(diff, tenant.env);

  expect(status).toBe(0);
  expect([...said.matchAll(/# (auth0_\w+).* will be (\w+)/g)].map(([, type, fate]) => [type, fate])).toEqual([
    ["auth0_action", "updated"],
    ["auth0_flow", "imported"],
    ["auth0_form", "imported"],
    ["auth0_trigger_action", "imported"],
  ]);
  expect(said).toContain("Plan: 4 to import, 0 to add, 1 to change, 0 to destroy.");

  expect(project.shell("npx cdktf deploy --auto-approve", tenant.env).status).toBe(0);
  expect(project.shell(diff, tenant.env).said).toContain("No changes.");
}, 120_000);

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
