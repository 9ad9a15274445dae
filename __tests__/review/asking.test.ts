import {
  afterAsking,
  afterWait,
  askingOf,
  hasMoments,
  varsOf,
  waitsText,
  waitUntilAsked,
} from "../../review/form/asking";
import { doubt } from "../../review/form/doubt";
import type { Save, Schedule, ScheduledStage } from "../../review/form/schedule";
import { ANSWER, ofLongStanding, type Past, type UserState, userWith } from "../../review/form/user-state";
import type { Profiling } from "../../review/profiling";
import { rule } from "../support/form-nodes";
import { profilingOfForm } from "../support/reviewed-form";

const FORM = profilingOfForm({ start: { next_node: "$ending" }, nodes: [] });
const UNKNOWN = { operator: "GT", operands: ["{{context.user.logins_count}}", 3] };
const UNDECIDED = { what: "condition", condition: UNKNOWN } as const;

type Action = NonNullable<Profiling["action"]>;

function shownBy(action: Partial<Action> | undefined, others: Partial<Profiling> = {}): Profiling {
  const { action: own, ...form } = FORM;
  return { ...form, ...(action !== undefined && { action: { ...(own as Action), ...action } }), ...others };
}

/** A stage that waits for the key of that name, or has another condition, or none. */
function stage(id: string, others: Partial<ScheduledStage> = {}): ScheduledStage {
  const { condition } = rule(id, "") as { condition: object };
  return { id, condition, moment: {}, ...others };
}

function scheduled(stages: readonly ScheduledStage[], others: Partial<Schedule> = {}): Profiling {
  return shownBy({ schedule: { moment: {}, stages, saves: [], tellsStage: true, stagesPerLogin: 1, ...others } });
}

function userSince(past: Partial<Past>, keys: readonly string[] = []): UserState {
  const user = userWith(keys);
  return { ...user, past: { ...user.past, ...past } };
}

const CLOSED = { isOpened: false };
const OPENED = { isOpened: true, stages: { ids: [] } };
const shows = (...ids: readonly string[]) => ({ isOpened: true, stages: { ids, doubt: undefined } });
/** Something may stand in any key of this user that is not named. */
const doubtful: UserState = { ...userWith(), otherKeys: doubt({ what: "flow-writes", flow: "Save" }) };

describe("whether a login shows the form, and of which stages", () => {
  test.each<[string, Profiling, UserState, object]>([
    ["nothing shows it", shownBy(undefined), userWith(), CLOSED],
    ["what shows it is not bound", shownBy({ isBound: false }), userWith(), CLOSED],
    ["what shows it is known only after the apply", shownBy(undefined, { isActionUnknown: true }), userWith(), OPENED],
    ["what the Action looks for is not known", shownBy({}), userWith(["a"]), OPENED],
    ["a key is missing", shownBy({ metadataKeys: ["a", "b"] }), userWith(["a"]), OPENED],
    ["no key is missing", shownBy({ metadataKeys: ["a", "b"] }), userWith(["a", "b"]), CLOSED],
    ["it looks for no key", shownBy({ metadataKeys: [] }), userWith(), CLOSED],
    [
      "whether a key is missing can not be told",
      shownBy({ metadataKeys: ["a"] }),
      doubtful,
      { isOpened: true, doubt: { what: "flow-writes", flow: "Save" } },
    ],
    [
      "one is missing, whatever the other",
      shownBy({ metadataKeys: ["a", "b"] }),
      { ...doubtful, metadata: new Map([["b", { kind: "literal", json: "" }]]) },
      OPENED,
    ],
    ["a stage is due", scheduled([stage("a"), stage("b")]), userWith(), shows("a")],
    ["another one is due", scheduled([stage("a"), stage("b")]), userWith(["a"]), shows("b")],
    ["one is due always", scheduled([stage("a"), stage("b", { condition: undefined })]), userWith(["a"]), shows("b")],
    ["none is due", scheduled([stage("a"), stage("b")]), userWith(["a", "b"]), CLOSED],
    [
      "a login shows two of three",
      scheduled([stage("a"), stage("b"), stage("c")], { stagesPerLogin: 2 }),
      userWith(),
      shows("a", "b"),
    ],
    [
      "a login shows two, and one is due",
      scheduled([stage("a"), stage("b")], { stagesPerLogin: 2 }),
      userWith(["a"]),
      shows("b"),
    ],
    [
      "the form is told nothing of several stages",
      scheduled([stage("a"), stage("b")], { tellsStage: false }),
      userWith(),
      OPENED,
    ],
    [
      "the form is told nothing of the only stage",
      scheduled([stage("a")], { tellsStage: false }),
      userWith(),
      shows("a"),
    ],
    [
      "whether the first is due can not be told",
      scheduled([stage("a", { condition: UNKNOWN }), stage("b")]),
      userWith(),
      { isOpened: true, doubt: UNDECIDED },
    ],
    [
      "whether the second is due can not be told, and a login shows two",
      scheduled([stage("a"), stage("b", { condition: UNKNOWN })], { stagesPerLogin: 2 }),
      userWith(),
      { isOpened: true, stages: { ids: ["a"], doubt: doubt(UNDECIDED) } },
    ],
    [
      "whether the second is due can not be told, and a login shows one",
      scheduled([stage("a"), stage("b", { condition: UNKNOWN })]),
      userWith(),
      shows("a"),
    ],
    [
      "the first has to wait",
      scheduled([stage("a", { moment: { fromLogin: 2 } }), stage("b")]),
      userWith(),
      shows("b"),
    ],
    ["all have to wait", scheduled([stage("a"), stage("b")], { moment: { fromLogin: 2 } }), userWith(), CLOSED],
    [
      "no one has to wait any more",
      scheduled([stage("a")], { moment: { fromLogin: 2 } }),
      userSince({ logins: 1 }),
      shows("a"),
    ],
  ])("where %s", (_, profiling, user, expected) => {
    expect(askingOf(profiling, user)).toEqual(expected);
  });
});

test.each<[string, Partial<Schedule["moment"]>, Partial<Past>, object]>([
  ["nobody waits", {}, {}, { logins: 0, minutes: 0 }],
  ["from the third login on, at the first", { fromLogin: 3 }, {}, { logins: 2, minutes: 0 }],
  ["from the third login on, at the third", { fromLogin: 3 }, { logins: 2 }, { logins: 0, minutes: 0 }],
  ["from the third login on, at the fifth", { fromLogin: 3 }, { logins: 4 }, { logins: 0, minutes: 0 }],
  ["two days after the sign-up", { afterSignUp: { days: 2 } }, {}, { logins: 0, minutes: 2880 }],
  [
    "an hour after the sign-up, of which 40 minutes are over",
    { afterSignUp: { hours: 1 } },
    { minutes: 40 },
    { logins: 0, minutes: 20 },
  ],
  ["every day, and never asked", { atMostEvery: { days: 1 } }, { minutes: 5 }, { logins: 0, minutes: 0 }],
  [
    "every day, and asked an hour ago",
    { atMostEvery: { days: 1 } },
    { minutes: 100, asked: new Map([["", 40]]) },
    { logins: 0, minutes: 1380 },
  ],
  [
    "asked an hour ago, which does not matter",
    { afterSignUp: { minutes: 1 } },
    { minutes: 100, asked: new Map([["", 40]]) },
    { logins: 0, minutes: 0 },
  ],
  [
    "the longer one of two",
    { afterSignUp: { days: 3 }, atMostEvery: { days: 1 } },
    { minutes: 100, asked: new Map([["", 40]]) },
    { logins: 0, minutes: 4220 },
  ],
])("how long people wait: %s", (_, moment, past, wait) => {
  expect(waitUntilAsked(scheduled([stage("a")], { moment }), userSince(past))).toEqual(wait);
  // A stage's own moment is as good as that of all.
  const asked = new Map([...(past.asked ?? [])].map(([, at]) => ["a", at]));
  expect(waitUntilAsked(scheduled([stage("a", { moment })]), userSince({ ...past, asked }))).toEqual(wait);
});

describe("how long people wait", () => {
  const late = stage("a", { moment: { fromLogin: 5 } });
  const [tomorrow, later] = [1, 2].map((days) => stage("b", { moment: { afterSignUp: { days } } }));

  test.each<[string, readonly (ScheduledStage | undefined)[], readonly string[], object]>([
    [
      "goes by the stage that comes first in time, not by that of fewer logins",
      [later, late, tomorrow],
      [],
      { logins: 4, minutes: 0 },
    ],
    ["goes by the sooner of two days", [later, tomorrow], [], { logins: 0, minutes: 1440 }],
    [
      "goes by the fewer of two logins",
      [late, stage("c", { moment: { fromLogin: 3 } })],
      [],
      { logins: 2, minutes: 0 },
    ],
    ["goes by no stage that is not due", [late, tomorrow], ["a"], { logins: 0, minutes: 1440 }],
    [
      "goes by one of which that can not be told",
      [{ ...late, condition: UNKNOWN } as ScheduledStage],
      [],
      { logins: 4, minutes: 0 },
    ],
    [
      "goes by one that is always due",
      [{ ...late, condition: undefined } as ScheduledStage],
      ["a"],
      { logins: 4, minutes: 0 },
    ],
    ["is nothing where no stage is due", [late], ["a"], { logins: 0, minutes: 0 }],
  ])("%s", (_, stages, keys, wait) => {
    const known = stages.filter((one) => one !== undefined);
    expect(waitUntilAsked(scheduled(known), userWith(keys))).toEqual(wait);
  });

  test("is the longer of the stage's own and that of all, of logins and of time", () => {
    const own = stage("a", { moment: { fromLogin: 2, afterSignUp: { days: 2 } } });

    expect(
      waitUntilAsked(scheduled([own], { moment: { fromLogin: 4, afterSignUp: { days: 1 } } }), userWith()),
    ).toEqual({
      logins: 3,
      minutes: 2880,
    });
  });

  test.each<[string, Profiling]>([
    ["nothing shows the form", shownBy(undefined)],
    ["what shows it goes by keys", shownBy({ metadataKeys: ["a"] })],
    [
      "what shows it is not bound",
      { ...scheduled([late]), action: { ...(scheduled([late]).action as Action), isBound: false } },
    ],
  ])("is nothing where %s", (_, profiling) => {
    expect(waitUntilAsked(profiling, userWith())).toEqual({ logins: 0, minutes: 0 });
  });

  test("is over once it has passed", () => {
    const { past } = userSince({ logins: 1, minutes: 10, asked: new Map([["a", 5]]) });

    expect(afterWait(past, { logins: 2, minutes: 30 })).toEqual({ logins: 3, minutes: 40, asked: new Map([["a", 5]]) });
  });

  test("is told of each stage, and not at all where nobody waits", () => {
    const profiling = scheduled([late, stage("b")]);

    expect(waitsText(profiling, userWith())).toBe('[{"logins":4,"minutes":0},{"logins":0,"minutes":0}]');
    expect(waitsText(profiling, ofLongStanding(userWith()))).toBe("");
    expect(waitsText(shownBy({ metadataKeys: ["a"] }), userWith())).toBe("");
    expect(waitsText(shownBy(undefined), userWith())).toBe("");
  });
});

describe("a form goes by moments", () => {
  const moment = { fromLogin: 2 };

  test.each<[string, Profiling, boolean]>([
    ["of all stages", scheduled([stage("a")], { moment }), true],
    ["of one stage", scheduled([stage("a"), stage("b", { moment })]), true],
    ["of none", scheduled([stage("a"), stage("b")]), false],
    ["of none, as it goes by keys", shownBy({ metadataKeys: ["a"] }), false],
    ["of none, as nothing shows it", shownBy(undefined), false],
  ])("%s", (_, profiling, expected) => {
    expect(hasMoments(profiling)).toBe(expected);
  });
});

describe("what the Action makes of a user once the form is done", () => {
  const answered: UserState = { ...userWith(["old"]), answered: new Set(["a", "agreed"]) };
  const saved = (saves: readonly Save[], shown = ["one"]) =>
    afterAsking(scheduled([stage("one"), stage("two")], { saves }), shown, answered).metadata;
  const old = ["old", ANSWER] as const;

  test.each<[string, readonly Save[], ReadonlyMap<string, unknown>]>([
    ["an answer", [{ stage: "one", to: ["a"], field: "a" }], new Map([old, ["a", ANSWER]])],
    ["no answer that was not given", [{ stage: "one", to: ["b"], field: "b" }], new Map([old])],
    ["nothing of a stage that was not shown", [{ stage: "two", to: ["a"], field: "a" }], new Map([old])],
    ["a constant", [{ stage: "one", to: ["v"], value: "2" }], new Map([old, ["v", { kind: "literal", json: "2" }]])],
    ["a number", [{ stage: "one", to: ["v"], value: 2 }], new Map([old, ["v", { kind: "literal", json: 2 }]])],
    [
      "of an expression that there is something",
      [{ stage: "one", to: ["at"], value: "{{now}}" }],
      new Map([old, ["at", ANSWER]]),
    ],
    [
      "a constant with the answer that it goes with",
      [{ stage: "one", to: ["v"], value: "2", with: "agreed" }],
      new Map([old, ["v", { kind: "literal", json: "2" }]]),
    ],
    ["none without", [{ stage: "one", to: ["v"], value: "2", with: "b" }], new Map([old])],
    [
      "members of an object, beside each other",
      [
        { stage: "one", to: ["app_metadata.terms", "version"], value: "2" },
        { stage: "one", to: ["app_metadata.terms", "by", "name"], field: "a" },
      ],
      new Map<string, unknown>([
        old,
        [
          "app_metadata.terms",
          {
            kind: "object",
            members: new Map<string, unknown>([
              ["version", { kind: "literal", json: "2" }],
              ["by", { kind: "object", members: new Map([["name", ANSWER]]) }],
            ]),
          },
        ],
      ]),
    ],
    [
      "a member where something else was",
      [{ stage: "one", to: ["old", "a"], field: "a" }],
      new Map([["old", { kind: "object", members: new Map([["a", ANSWER]]) }]]),
    ],
  ])("%s is kept", (_, saves, metadata) => {
    expect(saved(saves)).toEqual(metadata);
  });

  test("one more login, and when each stage was asked, and any", () => {
    const user = { ...answered, past: { logins: 3, minutes: 50, asked: new Map([["two", 10]]) } };

    expect(afterAsking(scheduled([stage("one"), stage("two")]), ["one"], user).past).toEqual({
      logins: 4,
      minutes: 50,
      asked: new Map([
        ["two", 10],
        ["", 50],
        ["one", 50],
      ]),
    });
    expect(afterAsking(shownBy({ metadataKeys: ["a"] }), [], user)).toEqual({
      ...user,
      past: { ...user.past, logins: 4 },
    });
    expect(afterAsking(shownBy(undefined), [], user).past.logins).toBe(4);
  });
});

test("the Action tells the form which stage comes, and which behind which", () => {
  const open = doubt(UNDECIDED);

  expect(varsOf({ ids: [] })).toEqual(new Map());
  expect(varsOf({ ids: ["a", "b", "c"] })).toEqual(
    new Map([
      ["stage", "a"],
      ["after_a", "b"],
      ["after_b", "c"],
    ]),
  );
  expect(varsOf({ ids: ["a"], doubt: open })).toEqual(
    new Map<string, unknown>([
      ["stage", "a"],
      ["after_a", open],
    ]),
  );
});
