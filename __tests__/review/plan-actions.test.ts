import { parsePlan } from "../../review/plan/plan";

function problemsOf(actions: readonly string[], key = "resource_changes"): readonly string[] {
  const problems: string[] = [];
  const changes = [{ address: "auth0_form.team", type: "auth0_form", change: { actions, before: null, after: {} } }];
  const text = JSON.stringify({ format_version: "1.2", planned_values: {}, [key]: changes });
  parsePlan({ file: "plan.json", text }, (problem) => problems.push(problem));
  return problems;
}

const ALLOWED =
  "no-op, create, read, update, delete+create, create+delete, create+forget, forget+create, delete, forget";

test.each([
  [["explode"], "resource_changes"],
  [["create", "explode"], "resource_changes"],
  [["update", "delete"], "resource_changes"],
  [[], "resource_changes"],
  [["explode"], "resource_drift"],
])("a plan with the actions %j in %s is refused", (actions, key) => {
  expect(problemsOf(actions, key)).toEqual([
    `has ${key}[0].change.actions that no Terraform writes: must be one of ${ALLOWED}, got ${JSON.stringify(actions)}; give what \`terraform show -json PLANFILE\` prints`,
  ]);
});

test.each(ALLOWED.split(", "))("a plan with %s is read", (actions) => {
  expect(problemsOf(actions.split("+"))).toEqual([]);
});
