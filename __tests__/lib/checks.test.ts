import { Fn } from "cdktf";
import {
  checkClientName,
  checkCount,
  checkGiven,
  checkIdentifier,
  checkMetadataKey,
  checkName,
  checkText,
  isIdentifier,
  isList,
  repeated,
} from "../../lib/checks";
import { checkScopes } from "../../lib/management-scopes";
import { Problems } from "../../lib/validation-error";

const TOKEN = Fn.abspath(".");
const TOO_LONG = "x".repeat(151);
const SHOWN = `"${"x".repeat(76)}...`;

function problemsOf(check: (problems: Problems) => void): readonly string[] {
  const problems = new Problems();
  check(problems);
  return problems.all;
}

test.each<[unknown, readonly string[]]>([
  [undefined, []],
  ["x", []],
  ["😀".repeat(150), []],
  [TOKEN, []],
  ["", ['name must have 1 to 150 characters, got 0 in ""; give more']],
  [TOO_LONG, [`name must have 1 to 150 characters, got 151 in ${SHOWN}; give fewer`]],
  [5, ["name must be a text, got 5"]],
  [null, ["name must be a text, got null"]],
  ["a\ud800", ['name is not well-formed Unicode, got "a\\ud800"']],
])("of the name %j there is wrong: %j", (name, problems) => {
  expect(problemsOf((found) => checkName("name", name, found))).toEqual(problems);
});

test.each<[unknown, readonly string[]]>([
  ["a & b", []],
  [undefined, []],
  [TOKEN, []],
  [5, ["name must be a text, got 5"]],
  ["a<b", ['name must have no "<" and no ">", which Auth0 refuses, got "a<b"; choose another one']],
  ["a>b", ['name must have no "<" and no ">", which Auth0 refuses, got "a>b"; choose another one']],
  [`<${TOKEN}`, [`name must have no "<" and no ">", which Auth0 refuses, got "<${TOKEN}"; choose another one`]],
])("of a client's name %j there is wrong: %j", (name, problems) => {
  expect(problemsOf((found) => checkClientName("name", name, found))).toEqual(problems);
});

test.each<[unknown, readonly string[]]>([
  ["x", []],
  [TOKEN, []],
  ["", ["id is missing; give it"]],
  [undefined, ["id is missing; give it"]],
  [{ secret: 1 }, ["id is missing; give it"]],
])("of the id %j there is wrong: %j", (id, problems) => {
  expect(problemsOf((found) => checkGiven("id", id, found))).toEqual(problems);
});

const noIdentifier = (got: string) =>
  `id must be letters, digits and "_", a letter first, got ${got}; choose another one`;

test.each<[unknown, readonly string[], boolean]>([
  ["a_1", [], true],
  ["1a", [noIdentifier('"1a"')], false],
  ["a-b", [noIdentifier('"a-b"')], false],
  ["", [noIdentifier('""')], false],
  [5, [noIdentifier("5")], false],
  [undefined, [noIdentifier("undefined")], false],
  [TOKEN, ["id must be known when the stack is built, but is a token; give it as a text"], false],
])("of the identifier %j there is wrong: %j", (id, problems, is) => {
  expect(problemsOf((found) => checkIdentifier("id", id, found))).toEqual(problems);
  expect(isIdentifier(id)).toBe(is);
});

const noKey = (got: string) =>
  `key must be a text without "." and "$", which Auth0 refuses, got ${got}; choose another one`;
const noName = (got: string) =>
  `key must be a name, neither blank nor "__proto__" nor with control characters, got ${got}; choose another one`;

test.each<[unknown, readonly string[]]>([
  ["job-title", []],
  ["job title", []],
  ["proto__", []],
  ["a.b", [noKey('"a.b"')]],
  ["$a", [noKey('"$a"')]],
  ["a$", [noKey('"a$"')]],
  ["", [noKey('""')]],
  [5, [noKey("5")]],
  [" ", [noName('" "')]],
  ["__proto__", [noName('"__proto__"')]],
  ["a\tb", [noName('"a\\tb"')]],
  ["a\u0085", [noName('"a\u0085"')]],
  [TOKEN, ["key must be known when the stack is built, but is a token; give it as a text"]],
])("of the key %j of user_metadata there is wrong: %j", (key, problems) => {
  expect(problemsOf((found) => checkMetadataKey("key", key, found))).toEqual(problems);
});

test.each<[string, { min: number; max?: number }, readonly string[]]>([
  ["ab", { min: 2 }, []],
  ["x".repeat(9_999), { min: 2 }, []],
  ["a", { min: 2 }, ['text must have 2 or more characters, got 1 in "a"; give more']],
  ["ab", { min: 0, max: 2 }, []],
  ["abc", { min: 0, max: 2 }, ['text must have 0 to 2 characters, got 3 in "abc"; give fewer']],
  [
    "\udc00\ud800",
    { min: 3 },
    [
      'text must have 3 or more characters, got 2 in "\\udc00\\ud800"; give more',
      'text is not well-formed Unicode, got "\\udc00\\ud800"',
    ],
  ],
])("of the text %j within %j there is wrong: %j", (text, limits, problems) => {
  expect(problemsOf((found) => checkText("text", text, limits, found))).toEqual(problems);
});

const noCount = (got: string) => `count must be an integer of 1 to 3, got ${got}; choose another one`;

test.each<[unknown, readonly string[]]>([
  [1, []],
  [3, []],
  [0, [noCount("0")]],
  [4, [noCount("4")]],
  [1.5, [noCount("1.5")]],
  ["2", [noCount('"2"')]],
  [undefined, [noCount("undefined")]],
  [TOKEN, ["count must be known when the stack is built, but is a token; give it as a number"]],
])("of the count %j there is wrong: %j", (count, problems) => {
  expect(problemsOf((found) => checkCount("count", count, 3, found))).toEqual(problems);
});

const noScope = (index: number, got: string) =>
  `scopes[${index}] must be a Management API scope, e.g. "read:users", got ${got}`;
const noUpdate = (got: string) => `scopes must include "update:users", or the flow can not save any answer, got ${got}`;

test.each<[unknown, readonly string[]]>([
  [["update:users"], []],
  [["read:users_app_metadata", "update:users"], []],
  [["update:users", TOKEN], []],
  [["no scope", TOKEN], []],
  ["update:users", ["scopes must be a list of texts, got a text"]],
  [undefined, ["scopes must be a list of texts, got undefined"]],
  [[], [noUpdate("none")]],
  [["read:users", "read:roles"], [noUpdate('"read:users", "read:roles"')]],
  [["update:users", 5], [noScope(1, "5")]],
  [["read:users;", "update:users"], [noScope(0, '"read:users;"')]],
  [
    ["update:users", "1read:users", ":users", "read:", "Read:users"],
    [noScope(1, '"1read:users"'), noScope(2, '":users"'), noScope(3, '"read:"'), noScope(4, '"Read:users"')],
  ],
  [["update:users", "a:b", "a:b", "a:b"], ['scope "a:b" is there more than once; leave one out']],
])("of the scopes %j there is wrong: %j", (scopes, problems) => {
  expect(problemsOf((found) => checkScopes(scopes, found))).toEqual(problems);
});

test("what is there more than once is named once, and a list is no text", () => {
  expect([...repeated(["a", "b", "a", "c", "b", "a"])]).toEqual(["a", "b"]);
  expect([isList([]), isList("a"), isList({ length: 0 })]).toEqual([true, false, false]);
});
