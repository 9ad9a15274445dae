import { formGraph } from "../../review/form/form-graph";
import type { Moment, Save, Schedule, ScheduledStage } from "../../review/form/schedule";
import type { Profiling } from "../../review/profiling";
import { field, RESUME, rule, step, stepOf, update } from "../support/form-nodes";
import { formOf, type Others } from "../support/form-of-steps";
import { changeOf, findingsOf } from "../support/reviewed-form";

const UNKNOWN = { operator: "GT", operands: ["{{context.user.logins_count}}", 3] };
const MANY = "How many logins that makes, no plan can tell.";

const A = stepOf("a", [field("a")]);
const ONE = formOf([A]);

function told(before: Profiling | undefined, after: Profiling | undefined): readonly string[] {
  return findingsOf(changeOf(before, after));
}

describe("what people answer", () => {
  const asked = (...components: readonly object[]) => formOf([stepOf("a", [field("a"), ...components])]);
  const kept = (one: object) =>
    formOf([stepOf("a", [field("a"), one])], { metadata: { a: "{{fields.a}}", x: "{{fields.x}}" } });
  const choice = (options: readonly object[], config: object = {}) =>
    kept(field("x", { type: "CHOICE", config: { options, ...config } }));
  const [S, M, L] = ["S", "M", "L"].map((label) => ({ value: label.toLowerCase(), label })) as [object, object, object];
  const meaning = (what: string) => [
    `meaning: What \`x\` in stage \`a\` keeps in \`x\` is another thing than until now: ${what}. Answers that were given stay as they are, and nobody can tell them from new ones.`,
  ];

  test.each<[string, Profiling, Profiling, readonly string[]]>([
    [
      "is required now",
      kept(field("x", { required: false })),
      kept(field("x")),
      ["required: `x` (`x`) in stage `a` is required now: nobody gets past it without an answer."],
    ],
    [
      "is a new field that is required, without a label",
      ONE,
      formOf([stepOf("a", [field("a"), field("x", { label: undefined })])], {
        metadata: { a: "{{fields.a}}", x: "{{fields.x}}" },
      }),
      ["required: `x` in stage `a` is a new field that is required: nobody gets past it without an answer."],
    ],
    ["is required no more", kept(field("x")), kept(field("x", { required: false })), []],
    ["is required as before, and is called otherwise", kept(field("x")), kept(field("x", { label: "Y" })), []],
    [
      "can not be chosen any more",
      choice([S, M, L]),
      choice([S]),
      [
        "option-removed: `x` in stage `a` can no longer be answered with `m`, `l`: answers that were given stay as they are.",
      ],
    ],
    ["can be chosen now", choice([S]), choice([S, M, L]), []],
    [
      "is chosen from nothing at all",
      choice([S]),
      choice([]),
      ["stuck: Nobody gets past the form: `x` in `a` is required, and takes no answer."],
    ],
    [
      "stands for what another value stood for",
      choice([S, M]),
      choice([
        { value: "s", label: "M" },
        { value: "m", label: "S" },
      ]),
      meaning("`s` stands for `S` → `M`, `m` stands for `M` → `S`"),
    ],
    ["is worded otherwise", choice([S, M]), choice([{ value: "s", label: "Small" }, M]), []],
    ["is of another type", kept(field("x")), kept(field("x", { type: "NUMBER" })), meaning("`TEXT` → `NUMBER`")],
    ["is a list now", choice([S]), choice([S], { multiple: true }), meaning("`multiple` nothing → `true`")],
    ["is a list no more, whether that is said or not", choice([S], { multiple: false }), choice([S]), []],
    [
      "is of another form",
      kept(field("x", { type: "DATE", config: { format: "DATE" } })),
      kept(field("x", { type: "DATE", config: { format: "TIME" } })),
      meaning("`format` `DATE` → `TIME`"),
    ],
    [
      "is of another type, and kept nowhere",
      asked({ id: "x", category: "BLOCK", type: "HTML" }),
      asked({ id: "x", category: "BLOCK", type: "IMAGE" }),
      [],
    ],
  ])("%s", (_, before, after, findings) => {
    expect(told(before, after)).toEqual(findings);
  });
});

describe("where answers are kept", () => {
  const [AB, A_ONLY] = [
    formOf([stepOf("a", [field("a"), field("b")])], { metadata: { a: "{{fields.a}}", b: "{{fields.b}}" } }),
    { a: "{{fields.a}}" },
  ];
  const renamed = (metadata: object, rules = [rule("a", "a")], keys = ["a"]) =>
    formOf([stepOf("a", [field("a"), field("b")])], { metadata, rules, keys });

  test.each<[string, Profiling, Profiling | undefined, readonly string[]]>([
    [
      "is under another key, and nobody gets that who has answered",
      AB,
      renamed({ ...A_ONLY, c: "{{fields.b}}" }),
      [
        "stops-writing: `b` is no longer written. Answers that were given stay in `user_metadata`; who reads them sees no newer ones.",
        "renamed: `b` in stage `a` is written to `c`, no longer to `b`: answers that were given stay under the old key, existing users who have answered are not asked again, and never get the new key.",
      ],
    ],
    [
      "is under another key, for which all are asked again",
      AB,
      renamed({ c: "{{fields.a}}", b: "{{fields.b}}" }, [rule("c", "a")], ["c"]),
      [
        "stops-writing: `a` is no longer written. Answers that were given stay in `user_metadata`; who reads them sees no newer ones.",
        "renamed: `a` in stage `a` is written to `c`, no longer to `a`: answers that were given stay under the old key, existing users are asked again.",
        `asked-of-everyone: Every existing user without \`c\` in \`user_metadata\` is asked at the next login: \`a\`. ${MANY}`,
      ],
    ],
    ["is under a second key too", AB, renamed({ ...A_ONLY, b: "{{fields.b}}", c: "{{fields.b}}" }), []],
    [
      "is nowhere, of app_metadata too",
      formOf([A], { actions: [update({ user_metadata: A_ONLY, app_metadata: { v: "1" } })] }),
      ONE,
      [
        "stops-writing: `app_metadata.v` is no longer written. Answers that were given stay; who reads them sees no newer ones.",
      ],
    ],
    [
      "is not known",
      ONE,
      formOf([A], { actions: undefined }),
      ["unknown: It can not be told what stands in the actions of the flow `Update user_metadata`."],
    ],
    ["was not known", formOf([A], { actions: undefined }), ONE, []],
    [
      "is another flow's, which no plan holds, at the end",
      ONE,
      formOf([A], { ending: { ...RESUME, after_submit: { flow_id: "af_9" } } }),
      ["unknown: It can not be told what the flow `af_9` does, which no plan here holds."],
    ],
    [
      "is nowhere any more, as the form goes",
      AB,
      undefined,
      [
        "stops-writing: `a`, `b` are no longer written. Answers that were given stay in `user_metadata`; who reads them sees no newer ones.",
      ],
    ],
  ])("%s", (_, before, after, findings) => {
    expect(told(before, after)).toEqual(findings);
  });
});

describe("who is asked", () => {
  const B = stepOf("b", [field("b")]);
  const asked = (whom: string, when: string, stages: string, rest = "") =>
    `asked-of-everyone: Every existing user${whom} is asked ${when}: ${stages}. ${MANY}${rest}`;

  test.each<[string, Profiling | undefined, Profiling, readonly string[]]>([
    [
      "is everybody without the new key",
      ONE,
      formOf([A, B]),
      [asked(" without `b` in `user_metadata`", "at the next login", "`b`")],
    ],
    [
      "is everybody, twice",
      undefined,
      formOf([A, B]),
      [asked(" without `a`, `b` in `user_metadata`", "at the next logins, one after the other", "`a`, `b`")],
    ],
    [
      "is everybody, at once",
      undefined,
      formOf([step("a", ["a"], "b"), B], { rules: [rule("a", "a")], keys: ["a"] }),
      [asked(" without `a` in `user_metadata`", "at the next login", "`a`, `b`")],
    ],
    [
      "is everybody without a key of app_metadata",
      undefined,
      formOf([A], {
        rules: [
          {
            id: "x",
            condition: { operator: "HAS_NO_VALUE", operands: ["{{context.user.app_metadata.a}}"] },
            next_node: "a",
          },
        ],
        keys: ["x"],
        actions: [update({ app_metadata: { a: "{{fields.a}}" } })],
      }),
      [
        "never-asked: Stage `a` waits for `app_metadata.a`, which the Action does not look for: it is asked only as long as another answer is missing too.",
        "never-asked: The Action opens the form at every login as long as `x` is missing, and no stage waits for that: who has answered the rest is asked nothing there.",
        asked(" without `app_metadata.a`", "at the next login", "`a`"),
      ],
    ],
    [
      "is whom the Action shows it, which is not known",
      undefined,
      { ...ONE, action: { address: "auth0_action.a", name: "A", isBound: true } },
      [asked(" without `a` in `user_metadata` to whom the Action shows the form", "at the next login", "`a`")],
    ],
    [
      "is somebody, of whom the rest can not be told",
      ONE,
      formOf([B, A], { rules: [rule("b", "b"), { id: "x", condition: UNKNOWN, next_node: "a" }] }),
      [
        asked(" without `b` in `user_metadata`", "at the next login", "`b`", ""),
        "condition: Stage `a` is shown while `user.logins_count` `GT` `3`; before: while `a` has no value.",
      ],
    ],
    [
      "is nobody any more of who lacks what a stage waited for that is gone",
      formOf([A, B]),
      formOf([stepOf("a", [field("a"), field("b")])], { metadata: { a: "{{fields.a}}", b: "{{fields.b}}" } }),
      [
        "never-asked: Who has `a` and lacks `b` is no longer asked for it.",
        "required: `b` (`b`) in stage `a` is a new field that is required: nobody gets past it without an answer.",
      ],
    ],
    [
      "is nobody of that where nothing writes it any more",
      formOf([A, B]),
      ONE,
      [
        "stops-writing: `b` is no longer written. Answers that were given stay in `user_metadata`; who reads them sees no newer ones.",
      ],
    ],
    [
      "is as before where another stage waits for the same",
      formOf([A, B]),
      formOf([A, stepOf("c", [field("b")])], {
        rules: [rule("a", "a"), rule("b", "c")],
        keys: ["a", "b"],
        metadata: { a: "{{fields.a}}", b: "{{fields.b}}" },
      }),
      [],
    ],
  ])("%s", (_, before, after, findings) => {
    expect(told(before, after)).toEqual(findings);
  });
});

describe("by an Action that chooses from stages", () => {
  const told1 = { operator: "EQ", operands: ["{{vars.stage}}", "a"] };
  const scheduled = (schedule: Partial<Schedule>, others: Others = {}, steps: readonly object[] = [A]): Profiling => {
    const form = formOf(steps, { rules: [{ id: "t", condition: told1, next_node: "a" }], actions: [], ...others });
    const { condition } = rule("a", "") as { condition: object };
    const whole: Schedule = {
      moment: {},
      stages: [{ id: "a", condition, moment: {} }],
      saves: [{ stage: "a", to: ["a"], field: "a" }],
      tellsStage: true,
      stagesPerLogin: 1,
      ...schedule,
    };
    const { metadataKeys: _, ...action } = form.action as NonNullable<Profiling["action"]>;
    return { ...form, graph: formGraph(form.form, whole), action: { ...action, schedule: whole } };
  };
  const byFlow = { actions: [update({ user_metadata: { a: "{{fields.a}}" } })] };
  const asking = (moment: Moment) => {
    const { stages } = (scheduled({}).action as { schedule: Schedule }).schedule;
    return scheduled({ stages: stages.map((one) => ({ ...one, moment })) });
  };
  const version = (value: string) => {
    const condition = { operator: "NEQ", operands: ["{{context.user.user_metadata.terms}}", value] };
    const saves: Save[] = [{ stage: "a", to: ["terms"], value }];
    return scheduled({ stages: [{ id: "a", condition, moment: {} }], saves });
  };
  const due = (id: string): ScheduledStage => {
    const { condition } = rule(id, "") as { condition: object };
    return { id, condition, moment: {} };
  };
  /** Of stages that are told by the Action, each a step with a field of the same name. */
  const waiting = (...ids: readonly string[]) => stagesOf(ids.map(due));
  const always = (moment: Moment) => stagesOf([due("a"), due("b"), { id: "c", moment }]);
  const stagesOf = (stages: readonly ScheduledStage[]) =>
    scheduled(
      { stages, saves: stages.map(({ id }) => ({ stage: id, to: [id], field: id })) },
      {
        rules: stages.map(({ id }) => ({
          id: `to_${id}`,
          condition: { operator: "EQ", operands: ["{{vars.stage}}", id] },
          next_node: id,
        })),
      },
      stages.map(({ id }) => stepOf(id, [field(id)])),
    );
  const lost =
    "stops-writing: `a` is no longer written. Answers that were given stay in `user_metadata`; who reads them sees no newer ones.";

  test.each<[string, Profiling, Profiling, readonly string[]]>([
    ["all is as it was", scheduled({}), scheduled({}), []],
    [
      "people are asked at another moment",
      scheduled({ moment: { fromLogin: 2 } }),
      scheduled({ moment: { fromLogin: 3 } }),
      ["moment: People are asked from the 3rd login on; before: from the 2nd login on."],
    ],
    [
      "a stage is asked at another moment",
      asking({}),
      asking({ fromLogin: 3 }),
      ["moment: Stage `a` is asked from the 3rd login on; before: at any login."],
    ],
    [
      "one login asks two stages",
      scheduled({}),
      scheduled({ stagesPerLogin: 2 }),
      ["moment: One login asks up to 2 stages instead of 1."],
    ],
    [
      "one login asks one again",
      scheduled({ stagesPerLogin: 3 }),
      scheduled({}),
      ["moment: One login asks 1 stage instead of up to 3."],
    ],
    [
      "a flow saves",
      scheduled({}),
      scheduled({ saves: [] }, byFlow),
      ["saved-by: Answers are saved by a flow from now on, before by the Action when the login ends."],
    ],
    [
      "the Action saves",
      scheduled({ saves: [] }, byFlow),
      scheduled({}),
      [
        "saved-by: Answers are saved by the Action when the login ends from now on, before by a flow: where that fails, people get in, and nobody tells them.",
      ],
    ],
    [
      "both save",
      scheduled({}),
      scheduled({}, byFlow),
      ["saved-by: Answers are saved by a flow and the Action from now on, before by the Action when the login ends."],
    ],
    [
      "nobody saves",
      scheduled({}),
      scheduled({ saves: [] }),
      [
        "loop: Stage `a` is asked at every login, for ever: it waits for `a`, which nothing behind it writes.",
        "not-written: `a` in stage `a` is asked, and no flow writes it: only an Action that reads the form's answers could keep it.",
        lost,
      ],
    ],
    [
      "a version is raised",
      version("1"),
      version("2"),
      ["asked-of-everyone: Everybody who accepted `1` is asked again: stage `a` waits for `2` in `terms`."],
    ],
    ["a version is the same", version("1"), version("1"), []],
    [
      "a stage is always due",
      waiting("a", "b"),
      always({}),
      [
        "asked-of-everyone: Every existing user is asked at every login, for ever: `c`. How many logins that makes, no plan can tell.",
      ],
    ],
    [
      "a stage is always due, from time to time",
      waiting("a", "b"),
      always({ atMostEvery: { days: 1 } }),
      [
        "asked-of-everyone: Every existing user is asked at the next login: `c` (at most once in 1 day). How many logins that makes, no plan can tell.",
      ],
    ],
  ])("%s", (_, before, after, findings) => {
    const known = told(before, after).filter((one) => !one.startsWith("not-written: `a`") || findings.includes(one));
    expect(known).toEqual(findings);
  });

  test("nothing is told of moments where it is not known what the Action goes by", () => {
    const { action, ...form } = scheduled({ moment: { fromLogin: 2 } });
    const { schedule: _, ...unknown } = action as NonNullable<typeof action>;

    expect(told({ ...form, action }, { ...form, action: unknown }).filter((one) => one.startsWith("moment"))).toEqual(
      [],
    );
  });
});
