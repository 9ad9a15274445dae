import { exportedForm, SAVED_BY_SEVERAL } from "../support/exported-form";
import { action, flowNode, formOf, hasNo, routerNode, stepNode, update } from "../support/exported-nodes";
import { type Exported, written } from "../support/imported-form";

test("each flow saves what its own stages ask, and the one of many saves a stage that is added too", () => {
  const text = written(exportedForm({ stages: SAVED_BY_SEVERAL }));

  expect(text.match(/Stage\.\w+\([^,]*|changesOf\(stages(?:\.filter\(.*?\))?\)|flowId(?:Of)?: .*,/g)).toEqual([
    'Stage.untilAnswered("job_title"',
    'Stage.untilAnswered("company_name"',
    'Stage.untilAnswered("app_metadata.consents.terms"',
    'Stage.when(hasNoValue("given_name")',
    "changesOf(stages)",
    'changesOf(stages.filter(({ id }) => ["name"].includes(id))',
    'changesOf(stages.filter(({ id }) => ["terms"].includes(id))',
    "flowId: updateUserMetadata.flowId,",
    "flowIdOf: { save_answers_terms: saveTheAnswersOfTerms.flowId, save_answers_name: saveTheAnswersOfName.flowId },",
  ]);
});

test.each<[string, readonly object[], string]>([
  [
    "answers in other places, and a constant",
    [update({ user_metadata: { other: "{{fields.a_field}}" }, app_metadata: { from: { form: true } } })],
    'saveTo: "user_metadata.other"',
  ],
  ["another person's profile", [update({ name: "{{fields.a_field}}" }, "{{fields.a_field}}")], "saveTo: []"],
  ["what is no answer", [action("FLOW", "DO_NOTHING", {})], "saveTo: []"],
])("a flow that writes %s is said by a stage as it is", (_, actions, saved) => {
  const text = written(formOf("a", [stepNode("a", "f"), flowNode("f", "$ending")], actions));

  expect(text).toContain("Stage.always(");
  expect(text).toContain(saved);
  expect(text.includes("changesOf(stages)")).toBe(saved !== "saveTo: []");
  expect(text.includes('alsoSave: { "app_metadata.from.form": true }')).toBe(saved.includes("other"));
  expect(text.includes("after: flow")).toBe(saved === "saveTo: []");
});

/** Two stages of a flow each. */
function savedApart(others: object = {}): Exported {
  const { form } = formOf("r", [
    routerNode("r", [[hasNo("a_field"), "a"]], "b"),
    stepNode("a", "f"),
    stepNode("b", "g"),
    flowNode("f", "$ending"),
    { ...flowNode("g", "$ending"), config: { flow_id: "#FLOW-2#", next_node: "$ending" } },
  ]);
  const saving = (name: string, user_metadata: object) => ({ name, actions: [update({ user_metadata })] });
  const flows = {
    "#FLOW-1#": saving("First", { a_field: "{{fields.a_field}}" }),
    "#FLOW-2#": saving("Second", { b_field: "{{fields.b_field}}", ...others }),
  };
  return { form, flows };
}

test("where each step has a flow of its own that saves its answers, each stage is saved by its own", () => {
  const text = written(savedApart());

  expect(text.match(/Stage\.\w+\([^,]*|saveTo|after:|changesOf\(.*?\.includes\(id\)\)\)|flowId(?:Of)?: .*,/g)).toEqual([
    'Stage.untilAnswered("a_field"',
    'Stage.always("b"',
    'changesOf(stages.filter(({ id }) => ["a_field"].includes(id)))',
    'changesOf(stages.filter(({ id }) => ["b"].includes(id)))',
    "flowIdOf: { save_answers_a_field: first.flowId, save_answers_b: second.flowId },",
  ]);
});

test("flows that write a place and one within it save nothing of stages", () => {
  const exported = savedApart({ a_field: { b: "{{fields.b_field}}" } });

  expect(written(exported)).not.toContain("changesOf");
});
