import { isAnyMoment, isForSome, type Moment, minutesOf, scheduleOf, toldIn } from "../../review/form/schedule";

const NOTHING = {
  stages: undefined,
  moment: undefined,
  saves: undefined,
  tellsStage: undefined,
  stagesPerLogin: undefined,
};

test("what an Action goes by is read as it is written", () => {
  const condition = { operator: "HAS_NO_VALUE", operands: ["a"] };
  const moment = {
    fromLogin: 2,
    afterSignUp: { days: 1 },
    atMostEvery: { hours: 2, minutes: 3 },
    clients: { only: ["a"] },
    connections: { except: ["b"] },
    organizations: { only: ["c"], except: ["d"] },
    share: 10,
  };
  const document = {
    stages: [{ id: "one", condition, ask: { fromLogin: 3 } }, { id: "two" }],
    moment,
    saves: [
      { stage: "one", to: ["user_metadata", "a"], field: "f" },
      { stage: "two", to: ["app_metadata", "terms", "version"], value: "2", with: "agreed" },
    ],
    tellsStage: true,
    stagesPerLogin: 2,
  };

  expect(scheduleOf(document)).toEqual({
    moment,
    stages: [
      { id: "one", condition, moment: { fromLogin: 3 } },
      { id: "two", condition: undefined, moment: {} },
    ],
    saves: [
      { stage: "one", to: ["a"], field: "f", value: undefined, with: undefined },
      { stage: "two", to: ["app_metadata.terms", "version"], field: undefined, value: "2", with: "agreed" },
    ],
    tellsStage: true,
    stagesPerLogin: 2,
  });
});

test.each<[string, object, object | undefined]>([
  ["without stages there is none", NOTHING, undefined],
  ["stages that are none are none", { ...NOTHING, stages: ["a", null, 1] }, undefined],
  ["stages that are no list are none", { ...NOTHING, stages: { a: 1 } }, undefined],
  [
    "a form that is told nothing goes by itself",
    { ...NOTHING, stages: [{ id: "a" }], tellsStage: "true", stagesPerLogin: 3 },
    { tellsStage: false, stagesPerLogin: 1 },
  ],
  [
    "one that is told one stage is told one",
    { ...NOTHING, stages: [{ id: "a" }], tellsStage: true, stagesPerLogin: "3" },
    { tellsStage: true, stagesPerLogin: 1 },
  ],
  ["an id is a text", { ...NOTHING, stages: [{ id: 7 }] }, { stages: [{ id: "7", moment: {} }] }],
  [
    "of a moment is read what is one",
    {
      ...NOTHING,
      stages: [{ id: "a" }],
      moment: { fromLogin: "2", afterSignUp: { days: "1" }, atMostEvery: 5, clients: { only: "a" }, share: null },
    },
    { moment: {} },
  ],
  [
    "names of applications are texts",
    {
      ...NOTHING,
      stages: [{ id: "a" }],
      moment: { clients: { only: [1], except: "x" }, afterSignUp: { days: 2, hours: "1" } },
    },
    { moment: { clients: { only: ["1"] }, afterSignUp: { days: 2 } } },
  ],
  ["saves that are none are none", { ...NOTHING, stages: [{ id: "a" }], saves: ["a"] }, { saves: [] }],
])("%s", (_, document, schedule) => {
  const read = scheduleOf(document as typeof NOTHING);

  if (schedule === undefined) {
    expect(read).toBeUndefined();
  } else {
    expect(read).toMatchObject(schedule);
  }
});

test("a moment of nothing that is one is none", () => {
  const stages = [{ id: "a", ask: { fromLogin: "2" } }];
  const { moment, stages: [stage] = [] } = scheduleOf({ ...NOTHING, stages, moment: { share: null } }) ?? {};

  expect([isAnyMoment(moment), isAnyMoment(stage?.moment)]).toEqual([false, false]);
});

test.each<[string, Moment, boolean, boolean]>([
  ["none", {}, false, false],
  ["of the third login", { fromLogin: 3 }, true, false],
  ["of some applications", { clients: { only: ["a"] } }, true, true],
  ["of some connections", { connections: { only: ["a"] } }, true, true],
  ["of some organizations", { organizations: { except: ["a"] } }, true, true],
  ["of a share", { share: 99 }, true, true],
  ["of a share that is all", { share: 100 }, true, false],
])("a moment %s waits, or is for some", (_, moment, isAny, isSome) => {
  expect([isAnyMoment(moment), isForSome(moment)]).toEqual([isAny, isSome]);
});

test("no moment at all is none", () => {
  expect(isAnyMoment(undefined)).toBe(false);
});

test("days, hours and minutes are minutes", () => {
  expect(minutesOf({ days: 1, hours: 2, minutes: 3 })).toBe(1563);
  expect(minutesOf({})).toBe(0);
});

const is = (...operands: readonly unknown[]) => ({ operator: "EQ", operands });

test.each<[string, unknown, object | undefined]>([
  ["the stage", is("{{vars.stage}}", "a"), { variable: "stage", stage: "a" }],
  ["what comes behind another", is("{{ vars.after_a1 }}", "b"), { variable: "after_a1", stage: "b" }],
  ["in a group of one", { operator: "AND", operands: [is("{{vars.stage}}", "a")] }, { variable: "stage", stage: "a" }],
  [
    "in a group of two",
    { operator: "AND", operands: [is("{{vars.stage}}", "a"), is("{{vars.stage}}", "b")] },
    undefined,
  ],
  ["in a group that is OR", { operator: "OR", operands: [is("{{vars.stage}}", "a")] }, undefined],
  ["with another operator", { operator: "NEQ", operands: ["{{vars.stage}}", "a"] }, undefined],
  ["another variable", is("{{vars.stages}}", "a"), undefined],
  ["with a text around", is("x{{vars.stage}}", "a"), undefined],
  ["with a text behind", is("{{vars.stage}}x", "a"), undefined],
  ["and no text", is("{{vars.stage}}", 1), undefined],
  ["and a third operand", is("{{vars.stage}}", "a", "b"), undefined],
  ["turned round", is("a", "{{vars.stage}}"), undefined],
  ["nothing", undefined, undefined],
])("what the Action has to tell is read of a condition: %s", (_, condition, told) => {
  expect(toldIn(condition)).toEqual(told);
});
