import type { Json } from "../../../tenant/documents/json";
import { CUSTOM_FIELD_POLICY, customFieldPage } from "../../../tenant/forms/custom-field-page";
import { fieldTypeOf } from "../../../tenant/forms/fields";
import { stepPage } from "../../../tenant/step-page";
import { field, formOf, rendered } from "../../support/rendered-step";

const CODE = "function custom() { return { getValue() { return '{{ not an expression }}'; } }; }";
const custom = (config: Record<string, Json> = {}, required = false) =>
  field("CUSTOM", { required, config: { schema: {}, code: CODE, ...config } });
const read = (component: ReturnType<typeof custom>, posted: string) =>
  fieldTypeOf(component)?.read(component, { "": [posted] });

test.each<[string, Json]>([
  ['"text"', "text"],
  ["0", 0],
  ["false", false],
  ['{"a":[1]}', { a: [1] }],
  ["[]", []],
])("%s is an answer of any type", (posted, answer) => {
  expect(read(custom(), posted)).toEqual({ answer });
});

test.each(["", '""', "null", "{", "[".repeat(200)])("%j is no answer, and a required field wants one", (posted) => {
  expect(read(custom(), posted)).toEqual({ answer: undefined });
  expect(read(custom({}, true), posted)).toEqual({ problem: { key: "ERR_REQUIRED_PROPERTY" } });
});

test("the server checks an answer by the field's own schema", () => {
  const list = custom({ schema: { type: "array", items: { type: "string", format: "email" }, minItems: 2 } });

  expect(read(list, '["a@b.co","c@d.co"]')).toEqual({ answer: ["a@b.co", "c@d.co"] });
  expect(read(list, '["a@b.co"]')).toEqual({
    problem: { key: "ERR_INVALID_VALUE", details: { problem: "must NOT have fewer than 2 items" } },
  });
  expect(read(list, '["a@b.co",2]')).toEqual({
    problem: { key: "ERR_INVALID_VALUE", details: { problem: "/1 must be string" } },
  });
});

test.each<[string, Json]>([
  ["a type that is none", { type: "text" }],
  ["a reference to elsewhere", { $ref: "https://example.com/schema.json" }],
])("a schema with %s is told, not thrown as a fault", (_, schema) => {
  expect(() => read(custom({ schema }), "1")).toThrow(/^schema of field "answer" is no JSON Schema: /);
});

test("the page tells the frame its parameters, filled in, and nothing of the code", () => {
  const form = formOf([
    custom({ params: { who: "{{vars.person}}", all: "{{vars.list}}" } }),
    field("PASSWORD", { id: "p" }),
  ]);
  const page = rendered(form, {
    vars: { person: "Ana", list: [{ id: 1 }] },
    fields: { before: "B", p: "secret", answer: [1] },
  });

  const setUp = /data-set-up="([^"]*)"/.exec(page)?.[1]?.replaceAll("&quot;", '"') ?? "";
  expect(JSON.parse(setUp)).toEqual({
    params: { who: "Ana", all: [{ id: 1 }] },
    formId: "ap_1",
    hidden: {},
    isVisitedAgain: true,
    values: { before: "B", p: "███", answer: [1] },
  });
  expect(page).toContain('sandbox="allow-scripts"');
  expect(page).not.toContain("not an expression");
  expect(page).toContain('<input type="hidden" name="field.answer" value="[1]">');
});

test("the page of the frame holds the code as it was written, and nothing in it can end it there", () => {
  const code = "function f() { return { init: () => '<b></b><!--</script><script>' }; }";
  const form = formOf([custom({ code, css: "input { color: red }</style>" })]);
  const page = customFieldPage(form, "answer", { assets: "/assets", stylesheet: "/style.css" });

  expect(page).toContain("<style>input { color: red }<\\/style></style>");
  expect(page).toContain(
    "<script>customField.code =\nfunction f() { return { init: () => '<b></b><\\!--<\\/script><script>' }; }\n</script>",
  );
  expect(customFieldPage(form, "another", { assets: "", stylesheet: "" })).toBeUndefined();
  expect(CUSTOM_FIELD_POLICY).toMatch(/^sandbox allow-scripts; default-src 'none'; script-src 'self' 'unsafe-inline';/);
});

test("the files of a step's page hold the frames of its fields", () => {
  const files = stepPage(formOf([custom(), field("TEXT", { id: "other" })]), "one");

  expect([...files.keys()].filter((path) => path.includes("custom"))).toEqual([
    "/assets/custom-field.js",
    "/custom/answer",
  ]);
});
