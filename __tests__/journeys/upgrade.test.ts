import type { TerraformStack } from "cdktf";
import { ProgressiveProfiling, type ProgressiveProfilingProps } from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import beforeKeys from "../support/stacks/before-keys.tf.json";
import { Workspace } from "../support/terraform";

jest.setTimeout(120_000);

const { terraform_data: _, ...resources } = beforeKeys.resource;
const [clientId] = Object.keys(resources.auth0_client) as [keyof typeof resources.auth0_client];
const { lifecycle: __, ...client } = resources.auth0_client[clientId];

/** As this library synthesised the article before client and Vault connection had keys, with and without a version. */
const BEFORE: readonly (readonly [string, typeof beforeKeys, ProgressiveProfilingProps, object])[] = [
  ["with a version", beforeKeys, { secretVersion: "2026-11" }, { terraform_data: "delete" }],
  [
    "without a version",
    {
      ...beforeKeys,
      resource: {
        ...resources,
        auth0_client: { [clientId]: { ...client, lifecycle: { create_before_destroy: true } } },
      } as object as typeof beforeKeys.resource,
    },
    {},
    {},
  ],
];

let tenant: LocalTenant;
let workspace: Workspace;

beforeEach(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env);
});

afterEach(async () => {
  workspace.remove();
  await tenant.stop();
});

const define = (props: ProgressiveProfilingProps) => (stack: TerraformStack) => {
  new ProgressiveProfiling(stack, "profiling", props);
};

function byType(changes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(changes).map(([address, actions]) => [address.split(".")[0], actions]));
}

test.each(BEFORE)(
  "what was deployed %s stays, but for what the Action and the flow do",
  async (_, before, props, more) => {
    workspace.configure(before);
    workspace.apply();
    const ids = [...workspace.resources()].filter(([address]) => !address.startsWith("terraform_data."));
    const { body: old } = await tenant.request("GET", "/api/v2/actions/actions");
    expect(old.actions[0].secrets.map(({ name }: { name: string }) => name)).toEqual(["FORM_ID", "METADATA_KEYS"]);

    workspace.synth(define(props));
    expect(byType(workspace.plan().changes)).toEqual({ auth0_action: "update", auth0_flow: "update", ...more });

    workspace.apply();
    expect(workspace.plan().changes).toEqual({});
    const bare = (address: string) => address.replace(/\[.*/, "");
    expect([...workspace.resources()].map(([address, id]) => [bare(address), id]).sort()).toEqual(ids.sort());
    const { body: now } = await tenant.request("GET", "/api/v2/actions/actions");
    const [action] = now.actions;
    expect(action.secrets).toEqual([]);
    expect(action.code).toContain(
      `const FORM_ID = "${ids.find(([address]) => address.startsWith("auth0_form."))?.[1]}";`,
    );
    expect(action.all_changes_deployed).toBe(true);
  },
);
