import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformResource, type TerraformStack } from "cdktf";
import { ManagementScopes, nextButton, ProgressiveProfiling, Stage, text } from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { PlanFolder, review } from "../support/reviewed-plans";
import { Workspace } from "../support/terraform";

const plans = new PlanFolder();
let tenant: LocalTenant;
let workspace: Workspace;
/** Of a stack that is not applied yet. */
let first: string;
let targeted: string;
/** Of a stack that is, and stays as it is. */
let nothing: string;

const article = (stack: TerraformStack) => new ProgressiveProfiling(stack, "profiling");

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env, "login");
  workspace.synth(article);
  first = plans.save("first", workspace);
  const [client] = Object.keys(workspace.plan().changes).filter((address) => address.startsWith("auth0_client."));
  targeted = plans.save("targeted", workspace, `-target=${client}`);
  workspace.apply();
  nothing = plans.save("nothing", workspace);
}, 60_000);

afterAll(async () => {
  workspace.remove();
  plans.remove();
  await tenant.stop();
});

// biome-ignore lint/suspicious/noExplicitAny: a plan as it is, to be changed into what a test needs
function jsonOf(file: string): any {
  return JSON.parse(readFileSync(file, "utf8"));
}

describe("the command", () => {
  test("says everything at once that is wrong with its options and its files", () => {
    const { status, stdout, stderr } = review(
      ...["--fail-on", "destroy,destory,explode", "--max-length", "999", "--colour", "--json=yes"],
      ...["--pictures-url", "ftp://x", "--base", "/nowhere.json", "--outt", "x.md", "--out"],
    );

    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.replace(/(must be of destroy, ).*(, change, got )/g, "$1…$2").split("\n")).toEqual([
      "11 problems",
      "  [--colour] is no option; options are --base, --configuration, --json, --out, --fail-on, --max-length, --pictures, --pictures-url, --help",
      '  [--json] takes no value; leave "yes" out',
      "  [--outt] is no option; did you mean --out?",
      "  [--out] has no value; give one, or leave it out",
      '  [--pictures-url] must be an http or https URL, got "ftp://x"; give the one at which DIR will be found',
      "  [--pictures-url] needs --pictures DIR; give both, or leave it out",
      '  [--fail-on] must be of destroy, …, change, got "destory"; did you mean destroy?',
      '  [--fail-on] must be of destroy, …, change, got "explode"; see --help',
      '  [--max-length] must be an integer of 1000 or more, or 0 for no limit, got "999"; give another one',
      "  [x.md] does not exist; give a file that `terraform show -json PLANFILE > FILE` wrote",
      "  [/nowhere.json] does not exist; give a file that `terraform show -json PLANFILE > FILE` wrote",
      "",
    ]);
  });

  test("asks for a plan where there is none", () => {
    expect(review()).toEqual({
      status: 1,
      stdout: "",
      stderr: "[PLAN.json] is missing; give what `terraform show -json PLANFILE` prints\n",
    });
  });

  test("says everything at once that is wrong with its files, each with what is expected", () => {
    const state = plans.write("state.json", { lineage: "x", serial: 1 });
    const shown = plans.write("shown.json", { format_version: "1.0", values: {} });
    const binary = plans.write("binary.plan", "PK\u0003\u0004...");
    const utf16 = plans.write("utf16.json", "");
    writeFileSync(utf16, Buffer.from('\ufeff{"format_version": "1.2"}', "utf16le"));
    const log = plans.write("log.json", '{"@level":"info"}\n{"@level":"info"}');
    const version = plans.write("version.json", { format_version: "2.0", planned_values: {} });
    const odd = plans.write("odd.json", {
      format_version: "1.2",
      planned_values: {},
      resource_changes: [{ address: 1 }],
    });
    const other = plans.write("other.json", { hello: 1 });
    const missing = join(tenant.domain, "missing.json");
    const files = [state, shown, binary, utf16, log, version, odd, other, missing];

    const { status, stdout, stderr } = review(...files, nothing, first, "--configuration", other);

    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^11 problems\n/);
    for (const [file, what] of [
      [state, "is a state file; give what `terraform show -json PLANFILE` prints"],
      [shown, "is a state as `terraform show -json` prints it without a plan"],
      [binary, "is a plan as Terraform saves it; give what `terraform show -json PLANFILE` prints"],
      [utf16, "is UTF-16, as `>` of Windows PowerShell writes; give UTF-8"],
      [log, "is the log of `terraform plan -json`"],
      [version, 'has the format_version "2.0"; what this review reads is 1.x'],
      [odd, "has resource_changes[0] without address, type or change.actions"],
      [other, "is no plan: it has neither planned_values nor resource_changes"],
      [other, "is no synthesised configuration; give a cdk.tf.json that `cdktf synth` wrote"],
      [missing, "does not exist"],
      [first, `is of the stack "login", as ${nothing} is; give one plan of each stack`],
    ]) {
      expect(stderr).toContain(`  [${file}] ${what}`);
    }
  });

  test("helps, with all kinds of findings", () => {
    const { status, stdout } = review("--help");

    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}destroy {11}something in the tenant is destroyed$/m);
  });

  test("writes the same bytes for the same plan", () => {
    expect(review(first, nothing.replace("nothing", "targeted")).stderr).toContain("as ");
    expect(review(first).stdout).toBe(review(first).stdout);
    expect(review(first, "--json").stdout).toBe(review(first, "--json").stdout);
  });

  test("writes to a file, and fails where that can not be", () => {
    const out = plans.write("review.md", "");

    expect(review(nothing, "--out", out)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readFileSync(out, "utf8")).toContain("## Progressive profiling: nothing changes");
    expect(review(nothing, "--out", join(out, "in", "it"))).toMatchObject({
      status: 1,
      stderr: `[--out] ${join(out, "in", "it")} lies in a file, not in a folder; give a file in a folder that exists\n`,
    });
  });

  test("ends with 2 and writes the review all the same, where --fail-on has found something", () => {
    const found = review(first, "--fail-on", "destroy,scope-widening", "--fail-on", "change");

    expect(found).toMatchObject({ status: 2, stderr: "--fail-on has found: scope-widening, change\n" });
    expect(found.stdout).toContain("a new form with 2 stages");
    expect(review(first, "--fail-on", "destroy,drift,foreign").status).toBe(0);
    expect(review(nothing, "--fail-on", "change").status).toBe(0);
  });

  test("--json has the verdict, and of each stack what the Markdown has", () => {
    const json = JSON.parse(review(first, "--json").stdout);

    expect(json).toMatchObject({
      version: 1,
      verdict: ["a new form with 2 stages, every user is asked 4 questions · 8 resources added, none destroyed"],
      stacks: [
        {
          name: "login",
          counts: { create: 8, update: 0, destroy: 0, "no-op": 0 },
          profilings: [{ title: "Progressive Profiling", isForeign: false, changedSteps: [{}, {}] }],
          scopes: [{ client: "Progressive Profiling", after: [...ManagementScopes.ARTICLE] }],
          actions: [{ change: "added", after: { isBound: true, secrets: [] } }],
          drift: [],
        },
      ],
    });
    expect(json.stacks[0].resources).toHaveLength(8);
    expect(Object.keys(json.stacks[0]).sort()).toEqual([
      "actions",
      "counts",
      "drift",
      "driftedForms",
      "findings",
      "limits",
      "name",
      "profilings",
      "resources",
      "scopes",
      "values",
      "verdict",
    ]);
  });
});

describe("what is known only after the apply", () => {
  /** As a plan of HCL is, whose expressions only name what they refer to. */
  function withoutTexts(): string {
    const json = jsonOf(first);
    for (const resource of json.configuration.root_module.resources) {
      for (const expression of Object.values<{ constant_value?: unknown }>(resource.expressions ?? {})) {
        if (JSON.stringify(expression).includes("${")) {
          delete expression.constant_value;
        }
      }
    }
    return json;
  }

  test("is read from the cdk.tf.json that is given, where the plan does not have it", () => {
    const plan = plans.write("hcl/login.json", withoutTexts());

    const given = review(plan, "--configuration", join(first, "..", "cdk.tf.json"));

    expect(given).toMatchObject({ status: 0, stderr: "" });
    expect(given.stdout).toBe(review(first).stdout);
  });

  test("is said not to be known where nothing has it, with the file that lacks it", () => {
    const plan = plans.write("hcl/login.json", withoutTexts());

    const { status, stdout, stderr } = review(plan);

    expect(status).toBe(0);
    expect(stderr).toMatch(
      /not known: \[.*hcl\/login\.json\] auth0_form\.\w+: nodes is known only after the apply, and a plan of HCL says of it only that it refers to auth0_flow\.\w+\.id; read it in the code, or apply that \(`terraform apply -target=auth0_flow\.\w+`\) first, and review the next plan\n/,
    );
    expect(stdout).toMatch(
      /- \*\*unknown\*\*: The nodes of the form `Progressive Profiling` are known only after the apply/,
    );
    expect(review(plan, "--fail-on", "unknown").status).toBe(2);
  });

  test("is not taken from a configuration of another stack", () => {
    const other = plans.write("other/cdk.tf.json", { resource: { auth0_form: { other: {} } } });

    expect(review(first, "--configuration", other)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("is the configuration of none of the plans; leave it out, or give its plan"),
    });
  });
});

describe("a plan that is not the usual one", () => {
  test("is said to leave something out where it is targeted", () => {
    expect(review(targeted).stdout).toContain("The plan is not complete: it was made with `-target` or `-exclude`");
  });

  test("has nothing to say of what it is not targeted at", () => {
    workspace.synth((stack) => new ProgressiveProfiling(stack, "profiling", { scopes: ManagementScopes.LEAST }));
    const [grant] = Object.keys(workspace.plan().changes);
    const { stdout } = review(plans.save("grant", workspace, `-target=${grant}`));

    expect(grant).toMatch(/^auth0_client_grant\./);
    expect(stdout).toContain("## Progressive profiling: what users are asked stays as it is · 1 resource changed");
    expect(stdout).not.toContain("**destroy**");
  });

  test("is said to destroy all where it was made to", () => {
    workspace.synth(article);
    const { stdout } = review(plans.save("destroy", workspace, "-destroy"));

    expect(stdout).toContain("The plan was made by `terraform plan -destroy`");
    expect(stdout).toContain("everything is destroyed: no login asks anything any more");
  });

  test("is said to change the state alone where it only refreshes, with what was changed outside", async () => {
    const { body } = await tenant.request("GET", "/api/v2/forms");
    const path = `/api/v2/forms/${(body.forms ?? body)[0].id}`;
    await tenant.request("PATCH", path, { name: "Edited" });
    const { stdout } = review(plans.save("refresh", workspace, "-refresh-only"));
    await tenant.request("PATCH", path, { name: "Progressive Profiling" });

    expect(stdout).toContain(
      "The plan was made with `-refresh-only`: it changes the state, and nothing in the tenant.",
    );
    expect(stdout).toMatch(
      /- \*\*drift\*\*: `auth0_form\.\w+` was changed outside Terraform \(`name`\): this plan takes it into the state/,
    );
    expect(stdout).toContain(
      "## Progressive profiling: nothing changes in the tenant; 1 resource changed outside Terraform",
    );
  });

  test("is said to have ended with an error, or to put changes off", () => {
    const json = { ...jsonOf(first), errored: true, complete: false, deferred_changes: [{}, {}] };
    const { stdout } = review(plans.write("errored.json", json));

    expect(stdout).toContain("The plan ended with an error");
    expect(stdout).toContain("2 changes are put off until another is applied");
  });

  test("of a stack without progressive profiling has its resources by names, and what they are folded", () => {
    const other = new Workspace(tenant.env, "portal");
    other.synth((stack) => {
      const resource = new TerraformResource(stack, "api", { terraformResourceType: "auth0_resource_server" });
      resource.addOverride("identifier", "https://api.example.com");
    });
    const { stdout, status } = review(plans.save("portal", other));
    other.remove();

    expect(status).toBe(0);
    expect(stdout).toContain("## Progressive profiling: 1 resource added, none destroyed\n");
    expect(stdout).toContain("- `auth0_resource_server.api`");
    expect(stdout).toContain("+ identifier: https://api.example.com\n");
  });

  test("lists what is moved, imported and forgotten", () => {
    const json = jsonOf(nothing);
    const [action, client, credentials] = json.resource_changes;
    action.previous_address = "auth0_action.old";
    client.change.importing = { id: "an id" };
    credentials.change = { ...credentials.change, actions: ["forget"], after: null };
    const { stdout } = review(plans.write("moved/login.json", json));

    expect(stdout).toMatch(/\*\*Moved\*\*\n\n- `auth0_action\.old` → `auth0_action\.profiling_/);
    expect(stdout).toMatch(/\*\*Imported\*\*\n\n- `auth0_client\.profiling_/);
    expect(stdout).toMatch(
      /- \*\*forget\*\*: `auth0_client_credentials\.\w+\["1"\]` is forgotten: it stays in the tenant/,
    );
    expect(stdout).not.toContain("an id");
  });
});

test("of an Action that shows no form it is said when logins no longer run it, or run a version before", () => {
  const json = jsonOf(nothing);
  const [own] = json.resource_changes;
  const values = { ...own.change.before, id: "1", name: "Audit", secrets: [], code: "exports.onExecutePostLogin = 1;" };
  const changed = { ...values, code: "exports.onExecutePostLogin = 2;", deploy: false };
  const binding = { trigger: "post-login", action_id: "1", display_name: "Audit" };
  json.resource_changes.push(
    {
      ...own,
      address: "auth0_action.audit",
      change: { actions: ["update"], before: values, after: changed, after_unknown: {} },
    },
    {
      ...own,
      address: "auth0_trigger_action.audit",
      type: "auth0_trigger_action",
      change: { actions: ["delete"], before: binding, after: null },
    },
  );
  const { stdout } = review(plans.write("audit/login.json", json));

  expect(stdout).toContain("- **unbound**: The Action `Audit` is no longer run by logins.\n");
  expect(stdout).toContain(
    "- **action-code**: The Action `Audit` is not deployed (`deploy`): logins go on with the version before.\n",
  );
  expect(stdout).toContain(
    "- **destroy**: `auth0_trigger_action.audit` is destroyed: logins do not run the Action any more.\n",
  );
  expect(stdout).toContain("-exports.onExecutePostLogin = 1;");
  expect(stdout).toContain("## Progressive profiling: logins run other code · 1 resource changed, 1 destroyed");
});

describe("with plans of the base", () => {
  test("the very same change is of the base, not of this pull request, and --fail-on does not see it", () => {
    const { status, stdout } = review(first, "--base", first, "--fail-on", "scope-widening,change");

    expect(status).toBe(0);
    expect(stdout).toContain("## Progressive profiling: nothing changes by this pull request");
    expect(stdout).toMatch(
      /### Pending without this pull request\n[^#]*- `auth0_form\.\w+` Progressive Profiling \(added\)/,
    );
    expect(stdout).toMatch(/### Pending without this pull request\n[^#]*- \*\*scope-widening\*\*: /);
    expect(review(first, "--base", first, "--fail-on", "foreign").status).toBe(2);
  });

  test("texts that are known only after the apply are compared by how they are configured", () => {
    const empty = new Workspace(tenant.env, "login");
    const names = { form: "A", flow: "A", vaultConnection: "A", action: "A", client: "A" };
    const stage = (label: string) =>
      Stage.untilAnswered("a", { components: [text("a", { label, required: true }), nextButton()] });
    const save = (name: string, label: string) => {
      empty.synth((stack) => new ProgressiveProfiling(stack, "profiling", { names, stages: [stage(label)] }));
      return plans.save(name, empty);
    };
    const [base, head] = [save("base-label", "Before"), save("head-label", "After")];
    empty.remove();
    const { stdout } = review(head, "--base", base);

    expect(stdout).toMatch(/- \*\*foreign\*\*: The form `A` is changed by the base too, in another way/);
    expect(stdout).toMatch(/\*\*Added\*\*\n\n- `auth0_form\.\w+` A\n/);
  });

  test("a stack that only the base has is said to stay in the tenant", () => {
    const gone = plans.write("gone/old.json", jsonOf(nothing));

    const { stdout } = review(first, "--base", gone);

    expect(stdout).toContain("The stack `old` is in the base only: nothing destroys what it has in the tenant.");
  });

  test("files of a pattern are all of the base", () => {
    const { status, stderr } = review(first, "--base", first, nothing);

    expect(status).toBe(1);
    expect(stderr).toContain(`[${nothing}] is of the stack "login", as ${first} is; give one plan of each stack`);
  });
});
