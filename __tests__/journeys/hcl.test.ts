import { Fn, TerraformIterator, TerraformOutput, type TerraformStack, TerraformVariable } from "cdktf";
import { Auth0Provider, html, nextButton, ProgressiveProfiling, SampleApplication, Stage, text } from "../../lib";
import { Action } from "../../provider-auth0/lib/action";
import { Client } from "../../provider-auth0/lib/client";
import { describeOn, ENGINES } from "../support/engines";
import { configurationOf } from "../support/example";
import { Workspace } from "../support/terraform";
import { WrittenModule } from "../support/written-module";

jest.setTimeout(120_000);

function article(stack: TerraformStack): void {
  const { formId } = new ProgressiveProfiling(stack, "profiling");
  new SampleApplication(stack, "sample-application");
  new TerraformOutput(stack, "form-id", { value: formId, description: "Form shown after ${the} login" });
}

/** What a text has to survive, and what of Terraform's language CDKTF can say. */
function everything(stack: TerraformStack): void {
  const eu = new Auth0Provider(stack, "eu", { alias: "eu" });
  const team = new TerraformVariable(stack, "team", {
    type: "string",
    default: '"${Team}" %{a}',
    description: "Whose",
  });
  const iterator = TerraformIterator.fromList(["spa", "native"]);
  const client = new Client(stack, "clients", {
    forEach: iterator,
    name: `Portal of ${team.value} ${iterator.value}`,
    appType: iterator.value,
    provider: eu,
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ["description", "logo_uri"] },
  });
  const action = new Action(stack, "action", {
    name: 'A "quoted" name',
    supportedTriggers: { id: "post-login", version: "v3" },
    runtime: "node22",
    deploy: true,
    code: 'exports.onExecutePostLogin = async () => {\n  console.log(`$${name} ${upper("a")}`, "\\n");\n\n  // EOT\n};\n',
    dependsOn: [client],
  });
  action.addOverride("dynamic.dependencies", {
    for_each: Fn.toset([]),
    content: { name: "${dependencies.value}", version: "1.0.0" },
  });
  new ProgressiveProfiling(stack, "profiling", {
    names: { form: "Form of ${team} %{x}" },
    stages: [
      Stage.untilAnswered("team", {
        components: [
          html('<p class="a">${literal} %{ if } \\ \u2028 é & </p>\n<b>\ttwo</b>\n'),
          text("team", { label: `Team of ${team.value} and $${team.value}`, required: true, hint: "1 < 2 && 3 > 2" }),
          nextButton(),
        ],
      }),
    ],
  });
  stack.addOverride("check.there.assert", { condition: '${var.team != ""}', error_message: "No team" });
  stack.addOverride("locals.nested", { "a b": { for: ["${var.team}", null, 1.5] } });
}

for (const engine of ENGINES) {
  describeOn(engine, "a stack as a module", (tenant) => {
    test.each<[string, (workspace: Workspace) => void]>([
      ["the article's, with the sample application", (workspace) => workspace.synth(article)],
      ["consents", (workspace) => workspace.configure(configurationOf("consents") as never)],
      ["email-code", (workspace) => workspace.configure(configurationOf("email-code") as never)],
      ["one of everything", (workspace) => workspace.synth(everything)],
    ])("a stack as a module is formatted, and plans nothing on the state of the stack: %s", (_, define) => {
      const workspace = new Workspace(tenant().env);
      const written = new WrittenModule(tenant().env);
      try {
        define(workspace);
        workspace.apply();

        expect(written.write(workspace.directory)).toMatchObject({ status: 0 });

        expect(written.engine("fmt", "-check", "-diff")).toEqual({ status: 0, said: "" });
        expect(written.engine("init", "-input=false")).toMatchObject({ status: 0 });
        const plan = written.engine("plan", "-input=false", "-detailed-exitcode");
        expect(plan.said).toContain("No changes.");
        expect(plan.status).toBe(0);
        const other = written.engine("plan", "-input=false", "-var=form_name=Other");
        expect(other.said).toContain("Plan: 0 to add, 1 to change, 0 to destroy.");
        workspace.destroy();
      } finally {
        written.remove();
        workspace.remove();
      }
    });
  });
}
