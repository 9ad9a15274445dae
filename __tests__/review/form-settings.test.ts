import { decision, flow, RESUME, router, rule, step, update } from "../support/form-nodes";
import { changeOf, type ProfilingOptions, profilingOfForm, sectionsOf } from "../support/reviewed-form";

type Form = Parameters<typeof profilingOfForm>[0];
type Options = Parameters<typeof profilingOfForm>[1];

const START = { next_node: "router" };
const STEPS = [step("step_a", ["a"], "save"), step("step_b", ["b"], "save")];
const ROUTER = router("router", [rule("a", "step_a"), rule("b", "step_b")]);
const IF = { operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.a}}"] };
const UPDATE = update({ user_metadata: { a: "{{fields.a}}", b: "{{fields.b}}" } });
const LETTING_IN = update({ user_metadata: {} }, {}, { allow_failure: true });
const SAVED: Options = { metadataKeys: ["a", "b"], actions: [UPDATE] };

/** What is told of the form beside its stages. */
function settingsOf(before: ReturnType<typeof profilingOfForm>, after: ReturnType<typeof profilingOfForm>) {
  const section = sectionsOf(changeOf(before, after)).find(({ heading }) => heading === "Rest of the form");
  return section?.body.split("\n") ?? [];
}

function formWith(others: Partial<Form> = {}, options: Options = {}): ReturnType<typeof profilingOfForm> {
  const nodes = [ROUTER, ...STEPS, flow("save")];
  return profilingOfForm({ start: START, nodes, ending: RESUME, ...others }, { ...SAVED, ...options });
}

function nodesWith(...others: readonly object[]): Partial<Form> {
  const own = others as readonly { readonly id: string }[];
  const kept = [ROUTER, ...STEPS, flow("save")].filter(
    (node) => !own.some(({ id }) => id === (node as { id: string }).id),
  );
  return { nodes: [...own, ...kept] };
}

describe("what a form is beside its stages", () => {
  const texts = (form: ProfilingOptions["form"]) => formWith({}, { form });
  const messages = (count: number, text: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key_${index}`, `${text} ${index}`]));

  test.each<[string, ProfilingOptions["form"], ProfilingOptions["form"], readonly string[]]>([
    ["is the same", {}, {}, []],
    ["has another name", { name: "One" }, { name: "Two" }, ["- name: `One` → `Two`"]],
    [
      "has another primary language, and a default one",
      { languages: { primary: "en" } },
      { languages: { primary: "de", default: "en" } },
      ["- primary language: `en` → `de`", "- default language: `en`"],
    ],
    [
      "has no default language any more",
      { languages: { primary: "en", default: "de" } },
      { languages: { primary: "en" } },
      ["- default language: `de` removed"],
    ],
    ["has a style", {}, { style: { css: "a {}" } }, ["- style: the CSS changes"]],
    ["has an empty style, which Auth0 gives for none", {}, { style: {} }, []],
    ["has a style of null, which is none", { style: {} }, { style: null }, []],
    [
      "is translated, and no longer, and otherwise",
      { translations: { de: { components: {} }, fr: { components: { a: { label: "A" }, b: {} } }, it: {} } },
      { translations: { ja: {}, fr: { components: { a: { label: "Ah" }, b: {}, c: {} } }, it: {} } },
      ["- translation `de` removed", "- translation `fr` changed: `a`, `c`", "- translation `ja` added"],
    ],
    [
      "is translated otherwise where no component is",
      { translations: { de: { messages: { a: "A" } } } },
      { translations: { de: { messages: { a: "Ah" } } } },
      ["- translation `de` changed"],
    ],
    [
      "says other words, of both kinds",
      { messages: { custom: { a: "A", b: "B", c: "C" }, errors: { e: "E" } } },
      { messages: { custom: { a: "Ah", c: "C", d: "D" }, errors: { e: "Oh" } } },
      ["- message `a`: `A` → `Ah`", "- message `b`: `B` removed", "- message `d`: `D`", "- message `e`: `E` → `Oh`"],
    ],
    [
      "has something else than a text for a message, which is none",
      { messages: { custom: { a: 1 } } },
      { messages: { custom: { a: 2 } } },
      [],
    ],
    [
      "says five other words",
      { messages: { custom: messages(5, "old") } },
      { messages: { custom: messages(5, "new") } },
      [0, 1, 2, 3, 4].map((index) => `- message \`key_${index}\`: \`old ${index}\` → \`new ${index}\``),
    ],
    [
      "says six other words, which are only named",
      { messages: { custom: messages(6, "old") } },
      { messages: { custom: messages(6, "new") } },
      ["- messages changed: `key_0`, `key_1`, `key_2`, `key_3`, `key_4`, `key_5`"],
    ],
  ])("%s", (_, before, after, told) => {
    expect(settingsOf(texts(before), texts(after))).toEqual(told);
  });
});

describe("how a form goes on", () => {
  const [condition] = [(rule("x", "") as { condition: object }).condition];
  const toFlow = (alias: string, next: string) => ({ id: "missing_x", alias, condition, next_node: next });

  test.each<[string, Partial<Form>, Partial<Form>, readonly string[]]>([
    ["begins elsewhere", {}, { start: { next_node: "step_a" } }, ["- begins at `router` → `step_a`"]],
    ["begins nowhere", {}, { start: {} }, ["- begins at `router` → nothing"]],
    ["ends at once", {}, { start: { next_node: "$ending" } }, ["- begins at `router` → the ending"]],
    [
      "has other hidden values",
      { start: { ...START, hidden_fields: [{ key: "a", value: "1" }, { key: "b", value: "2" }, { key: "d" }] } },
      { start: { ...START, hidden_fields: [{ key: "a", value: "2" }, { key: "c", value: "3" }, { key: "d" }] } },
      ["- hidden field `a` changed", "- hidden field `b` removed", "- hidden field `c` added"],
    ],
    [
      "has another node, and no longer one",
      nodesWith(router("old", [])),
      nodesWith(flow("new")),
      ["- flow node `new` added", "- router `old` removed"],
    ],
    [
      "has a node of another type",
      nodesWith(router("it", [])),
      nodesWith({ ...flow("it"), alias: "It" }),
      ["- router `it` → flow node `It`"],
    ],
    ["has a node that Auth0 does not have today", {}, nodesWith({ id: "x", type: "X" }), ["- node `x` added"]],
    [
      "has one with another name",
      nodesWith({ id: "x", type: "X" }),
      nodesWith({ id: "x", type: "X", alias: "Y" }),
      ["- node `Y`: called `x` → `Y` in the dashboard"],
    ],
    [
      "has a flow with another name",
      {},
      nodesWith({ ...flow("save"), alias: "Save" }),
      ["- flow node `Save`: called `save` → `Save` in the dashboard"],
    ],
    [
      "has a router with another name",
      {},
      nodesWith({ ...ROUTER, alias: "Decide" }),
      ["- begins at `router` → `Decide`", "- router `Decide`: called `router` → `Decide` in the dashboard"],
    ],
    [
      "goes elsewhere where no rule holds",
      {},
      nodesWith(router("router", [rule("a", "step_a"), rule("b", "step_b")], "save")),
      ["- router `router`: otherwise the ending → `save`"],
    ],
    [
      "goes elsewhere behind a flow",
      {},
      nodesWith({ ...flow("save"), config: { flow_id: "af_1", next_node: "router" } }),
      ["- flow node `save`: leads to the ending → `router`"],
    ],
    [
      "runs another flow",
      {},
      nodesWith(flow("save", "af_2")),
      ["- flow node `save`: runs `Update user_metadata` → `af_2`"],
    ],
    [
      "runs none",
      {},
      nodesWith({ ...flow("save"), config: { next_node: "$ending" } }),
      ["- flow node `save`: runs `Update user_metadata` → nothing"],
    ],
    [
      "has rules that are called otherwise",
      {},
      nodesWith(router("router", [{ ...rule("a", "step_a"), alias: "No a" }, rule("b", "step_b")])),
      ["- router `router`: rules are called otherwise in the dashboard"],
    ],
    [
      "has a rule that leads to no step",
      nodesWith(router("router", [rule("a", "step_a"), rule("b", "step_b")])),
      nodesWith(router("router", [rule("a", "step_a"), rule("b", "step_b"), toFlow("X", "save")])),
      ["- router `router`: no rule → `x` has no value: `save`"],
    ],
    [
      "has one that leads elsewhere",
      nodesWith(router("router", [rule("a", "step_a"), rule("b", "step_b"), toFlow("X", "save")])),
      nodesWith(router("router", [rule("a", "step_a"), rule("b", "step_b"), toFlow("X", "$ending")])),
      ["- router `router`: `x` has no value: `save` → `x` has no value: the ending"],
    ],
    [
      "has nodes that stand elsewhere",
      nodesWith({ ...flow("save"), coordinates: { x: 0, y: 0 } }),
      nodesWith({ ...flow("save"), coordinates: { x: 0, y: 1 } }),
      ["- 1 node stands elsewhere in the dashboard's editor"],
    ],
    [
      "has nodes that stand anywhere at all",
      {},
      nodesWith({ ...flow("save"), coordinates: { x: 0, y: 0 } }, { ...ROUTER, coordinates: { x: 0, y: 0 } }),
      ["- 2 nodes stand elsewhere in the dashboard's editor"],
    ],
    ["does not resume the login", {}, { ending: {} }, ["- **ending: the login does not go on any more**"]],
    ["resumes the login", { ending: {} }, {}, ["- ending: the login goes on now"]],
    [
      "leads elsewhere at the end, and runs a flow there",
      {},
      { ending: { ...RESUME, redirection: { target: "/a" }, after_submit: { flow_id: "af_1" } } },
      ["- ending: leads to: `/a`", "- ending: runs nothing → `Update user_metadata`"],
    ],
  ])("%s", (_, before, after, told) => {
    expect(settingsOf(formWith(before), formWith(after))).toEqual(told);
  });

  test("is not told of nodes that are known only after the apply", () => {
    expect(settingsOf(formWith({}), formWith({ nodes: undefined }))).toEqual([]);
  });
});

describe("what a flow does beside writing answers", () => {
  const call = { type: "HTTP", action: "SEND_REQUEST", params: { url: "https://a.b" } };
  const nothing = { type: "FLOW", action: "DO_NOTHING" };

  test.each<[string, readonly object[] | undefined, readonly object[] | undefined, readonly string[]]>([
    [
      "has another action",
      [UPDATE],
      [UPDATE, call],
      ["- flow `Update user_metadata`: actions `AUTH0/UPDATE_USER` → `AUTH0/UPDATE_USER`, `HTTP/SEND_REQUEST`"],
    ],
    ["has none any more", [call], [], ["- flow `Update user_metadata`: actions `HTTP/SEND_REQUEST` → none"]],
    [
      "has others on a condition",
      [decision(IF, [call], [nothing])],
      [decision(IF, [nothing], [call])],
      [
        "- flow `Update user_metadata`: actions `FLOW/BOOLEAN_CONDITION`, `HTTP/SEND_REQUEST`, `FLOW/DO_NOTHING` → `FLOW/BOOLEAN_CONDITION`, `FLOW/DO_NOTHING`, `HTTP/SEND_REQUEST`",
      ],
    ],
    ["can not be known", [UPDATE], undefined, []],
    ["could not be known", undefined, [UPDATE], []],
    ["lets people in where saving fails", [UPDATE], [LETTING_IN], ["- people get in now where saving fails"]],
    ["does so no more", [LETTING_IN], [UPDATE], ["- **nobody gets past the form any more where saving fails**"]],
    ["does so of one action of two, which is not enough", [UPDATE, UPDATE], [UPDATE, LETTING_IN], []],
    [
      "saves nothing any more, which is said elsewhere",
      [UPDATE],
      [{ ...UPDATE, action: "GET_USER" }],
      ["- flow `Update user_metadata`: actions `AUTH0/UPDATE_USER` → `AUTH0/GET_USER`"],
    ],
  ])("%s", (_, before, after, told) => {
    expect(settingsOf(formWith({}, { actions: before }), formWith({}, { actions: after }))).toEqual(told);
  });

  test("is called otherwise, and is another flow where it stands at another address", () => {
    const before = formWith();
    const [[id, one] = ["", undefined]] = before.flows;
    const called = { ...before, flows: new Map([[id, { ...(one as NonNullable<typeof one>), name: "Save" }]]) };
    const other = {
      ...before,
      flows: new Map([[id, { ...(one as NonNullable<typeof one>), address: "auth0_flow.b" }]]),
    };

    expect(settingsOf(before, called)).toEqual(["- flow: `Update user_metadata` → `Save`"]);
    expect(settingsOf(before, other)).toEqual([
      "- flow node `save`: runs `Update user_metadata` → `Update user_metadata`",
    ]);
  });
});
