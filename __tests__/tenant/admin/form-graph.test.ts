import { conditionText, type FormGraph, formGraph } from "../../../tenant/admin/form-graph";
import { graphPicture } from "../../../tenant/admin/graph-picture";
import { withoutSecrets } from "../../../tenant/admin/hidden-values";
import { shortened, textWidth } from "../../../tenant/admin/text-width";
import { formsIn } from "../../../tenant/documents/collections";
import type { Form } from "../../../tenant/documents/form";
import { Store } from "../../../tenant/documents/store";
import { HOSTILE, IDS, plant } from "../../support/planted-tenant";

function plantedForm(): Form {
  const store = new Store();
  plant(store);
  return formsIn(store).get(IDS.form) as Form;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxes(graph: FormGraph): readonly Box[] {
  const picture = String(graphPicture(graph, "Graph"));
  return [...picture.matchAll(/<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"/g)].map(
    ([, x, y, width, height]) => ({ x: Number(x), y: Number(y), width: Number(width), height: Number(height) }),
  );
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

test("a form is start, nodes and ending, and what leads from one to another", () => {
  const { nodes, edges } = formGraph(plantedForm(), (id) => (id === IDS.flow ? "Update user_metadata" : undefined));

  expect(nodes).toEqual([
    { id: "$start", kind: "START", name: "Start", lines: [] },
    { id: "router", kind: "ROUTER", name: "Check missing data", lines: [] },
    { id: "save", kind: "FLOW", name: "Save the answers", lines: ["Update user_metadata"] },
    { id: "step_profile", kind: "STEP", name: "Missing Profile Data", lines: ["Job title *", "Phone"] },
    { id: "step_company", kind: "STEP", name: HOSTILE, lines: [HOSTILE, "robot"] },
    { id: "$ending", kind: "ENDING", name: "Ending", lines: ["the login goes on"] },
  ]);
  expect(edges).toEqual([
    { from: "$start", to: "router" },
    { from: "router", to: "step_profile", label: "Missing Profile Data" },
    { from: "router", to: "step_company", label: HOSTILE },
    { from: "router", to: "$ending", label: "otherwise" },
    { from: "save", to: "$ending" },
    { from: "step_profile", to: "save" },
    { from: "step_company", to: "save" },
  ]);
});

test("a flow that is gone, a jump, a redirection and an empty form are drawn too", () => {
  const form: Form = {
    id: "ap_x",
    name: "x",
    start: { next_node: "step" },
    nodes: [
      {
        id: "step",
        type: "STEP",
        config: {
          components: [
            { id: "skip", category: "BLOCK", type: "JUMP_BUTTON", config: { text: "Skip", next_node: "$ending" } },
          ],
        },
      },
    ],
    ending: { redirection: { target: "https://example.com/" }, after_submit: { flow_id: "af_gone" } },
    created_at: "",
    updated_at: "",
  };

  const { nodes, edges } = formGraph(form, () => undefined);

  expect(nodes.at(-1)?.lines).toEqual(["af_gone (missing)", "goes to https://example.com/"]);
  expect(edges).toEqual([
    { from: "$start", to: "step" },
    { from: "step", to: "$ending", label: "Skip" },
  ]);
  expect(boxes(formGraph({ id: "ap_y", name: "y", created_at: "", updated_at: "" }, () => undefined))).toHaveLength(2);
});

test.each([1, 2, 10])("boxes of %i stages stand apart, inside of the picture and in their order", (count) => {
  const stages = Array.from({ length: count }, (_, index) => `stage ${index}`);
  const graph: FormGraph = {
    nodes: [
      { id: "router", kind: "ROUTER", name: "Router", lines: [] },
      ...stages.map((name) => ({ id: name, kind: "STEP" as const, name, lines: ["a field", "another field"] })),
      { id: "flow", kind: "FLOW", name: "Flow", lines: [] },
    ],
    edges: stages.flatMap((name) => [
      { from: "router", to: name, label: `missing ${name}` },
      { from: name, to: "flow" },
    ]),
  };

  const drawn = boxes(graph);
  const [, width, height] = (/width="(\d+)" height="(\d+)"/.exec(String(graphPicture(graph, "Graph"))) ?? []).map(
    Number,
  );

  expect(drawn).toHaveLength(count + 2);
  for (const [index, box] of drawn.entries()) {
    expect(drawn.slice(index + 1).filter((other) => overlap(box, other))).toEqual([]);
    expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width as number);
    expect(box.y + box.height).toBeLessThanOrEqual(height as number);
  }
  const steps = drawn.slice(1, -1);
  const places = steps.map(({ x, y }) => (new Set(steps.map((step) => step.y)).size === 1 ? x : y));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
});

test.each([
  [{ operator: "HAS_NO_VALUE", operands: ["{{fields.a}}"] }, "{{fields.a}} HAS_NO_VALUE"],
  [{ operator: "EQ", operands: ["{{fields.a}}", "b c"] }, '{{fields.a}} EQ "b c"'],
  [{ operator: "AND", operands: [{ operator: "EQ", operands: ["{{a}}", true] }] }, "{{a}} EQ true"],
  [
    {
      operator: "OR",
      operands: [
        { operator: "EQ", operands: ["{{a}}", 1] },
        {
          operator: "AND",
          operands: [
            { operator: "EXISTS", operands: ["{{b}}"] },
            { operator: "EXISTS", operands: ["{{c}}"] },
          ],
        },
      ],
    },
    "{{a}} EQ 1 OR ({{b}} EXISTS AND {{c}} EXISTS)",
  ],
  ["anything else", '"anything else"'],
  [{ operator: 1 }, '{"operator":1}'],
])("the condition %j reads %s", (condition, text) => {
  expect(conditionText(condition)).toBe(text);
});

test("what a flow keeps secret is masked, and where it comes from is not", () => {
  const params = {
    url: "https://example.com/",
    basic: { username: "someone", password: "p" },
    headers: { Authorization: "Bearer t", "X-Api-Key": 12, accept: "text/plain" },
    token: ["a", { b: "c" }],
    client_secret: "{{vars.secret}}",
    private_key: "prefix {{vars.secret}}",
  };

  expect(withoutSecrets(params)).toEqual({
    url: "https://example.com/",
    basic: { username: "someone", password: "••••••" },
    headers: { Authorization: "••••••", "X-Api-Key": "••••••", accept: "text/plain" },
    token: ["••••••", { b: "••••••" }],
    client_secret: "{{vars.secret}}",
    private_key: "••••••",
  });
});

test("a text that does not fit ends with an ellipsis", () => {
  expect(shortened("Job title", 200, 13)).toBe("Job title");
  const long = shortened("役職と会社名と電話番号と部署と所在地", 120, 13);
  expect(long).toMatch(/^役職.*…$/);
  expect(textWidth(long, 13)).toBeLessThanOrEqual(120);
});
