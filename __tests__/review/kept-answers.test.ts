import { formGraph, type StepNode } from "../../review/form/form-graph";
import { KeptAnswers } from "../../review/form/kept-answers";
import type { Save, Schedule } from "../../review/form/schedule";
import type { Profiling } from "../../review/profiling";
import { field, flow, RESUME, router, rule, stepOf, update } from "../support/form-nodes";
import { profilingOfForm } from "../support/reviewed-form";

const TOLD = { id: "t", condition: { operator: "EQ", operands: ["{{vars.stage}}", "one"] }, next_node: "a" };
const UPDATE = update({
  user_metadata: { a: "{{fields.a}}", b: "{{fields.b}}", both: "{{fields.b ?? fields.a}}", v: "2", old: null },
});
const NODES = [
  router("r", [TOLD, rule("b", "b")]),
  stepOf("a", [field("a"), field("x")]),
  stepOf("b", [field("b")], "$ending"),
  stepOf("lonely", [field("l")]),
  flow("save"),
];

/** Of what is written by the flow behind step `a`, and by the Action for the stage that it is told as `one`. */
function keptOf(
  saves: readonly Save[] = [],
  options: Parameters<typeof profilingOfForm>[1] = { actions: [UPDATE] },
  ending: object = RESUME,
) {
  const schedule: Schedule = {
    moment: {},
    stages: [
      { id: "one", moment: {} },
      { id: "two", moment: {} },
    ],
    saves,
    tellsStage: true,
    stagesPerLogin: 1,
  };
  const form = profilingOfForm({ start: { next_node: "r" }, nodes: NODES, ending }, options);
  const action = { ...(form.action as NonNullable<Profiling["action"]>), schedule };
  const graph = formGraph(form.form, schedule);
  const steps = [...graph.nodes.values()].filter((node) => node.type === "STEP");
  const [a, b] = steps as [StepNode, StepNode];
  return { kept: new KeptAnswers({ ...form, graph, action }), a, b };
}

test("of a step is kept what the flow behind it writes of its answers, and constants", () => {
  const { kept, a, b } = keptOf();

  expect(kept.writesOf(a)).toEqual([
    { key: "a", value: "{{fields.a}}", fields: ["a"] },
    { key: "both", value: "{{fields.b ?? fields.a}}", fields: ["b", "a"] },
    { key: "v", value: "2", fields: [] },
  ]);
  expect(kept.writesOf(b)).toEqual([]);
  expect(kept.keysOf(a, "a")).toEqual(["a", "both"]);
  expect(kept.keysOf(a, "x")).toEqual([]);
  expect([kept.isUsed(a, "a"), kept.isUsed(a, "x"), kept.isUsed(b, "b")]).toEqual([true, false, false]);
});

test("the flow that runs at the ending stands behind every step", () => {
  const { kept, b } = keptOf([], { actions: [UPDATE] }, { ...RESUME, after_submit: { flow_id: "af_1" } });

  expect(kept.keysOf(b, "b")).toEqual(["b", "both"]);
});

test("of a step is kept what the Action saves of its stage", () => {
  const saves: Save[] = [
    { stage: "one", to: ["k"], field: "x" },
    { stage: "one", to: ["app_metadata.terms", "version"], value: "3" },
    { stage: "two", to: ["other"], field: "x" },
  ];
  const { kept, a, b } = keptOf(saves, { actions: [] });

  expect(kept.writesOf(a)).toEqual([
    { key: "k", value: "x", fields: ["x"] },
    { key: "app_metadata.terms", value: "3", fields: [] },
  ]);
  expect(kept.writesOf(b)).toEqual([]);
  expect([kept.isUsed(a, "x"), kept.isUsed(a, "a"), kept.isUsed(b, "x")]).toEqual([true, false, false]);
});

test("the keys are those of all steps that a login can get to, each with the steps whose answers it takes", () => {
  const { kept, a } = keptOf([{ stage: "one", to: ["a"], field: "x" }]);

  expect(kept.keys()).toEqual(
    new Map([
      ["a", [a]],
      ["both", [a]],
      ["v", []],
    ]),
  );
});

test.each<[string, Parameters<typeof profilingOfForm>[1], boolean]>([
  ["the flow is known", { actions: [UPDATE] }, true],
  ["what the flow does is not known", { actions: undefined }, false],
  ["no plan holds the flow", { flowId: "af_2", actions: [UPDATE] }, false],
])("whether it is complete is known where %s", (_, options, isComplete) => {
  const { kept, a, b } = keptOf([], options);

  expect([kept.isComplete(), kept.isKnown(a), kept.isKnown(b)]).toEqual([isComplete, isComplete, true]);
});

test("it is not complete where the nodes are not known", () => {
  expect(new KeptAnswers(profilingOfForm({})).isComplete()).toBe(false);
});
