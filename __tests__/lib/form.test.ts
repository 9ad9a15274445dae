import { TerraformStack, Testing } from "cdktf";
import {
  errorMessage,
  Form,
  type FormProps,
  flow,
  flowNode,
  hasNoValue,
  isEqualTo,
  jumpButton,
  nextButton,
  ProfileFlow,
  phone,
  rawNode,
  resendButton,
  richText,
  routerNode,
  stepNode,
  text,
  updateUser,
  ValidationError,
} from "../../lib";
import { formAsSent } from "../support/as-sent";
import { Template } from "../support/template";

const CONNECTION = `ac_${"1".repeat(22)}`;
const save = flow("save", { actions: [updateUser("update", { changes: { nickname: "{{fields.nickname}}" } })] });
const ask = stepNode("ask", {
  alias: "Ask",
  components: [text("nickname", { label: "Nickname", required: true }), nextButton()],
  next: "save",
});
const NODES = [
  routerNode("who", {
    rules: [{ id: "unnamed", alias: "No name", condition: hasNoValue("nickname"), next: "ask" }],
    fallback: "$ending",
  }),
  ask,
  flowNode("save", { flow: save, next: "$ending" }),
];

function stackWith(props: FormProps): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "dev");
  new Form(stack, "form", props);
  return stack;
}

function sent(props: FormProps) {
  return formAsSent(JSON.parse(Testing.synth(stackWith(props))).resource);
}

function problemsOf(props: unknown): readonly string[] {
  try {
    stackWith(props as FormProps);
    return [];
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.problems;
    }
    throw error;
  }
}

function warningsOf(props: FormProps): readonly string[] {
  const [form] = stackWith(props).node.children;
  return form?.node.metadata.map(({ data }) => String(data)) ?? [];
}

test("nodes come out as they are given, laid out from left to right, with the flows that they run", () => {
  expect(sent({ name: "Names", nodes: NODES, connectionId: CONNECTION })).toEqual({
    form: {
      start: { next_node: "who", coordinates: { x: 0, y: 0 } },
      nodes: [
        {
          id: "who",
          type: "ROUTER",
          coordinates: { x: 500, y: 0 },
          config: {
            rules: [
              {
                id: "unnamed",
                alias: "No name",
                condition: {
                  operator: "AND",
                  operands: [{ operator: "HAS_NO_VALUE", operands: ["{{context.user.nickname}}"] }],
                },
                next_node: "ask",
              },
            ],
            fallback: "$ending",
          },
        },
        {
          id: "ask",
          type: "STEP",
          alias: "Ask",
          coordinates: { x: 1000, y: 0 },
          config: {
            components: [
              {
                id: "nickname",
                category: "FIELD",
                type: "TEXT",
                label: "Nickname",
                required: true,
                sensitive: false,
                config: { multiline: false },
              },
              { id: "ask_next_button", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Continue" } },
            ],
            next_node: "save",
          },
        },
        {
          id: "save",
          type: "FLOW",
          coordinates: { x: 1500, y: 0 },
          config: { flow_id: "<auth0_flow.form_Flows_save_F19403C0.id>", next_node: "$ending" },
        },
      ],
      ending: { resume_flow: true, coordinates: { x: 2000, y: 0 } },
    },
    flows: {
      "<auth0_flow.form_Flows_save_F19403C0.id>": {
        actions: [
          {
            id: "update",
            type: "AUTH0",
            action: "UPDATE_USER",
            allow_failure: false,
            mask_output: false,
            params: {
              connection_id: CONNECTION,
              user_id: "{{context.user.user_id}}",
              changes: { nickname: "{{fields.nickname}}" },
            },
          },
        ],
      },
    },
  });
});

test("places that are given are kept, and without a layout no other gets one", () => {
  const nodes = [
    stepNode("a", { components: [nextButton()], next: "b", coordinates: { x: -7, y: 9 } }),
    stepNode("b", { components: [nextButton()], next: "$ending" }),
  ];
  const { form } = sent({ name: "x", nodes, isLaidOut: false, coordinates: { ending: { x: 1, y: 2 } } });

  expect(form.start).toEqual({ next_node: "a" });
  expect(form.nodes.map((node) => node.coordinates)).toEqual([{ x: -7, y: 9 }, undefined]);
  expect(form.ending).toEqual({ resume_flow: true, coordinates: { x: 1, y: 2 } });
});

test("a flow may be one that is defined elsewhere, at a node, behind a button and after the form", () => {
  const stack = new TerraformStack(Testing.app(), "dev");
  const { flowId } = new ProfileFlow(stack, "send", { name: "Send", actions: [errorMessage("no", { message: "No" })] });
  const texts = { activeText: "None?", buttonText: "Again", waitingText: "Wait" };
  new Form(stack, "form", {
    name: "x",
    nodes: [
      flowNode("send", { flow: flowId, next: "enter" }),
      stepNode("enter", { components: [resendButton(flowId, texts), nextButton()], next: "$ending" }),
    ],
    ending: { afterSubmit: flowId, redirect: { target: "https://example.com" }, resumesLogin: true },
  });
  const { form, flows } = formAsSent(JSON.parse(Testing.synth(stack)).resource);
  const [id] = Object.keys(flows);

  expect(Object.keys(flows)).toHaveLength(1);
  expect(form.nodes[0]?.config.flow_id).toBe(id);
  expect(form.nodes[1]?.config.components?.[0]?.config).toMatchObject({ flow_id: id });
  expect(form.ending).toEqual({
    resume_flow: true,
    redirection: { target: "https://example.com" },
    after_submit: { flow_id: id },
    coordinates: { x: 1500, y: 0 },
  });
});

test("what is null is left out of the ending", () => {
  const nodes = [stepNode("hello", { components: [nextButton()], next: "$ending" })];
  const ending = { redirect: { target: "https://example.com", delay: null as never }, afterSubmit: null as never };

  expect(sent({ name: "x", nodes, ending }).form.ending).toEqual({
    redirection: { target: "https://example.com" },
    coordinates: { x: 1000, y: 0 },
  });
});

test("texts in several languages become translations", () => {
  const nodes = [
    stepNode("hello", { components: [richText({ en: "Hello", ja: "やあ" }), nextButton()], next: "$ending" }),
  ];
  const { form } = sent({ name: "x", nodes });

  expect(form.nodes[0]?.config.components?.[0]?.config).toEqual({ content: "Hello" });
  expect(form.translations).toEqual({ ja: { components: { hello_rich_text: { config: { content: "やあ" } } } } });
});

test("a raw node is sent as it is", () => {
  const node = {
    id: "router_x",
    type: "ROUTER",
    config: { rules: [{ id: "r", condition: { operator: "EQ", operands: ["a", "a"] }, next_node: "$ending" }] },
  } as const;

  expect(sent({ name: "x", nodes: [rawNode(node)] }).form.nodes).toEqual([node]);
});

test.each<[Parameters<typeof richText>[0], FormProps["languages"], unknown]>([
  ["Hello", undefined, undefined],
  ["Hello", { primary: "de" }, [{ primary: "de" }]],
  [{ en: "Hello", de: "Hallo" }, undefined, [{ primary: "en" }]],
  [{ en: "Hello", de: "Hallo" }, { primary: "de" }, [{ primary: "de" }]],
])("of the text %j and the languages %j, a form has the languages %j", (words, languages, has) => {
  const nodes = [step("a", { components: [richText(words), nextButton()] })];
  const template = Template.of(stackWith({ name: "x", nodes, languages }));

  expect(template.one("auth0_form").languages).toEqual(has);
});

const step = (id: string, options: object = {}) =>
  stepNode(id, { components: [richText("x"), nextButton()], next: "$ending", ...options });

describe("a form is refused where", () => {
  test.each<[string, unknown, readonly string[]]>([
    [
      "it has no name and no nodes",
      {},
      [
        'name must have 1 to 150 characters, got 0 in ""; give more',
        "nodes must be a list of nodes, got undefined; make them by stepNode() and its like",
      ],
    ],
    ["it has no node", { name: "x", nodes: [] }, ["there is no node; give at least one"]],
    [
      "a node is none",
      { name: "x", nodes: [{ id: "a" }] },
      ["nodes[0] must be a node, got an object; make it by stepNode() and its like"],
    ],
    [
      "a prop is unknown",
      { name: "x", nodes: [step("a")], strat: "a" },
      ['has no prop "strat"; did you mean "start"?'],
    ],
    [
      "it leads to what is no node, from everywhere",
      {
        name: "x",
        start: "z",
        nodes: [
          stepNode("a", { components: [jumpButton("Go", "y"), nextButton()], next: "x" }),
          routerNode("b", { rules: [{ id: "r", condition: hasNoValue("nickname"), next: "w" }], fallback: "v" }),
        ],
      },
      [
        'start leads to "z", which is no node of the form; those are a, b, $ending',
        'step "a": next leads to "x", which is no node of the form; those are a, b, $ending',
        'step "a": JUMP_BUTTON "a_jump_button": nextNode leads to "y", which is no node of the form; those are a, b, $ending',
        'router "b": fallback leads to "v", which is no node of the form; those are a, b, $ending',
        'router "b": rule "r": next leads to "w", which is no node of the form; those are a, b, $ending',
      ],
    ],
    [
      "ids are there twice",
      {
        name: "x",
        nodes: [
          step("a", { components: [nextButton("a", { id: "b" })] }),
          step("a", { components: [nextButton("a", { id: "b" })] }),
        ],
      },
      [
        'node "a" is there more than once; give each node an id of its own',
        'component id "b" is there 2 times, in step "a"; give one of them another id',
      ],
    ],
    [
      "options are wrong",
      {
        name: "x",
        nodes: [
          step("a", { nxt: "b", alias: "" }),
          step("b c", { coordinates: { x: 1.5, z: 2 } }),
          flowNode("c", { flow: "x" }),
          routerNode("d", { rules: [{ id: "r" }, { id: "r", condition: isEqualTo("fields.none", 1) }] as never }),
        ],
      },
      [
        'step "a": has no option "nxt"; did you mean "next"?',
        'step "a": alias must have 1 to 150 characters, got 0 in ""; give more',
        'step "b c": id must be letters, digits and "_", a letter first, got "b c"; choose another one',
        'step "b c": coordinates.y is missing; give it',
        'step "b c": coordinates has no field "z"; did you mean "x"?',
        'step "b c": coordinates.x must be an integer of -999999 to 999999, got 1.5; choose another one',
        'step "b c": RICH_TEXT "b c_rich_text": id must be letters, digits and "_", a letter first, got "b c_rich_text"; choose another one',
        'step "b c": NEXT_BUTTON "b c_next_button": id must be letters, digits and "_", a letter first, got "b c_next_button"; choose another one',
        'flow "c": flow must be a flow, or the id of one (af_…), got "x"; make it by flow()',
        'router "d": rules[0].condition is missing; give it',
        'router "d": rules[1].condition[0] holds "{{fields.none}}", but there is no fields.none; there is nothing',
        'router "d": rule "r" is there more than once; give each rule an id of its own',
      ],
    ],
    [
      "a field is to be saved, which nothing does",
      {
        name: "x",
        nodes: [
          stepNode("a", {
            components: [text("t", { label: "T", saveTo: "given_name" }), phone("p", { label: "P" }), nextButton()],
            next: "$ending",
          }),
        ],
      },
      [
        'step "a": TEXT "t": a Form saves no answer by itself; write it in a flow by updateUser(), and leave saveTo and metadataKey out',
      ],
    ],
    [
      "its places are none",
      { name: "x", nodes: [step("a")], coordinates: { strat: { x: 0, y: 0 }, start: { x: 0, y: 1.5 } } },
      [
        'coordinates has no field "strat"; did you mean "start"?',
        "coordinates.start.y must be an integer of -999999 to 999999, got 1.5; choose another one",
      ],
    ],
    [
      "a text lacks a language that another has",
      {
        name: "x",
        nodes: [step("a", { components: [richText({ en: "Hello", de: "Hallo" }), nextButton({ en: "Go" })] })],
      },
      ['step "a": NEXT_BUTTON "a_next_button": text has no text in de; the form\'s texts are in en, de: give it'],
    ],
    [
      "a flow needs a Vault connection",
      { name: "x", nodes: NODES },
      ['connectionId is missing, and flow "save" has AUTH0 actions without a connection_id; give it'],
    ],
  ])("%s", (_, props, problems) => {
    expect(problemsOf(props)).toEqual(problems);
  });
});

test("what nothing leads to is a warning", () => {
  expect(warningsOf({ name: "x", nodes: [step("a"), step("b"), step("c", { next: "b" })] })).toEqual([
    'nothing leads to step "b", so that nobody gets there',
    'nothing leads to step "c", so that nobody gets there',
  ]);
});

test("what would be refused is a warning where Auth0 is to have the last word", () => {
  const nodes = [step("a", { components: [richText("{{fields.gone}}"), nextButton()] })];

  expect(problemsOf({ name: "x", nodes })).toHaveLength(1);
  expect(warningsOf({ name: "x", nodes, isChecked: false })).toEqual(problemsOf({ name: "x", nodes }));
  expect(problemsOf({ name: "x", isChecked: false })).toHaveLength(1);
});
