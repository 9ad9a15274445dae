import { afterFlow, onlyWritesAnswers, withoutAnswers, writesOf } from "../../review/form/flow-writes";
import { type UserState, userWith, type Value } from "../../review/form/user-state";
import { type JsonObject, objectOf } from "../../review/json-value";
import { causeText } from "../../review/markdown/login-text";
import { decision, rule, update } from "../support/form-nodes";

const OTHER = { user_id: "auth0|other" };
const CALL = { type: "HTTP", action: "SEND_REQUEST", params: { url: "https://a.b" } };
const ERROR = { type: "FLOW", action: "ERROR_MESSAGE", params: { message: "No" } };
const UNDECIDED = { operator: "GT", operands: ["{{fields.age}}", 18] };
const { condition: NO_OLD } = rule("old", "") as { condition: object };

/** The user has `old` and `app_metadata.terms`, and has answered `a`. */
const USER: UserState = { ...userWith(["old", "app_metadata.terms"]), answered: new Set(["a"]) };

function request(method?: string): object {
  return { type: "AUTH0", action: "SEND_REQUEST", params: { pathname: "/x", ...(method !== undefined && { method }) } };
}

function flowOf(actions: unknown) {
  return { address: "auth0_flow.save", name: "Save", actions };
}

/** The user afterwards, as a test reads it: an answer is `…`, and a doubt is its reason. */
function outcomeOf(actions: unknown, before = USER): object {
  const { user, failure, erases } = afterFlow(flowOf(actions), "af_1", before);
  return {
    ...Object.fromEntries([...user.metadata].map(([key, value]) => [key, plain(value)])),
    ...(user.otherKeys !== undefined && { "*": plain(user.otherKeys) }),
    written: [...user.written],
    ...(failure !== undefined && { failure }),
    ...(erases !== undefined && { erases }),
  };
}

function plain(value: Value): unknown {
  switch (value.kind) {
    case "answer":
      return "…";
    case "literal":
      return value.json;
    case "object":
      return Object.fromEntries([...value.members].map(([key, member]) => [key, plain(member)]));
    case "doubt":
      return `? ${causeText(value.because)}`;
  }
}

const BEFORE = { old: "…", "app_metadata.terms": "…" };
const NOT_KNOWN = "? what the flow `Save` writes";
const NOT_TOLD = "? whether `fields.age` `GT` `18`";

describe("what a flow makes of a user", () => {
  test.each<[string, unknown, object]>([
    ["does nothing", [], { ...BEFORE, written: [] }],
    ["has actions that are none", [null, "a", 1], { ...BEFORE, written: [] }],
    [
      "writes an answer, a constant, and what there was",
      [update({ user_metadata: { a: "{{fields.a}}", c: 1, d: "{{context.user.user_metadata.old}}" } })],
      { ...BEFORE, a: "…", c: 1, d: "…", written: ["a", "c", "d"] },
    ],
    [
      "leaves out what was not answered, and keeps the rest",
      [update({ user_metadata: { a: "{{fields.a}}", b: "{{fields.b}}" } })],
      { ...BEFORE, a: "…", written: ["a"] },
    ],
    ["deletes by null", [update({ user_metadata: { old: null } })], { "app_metadata.terms": "…", written: ["old"] }],
    [
      "writes app_metadata and an attribute",
      [update({ app_metadata: { plan: "pro" }, given_name: "{{fields.a}}" })],
      {
        ...BEFORE,
        "app_metadata.plan": "pro",
        "user.given_name": "…",
        written: ["app_metadata.plan", "user.given_name"],
      },
    ],
    [
      "sends no user_metadata that is left, which erases all of it",
      [update({ user_metadata: { b: "{{fields.b}}" } })],
      { "app_metadata.terms": "…", written: [], erases: "user_metadata" },
    ],
    [
      "sends no app_metadata that is left, which erases all of that",
      [update({ app_metadata: {} })],
      { old: "…", written: [], erases: "app_metadata" },
    ],
    [
      "erases, and writes then",
      [update({ user_metadata: {} }), update({ user_metadata: { a: "{{fields.a}}" } })],
      { "app_metadata.terms": "…", a: "…", written: ["a"], erases: "user_metadata" },
    ],
    [
      "erases one and then the other, of which the first is told",
      [update({ app_metadata: {} }), update({ user_metadata: {} })],
      { written: [], erases: "app_metadata" },
    ],
    [
      "sends no attribute that is left, which erases nothing",
      [update({ given_name: "{{fields.b}}" })],
      { ...BEFORE, written: [] },
    ],
    ["changes nothing at all", [update(undefined)], { ...BEFORE, written: [] }],
    ["changes what can not be told", [update("{{vars.all}}")], { ...BEFORE, "*": NOT_KNOWN, written: [] }],
    [
      "changes metadata that can not be told",
      [update({ user_metadata: "{{vars.all}}" })],
      { ...BEFORE, "*": NOT_KNOWN, written: [] },
    ],
    [
      "writes metadata of another user, who may be the same",
      [update({ user_metadata: { a: "{{fields.a}}" } }, OTHER)],
      { ...BEFORE, "*": NOT_KNOWN, written: [] },
    ],
    [
      "writes attributes of another user, which no condition here looks at",
      [update({ given_name: "{{fields.a}}" }, OTHER)],
      { ...BEFORE, written: [] },
    ],
    [
      "writes metadata of nobody",
      [update({ app_metadata: { a: 1 } }, { user_id: undefined })],
      { ...BEFORE, "*": NOT_KNOWN, written: [] },
    ],
    ["reads from Auth0", [request()], { ...BEFORE, written: [] }],
    ["reads from Auth0 by GET", [request("GET")], { ...BEFORE, written: [] }],
    [
      "asks Auth0 for something else",
      [request("PATCH")],
      { ...BEFORE, "*": "? a request of the flow `Save`", written: [] },
    ],
    ["asks another service", [CALL], { ...BEFORE, written: [] }],
    [
      "stops the login, and does nothing behind that",
      [update({ user_metadata: { c: 1 } }), ERROR, update({ user_metadata: { d: 1 } })],
      { ...BEFORE, c: 1, written: ["c"], failure: { what: "error-message", flow: "Save" } },
    ],
    [
      "stops it, after it has erased",
      [update({ user_metadata: {} }), ERROR],
      {
        "app_metadata.terms": "…",
        written: [],
        failure: { what: "error-message", flow: "Save" },
        erases: "user_metadata",
      },
    ],
    [
      "decides, and does what stands under `else`",
      [decision(NO_OLD, [ERROR], [update({ user_metadata: { c: 1 } })])],
      { ...BEFORE, c: 1, written: ["c"] },
    ],
    [
      "decides, and stops the login",
      [decision({ operator: "OR", operands: [NO_OLD, NO_OLD] }, [], [ERROR]), update({ user_metadata: { c: 1 } })],
      { ...BEFORE, written: [], failure: { what: "error-message", flow: "Save" } },
    ],
    [
      "decides what can not be told, and does the same both ways",
      [
        decision(
          UNDECIDED,
          [update({ user_metadata: { c: { d: 1 } } })],
          [CALL, update({ user_metadata: { c: { d: 1 } } })],
        ),
      ],
      { ...BEFORE, c: { d: 1 }, written: ["c"] },
    ],
    [
      "decides what can not be told, and writes another value",
      [decision(UNDECIDED, [update({ user_metadata: { c: 1 } })], [update({ user_metadata: { c: 2 } })])],
      { ...BEFORE, c: NOT_TOLD, written: ["c"] },
    ],
    [
      "decides what can not be told, and writes an object with something else in it",
      [decision(UNDECIDED, [update({ user_metadata: { c: { d: 1 } } })], [update({ user_metadata: { c: { d: 2 } } })])],
      { ...BEFORE, c: NOT_TOLD, written: ["c"] },
    ],
    [
      "decides what can not be told, and writes another kind of value",
      [decision(UNDECIDED, [update({ user_metadata: { c: 1 } })], [update({ user_metadata: { c: "{{fields.a}}" } })])],
      { ...BEFORE, c: NOT_TOLD, written: ["c"] },
    ],
    [
      "decides what can not be told, and writes on the one way",
      [decision(UNDECIDED, [], [update({ user_metadata: { c: 1 } })])],
      { ...BEFORE, c: NOT_TOLD, written: ["c"] },
    ],
    [
      "decides what can not be told, and erases on the one way",
      [decision(UNDECIDED, [update({ user_metadata: {} })])],
      { old: NOT_TOLD, "app_metadata.terms": "…", written: [] },
    ],
    [
      "decides what can not be told, and on the one way does what can not be told either",
      [decision(UNDECIDED, [], [request("POST")])],
      { ...BEFORE, "*": "? a request of the flow `Save`", written: [] },
    ],
  ])("%s", (_, actions, expected) => {
    expect(outcomeOf(actions)).toEqual(expected);
  });

  test("can not be told of a flow whose actions are not known, or that no plan holds", () => {
    expect(outcomeOf(undefined)).toEqual({
      ...BEFORE,
      "*": "? the actions of the flow `Save`",
      written: [],
    });
    expect(afterFlow(undefined, "af_9", USER).user.otherKeys).toEqual({
      kind: "doubt",
      because: { what: "flow-missing", flowId: "af_9" },
    });
  });

  test("is known again where it erases what could not be told", () => {
    const doubtful = [request("POST"), update({ user_metadata: {} })];

    expect(outcomeOf(doubtful)).toEqual({ "app_metadata.terms": "…", written: [], erases: "user_metadata" });
  });

  test("keeps what was written before in the login", () => {
    const before = { ...USER, written: new Set(["x"]) };

    expect(outcomeOf([update({ user_metadata: { c: 1 } })], before)).toEqual({ ...BEFORE, c: 1, written: ["x", "c"] });
  });
});

test("all that a flow writes is told, whatever its conditions, but not to whom it writes otherwise", () => {
  const flow = flowOf([
    update({ user_metadata: { a: "{{fields.a}}", b: { c: "{{fields.c ?? fields.d}}" } }, app_metadata: { e: 1 } }),
    decision(UNDECIDED, [update({ given_name: "{{fields.f}}" })], [update({ user_metadata: { g: null } })]),
    update({ user_metadata: { other: "{{fields.a}}" } }, OTHER),
    update("{{vars.all}}"),
    CALL,
  ]);

  expect(writesOf(flow)).toEqual([
    { key: "a", value: "{{fields.a}}", fields: ["a"] },
    { key: "b", value: { c: "{{fields.c ?? fields.d}}" }, fields: ["c", "d"] },
    { key: "app_metadata.e", value: 1, fields: [] },
    { key: "user.given_name", value: "{{fields.f}}", fields: ["f"] },
    { key: "g", value: null, fields: [] },
  ]);
  expect(userAfter(flow)).toBe(true);
});

/** Whether what is only told of a flow is also what it does. */
function userAfter({ actions }: ReturnType<typeof flowOf>): boolean {
  return afterFlow(flowOf(actions), "af_1", USER).user.written.has("a");
}

describe("without what it writes of answers", () => {
  const changesLeft = (changes: unknown) => {
    const [left = {}] = withoutAnswers([update(changes)]);
    return objectOf(left.params).changes;
  };

  test.each<[string, unknown, unknown]>([
    ["an answer goes", { user_metadata: { a: "{{fields.a}}" } }, {}],
    [
      "an answer, or what there is already, goes",
      { user_metadata: { a: "{{fields.a ?? context.user.user_metadata.a}}" } },
      {},
    ],
    ["an object of answers goes", { user_metadata: { a: { b: "{{fields.b}}", c: { d: "{{fields.d}}" } } } }, {}],
    [
      "an object of answers, or of what there is already, goes",
      { user_metadata: { a: { b: "{{fields.b ?? context.user.user_metadata.a.b}}" } } },
      {},
    ],
    ...[
      ["a constant", { user_metadata: { a: "pro" } }],
      ["a number", { user_metadata: { a: 1 } }],
      ["what stands under another key", { user_metadata: { a: "{{fields.a ?? context.user.user_metadata.b}}" } }],
      ["what only stands there already", { user_metadata: { a: "{{context.user.user_metadata.a}}" } }],
      ["an empty object", { user_metadata: { a: {} } }],
      ["an object with something else", { user_metadata: { a: { b: "{{fields.b}}", c: "pro" } } }],
      ["what is calculated of an answer", { user_metadata: { a: "{{upper(fields.a)}}" } }],
      ["a list", { user_metadata: { a: ["{{fields.a}}"] } }],
      ["an answer with a text around it", { user_metadata: { a: "Mr {{ fields.a }} {{fields.b}}" } }],
      ["an answer in app_metadata", { app_metadata: { a: "{{fields.a}}" } }],
      ["metadata that can not be told", { user_metadata: "{{vars.all}}" }],
      ["changes that can not be told", "{{vars.all}}"],
    ].map(([what, changes]) => [`${what} stays`, changes, changes] as [string, unknown, unknown]),
    [
      "what else there is stays",
      { user_metadata: { a: "{{fields.a}}", plan: "pro" }, blocked: true },
      { user_metadata: { plan: "pro" }, blocked: true },
    ],
  ])("%s", (_, changes, left) => {
    expect(changesLeft(changes)).toEqual(left);
  });

  test("what is written to somebody else stays, and so does any other action", () => {
    const actions = [update({ user_metadata: { a: "{{fields.a}}" } }, OTHER), CALL];

    expect(withoutAnswers(actions)).toEqual(actions);
  });

  test("they go from both ways of a condition, and the condition stays", () => {
    const left = withoutAnswers([
      decision(
        UNDECIDED,
        [update({ user_metadata: { a: "{{fields.a}}" } }), CALL],
        [update({ user_metadata: { b: 1 } })],
      ),
    ]);

    expect(left).toEqual([decision(UNDECIDED, [update({}), CALL], [update({ user_metadata: { b: 1 } })])]);
  });

  test.each<[string, boolean, object]>([
    ["that writes an answer", true, update({ user_metadata: { a: "{{fields.a}}" } })],
    ["that writes nothing", true, update({})],
    ["that writes a constant", false, update({ user_metadata: { a: "pro" } })],
    ["that writes to somebody else", false, update({ user_metadata: { a: "{{fields.a}}" } }, OTHER)],
    ["whose changes can not be told", false, update("{{vars.all}}")],
    ["that does something else", false, CALL],
    [
      "that another service calls the same",
      false,
      update({ user_metadata: { a: "{{fields.a}}" } }, {}, { type: "CRM" }),
    ],
    ["that writes them on a condition", true, decision(UNDECIDED, [update({ user_metadata: { a: "{{fields.a}}" } })])],
    ["that does something else on the other way", false, decision(UNDECIDED, [update({})], [CALL])],
    ["that decides, and does nothing", true, { type: "FLOW", action: "BOOLEAN_CONDITION" }],
  ])("nothing is left of an action %s: %p", (_, isNothing, action) => {
    expect(onlyWritesAnswers(action as JsonObject)).toBe(isNothing);
  });
});
