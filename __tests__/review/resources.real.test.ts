import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { nextButton, ProgressiveProfiling, type ProgressiveProfilingProps, phone, Stage, text } from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { lostValues } from "../support/lost-values";
import { expectGolden, PlanFolder, review } from "../support/reviewed-plans";
import { Workspace } from "../support/terraform";

const stage = (key: string, label: string) =>
  Stage.untilAnswered(key, {
    alias: `Missing ${label}`,
    components: [text(key, { label, required: true }), nextButton()],
  });
const job = stage("job_title", "Job title");
const company = Stage.untilAnswered("company_name", {
  alias: "Missing Company",
  components: [
    text("company_name", { label: "Company", required: true }),
    phone("company_phone", { label: "Phone" }),
    nextButton(),
  ],
});
const team = stage("team", "Team");
const office = stage("office", "Office");

/** Two forms, as they were applied, or as a test wants them. */
function login(props: ProgressiveProfilingProps = {}, second: ProgressiveProfilingProps | null = {}) {
  return (stack: TerraformStack): ProgressiveProfiling => {
    const first = new ProgressiveProfiling(stack, "profiling", { stages: [job, company], ...props });
    const names = { form: "Team", flow: "Save the team", vaultConnection: "Team", action: "Team", client: "Team" };
    if (second !== null) {
      new ProgressiveProfiling(stack, "team", { stages: [team], names, ...second });
    }
    return first;
  };
}

const plans = new PlanFolder();
let tenant: LocalTenant;
let workspace: Workspace;

function planOf(name: string, define: (stack: TerraformStack) => void): string {
  workspace.synth(define);
  return plans.save(name, workspace);
}

function reviewOf(name: string, define: (stack: TerraformStack) => void, ...options: readonly string[]): string {
  const plan = planOf(name, define);
  const { status, stdout, stderr } = review(plan, ...options);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(lostValues(readFileSync(plan, "utf8"), stdout)).toEqual([]);
  return stdout;
}

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env, "login");
  workspace.synth(login({ secretVersion: "1" }));
  workspace.apply();
}, 60_000);

afterAll(async () => {
  workspace.remove();
  plans.remove();
  await tenant.stop();
});

const version = { secretVersion: "1" };

describe("the review of a pull request that", () => {
  test("removes a stage", () => {
    expectGolden("removed-stage.md", reviewOf("stage", login({ ...version, stages: [job] })));
  });

  test("destroys one form of two says that the other is still asked", () => {
    expectGolden("destroyed-form.md", reviewOf("form", login(version, null)));
  });

  test("destroys two forms counts what is of each, and says nothing twice", () => {
    expectGolden(
      "destroyed-forms.md",
      reviewOf("forms", () => {}),
    );
  });

  test("rotates the client secret says that the new one is used before the old one ends", () => {
    expectGolden("rotated-secret.md", reviewOf("rotation", login({ secretVersion: "2" })));
  });

  test("gives up the secret's version destroys nothing of the tenant", () => {
    expect(review(planOf("no version", login({})), "--fail-on", "destroy,replace,rotate")).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test("forgets everything says that it stays", () => {
    const addresses = new Set([...workspace.resources().keys()].map((address) => address.replace(/\[.*\]$/, "")));
    const removed = [...addresses].map((from) => ({ from, lifecycle: { destroy: false } }));

    expectGolden(
      "forgotten.md",
      reviewOf("forgotten", (stack) => stack.addOverride("removed", removed)),
    );
  });

  test("gives the grant to another client names both, and the scopes that the other is granted", () => {
    const define = (stack: TerraformStack) => {
      const { client } = login(version)(stack);
      client?.grant.addOverride("client_id", "otherClient");
    };

    expectGolden("moved-grant.md", reviewOf("client", define));
    expect(review(planOf("client", define), "--fail-on", "scope-widening").status).toBe(2);
  });

  test("gives the grant for another API names both", () => {
    const define = (stack: TerraformStack) => {
      const { client } = login(version)(stack);
      client?.grant.addOverride("audience", "https://payroll.example.com/");
    };

    const text = reviewOf("audience", define);

    expect(text).toMatch(
      /\*\*scope-widening\*\*: The grant of the client `Progressive Profiling` goes to another API: `https:\/\/localhost:\d+\/api\/v2\/` → `https:\/\/payroll\.example\.com\/`\. It has no more scopes there than it had: `read:users`, /,
    );
    expect(text).toContain(
      "**stuck**: The flow `Update user_metadata` can not save answers any more: it writes as the client `Progressive Profiling` (Vault connection `Progressive Profiling`), which is not granted `update:users`. People get in, are asked at every login, and nothing is kept.",
    );
  });

  test("takes the binding away, while the base waits for a stage to be applied, does not hide behind it", () => {
    const pending = login(version, { stages: [team, office] });
    const base = planOf("base", pending);
    const define = (stack: TerraformStack) => {
      pending(stack);
      const { action } = stack.node.findChild("team") as ProgressiveProfiling;
      action.node.tryRemoveChild("Binding");
    };
    const head = planOf("head", define);

    const { stdout } = review(head, "--base", base);
    const { status, stderr } = review(head, "--base", base, "--fail-on", "unbound");

    expect({ status, stderr }).toEqual({ status: 2, stderr: "--fail-on has found: unbound\n" });
    expect(stdout).toMatch(/^## Progressive profiling: logins do not show the form · 1 resource destroyed$/m);
    expect(stdout).toContain("The form `Team` is changed by the base too");
    expect(review(base, "--base", base).stdout).toContain("nothing changes by this pull request");
  });

  test("adds a stage and runs code of its own says that nobody can tell who is asked", () => {
    const define = (stack: TerraformStack) => {
      const { action } = login({ ...version, stages: [job, company, office] })(stack);
      action.action.code = `${action.action.codeInput}\n// Of somebody's own.\n`;
    };

    const markdown = reviewOf("code", define);

    expect(markdown).toMatch(/^## Progressive profiling: 1 stage added, logins run other code · /m);
    expect(markdown).toContain("this library's own: who is asked, and when, can no longer be told.");
    expect(markdown).toContain("When the Action `Progressive Profiling` shows the form can not be told");
  });

  test("writes a space into the keys of the Action says that the form is opened for nothing", () => {
    const define = (stack: TerraformStack) => {
      const { action } = login(version)(stack);
      action.action.code = (action.action.codeInput ?? "").replace('"company_name"', '" company_name"');
    };

    expect(reviewOf("space", define)).toMatch(
      /\*\*never-asked\*\*: The Action opens the form at every login as long as ` {2}company_name ` is missing/,
    );
  });
});

describe("a plan of HCL", () => {
  const CODE = JSON.stringify(readFileSync(join(__dirname, "..", "..", "actions", "progressive-profiling.js"), "utf8"))
    .replaceAll("${", "$${")
    .replaceAll("%{", "%%{");
  const hcl = (secret: string) => `
resource "auth0_flow" "save" {
  name    = "Save"
  actions = jsonencode([])
}
resource "auth0_form" "profile" {
  name = "Profile"
  languages { primary = "en" }
  start  = jsonencode({ next_node = "save", coordinates = { x = 0, y = 0 } })
  ending = jsonencode({ resume_flow = true, coordinates = { x = 0, y = 0 } })
  nodes  = jsonencode([{ id = "save", type = "FLOW", coordinates = { x = 0, y = 0 }, alias = "Save",
    config = { flow_id = auth0_flow.save.id, next_node = "$ending" } }])
}
locals { forms = [auth0_form.profile.id] }
resource "auth0_action" "profile" {
  name    = "Profile"
  runtime = "node22"
  deploy  = true
  code    = ${CODE}
  supported_triggers {
    id      = "post-login"
    version = "v3"
  }
  secrets {
    name  = "FORM_ID"
    value = ${secret}
  }
  secrets {
    name  = "METADATA_KEYS"
    value = "job_title"
  }
}
resource "auth0_trigger_action" "profile" {
  trigger   = "post-login"
  action_id = auth0_action.profile.id
}
`;

  function reviewOfHcl(name: string, secret: string): string {
    const other = new Workspace(tenant.env, name);
    other.synth(() => {});
    writeFileSync(join(other.directory, "main.tf"), hcl(secret));
    const { status, stdout } = review(plans.write(`${name}.json`, other.plan().json));
    expect(status).toBe(0);
    other.remove();
    return stdout;
  }

  test("does not claim that no Action shows the form, nor that it has no stages", () => {
    const markdown = reviewOfHcl("plain", "auth0_form.profile.id");

    expect(markdown).toContain("a new form, its stages are known only after the apply");
    expect(markdown).not.toContain("unbound");
    expect(markdown).not.toContain("Which Action shows the form");
  });

  test("says so where it is known only after the apply which Action shows the form", () => {
    const markdown = reviewOfHcl("vague", "local.forms[0]");

    expect(markdown).toContain("**unknown**: Which Action shows the form `Profile` is known only after the apply");
    expect(markdown).not.toContain("unbound");
  });
});
