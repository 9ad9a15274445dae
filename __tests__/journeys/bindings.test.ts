import { Action } from "@cdktf/provider-auth0/lib/action";
import { TriggerAction } from "@cdktf/provider-auth0/lib/trigger-action";
import { ProgressiveProfiling } from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { Workspace } from "../support/terraform";

jest.setTimeout(300_000);

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

async function bound(): Promise<string[]> {
  const { body } = await tenant.request("GET", "/api/v2/actions/triggers/post-login/bindings");
  return body.bindings.map(({ display_name }: { display_name: string }) => display_name);
}

// Without the order, destroy failed 6 times of 7 with 409, for a binding had written another one back.
test("bindings of one's own beside ours are all made, ours last, and all taken away, each time", async () => {
  workspace.synth((stack) => {
    new ProgressiveProfiling(stack, "profiling");
    for (const name of ["a", "b", "c"]) {
      const { id } = new Action(stack, name, {
        name,
        code: "exports.onExecutePostLogin = async () => {};",
        runtime: "node22",
        deploy: true,
        supportedTriggers: { id: "post-login", version: "v3" },
      });
      new TriggerAction(stack, `${name}-binding`, { trigger: "post-login", actionId: id, displayName: name });
    }
  });

  for (let round = 0; round < 5; round++) {
    workspace.apply();
    expect(await bound()).toEqual(["a", "b", "c", "Progressive Profiling"]);
    expect(workspace.plan().changes).toEqual({});
    workspace.destroy();
    expect(await bound()).toEqual([]);
  }
});
