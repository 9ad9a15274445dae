import {
  articleStages,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  Stage,
  text,
} from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { deployerWithout } from "../support/management-client";
import { Workspace } from "../support/terraform";
import { TerraformProcess } from "../support/terraform-process";

jest.setTimeout(120_000);

let tenant: LocalTenant;
let workspace: Workspace;

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env);
});

afterEach(() => workspace.destroy());

afterAll(async () => {
  workspace.remove();
  await tenant.stop();
});

function synth(props: ProgressiveProfilingProps = {}): void {
  workspace.synth((stack) => {
    new ProgressiveProfiling(stack, "profiling", props);
  });
}

const more: ProgressiveProfilingProps = {
  stages: [
    ...articleStages(),
    Stage.untilAnswered("team", { components: [text("team", { label: "Team", required: true }), nextButton()] }),
  ],
};

/** The keys that the Action that logins run looks for. */
async function keysOfLogins(): Promise<string | undefined> {
  const { body } = await tenant.request("GET", "/api/v2/actions/actions");
  return /^const METADATA_KEYS = (.*);$/m.exec(body.actions[0].deployed_version.code)?.[1];
}

// As long as the keys were secrets of the Action, the plan after update:actions was empty, and nobody was asked.
test.each([
  ["update:actions", "auth0_action"],
  ["update:flows", "auth0_flow"],
  ["update:forms", "auth0_form"],
])(
  "another stage that is lost for want of %s shows in the next plan, and the next apply puts it right",
  async (scope, type) => {
    synth();
    workspace.apply();
    synth(more);

    const weak = await deployerWithout(tenant, scope);
    const apply = ["apply", "-input=false", "-auto-approve"];
    const { status } = await TerraformProcess.start(workspace.directory, weak, ...apply).ended;

    expect(status).toBe(1);
    expect(Object.keys(workspace.plan().changes).map((address) => address.split(".")[0])).toContain(type);
    workspace.apply();
    expect(workspace.plan().changes).toEqual({});
    expect(await keysOfLogins()).toBe('["job_title","company_name","team"]');
  },
);

test("a version may be any text", () => {
  synth({ secretVersion: String.raw`a "b" ${"${c}"} %{d} \e <ü>` });

  workspace.apply();
  expect(workspace.plan().changes).toEqual({});
});
