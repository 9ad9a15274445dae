import { articleStages, ProgressiveProfiling } from "../../lib";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

/** What stands in a constant of the Action's code. */
function constant(template: Template, name: string): unknown {
  const code = String(template.one("auth0_action").code);
  return JSON.parse(new RegExp(`^const ${name} = (.*);$`, "m").exec(code)?.[1] ?? "");
}

function rules(template: Template): unknown {
  const nodes = template.one("auth0_form").nodes as { type: string; config: { rules: { condition: unknown }[] } }[];
  return nodes.find(({ type }) => type === "ROUTER")?.config.rules.map(({ condition }) => condition);
}

test("the article saved by the Action has no client, no flow, and a router that shows what the Action tells it", () => {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", { saveBy: "action" });
  const template = Template.of(stack);

  expect(template.count()).toEqual({ auth0_action: 1, auth0_form: 1, auth0_trigger_action: 1 });
  expect(constant(template, "TELLS_STAGE")).toBe(true);
  expect(constant(template, "SAVES")).toEqual([
    { field: "job_title", stage: "job_title", to: ["user_metadata", "job_title"] },
    {
      field: "phone_number",
      path: ["international_number"],
      stage: "job_title",
      to: ["user_metadata", "phone_number"],
    },
    { field: "company_name", stage: "company_name", to: ["user_metadata", "company_name"] },
    { field: "company_size", stage: "company_name", to: ["user_metadata", "company_size"] },
  ]);
  expect(rules(template)).toEqual(
    ["job_title", "company_name"].map((id) => ({
      operator: "AND",
      operands: [{ operator: "EQ", operands: ["{{vars.stage}}", id] }],
    })),
  );
});

test("of one stage the Action shows the form or does not: there is nothing to tell, and no router", () => {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", { saveBy: "action", stages: articleStages().slice(0, 1) });
  const template = Template.of(stack);

  expect(constant(template, "TELLS_STAGE")).toBe(false);
  expect(template.one("auth0_form")).toMatchObject({
    start: { next_node: "step_job_title" },
    nodes: [{ id: "step_job_title" }],
  });
});
