import { troublesOf } from "../../review/form/troubles";
import type { Profiling } from "../../review/profiling";
import { field, flow, RESUME, router, rule, step, stepOf, update } from "../support/form-nodes";
import { textsOf } from "../support/planned-resources";
import { profilingOfForm } from "../support/reviewed-form";

type Options = Parameters<typeof profilingOfForm>[1];

const SAVES_BOTH = { a: "{{fields.a}}", b: "{{fields.b}}" };
const UNKNOWN = { operator: "GT", operands: ["{{context.user.logins_count}}", 3] };
const ERROR = { type: "FLOW", action: "ERROR_MESSAGE", params: { message: "No" } };

function formOf(nodes: readonly object[], options: Options = {}, start = "router"): Profiling {
  const document = { start: { next_node: start }, nodes: [...nodes, flow("save")], ending: RESUME };
  return profilingOfForm(document, { metadata: SAVES_BOTH, metadataKeys: ["a", "b"], ...options });
}

const ROUTER = router("router", [rule("a", "a"), rule("b", "b")]);
const [A, B] = [step("a", ["a"], "save"), step("b", ["b"], "save")];
const WELL = formOf([ROUTER, A, B]);

function withAction(others: Partial<NonNullable<Profiling["action"]>>): Profiling {
  return { ...WELL, action: { ...(WELL.action as NonNullable<Profiling["action"]>), ...others } };
}

/** A form that nothing in the plan shows. */
function alone(profiling: Profiling, others: Partial<Profiling> = {}): Profiling {
  const { action: _, ...rest } = profiling;
  return { ...rest, ...others };
}

const NOT_SHOWN =
  "unbound: No Action of this plan shows the form `Progressive Profiling`: unless another does, no login asks anything.";
const notKept = (stage: string, ...fields: readonly string[]) => {
  const [are, them] = fields.length === 1 ? ["is", "it"] : ["are", "them"];
  const names = fields.map((one) => `\`${one}\``).join(", ");
  return `not-written: ${names} in stage \`${stage}\` ${are} asked, and no flow writes ${them}: only an Action that reads the form's answers could keep ${them}.`;
};

describe("who shows the form", () => {
  test.each<[string, Profiling, readonly string[]]>([
    ["an Action does", WELL, []],
    [
      "one does that is not bound",
      withAction({ isBound: false }),
      [
        "unbound: The Action `Progressive Profiling` is not bound to the post-login trigger: unless something else binds it, no login asks anything.",
      ],
    ],
    [
      "one does that a list leaves out",
      withAction({ isBound: false, leftOutBy: "auth0_trigger_actions.login" }),
      [
        "unbound: `auth0_trigger_actions.login` sets the whole list of the post-login trigger and leaves the Action `Progressive Profiling` out: no login asks anything any more, whatever else binds it.",
      ],
    ],
    ["none does", alone(WELL), [NOT_SHOWN]],
    [
      "which one does is known only after the apply",
      alone(WELL, { isActionUnknown: true }),
      [
        "unknown: Which Action shows the form `Progressive Profiling` is known only after the apply: it stands in the secrets of one.",
      ],
    ],
    ["none does, and the nodes are not known", alone(profilingOfForm({})), [NOT_SHOWN]],
  ])("%s", (_, profiling, told) => {
    expect(textsOf(troublesOf(profiling))).toEqual(told);
  });

  test("nothing is told of the stages of a form that is not bound: nobody gets there", () => {
    const { action, ...broken } = formOf([router("router", []), A, B]);
    const told = textsOf(
      troublesOf({ ...broken, action: { ...(action as NonNullable<typeof action>), isBound: false } }),
    );

    expect(told.slice(1)).toEqual([
      "never-asked: No login gets to stage `a`: nothing in the form leads there.",
      "never-asked: No login gets to stage `b`: nothing in the form leads there.",
    ]);
  });
});

describe("stages", () => {
  test.each<[string, Profiling, readonly string[]]>([
    [
      "to which nothing leads",
      formOf([router("router", [rule("a", "a")]), A, B], { metadataKeys: ["a"] }),
      ["never-asked: No login gets to stage `b`: nothing in the form leads there."],
    ],
    [
      "that wait for what the Action does not look for",
      formOf([ROUTER, A, B], { metadataKeys: ["a"] }),
      ["never-asked: No login gets to stage `b`: it waits for `b`, which the Action does not look for."],
    ],
    [
      "that wait for that, and are seen with another one",
      formOf(
        [
          router("router", [rule("a", "a")], "second"),
          router("second", [rule("b", "b")], "save"),
          step("a", ["a"], "second"),
          B,
        ],
        {
          metadataKeys: ["a"],
        },
      ),
      [
        "never-asked: Stage `b` waits for `b`, which the Action does not look for: it is asked only as long as another answer is missing too.",
      ],
    ],
    [
      "that come behind one that is always asked first",
      formOf([router("router", [rule("a", "a"), rule("a", "b")]), A, B], { metadataKeys: ["a"] }),
      ["never-asked: No login gets to stage `b`: another one always comes first."],
    ],
    [
      "that may come behind one of which that can not be told",
      formOf([router("router", [{ id: "r", condition: UNKNOWN, next_node: "a" }, rule("b", "b")]), A, B]),
      [],
    ],
    [
      "where all people get no further",
      formOf([ROUTER, A, B], { actions: [update({ user_metadata: SAVES_BOTH }), ERROR] }),
      ["stuck: Nobody gets past the form: the flow `Update user_metadata` ends with an error message."],
    ],
    [
      "where those of one get no further",
      formOf([router("router", [rule("a", "a"), rule("b", "b")]), A, stepOf("b", [field("b")], "gone")]),
      ["stuck: Nobody gets past the form: `b` leads to `gone`, which is not there.", notKept("b", "b")],
    ],
    [
      "where those get no further who come later alone",
      formOf([
        router("router", [rule("a", "a"), rule("b", "b")]),
        stepOf("a", [field("a"), field("b")]),
        stepOf("b", [field("b")], "gone"),
      ]),
      ["stuck: Who gets to stage `b` gets no further: `b` leads to `gone`, which is not there.", notKept("b", "b")],
    ],
    [
      "that are asked for ever, for nothing writes what they wait for",
      formOf([ROUTER, A, B], { metadata: { a: "{{fields.a}}", other: "{{fields.b}}" } }),
      ["loop: Stage `b` is asked at every login, for ever: it waits for `b`, which nothing behind it writes."],
    ],
    [
      "that are asked for ever, though something is written there",
      formOf([ROUTER, A, B], { metadata: { a: "{{fields.a}}", b: "" } }),
      ["loop: Stage `b` is asked at every login, for ever: its answers do not end that.", notKept("b", "b")],
    ],
    [
      "where who leaves everything empty loses all",
      formOf([ROUTER, A, stepOf("b", [field("b", { required: false })])]),
      [
        "erases: Who leaves the fields of stage `b` empty loses all of `user_metadata`: the flow then sends none of it, which Auth0 takes for erasing it. Make a field that is written required.",
      ],
    ],
    [
      "where who leaves one empty is asked again",
      formOf([ROUTER, A, stepOf("b", [field("b", { required: false }), field("c")])], {
        metadata: { ...SAVES_BOTH, c: "{{fields.c}}" },
      }),
      ["asked-again: Stage `b` waits for `b`, which is optional: who leaves it empty is asked at every login."],
    ],
    [
      "that wait for nothing, and are asked whenever the Action shows the form",
      formOf([A], { metadataKeys: undefined }, "a"),
      [],
    ],
    [
      "that wait for nothing, and do not write what the Action looks for",
      formOf([A], { metadataKeys: ["other"] }, "a"),
      ["loop: Stage `a` is asked at every login, for ever: its answers do not end that."],
    ],
    [
      "that wait for nothing, and for which the Action looks for what is optional",
      formOf([stepOf("a", [field("a", { required: false }), field("b")])], { metadataKeys: ["a"] }, "a"),
      [],
    ],
  ])("%s", (_, profiling, told) => {
    expect(textsOf(troublesOf(profiling))).toEqual(told);
  });

  test("of the same name are told apart", () => {
    const [one, two] = ["a", "b"].map((id) => ({ ...stepOf(id, [field(id)]), alias: "Same" }));

    expect(
      textsOf(troublesOf(formOf([ROUTER, one as object, two as object], { metadata: { a: "{{fields.a}}" } }))),
    ).toEqual([
      "erases: Who leaves the fields of stage `Same` (`b`) empty loses all of `user_metadata`: the flow then sends none of it, which Auth0 takes for erasing it. Make a field that is written required.",
      "not-written: `b` in stage `Same` (`b`) is asked, and no flow writes it: only an Action that reads the form's answers could keep it.",
    ]);
  });
});

describe("a page that is opened", () => {
  const opened = (keys: string) =>
    `never-asked: The Action opens the form at every login as long as ${keys} is missing, and no stage waits for that: who has answered the rest is asked nothing there.`;

  test.each<[string, Profiling, readonly string[]]>([
    ["for a key that no stage waits for", formOf([ROUTER, A, B], { metadataKeys: ["a", "b", "c"] }), [opened("`c`")]],
    ["for two, each once", formOf([ROUTER, A, B], { metadataKeys: ["c", "a", "b", "d", "c"] }), [opened("`c`, `d`")]],
    [
      "for a key of which it can not be told whether a stage is shown",
      formOf([router("router", [rule("a", "a"), { id: "r", condition: UNKNOWN, next_node: "b" }]), A, B], {
        metadataKeys: ["a", "c"],
      }),
      [],
    ],
    ["for nothing that is known", formOf([ROUTER, A, B], { metadataKeys: undefined }), []],
  ])("%s", (_, profiling, told) => {
    expect(textsOf(troublesOf(profiling))).toEqual(told);
  });
});

describe("an answer is kept nowhere", () => {
  const asked = (...fields: readonly object[]) => formOf([ROUTER, stepOf("a", [field("a"), ...fields]), B]);

  test.each<[string, Profiling, readonly string[]]>([
    ["of a field", asked(field("x")), [notKept("a", "x")]],
    ["of several", asked(field("x"), field("y")), [notKept("a", "x", "y")]],
    ["of what is accepted", asked(field("x", { type: "LEGAL" })), [notKept("a", "x")]],
    ...["CUSTOM", "FILE", "PAYMENT", "SOCIAL", "PASSWORD"].map((type): [string, Profiling, string[]] => [
      `of a ${type}, which does something else with it`,
      asked(field("x", { type })),
      [],
    ]),
    [
      "of a widget, which does something else with it",
      asked(field("x", { category: "WIDGET", type: "RECAPTCHA" })),
      [],
    ],
    ["of a text that is shown", asked({ id: "x", category: "BLOCK", type: "HTML" }), []],
    [
      "of what a router goes by",
      formOf([
        router("router", [
          rule("a", "a"),
          rule("b", "b"),
          { id: "r", condition: { operator: "EQ", operands: ["{{fields.x}}", "y"] }, next_node: "$ending" },
        ]),
        stepOf("a", [field("a"), field("x")]),
        B,
      ]),
      [],
    ],
    [
      "of what is accepted, where a version is kept of it",
      formOf([ROUTER, stepOf("a", [field("a"), field("x", { type: "LEGAL" })]), B], {
        metadata: { ...SAVES_BOTH, terms: "2" },
      }),
      [],
    ],
    [
      "of what a flow does something else with",
      formOf([ROUTER, stepOf("a", [field("a"), field("x")]), B], {
        actions: [
          update({ user_metadata: SAVES_BOTH }),
          { type: "HTTP", action: "SEND_REQUEST", params: { payload: "{{fields.x}}" } },
        ],
      }),
      [],
    ],
    [
      "of a step where the flow can not be known",
      formOf([ROUTER, stepOf("a", [field("a"), field("x")]), B], { actions: undefined }),
      [],
    ],
  ])("%s", (_, profiling, told) => {
    expect(textsOf(troublesOf(profiling))).toEqual(told);
  });
});

test.each<[string, Profiling, readonly string[]]>([
  [
    "two stages write the same key",
    formOf([ROUTER, A, B], { metadata: { ...SAVES_BOTH, c: "{{fields.b ?? fields.a}}" } }),
    ["written-twice: Stages `a` and `b` write the same key `c`: the later answer replaces the earlier."],
  ],
  [
    "two fields of one stage write the same",
    formOf([ROUTER, stepOf("a", [field("a"), field("x")]), B], {
      metadata: { ...SAVES_BOTH, c: "{{fields.a ?? fields.x}}" },
    }),
    [],
  ],
  ["both keep the same constant", formOf([ROUTER, A, B], { metadata: { ...SAVES_BOTH, version: "2" } }), []],
])("it is told where %s", (_, profiling, told) => {
  expect(textsOf(troublesOf(profiling))).toEqual(told);
});
