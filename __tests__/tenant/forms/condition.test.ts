import type { Json } from "../../../tenant/documents/json";
import { holds } from "../../../tenant/forms/condition";
import { LocalizedForm } from "../../../tenant/forms/localized-form";
import { formScope } from "../../../tenant/forms/scope";

const NOW = "2026-01-01T00:00:00.000Z";
const form = new LocalizedForm({ id: "ap_1", name: "Profile", created_at: NOW, updated_at: NOW }, []);
const scope = formScope(
  form,
  {
    context: { user: { user_metadata: { job_title: "CTO", empty: "", nothing: null, list: ["a", "b"] } } },
    fields: { plan: "pro", age: 20, typed: "20", accepted: true, refused: false, day: "2026-03-01" },
  },
  () => new Date(NOW),
);
const PLACE = 'router "Check", rule "Missing"';

function comparison(operator: string, ...operands: Json[]): Json {
  return { operator: "AND", operands: [{ operator, operands }] };
}

const METADATA = "context.user.user_metadata";

describe("the operators that Auth0's own exports use", () => {
  test.each<[Json, boolean]>([
    [comparison("HAS_NO_VALUE", `{{${METADATA}.missing}}`), true],
    [comparison("HAS_NO_VALUE", `{{${METADATA}.nothing}}`), true],
    [comparison("HAS_NO_VALUE", `{{${METADATA}.empty}}`), true],
    [comparison("HAS_NO_VALUE", `{{${METADATA}.job_title}}`), false],
    [comparison("HAS_NO_VALUE", `{{${METADATA}.list}}`), false],
    [comparison("EQ", "{{fields.plan}}", "pro"), true],
    [comparison("EQ", "{{fields.plan}}", "free"), false],
    [comparison("EQ", "{{fields.accepted}}", true), true],
    [comparison("EQ", "{{fields.accepted}}", "true"), false],
    [comparison("EQ", `{{${METADATA}.list}}`, ["a", "b"]), true],
    [comparison("EQ", "{{fields.typed}}", "{{fields.age}}"), false],
  ])("%j is %s", (condition, expected) => {
    expect(holds(condition, scope, PLACE)).toBe(expected);
  });
});

describe("the operators whose names are conjectured", () => {
  test.each<[string, Json[], boolean]>([
    ["NEQ", ["{{fields.plan}}", "free"], true],
    ["NE", ["{{fields.plan}}", "pro"], false],
    ["GT", ["{{fields.age}}", 20], false],
    ["GTE", ["{{fields.age}}", 20], true],
    ["LT", ["{{fields.age}}", 100], true],
    ["LT", ["{{fields.typed}}", "100"], true],
    ["LTE", ["{{fields.age}}", 19], false],
    ["GT", ["{{fields.day}}", "2026-02-28"], true],
    ["GT", ["{{fields.missing}}", 0], false],
    ["LT", ["{{fields.missing}}", 0], false],
    ["INCLUDES", [`{{${METADATA}.list}}`, "a"], true],
    ["INCLUDES", ["{{fields.plan}}", "ro"], true],
    ["NOT_INCLUDES", [`{{${METADATA}.list}}`, "c"], true],
    ["STARTS_WITH", ["{{fields.plan}}", "p"], true],
    ["ENDS_WITH", ["{{fields.plan}}", "p"], false],
    ["EXISTS", [`{{${METADATA}.nothing}}`], true],
    ["NOT_EXISTS", [`{{${METADATA}.missing}}`], true],
    ["IS_NULL", [`{{${METADATA}.nothing}}`], true],
    ["IS_NULL", [`{{${METADATA}.missing}}`], false],
    ["IS_NOT_NULL", ["{{fields.plan}}"], true],
    ["IS_TRUE", ["{{fields.accepted}}"], true],
    ["IS_FALSE", ["{{fields.accepted}}"], false],
    ["IS_FALSE", ["{{fields.refused}}"], true],
  ])("%s %j is %s", (operator, operands, expected) => {
    expect(holds(comparison(operator, ...operands), scope, PLACE)).toBe(expected);
  });
});

test("groups can be nested", () => {
  const isPro = { operator: "EQ", operands: ["{{fields.plan}}", "pro"] };
  const isFree = { operator: "EQ", operands: ["{{fields.plan}}", "free"] };

  expect(holds({ operator: "OR", operands: [isFree, { operator: "AND", operands: [isPro] }] }, scope, PLACE)).toBe(
    true,
  );
  expect(holds({ operator: "AND", operands: [isPro, isFree] }, scope, PLACE)).toBe(false);
});

describe("fails when a condition", () => {
  test.each<[string, Json, string]>([
    [
      "has an unknown operator",
      comparison("MATCHES", "{{fields.plan}}", "p.*"),
      'unknown operator "MATCHES"; known are AND, OR, HAS_NO_VALUE,',
    ],
    ["is named as a property of every object", comparison("constructor", "a"), 'unknown operator "constructor"'],
    ["misses an operand", comparison("EQ", "{{fields.plan}}"), "EQ takes 2 operands, got 1"],
    ["has an operand too many", comparison("HAS_NO_VALUE", "a", "b"), "HAS_NO_VALUE takes 1 operand, got 2"],
    ["is an empty group", { operator: "AND", operands: [] }, "a group without operands decides nothing"],
    [
      "is of another dialect",
      { operator: "not_exists", field: "x" },
      'a condition is {"operator": …, "operands": […]}, got',
    ],
    ["is no object", "true", 'a condition is {"operator": …, "operands": […]}, got "true"'],
  ])("%s: it says which rule", (_, condition, message) => {
    expect(() => holds(condition, scope, PLACE)).toThrow(`${PLACE}: ${message}`);
  });
});
