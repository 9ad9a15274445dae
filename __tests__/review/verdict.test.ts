import { type PlanJson, storedPlan, told } from "../support/stored-plans";

/** The plan, with nothing in it but resources of these types. */
function only(plan: PlanJson, ...types: readonly string[]): PlanJson {
  const prior = plan.prior_state as { values: { root_module: { resources: { type: string }[] } } } | undefined;
  const module = prior?.values.root_module;
  if (module !== undefined) {
    module.resources = module.resources.filter(({ type }) => types.includes(type));
  }
  return { ...plan, resource_changes: plan.resource_changes.filter(({ type }) => types.includes(type)) };
}

/** The plan, where its form is new, and of these languages. */
function newForm(languages: object, translations: object): PlanJson {
  const plan = storedPlan("link-only");
  for (const { type, change } of plan.resource_changes) {
    if (type === "auth0_form") {
      change.actions = ["create"];
      change.before = null;
      change.after = { ...change.after, languages: [languages], translations: JSON.stringify(translations) };
    }
  }
  return plan;
}

test.each<[string, PlanJson, string]>([
  [
    "a stack with a form, of which nothing changes, says that users are asked as before",
    storedPlan("import-of-all"),
    "what users are asked stays as it is · 8 resources imported, 2 changed, none destroyed",
  ],
  [
    "a stack without a form says nothing of what users are asked",
    only(storedPlan("import-of-all"), "auth0_client", "auth0_client_grant"),
    "2 resources imported, none destroyed",
  ],
  [
    "a new form in one language does not say in which",
    newForm({ primary: "en" }, {}),
    "a new form with 1 stage, every user is asked 1 question · 1 resource added, none destroyed",
  ],
  [
    "a new form in several languages says in which",
    newForm({ primary: "en", default: "ja" }, { ja: { components: {} }, de: { components: {} } }),
    "a new form with 1 stage, in 3 languages (`de`, `en`, `ja`), every user is asked 1 question · 1 resource added, none destroyed",
  ],
])("%s", (_, plan, verdict) => {
  expect(told(plan).verdict).toBe(verdict);
});
