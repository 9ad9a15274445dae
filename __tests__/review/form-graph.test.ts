import { edgesOf, fieldsOf, formGraph, nodeOf, reachableFrom, targetOf } from "../../review/form/form-graph";
import type { Schedule } from "../../review/form/schedule";
import { flow, router, rule, step } from "../support/form-nodes";

const { condition: NO_A } = rule("a", "") as { condition: object };
const told = (stage: string, variable = "stage") => ({ operator: "EQ", operands: [`{{vars.${variable}}}`, stage] });
const toldRule = (stage: string, next: string, variable?: string) => ({
  id: `to_${next}`,
  condition: told(stage, variable),
  next_node: next,
});

function scheduleOf(stages: Schedule["stages"], others: Partial<Schedule> = {}): Schedule {
  return { moment: {}, stages, saves: [], tellsStage: true, stagesPerLogin: 1, ...others };
}

function graphOf(nodes: readonly unknown[], schedule?: Schedule, start = "r") {
  return formGraph({ start: { next_node: start }, nodes, ending: {} }, schedule);
}

/** Ids of the stages, each with what leads there and what the Action calls it. */
function stagesOf(graph: ReturnType<typeof graphOf>): readonly string[] {
  return graph.stages.map(
    (stage) => `${stage.id}${stage.told === undefined ? "" : `=${stage.told}`}: ${stage.rules.map(({ id }) => id)}`,
  );
}

describe("a form's document is read", () => {
  test("as it is written", () => {
    const field = { id: "f", category: "FIELD", type: "TEXT", label: "L", hint: "H", required: true, sensitive: true };
    const graph = formGraph({
      start: { next_node: "s", hidden_fields: [{ key: "k", value: 1 }, { key: 2 }, "none"] },
      nodes: [
        {
          id: "s",
          type: "STEP",
          alias: "Step",
          coordinates: { x: 1 },
          config: { components: [{ ...field, config: { a: 1 } }], next_node: "f" },
        },
        { id: "f", type: "FLOW", config: { flow_id: "af_1", next_node: "r" } },
        {
          id: "r",
          type: "ROUTER",
          alias: "Router",
          config: { rules: [{ id: "x", alias: "X", condition: NO_A, next_node: "s" }], fallback: "$ending" },
        },
        { id: "n", type: "NEW" },
      ],
      ending: { resume_flow: true, after_submit: { flow_id: "af_2" }, redirection: { target: "/a" } },
    });

    expect(graph).toMatchObject({
      isKnown: true,
      start: "s",
      hiddenFields: new Map<string, unknown>([
        ["k", 1],
        ["2", undefined],
      ]),
      ending: { resumesLogin: true, flowId: "af_2", target: "/a" },
    });
    expect([...graph.nodes.values()]).toEqual([
      {
        id: "s",
        alias: "Step",
        type: "STEP",
        coordinates: { x: 1 },
        next: "f",
        components: [
          {
            id: "f",
            category: "FIELD",
            type: "TEXT",
            label: "L",
            hint: "H",
            isRequired: true,
            isSensitive: true,
            config: { a: 1 },
          },
        ],
      },
      { id: "f", alias: "f", type: "FLOW", flowId: "af_1", next: "r" },
      {
        id: "r",
        alias: "Router",
        type: "ROUTER",
        rules: [{ id: "x", alias: "X", condition: NO_A, next: "s" }],
        fallback: "$ending",
      },
      { id: "n", alias: "n", type: "UNKNOWN", name: "NEW" },
    ]);
  });

  test("as far as it is one", () => {
    const graph = formGraph({
      start: { next_node: "" },
      nodes: [
        {
          type: "STEP",
          config: { components: [{}, { id: "c", label: "", required: "true", config: [] }, { id: "c", type: "B" }] },
        },
        { id: "", alias: "" },
        { id: "r", type: "ROUTER", config: { rules: [{}, { id: "x", alias: "" }] } },
        { id: "r", type: "FLOW" },
        "none",
      ],
      ending: { resume_flow: "true" },
    });

    expect(graph.start).toBeUndefined();
    expect(graph.ending).toEqual({ resumesLogin: false });
    expect([...graph.nodes.values()]).toEqual([
      {
        id: "node 1",
        alias: "node 1",
        type: "STEP",
        components: [
          { id: "component 1", category: "", type: "without type", isRequired: false, isSensitive: false, config: {} },
          { id: "c", category: "", type: "without type", isRequired: false, isSensitive: false, config: {} },
          { id: "c (2)", category: "", type: "B", isRequired: false, isSensitive: false, config: {} },
        ],
      },
      { id: "node 2", alias: "node 2", type: "UNKNOWN", name: "without type" },
      {
        id: "r",
        alias: "r",
        type: "ROUTER",
        rules: [
          { id: "rule 1", alias: "rule 1" },
          { id: "x", alias: "x" },
        ],
      },
      { id: "r (2)", alias: "r", type: "FLOW" },
    ]);
  });

  test.each<[string, unknown, boolean]>([
    ["a list", [], true],
    ["null", null, true],
    ["nothing", undefined, false],
    ["a text, which nobody could decode", "nodes", false],
  ])("whose nodes are %s", (_, nodes, isKnown) => {
    expect(formGraph({ start: {}, nodes, ending: {} }).isKnown).toBe(isKnown);
  });
});

describe("from node to node", () => {
  const jump = { id: "j", type: "JUMP_BUTTON", config: { next_node: "b" } };
  const graph = graphOf([
    router("r", [rule("a", "a"), rule("x", "f")], "b"),
    {
      id: "a",
      type: "STEP",
      alias: "A",
      config: { components: [jump, { id: "n", type: "NEXT_BUTTON", config: { next_node: "z" } }], next_node: "f" },
    },
    { id: "b", type: "STEP", config: { components: [] } },
    { ...flow("f"), config: { next_node: "r" } },
    { id: "u", type: "NEW", config: { next_node: "a" } },
    step("lonely", ["x"], "$ending"),
  ]);

  test("each leads where it says, and on what occasion", () => {
    const edges = [...graph.nodes.values()].map((node) =>
      edgesOf(node).map(({ kind, to, rule: by }) => [kind, to, by?.id]),
    );

    expect(edges).toEqual([
      [
        ["rule", "a", "missing_a"],
        ["rule", "f", "missing_x"],
        ["fallback", "b", undefined],
      ],
      [
        ["next", "f", undefined],
        ["jump", "b", undefined],
      ],
      [["next", undefined, undefined]],
      [["next", "r", undefined]],
      [],
      [["next", "$ending", undefined]],
    ]);
  });

  test("all is reached that anything leads to, each way to its end before the next", () => {
    expect(reachableFrom(graph, "r")).toEqual(["r", "a", "f", "b"]);
    expect(reachableFrom(graph, "u")).toEqual(["u"]);
    expect(reachableFrom(graph, "$ending")).toEqual([]);
    expect(reachableFrom(graph, undefined)).toEqual([]);
  });

  test("a pointer leads to what people know", () => {
    expect(targetOf(graph, "a")).toEqual({ to: "node", alias: "A" });
    expect(targetOf(graph, "gone")).toEqual({ to: "node", alias: "gone" });
    expect(targetOf(graph, "$ending")).toEqual({ to: "ending" });
    expect(targetOf(graph, undefined)).toEqual({ to: "nothing" });
    expect(nodeOf(graph, undefined)).toBeUndefined();
  });

  test("fields are what people answer", () => {
    const node = nodeOf(graphOf([step("s", ["a", "b"], "$ending")]), "s");

    expect(node?.type === "STEP" && fieldsOf(node).map(({ id }) => id)).toEqual(["a", "b"]);
  });
});

describe("stages", () => {
  const [A, B, C] = ["a", "b", "c"].map((id) => step(id, [id], "save")) as [object, object, object];

  test.each<[string, readonly unknown[], string, readonly string[]]>([
    [
      "stand in the order in which they are asked",
      [C, A, B, router("r", [rule("a", "a"), rule("b", "b")], "c")],
      "r",
      ["a: missing_a", "b: missing_b", "c: "],
    ],
    ["stand last where nothing leads to them", [C, A, router("r", [rule("a", "a")])], "r", ["a: missing_a", "c: "]],
    [
      "are led to by flows",
      [
        A,
        router("r", [rule("a", "f")]),
        { ...flow("f"), config: { next_node: "g" } },
        { ...flow("g"), config: { next_node: "a" } },
      ],
      "r",
      ["a: missing_a"],
    ],
    [
      "are led to by no flow that goes round in circles",
      [A, router("r", [rule("a", "f")], "a"), { ...flow("f"), config: { next_node: "f" } }],
      "r",
      ["a: "],
    ],
    [
      "are led to by no other step",
      [A, { ...(B as object), config: { next_node: "a" } }, router("r", [rule("b", "b")])],
      "r",
      ["b: missing_b", "a: "],
    ],
    [
      "are led to by several rules",
      [A, router("r", [rule("a", "a"), rule("x", "a")])],
      "r",
      ["a: missing_a,missing_x"],
    ],
  ])("%s", (_, nodes, start, stages) => {
    expect(stagesOf(graphOf(nodes, undefined, start))).toEqual(stages);
  });

  const [ONE, TWO] = [
    { id: "one", condition: NO_A, moment: { fromLogin: 2 } },
    { id: "two", moment: {} },
  ] as const;

  test("have the condition and the moment by which the Action goes that tells them", () => {
    const nodes = [A, B, router("r", [toldRule("one", "a"), toldRule("two", "b"), toldRule("other", "a")])];
    const { stages } = graphOf(nodes, scheduleOf([ONE, TWO]));

    expect(
      stages.map(({ id, told: name, rules }) => [id, name, rules.map(({ condition, moment }) => [condition, moment])]),
    ).toEqual([
      [
        "a",
        "other",
        [
          [NO_A, { fromLogin: 2 }],
          [told("other"), undefined],
        ],
      ],
      ["b", "two", [[undefined, {}]]],
    ]);
  });

  test("have a rule once for which the Action tells them first, or behind another", () => {
    const nodes = [
      A,
      B,
      router("r", [toldRule("one", "a"), { ...toldRule("one", "a", "after_two"), id: "later" }, toldRule("two", "b")]),
    ];

    expect(stagesOf(graphOf(nodes, scheduleOf([ONE, TWO])))).toEqual(["a=one: to_a", "b=two: to_b"]);
  });

  test("have their own rule where the Action tells nothing", () => {
    const nodes = [A, B, router("r", [toldRule("one", "a"), toldRule("two", "b")])];
    const { stages } = graphOf(nodes, scheduleOf([ONE, TWO], { tellsStage: false }));

    expect(stages.map(({ told: name, rules }) => [name, rules.map(({ condition }) => condition)])).toEqual([
      [undefined, [told("one")]],
      [undefined, [told("two")]],
    ]);
    expect(stagesOf(graphOf(nodes))).toEqual(["a: to_a", "b: to_b"]);
  });

  test("belong to what the Action tells, up to the next router", () => {
    const nodes = [
      router("r", [toldRule("one", "a"), toldRule("two", "c")]),
      { ...(A as object), config: { next_node: "f" } },
      { ...flow("f"), config: { next_node: "b" } },
      { ...(B as object), config: { next_node: "second" } },
      router("second", [rule("x", "d")]),
      step("d", ["d"], "$ending"),
      { ...(C as object), config: { next_node: "c" } },
    ];

    expect(stagesOf(graphOf(nodes, scheduleOf([ONE, TWO])))).toEqual([
      "a=one: to_a",
      "b=one: ",
      "d: missing_x",
      "c=two: to_c",
    ]);
  });

  test("have the only one's condition where the form begins", () => {
    expect(stagesOf(graphOf([A, B], scheduleOf([ONE]), "a"))).toEqual(["a=one: one", "b: "]);
    expect(
      stagesOf(
        graphOf([{ ...flow("f"), config: { next_node: "a" } }, A], scheduleOf([ONE], { tellsStage: false }), "f"),
      ),
    ).toEqual(["a=one: one"]);
    expect(stagesOf(graphOf([A], scheduleOf([ONE, TWO]), "a"))).toEqual(["a: "]);
  });
});
