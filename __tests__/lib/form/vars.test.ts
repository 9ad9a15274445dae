import { join } from "node:path";
import {
  allOf,
  booleanCondition,
  flow,
  hasNoValue,
  isEqualTo,
  jumpButton,
  nextButton,
  richText,
  Stage,
  type StageOptions,
  storeVars,
  text,
} from "../../../lib";
import { b, components, problemsOf } from "../../support/stages";

const SOURCE = join(__dirname, "..", "..", "..", "actions", "scheduled-profiling.js");
const BY_ACTION = "let an Action of your own give it, by sourceFile";
const BY_FLOW = `keep it by storeVars() in a flow that runs before, or ${BY_ACTION}`;

const WHERE_SAVED = "read it where it is saved, such as {{context.user.user_metadata.b}}";

const first = Stage.untilAnswered("b", { components: b });
const when = (subject: string, options: Partial<StageOptions> = {}) =>
  Stage.when(allOf(hasNoValue("user_metadata.a"), hasNoValue(subject)), { id: "a", components, ...options });
const saying = (html: string, options: Partial<StageOptions> = {}) =>
  Stage.untilAnswered("a", { components: [richText(html), ...components], ...options });
const keeps = flow("keeps", {
  actions: [
    booleanCondition("is_there", {
      if: isEqualTo("fields.a", 1),
      else: [storeVars("keep", { vars: { plan: "{{fields.a}}" } })],
    }),
  ],
});

test.each<[string, object, string]>([
  [
    "a condition on vars, of which the Action gives none",
    { stages: [first, when("vars.reason")] },
    `stage "a": its condition[1].operands[0] holds "{{vars.reason}}", but there is no vars.reason; ${BY_ACTION}`,
  ],
  [
    "a condition on vars that a flow keeps, which runs behind it",
    { stages: [first, when("vars.plan", { before: keeps })] },
    `stage "a": its condition[1].operands[0] holds "{{vars.plan}}", but there is no vars.plan; ${BY_ACTION}`,
  ],
  [
    "a condition on an answer, which comes behind it",
    { stages: [first, when("fields.b")] },
    `stage "a": its condition[1].operands[0] holds "{{fields.b}}", but there is no fields.b; answers come behind it; ${BY_ACTION}`,
  ],
  [
    "a condition on an answer beside a hidden field",
    { stages: [first, when("fields.b")], hiddenFields: [{ key: "source", value: "shop" }] },
    `stage "a": its condition[1].operands[0] holds "{{fields.b}}", but there is no fields.b; there is source; answers come behind it; ${BY_ACTION}`,
  ],
  [
    "a text with vars that nobody gives",
    { stages: [saying("<p>{{vars.reason}}</p>", { before: keeps })] },
    `stage "a": RICH_TEXT "a_rich_text": content holds "{{vars.reason}}", but there is no vars.reason; there is plan; ${BY_FLOW}`,
  ],
  [
    "a text with vars that a flow keeps under another name",
    { stages: [saying("<p>{{vars.plann}}</p>", { after: keeps })] },
    'stage "a": RICH_TEXT "a_rich_text": content holds "{{vars.plann}}", but there is no vars.plann; did you mean "plan"?',
  ],
  [
    "a text with a stage that the Action does not tell",
    { stages: [first, saying("<p>{{vars.stage}}</p>")] },
    `stage "a": RICH_TEXT "a_rich_text": content holds "{{vars.stage}}", but there is no vars.stage; ${BY_FLOW}`,
  ],
  [
    "a text with a stage behind another one, where one is shown in a login",
    { stages: [first, saying("<p>{{vars.after_b}}</p>")], ask: { fromLogin: 2 } },
    `stage "a": RICH_TEXT "a_rich_text": content holds "{{vars.after_b}}", but there is no vars.after_b; there is stage; ${BY_FLOW}`,
  ],
  [
    "what is saved beside answers, of vars that nobody gives",
    { stages: [Stage.untilAnswered("a", { components, alsoSave: { "app_metadata.plan": "{{vars.plan}}" } })] },
    `stage "a": alsoSave.app_metadata.plan holds "{{vars.plan}}", but there is no vars.plan; ${BY_FLOW}`,
  ],
  [
    "a flow with vars that nobody gives",
    {
      stages: [Stage.untilAnswered("a", { components })],
      ending: { afterSubmit: flow("end", { actions: [storeVars("copy", { vars: { kept: "{{vars.a}}" } })] }) },
    },
    `flow "end": STORE_VARS "copy": params.vars.kept holds "{{vars.a}}", but there is no vars.a; there is kept; ${BY_FLOW}`,
  ],
  [
    "a text with the answer of another stage, which another login asks",
    { stages: [first, saying("<p>{{fields.b}}</p>")] },
    `stage "a": RICH_TEXT "a_rich_text": content holds "{{fields.b}}", but there is no fields.b in this login; ${WHERE_SAVED}`,
  ],
  [
    "a text with the answer of a stage behind, where one login shows both",
    { stages: [saying("<p>{{fields.b}}</p>"), first], stagesPerLogin: 2 },
    `stage "a": RICH_TEXT "a_rich_text": content holds "{{fields.b}}", but there is no fields.b in this login; ${WHERE_SAVED}`,
  ],
])("%s is refused", (_, props, problem) => {
  expect(problemsOf(props as never)).toEqual([problem]);
  expect(problemsOf({ ...props, sourceFile: SOURCE } as never)).toEqual([]);
});

test.each<[string, object]>([
  ["kept by a flow, wherever it stands in it", { stages: [saying("<p>{{vars.plan}}</p>", { before: keeps })] }],
  [
    "of a flow that was made elsewhere",
    { stages: [saying("<p>{{vars.plan}}</p>", { before: `af_${"1".repeat(22)}` })] },
  ],
  ["told by the Action", { stages: [first, saying("<p>{{vars.stage}}</p>")], ask: { fromLogin: 2 } }],
  ["told by the Action of stages behind", { stages: [first, saying("<p>{{vars.after_b}}</p>")], stagesPerLogin: 2 }],
  ["of a hidden field", { stages: [first, when("fields.source")], hiddenFields: [{ key: "source", value: "shop" }] }],
  ["asked by the same stage", { stages: [first, saying("<p>{{fields.a}}</p>")] }],
  ["asked by a stage before, in the same login", { stages: [first, saying("<p>{{fields.b}}</p>")], stagesPerLogin: 2 }],
  [
    "asked by a stage that a button leads from, through another one",
    {
      stages: [
        saying("<p>{{fields.b}}</p>"),
        Stage.untilAnswered("b", { components: [...b, jumpButton("To c", "step_c")] }),
        Stage.untilAnswered("c", {
          components: [text("c", { label: "C", required: true }), nextButton(), jumpButton("To a", "step_a")],
        }),
      ],
    },
  ],
])("what is %s can be read", (_, props) => {
  expect(problemsOf(props as never)).toEqual([]);
});

test("where something else is wrong, nothing is said of what the Action gives", () => {
  const stages = [
    Stage.when("vars.a" as never, { id: "a", components: [text("a", { label: "{{vars.a}}" }), nextButton()] }),
  ];

  expect(problemsOf({ stages })).toEqual([
    'stage "a": its condition must be made by hasNoValue(), allOf() and their like, got a text',
  ]);
});

test.each<[string, object, readonly string[]]>([
  [
    "a key that is none",
    { stages: [Stage.untilAnswered(5 as never, { id: "a", components })] },
    ['stage "a": the key that it waits for must be letters, digits and "_", a letter first, got 5; choose another one'],
  ],
  [
    "hidden fields that are no list",
    { stages: [first, when("user_metadata.c")], hiddenFields: 5 },
    ['hiddenFields must be a list such as [{ key: "state" }], got 5'],
  ],
  [
    "a hidden field that is none, and one whose key is an object",
    { stages: [first, when("user_metadata.c")], hiddenFields: [null, { key: {} }] },
    [
      "hiddenFields[0] must be an object, got null",
      'hiddenFields[1].key must be letters, digits and "_", a letter first, got an object; choose another one',
    ],
  ],
])("%s is told, and nothing else breaks", (_, props, problems) => {
  expect(problemsOf(props as never)).toEqual(problems);
});
