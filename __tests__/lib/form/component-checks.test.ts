import { Fn, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { dropdown, raw, text } from "../../../lib";
import type { Component } from "../../../lib/form/component";
import { checkSent } from "../../../lib/form/component-checks";
import type { IdentifiedComponent } from "../../../lib/form/stage";
import { Problems } from "../../../lib/validation-error";

function problemsOf(component: object): readonly string[] {
  const found: string[] = [];
  const problems = new Problems();
  problems.add = (problem) => found.push(problem);
  checkSent("it", component as IdentifiedComponent, problems);
  return found;
}

function field(type: string, config: unknown): Component {
  return raw({ id: "it", category: "FIELD", type, config: config as Component["config"] });
}

const stack = new TerraformStack(Testing.app(), "dev");
const variable = new TerraformVariable(stack, "value", {});
const { stringValue, numberValue, booleanValue, listValue } = variable;

describe("tokens pass where a value stands", () => {
  test.each<[string, Component]>([
    ["a text", text("it", { label: stringValue, hint: `Hello ${stringValue}`, placeholder: stringValue })],
    ["a text in an option", dropdown("it", { label: "A", options: [stringValue, { value: stringValue, label: "B" }] })],
    ["a number", field("NUMBER", { min_value: numberValue })],
    ["a number with limits", field("TEXT", { max_length: numberValue })],
    ["a flag", field("CHOICE", { multiple: booleanValue, allow_other: { enabled: booleanValue } })],
    ["one of a few words", field("DATE", { format: stringValue })],
    ["an address", field("CARDS", { options: [{ value: "a", label: "A", image_url: stringValue }] })],
    ["an id", raw({ id: "it", category: "BLOCK", type: "JUMP_BUTTON", config: { text: "A", next_node: stringValue } })],
    ["a list of texts", field("FILE", { extensions: listValue })],
    ["a list of objects", field("CARDS", { options: variable.value })],
    ["an object", field("PAYMENT", { charge: variable.value, credentials: Fn.merge([{ public_key: "a" }]) })],
    ["a whole config", field("NUMBER", variable.value)],
  ])("%s", (_, component) => {
    expect(problemsOf(component)).toEqual([]);
  });
});

test.each(["DROPDOWN", "CHOICE"])("a token of a list of texts is no list of a %s's options", (type) => {
  expect(problemsOf(field(type, { options: listValue }))).toEqual([
    "it: config.options must be a list of objects with value and label, got a token, which is a list of texts; " +
      "give the list itself, and tokens in it",
  ]);
});

test("what JSON can not hold is told by its place", () => {
  const itself: Record<string, unknown> = {};
  itself.again = itself;

  expect(problemsOf(field("CUSTOM", { code: "1", schema: { at: new Date(0), of: [1, undefined], f() {} } }))).toEqual([
    "it: config.schema.at can not be sent as JSON, got a Date; give a text, a number, a list, an object or the like",
    "it: config.schema.of[1] can not be sent as JSON, got undefined; give a text, a number, a list, an object or the like",
    "it: config.schema.f can not be sent as JSON, got a function; give a text, a number, a list, an object or the like",
  ]);
  expect(problemsOf(field("CHOICE", { default_value: itself }))).toEqual([
    "it: config.default_value.again can not be sent as JSON, since it holds itself; give it without that",
  ]);
  expect(problemsOf(field("NUMBER", { min_value: Number.NaN }))).toEqual([
    "it: config.min_value can not be sent as JSON, got NaN; give a text, a number, a list, an object or the like",
  ]);
});

test("what is undefined is left out, known or not", () => {
  expect(problemsOf({ ...field("URL", { placeholder: undefined, icon: undefined }), answer: undefined })).toEqual([]);
});

test("all problems of a component come at once, each place once", () => {
  const component = { ...field("RICH_TEXT", { content: 3, html: "a" }), category: "FIELD", label: "A" };

  expect(problemsOf(component)).toEqual([
    'it has no key "label"; its keys are id, category, type, config',
    'it: category must be "BLOCK", got "FIELD"',
    'it: config has no key "html"; its keys are content',
    "it: config.content must be a text, got 3",
  ]);
});

test.each([
  ["RECAPTCHA", { site_key: "a", secret_key: 42 }, "config.secret_key must be a text, got a number"],
  ["RECAPTCHA", { site_key: "a", secret_key: ["s3cr3t"] }, "config.secret_key must be a text, got a list of 1"],
])("no secret is shown of a %s", (type, config, problem) => {
  const found = problemsOf({ ...field(type, config), category: "WIDGET" });

  expect(found).toEqual([`it: ${problem}`]);
});
