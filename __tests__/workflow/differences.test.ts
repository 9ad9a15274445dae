import { differences } from "../../workflow/differences";

const ACTION = "auth0_action.profiling";

type Values = Readonly<Record<string, unknown>>;

const leaf = (value: unknown) => ({ constant_value: value });
const CONFIGURED = {
  name: leaf("Profiling"),
  code: leaf("…"),
  secrets: [{ name: leaf("FORM_ID"), value: { references: ["auth0_form.f.id"] } }],
};
const VALUES = {
  id: "a1",
  name: "Profiling",
  code: "…",
  version_id: "v1",
  secrets: [{ name: "FORM_ID", value: "ap_1", updated_at: "yesterday" }],
};

/** A plan in which one Action changes, or does not. */
function plan(change: Values, expressions: Values = CONFIGURED): Values {
  return {
    resource_changes: [{ address: ACTION, change: { actions: ["update"], ...change } }],
    configuration: { root_module: { resources: [{ address: ACTION, expressions }] } },
  };
}

const noChange = (values: Values) => plan({ actions: ["no-op"], before: values, after: values });

test.each<[string, Values, Values]>([
  ["the version of an Action that stays", noChange(VALUES), noChange({ ...VALUES, version_id: "v2" })],
  [
    "the version of an Action whose code changes",
    plan({ before: VALUES, after: { ...VALUES, code: "new" } }),
    plan({ before: { ...VALUES, version_id: "v2" }, after: { ...VALUES, version_id: "v2", code: "new" } }),
  ],
  [
    "a version that is not known before the apply",
    plan({
      before: VALUES,
      after: { ...VALUES, code: "new", version_id: undefined },
      after_unknown: { version_id: true },
    }),
    plan({
      before: { ...VALUES, version_id: "v2" },
      after: { ...VALUES, code: "new", version_id: undefined },
      after_unknown: { version_id: true },
    }),
  ],
  [
    "what is computed in a block that is configured",
    noChange(VALUES),
    noChange({ ...VALUES, secrets: [{ name: "FORM_ID", value: "ap_1", updated_at: "today" }] }),
  ],
  [
    "an output that stays",
    { output_changes: { version: { actions: ["no-op"], before: "v1", after: "v1" } } },
    { output_changes: { version: { actions: ["no-op"], before: "v2", after: "v2" } } },
  ],
  [
    "who planned, when and from which state",
    { timestamp: "yesterday", terraform_version: "1.11.3", prior_state: { serial: 1 }, ...noChange(VALUES) },
    { timestamp: "today", terraform_version: "1.11.4", prior_state: { serial: 2 }, ...noChange(VALUES) },
  ],
])("plans say the same whatever is %s", (_, one, other) => {
  expect(differences(one, other)).toEqual([]);
  expect(differences(other, one)).toEqual([]);
});

test.each<[string, Values, Values, string]>([
  [
    "what is configured is another in the tenant",
    plan({ before: VALUES, after: { ...VALUES, code: "new" } }),
    plan({ before: { ...VALUES, code: "edited" }, after: { ...VALUES, code: "new" } }),
    ACTION,
  ],
  [
    "what is planned is another",
    plan({ before: VALUES, after: { ...VALUES, code: "new" } }),
    plan({ before: VALUES, after: { ...VALUES, code: "newer" } }),
    ACTION,
  ],
  [
    "a secret in a block is another",
    noChange(VALUES),
    noChange({ ...VALUES, secrets: [{ name: "FORM_ID", value: "ap_2", updated_at: "yesterday" }] }),
    ACTION,
  ],
  ["it is another object", noChange(VALUES), noChange({ ...VALUES, id: "a2" }), ACTION],
  [
    "what nobody configured is taken back, and was not before",
    noChange(VALUES),
    plan({ actions: ["no-op"], before: { ...VALUES, runtime: "node22" }, after: { ...VALUES, runtime: null } }),
    ACTION,
  ],
  [
    "what is planned for what nobody configured is another",
    plan({ before: { ...VALUES, runtime: "node18" }, after: { ...VALUES, runtime: null } }),
    plan({ before: { ...VALUES, runtime: "node22" }, after: { ...VALUES, runtime: null } }),
    ACTION,
  ],
  [
    "it is replaced",
    plan({ before: VALUES, after: VALUES }),
    plan({ actions: ["delete", "create"], before: VALUES, after: VALUES }),
    ACTION,
  ],
  [
    "what is destroyed is another",
    plan({ actions: ["delete"], before: VALUES, after: null }, {}),
    plan({ actions: ["delete"], before: { ...VALUES, name: "Another" }, after: null }, {}),
    ACTION,
  ],
  [
    "it is made, where it was changed",
    plan({ before: VALUES, after: VALUES }),
    plan({ before: null, after: VALUES }),
    ACTION,
  ],
  [
    "a resource more",
    noChange(VALUES),
    { configuration: noChange(VALUES).configuration, resource_changes: [] },
    ACTION,
  ],
  [
    "the configuration is another",
    noChange(VALUES),
    plan({ actions: ["no-op"], before: VALUES, after: VALUES }, { ...CONFIGURED, code: leaf("new") }),
    "configuration",
  ],
  [
    "an output changes, and did not before",
    { output_changes: { version: { actions: ["no-op"], before: "v1", after: "v1" } } },
    { output_changes: { version: { actions: ["update"], before: "v1", after: "v2" } } },
    "output_changes",
  ],
  ["a part that nobody knows yet", {}, { novelty: true }, "novelty"],
  [
    "a resource twice",
    noChange(VALUES),
    {
      ...noChange(VALUES),
      resource_changes: [noChange(VALUES), noChange(VALUES)].flatMap((one) => one.resource_changes as object[]),
    },
    "resource_changes",
  ],
])("plans differ where %s", (_, one, other, part) => {
  expect(differences(one, other)).toEqual([part]);
  expect(differences(other, one)).toEqual([part]);
});

test("an instance of a resource in a module is read with the configuration of that", () => {
  const inModule = (version: string) => ({
    resource_changes: [
      {
        address: 'module.login["a.b[0]"].auth0_action.profiling[0]',
        change: {
          actions: ["no-op"],
          before: { ...VALUES, version_id: version },
          after: { ...VALUES, version_id: version },
        },
      },
    ],
    configuration: {
      root_module: {
        module_calls: { login: { module: { resources: [{ address: ACTION, expressions: CONFIGURED }] } } },
      },
    },
  });

  expect(differences(inModule("v1"), inModule("v2"))).toEqual([]);
  const renamed = JSON.parse(JSON.stringify(inModule("v1")).replaceAll('"name":"Profiling"', '"name":"Other"'));
  expect(differences(inModule("v1"), renamed)).toEqual(['module.login["a.b[0]"].auth0_action.profiling[0]']);
});
