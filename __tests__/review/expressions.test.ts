import { fieldsIn, pathOf, placeOf, profilePath, resolved, soleExpression } from "../../review/form/expressions";
import { ANSWER, type UserState, userWith } from "../../review/form/user-state";
import { processorTime } from "../support/processor-time";

test.each([
  ["context.user.user_metadata.job_title", ["context", "user", "user_metadata", "job_title"]],
  ["fields.größe_2", ["fields", "größe_2"]],
  ["fields['job title']", ["fields", "job title"]],
  ['fields["job title"].value', ["fields", "job title", "value"]],
  ['context.user[ "user_metadata" ]["it\'s"]', ["context", "user", "user_metadata", "it's"]],
  ["vars.stage", ["vars", "stage"]],
  ["actions.crm.status", ["actions", "crm", "status"]],
  ["fields", undefined],
  ["user.name", undefined],
  ["fields.a ?? fields.b", undefined],
  ["fields.a()", undefined],
  ["fields[a]", undefined],
  ["fields[0]", undefined],
  ["fields[\"a']", undefined],
  ["fields['a'b']", undefined],
  ['fields["a"b"]', undefined],
])("the path of %s is %j", (expression, path) => {
  expect(pathOf(expression)).toEqual(path);
});

test.each([
  ["{{fields.phone}}", "fields.phone"],
  [" {{ fields.phone\n}} ", "fields.phone"],
  ["{{fields.a ?? fields.b}}", "fields.a ?? fields.b"],
  ["{{}}", undefined],
  ["{{ }}", undefined],
  ["I am {{fields.a}}", undefined],
  ["{{fields.a}}{{fields.b}}", undefined],
  ["fields.a", undefined],
])("%j is nothing but the expression %j", (text, expression) => {
  expect(soleExpression(text)).toBe(expression);
});

test.each<[unknown, readonly string[] | undefined]>([
  ["{{context.user.user_metadata.job_title}}", ["job_title"]],
  ['{{ context.user.user_metadata["job title"].since }}', ["job title", "since"]],
  ["{{context.user.app_metadata.terms.version}}", ["app_metadata.terms", "version"]],
  ["{{context.user.given_name}}", ["user.given_name"]],
  ["{{context.user.address.city}}", ["user.address", "city"]],
  ["{{context.user.user_metadata}}", undefined],
  ["{{context.user}}", undefined],
  ["{{context.client.name}}", undefined],
  ["{{fields.job_title}}", undefined],
  ["context.user.user_metadata.job_title", undefined],
  [undefined, undefined],
  [1, undefined],
])("%j stands for the place %j of the profile", (text, place) => {
  expect(profilePath(text)).toEqual(place);
});

test.each<[unknown, readonly string[]]>([
  ["{{fields.a}} and {{ fields['b c'] ?? fields.a }}", ["a", "b c"]],
  [{ name: '{{fields["a"]}}', more: ["{{fields.b.international_number}}"] }, ["a", "b"]],
  ["{{format(fields.a, fields.b)}}", ["a", "b"]],
  ["fields.a", []],
  ["{{context.user.user_metadata.a}}", []],
  ["{{myfields.a}}", []],
  [undefined, []],
])("the fields in %j are %j", (value, ids) => {
  expect(fieldsIn(value)).toEqual(ids);
});

const USER: UserState = { ...userWith(["old"]), answered: new Set(["a", "b c"]) };
const unknown = (expression: string) => ({ kind: "doubt", because: { what: "value", expression } });
const literal = (json: unknown) => ({ kind: "literal", json });
const object = (members: object) => ({ kind: "object", members: new Map(Object.entries(members)) });

test.each<[unknown, unknown]>([
  ["x", literal("x")],
  ["", literal("")],
  [1, literal(1)],
  [null, literal(null)],
  ["{{fields.a}}", ANSWER],
  ["{{ fields['b c'] }}", ANSWER],
  ["{{fields.a.value}}", ANSWER],
  ["{{fields.c}}", undefined],
  ["I am {{fields.c}}", ANSWER],
  [["{{fields.c}}"], ANSWER],
  [{ x: "{{fields.a}}", y: "{{fields.c}}", z: { v: 1 } }, object({ x: ANSWER, z: object({ v: literal(1) }) })],
  [{}, object({})],
  ["{{context.user.user_metadata.old}}", ANSWER],
  ["{{context.user.user_metadata.new}}", undefined],
  ["{{context.user.app_metadata.new}}", undefined],
  ["{{context.user.given_name}}", unknown("context.user.given_name")],
  ["{{context.user.user_id}}", ANSWER],
  ["{{context.client.client_id}}", ANSWER],
  ["{{context.tenant.name}}", ANSWER],
  ["{{context.client.name}}", unknown("context.client.name")],
  ["{{vars.x}}", unknown("vars.x")],
  ["{{now}}", unknown("now")],
  ["{{fields.c ?? fields.a}}", ANSWER],
  ["{{fields.c ?? context.user.user_metadata.new}}", undefined],
  ["{{fields.c ?? vars.x}}", unknown("vars.x")],
  ["{{upper(fields.a)}}", ANSWER],
  ["{{upper(fields.c)}}", unknown("upper(fields.c)")],
  ["{{join(fields.a, fields.c)}}", unknown("join(fields.a, fields.c)")],
  ["{{first(fields.c ?? fields.a)}}", unknown("first(fields.c ?? fields.a)")],
  ["{{'a' ?? fields.a}}", ANSWER],
])("for somebody who has answered `a`, and has `old`, %j is %j", (value, expected) => {
  expect(resolved(value, USER)).toEqual(expected);
});

test("an attribute that was written is known", () => {
  const written = { ...USER, metadata: new Map([["user.given_name", ANSWER]]) };

  expect(resolved("{{context.user.given_name}}", written)).toEqual(ANSWER);
});

test.each<[readonly string[], readonly string[]]>([
  [["user_metadata", "a"], ["a"]],
  [
    ["user_metadata", "a", "b"],
    ["a", "b"],
  ],
  [
    ["app_metadata", "a", "b"],
    ["app_metadata.a", "b"],
  ],
  [["given_name"], ["user.given_name"]],
  [
    ["address", "city", "name"],
    ["user.address", "city", "name"],
  ],
  [["user_metadata"], []],
  [["app_metadata"], []],
  [[], []],
])("below the user %j stands at %j", (path, place) => {
  expect(placeOf(path)).toEqual(place);
});

test("a text in which fifty thousand expressions begin and none ends is read once", () => {
  const text = "{{".repeat(50_000);

  const took = processorTime(() => {
    expect(fieldsIn(text)).toEqual([]);
    expect(fieldsIn(`${text}fields.role}}`)).toEqual(["role"]);
  });
  expect(took).toBeLessThan(2_000);
});
