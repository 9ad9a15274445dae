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

/** Three stages, which lead to these flow nodes; each flow writes into `user_metadata` what is said. */
function savedBy(behind: readonly [string, string, string], ...writes: readonly object[]): Exported {
  const steps = ["a", "b", "c"].map((id, index) => stepNode(id, behind[index] ?? ""));
  const ways: [object, string][] = ["a", "b"].map((id) => [hasNo(`${id}_field`), id]);
  const ids = writes.map((_, index) => `#FLOW-${index + 1}#`);
  const flowNodes = ids.map((id, index) => flowNode(`f${index + 1}`, "$ending", id));
  const { form } = formOf("r", [routerNode("r", ways, "c"), ...steps, ...flowNodes]);
  const flows = writes.map((user_metadata, index) => ({
    ...{ name: `Flow ${index + 1}`, actions: [update({ user_metadata })] },
  }));
  return { form, flows: Object.fromEntries(ids.map((id, index) => [id, flows[index]])) as Exported["flows"] };
}

const answers = (...ids: readonly string[]) =>
  Object.fromEntries(ids.map((id) => [`${id}_field`, `{{fields.${id}_field}}`]));

test.each<[string, Exported, readonly string[]]>([
  [
    "each by a flow of its own",
    savedBy(["f1", "f2", "f3"], answers("a"), answers("b"), answers("c")),
    [
      'changesOf(stages.filter(({ id }) => ["a_field"].includes(id)))',
      'changesOf(stages.filter(({ id }) => ["b_field"].includes(id)))',
      'changesOf(stages.filter(({ id }) => ["c"].includes(id)))',
      "flowIdOf: {",
      "save_answers_a_field: flow1.flowId,",
      "save_answers_b_field: flow2.flowId,",
      "save_answers_c: flow3.flowId,",
    ],
  ],
  [
    "two by one flow and the third by its own",
    savedBy(["f1", "f1", "f2"], answers("a", "b"), answers("c")),
    [
      'changesOf(stages.filter(({ id }) => ["a_field", "b_field"].includes(id)))',
      'changesOf(stages.filter(({ id }) => ["c"].includes(id)))',
      "flowId: flow1.flowId,",
      "flowIdOf: { save_answers_c: flow2.flowId },",
    ],
  ],
  [
    "all by one flow",
    savedBy(["f1", "f1", "f1"], answers("a", "b", "c")),
    ["changesOf(stages)", "flowId: flow1.flowId,"],
  ],
])("three stages, %s, are saved so", (_, exported, saved) => {
  const text = written(exported);

  expect(text.match(/Stage\.\w+\([^,]*/g)).toEqual([
    'Stage.untilAnswered("a_field"',
    'Stage.untilAnswered("b_field"',
    'Stage.always("c"',
  ]);
  expect(text).not.toMatch(/saveTo|after:/);
  expect(
    text.match(/changesOf\(stages(?:\.filter.*?includes\(id\)\))?\)|(?<= )(?:flowId|save_answers_\w+: flow).*/g),
  ).toEqual(saved);
});

test("flows that write a place and one within it save nothing of stages", () => {
  const exported = savedBy(["f1", "f2", "f2"], answers("a"), { a_field: { b: "{{fields.b_field}}" } });

  expect(written(exported)).not.toContain("changesOf");
});
