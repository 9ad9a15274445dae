import { flow, RESUME, step } from "../support/form-nodes";
import { changeOf, profilingOfForm, sectionsOf } from "../support/reviewed-form";

test.each([
  ["nothing at all", {}],
  ["null everywhere", { start: null, nodes: null, ending: null }],
  ["texts", { start: "start", nodes: "nodes", ending: "ending" }],
  ["numbers", { start: 1, nodes: 2, ending: 3 }],
  ["lists", { start: [], nodes: [[]], ending: [] }],
  ["nodes that are none", { nodes: [null, 1, "a", [], {}, { id: 1, type: 2 }] }],
  [
    "empty nodes",
    {
      nodes: [
        { id: "a", type: "STEP" },
        { id: "b", type: "FLOW" },
        { id: "c", type: "ROUTER" },
      ],
    },
  ],
  [
    "parts that are none",
    {
      start: { next_node: 1, hidden_fields: [null, { key: {} }] },
      nodes: [
        {
          id: "a",
          type: "STEP",
          config: {
            components: [
              null,
              1,
              { id: 2, config: [] },
              { type: "DROPDOWN", config: { options: [null, 1, { value: {} }] } },
            ],
          },
        },
        {
          id: "c",
          type: "ROUTER",
          config: {
            rules: [null, { id: "r" }, { condition: [] }, { condition: { operator: "AND", operands: [1, null] } }],
          },
        },
        { id: "a", type: "STEP" },
        { id: "__proto__", type: "STEP", alias: "constructor", config: { next_node: "__proto__" } },
      ],
      ending: { after_submit: 1, redirection: { target: {} } },
    },
  ],
])("Odd forms are reviewed all the same: %s", (_, document) => {
  const odd = profilingOfForm(document);
  const usual = profilingOfForm(
    { start: { next_node: "a" }, nodes: [step("a", ["x"], "f"), flow("f")], ending: RESUME },
    { metadata: { x: "{{fields.x}}" } },
  );

  for (const [before, after] of [
    [undefined, odd],
    [odd, undefined],
    [odd, usual],
    [usual, odd],
    [odd, odd],
  ]) {
    expect(() => sectionsOf(changeOf(before, after))).not.toThrow();
  }
});

test.each([
  [undefined],
  [null],
  [1],
  ["actions"],
  [{}],
  [
    [
      null,
      1,
      {},
      { type: "AUTH0", action: "UPDATE_USER" },
      { type: "AUTH0", action: "UPDATE_USER", params: { changes: "{{vars.all}}" } },
    ],
  ],
  [
    [
      { type: "AUTH0", action: "SEND_REQUEST", params: { method: "PATCH" } },
      { type: "FLOW", action: "BOOLEAN_CONDITION" },
    ],
  ],
])("Odd flows are reviewed all the same: %j", (actions) => {
  const odd = profilingOfForm(
    { start: { next_node: "a" }, nodes: [step("a", ["x"], "f"), flow("f")], ending: RESUME },
    { actions },
  );

  expect(() => sectionsOf(changeOf(undefined, odd))).not.toThrow();
  expect(() => sectionsOf(changeOf(odd, odd))).not.toThrow();
});
