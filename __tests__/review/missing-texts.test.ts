import type { JsonObject } from "../../review/json-value";
import { reviewPlans } from "../../review/review";
import { type PlanJson, planOf, storedPlan } from "../support/stored-plans";

/** Of HCL, as if its form had not been applied yet; with the configuration that a test wants of its nodes. */
function hcl(nodes: object | undefined, mask: "after_unknown" | "after_sensitive" = "after_unknown"): PlanJson {
  const plan = storedPlan("secret-in-url");
  for (const { address, change } of plan.resource_changes) {
    if (address === "auth0_form.one") {
      change[mask] = { nodes: true };
    }
  }
  const { root_module: module } = plan.configuration as { root_module: { resources: JsonObject[] } };
  for (const { address, expressions } of module.resources) {
    if (address === "auth0_form.one") {
      Object.assign(expressions as object, { nodes });
    }
  }
  return plan;
}

const SEND = { references: ["local.b", "auth0_flow.send.id", "auth0_flow.send"] };

test.each<[string, PlanJson, JsonObject | undefined, string]>([
  [
    "what a plan of HCL does not know",
    hcl(SEND),
    undefined,
    "nodes is known only after the apply, and a plan of HCL says of it only that it refers to local.b, auth0_flow.send.id; read it in the code, or apply that (`terraform apply -target=auth0_flow.send`) first, and review the next plan",
  ],
  [
    "what a plan of HCL does not know, of which no resource is named",
    hcl({ references: ["local.nodes"] }),
    undefined,
    "nodes is known only after the apply, and a plan of HCL says of it only that it refers to local.nodes; read it in the code, or apply what it refers to first, and review the next plan",
  ],
  [
    "what is sensitive in HCL",
    hcl(SEND, "after_sensitive"),
    undefined,
    "nodes is sensitive, and a plan of HCL says of it only that it refers to local.b, auth0_flow.send.id; read it in the code, or write what of it is no secret as `nonsensitive(…)`",
  ],
  [
    "what no configuration has",
    hcl(undefined),
    undefined,
    "nodes is known only after the apply, and neither the plan nor a cdk.tf.json beside it has its text; give the cdk.tf.json that the plan was made of by --configuration",
  ],
  [
    "what the cdk.tf.json does not have",
    hcl(SEND),
    { resource: {} },
    "nodes is known only after the apply, and neither the plan nor its cdk.tf.json has its text; give the cdk.tf.json that the plan was made of by --configuration",
  ],
])("%s is said with what can be done", (_, plan, synthesised, problem) => {
  expect(reviewPlans([planOf(plan, synthesised)], []).missing).toEqual([`[login.json] auth0_form.one: ${problem}`]);
});
