import { nextButton, ProgressiveProfiling, type ProgressiveProfilingProps, Stage, text } from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { expectGolden, PlanFolder, review } from "../support/reviewed-plans";
import { Workspace } from "../support/terraform";

type Options = Omit<Parameters<typeof Stage.untilAnswered>[1], "components">;

function stages({ version = "2026-11", place = "user_metadata.role", ...options }: Partial<Options> & Change = {}) {
  const saveTo = place as "user_metadata.role";
  return [
    Stage.untilAnswered(place, {
      id: "role",
      components: [text("role", { label: "Role", required: true, saveTo }), nextButton()],
      ...options,
    }),
    Stage.untilAccepted("app_metadata.terms", {
      version,
      components: [text("initials", { label: "Initials", required: true, saveTo: [] }), nextButton("Accept")],
    }),
  ];
}

interface Change {
  readonly version?: string;
  readonly place?: string;
}

const plans = new PlanFolder();
let tenant: LocalTenant;

beforeAll(async () => {
  tenant = await startLocalTenant();
}, 60_000);

afterAll(async () => {
  plans.remove();
  await tenant.stop();
});

const SELDOM = { fromLogin: 3, atMostEvery: { days: 30 } };

test.each<[string, ProgressiveProfilingProps, ProgressiveProfilingProps]>([
  [
    "moment-added",
    { stages: stages() },
    { ask: SELDOM, stages: stages({ ask: { afterSignUp: { days: 7 }, share: 10 } }) },
  ],
  [
    "moment-changed",
    { ask: SELDOM, stages: stages({ ask: { clients: { only: ["shop"] } } }) },
    { ask: { fromLogin: 5 }, stages: stages({ ask: { connections: { except: ["google-oauth2"] } } }) },
  ],
  ["stages-per-login", { stages: stages() }, { stagesPerLogin: 2, stages: stages() }],
  ["version-raised", { stages: stages() }, { stages: stages({ version: "2027-01" }) }],
  ["saved-by-action", { stages: stages() }, { saveBy: "action", stages: stages() }],
  ["moved-place", { stages: stages() }, { stages: stages({ place: "app_metadata.role" }) }],
  ["skippable", { stages: stages() }, { stages: stages({ skippable: true }) }],
])("the review is as expected: %s", (name, before, after) => {
  const workspace = new Workspace(tenant.env, name);
  const define = (props: ProgressiveProfilingProps) => {
    workspace.synth((stack) => void new ProgressiveProfiling(stack, "profiling", props));
  };
  try {
    define(before);
    workspace.apply();
    define(after);
    const plan = plans.save(name, workspace);
    const { status, stdout, stderr } = review(plan);

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expectGolden(`${name}.md`, stdout, plan);
    workspace.destroy();
  } finally {
    workspace.remove();
  }
});
