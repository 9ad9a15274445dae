import { holds, keysIn, missingKeysIn, versionIn, waitedKeysIn } from "../../review/form/conditions";
import { type UserState, userWith } from "../../review/form/user-state";
import { conditionText } from "../../review/markdown/condition-text";
import { causeText } from "../../review/markdown/login-text";

describe("A condition", () => {
  const missing = { operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.a}}"] };
  const equal = { operator: "EQ", operands: ["{{context.user.user_metadata.a}}", "x"] };
  const unknown = { operator: "GT", operands: ["{{fields.age}}", 18] };

  test.each([
    ["of a key that is there", missing, ["a"], false],
    ["of a key that is not", missing, [], true],
    ["that compares what is not there", equal, [], false],
    [
      "AND, where one does not hold, whatever the others",
      { operator: "AND", operands: [unknown, missing] },
      ["a"],
      false,
    ],
    ["OR, where one holds, whatever the others", { operator: "OR", operands: [unknown, missing] }, [], true],
  ])("is decided: %s", (_, condition, keys, expected) => {
    expect(holds(condition, userWith(keys))).toBe(expected);
  });

  test.each([
    ["that compares what somebody answered", equal, "whether `a` is `x`"],
    ["with an operator that Auth0 does not document", unknown, "whether `fields.age` `GT` `18`"],
    ["AND, where the others hold", { operator: "AND", operands: [unknown] }, "whether `fields.age` `GT` `18`"],
    [
      "deeper in an answer",
      { operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.a.b}}"] },
      "what stands under `a`",
    ],
    ["of nothing", { operator: "AND", operands: [] }, 'the condition `{"operands":[],"operator":"AND"}`'],
    ["that is none", "yes", 'the condition `"yes"`'],
  ])("is not guessed: %s", (_, condition, because) => {
    const decided = holds(condition, userWith(["a"]));

    expect(typeof decided === "object" ? causeText(decided.because) : decided).toBe(because);
  });

  test("is told in words", () => {
    expect(
      conditionText({ operator: "AND", operands: [missing, { operator: "OR", operands: [equal, unknown] }] }),
    ).toBe("`a` has no value and (`a` is `x` or `fields.age` `GT` `18`)");
  });
});

const key = (name: string) => `{{context.user.user_metadata.${name}}}`;
const no = (name: string) => ({ operator: "HAS_NO_VALUE", operands: [key(name)] });
const all = (...operands: readonly unknown[]) => ({ operator: "AND", operands });
const any = (...operands: readonly unknown[]) => ({ operator: "OR", operands });
const is = (...operands: readonly unknown[]) => ({ operator: "EQ", operands });
const isNot = (...operands: readonly unknown[]) => ({ operator: "NEQ", operands });
const older = { operator: "GT", operands: ["{{fields.age}}", 18] };

/** Somebody who has an answer under `answer`, a text under `text`, and has written `written` in this login. */
const SOMEBODY: UserState = {
  ...userWith(["answer"]),
  metadata: new Map([...userWith(["answer", "written"]).metadata, ["text", { kind: "literal", json: "x" }]]),
  written: new Set(["written"]),
};

test.each<[string, unknown, boolean | string]>([
  ["all of two that hold", all(no("a"), no("b")), true],
  ["all of two of which one does not", all(no("a"), no("answer")), false],
  ["all of two of which one can not be told", all(no("a"), older), "whether `fields.age` `GT` `18`"],
  ["one of two that holds", any(no("answer"), no("a")), true],
  ["one of two that do not hold", any(no("answer"), no("text")), false],
  ["one of two of which one can not be told", any(no("answer"), older), "whether `fields.age` `GT` `18`"],
  ["a text that is the same", is(key("text"), "x"), true],
  ["a text that is the same, turned round", is("x", key("text")), true],
  ["a text that is another", is(key("text"), "y"), false],
  ["a text that is not another", isNot(key("text"), "x"), false],
  ["a text that is", isNot(key("text"), "y"), true],
  ["what is not there, and a text", is(key("a"), "x"), false],
  ["what is not there, and not a text", isNot(key("a"), "x"), true],
  ["what is not there, and null", is(key("a"), null), "whether `a` is `null`"],
  ["an answer", isNot(key("answer"), "x"), "whether `answer` is not `x`"],
  ["two of the user's own", is(key("text"), key("text")), "whether `text` is `text`"],
  ["an answer of this login", is(key("text"), "{{fields.a}}"), "whether `text` is `fields.a`"],
  ["no key", is("x", "y"), "whether `x` is `y`"],
  ["three", is(key("text"), "x", "x"), "whether `text` `EQ` `x` `x`"],
  ["nothing but a key", is(key("text")), "whether `text` `EQ`"],
  [
    "two that have no value",
    { operator: "HAS_NO_VALUE", operands: [key("a"), key("b")] },
    "whether `a` `HAS_NO_VALUE` `b`",
  ],
  ["no value of no key", { operator: "HAS_NO_VALUE", operands: ["x"] }, "whether `x` has no value"],
  ["what was written in this login", no("written"), "whether Auth0 reads `written` anew in the same login"],
  [
    "what was written in this login, and a text",
    is(key("written"), "x"),
    "whether Auth0 reads `written` anew in the same login",
  ],
  ["what is no condition", { operator: "AND" }, 'the condition `{"operator":"AND"}`'],
])("a condition of %s", (_, condition, expected) => {
  const decided = holds(condition, SOMEBODY);

  expect(typeof decided === "object" ? causeText(decided.because) : decided).toBe(expected);
});

test.each<[string, unknown, readonly string[], readonly string[], readonly string[]]>([
  ["that waits for a key", no("a"), ["a"], ["a"], ["a"]],
  ["that waits for several, each once", all(no("a"), any(no("b"), no("a"))), ["a", "b"], ["a", "b"], ["a", "b"]],
  ["that waits for one, and looks at another", all(no("a"), is(key("b"), "x")), ["a", "b"], ["a"], ["a"]],
  ["that waits for a version", isNot(key("terms"), "2"), ["terms"], [], ["terms"]],
  ["that looks deeper", no("a.b"), ["a"], ["a"], ["a"]],
  ["with another operator", { operator: "XOR", operands: [no("a")] }, ["a"], [], []],
  ["that looks at no key", older, [], [], []],
  ["that is none", "x", [], [], []],
  ["without operands", { operator: "HAS_NO_VALUE" }, [], [], []],
])("the keys of a condition %s", (_, condition, looked, missing, waited) => {
  expect(keysIn(condition)).toEqual(looked);
  expect(missingKeysIn(condition)).toEqual(missing);
  expect(waitedKeysIn(condition)).toEqual(waited);
});

test.each<[string, unknown, object | undefined]>([
  ["a version", isNot(key("terms"), "2"), { place: "terms", version: "2" }],
  [
    "one within an object of app_metadata",
    isNot("{{context.user.app_metadata.terms.version}}", "2"),
    { place: "app_metadata.terms.version", version: "2" },
  ],
  ["one in a group of one", all(isNot(key("terms"), "2")), { place: "terms", version: "2" }],
  ["one of two conditions", all(isNot(key("terms"), "2"), no("a")), undefined],
  ["one in a group of one that is OR", any(isNot(key("terms"), "2")), undefined],
  ["a text that is the same", is(key("terms"), "2"), undefined],
  ["a number", isNot(key("terms"), 2), undefined],
  ["an expression", isNot(key("terms"), "{{fields.a}}"), undefined],
  ["no key", isNot("terms", "2"), undefined],
  ["three operands", isNot(key("terms"), "2", "3"), undefined],
  ["nothing", undefined, undefined],
])("a condition waits for a version: %s", (_, condition, version) => {
  expect(versionIn(condition)).toEqual(version);
});
