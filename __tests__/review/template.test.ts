import { Fn, TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { canonicalJson, literal } from "../../lib/terraform-text";
import { evaluateTemplate, literalsOf } from "../../review/plan/terraform-template";

const KNOWN = new Map<string, unknown>([
  ["auth0_flow.x.id", "af_1"],
  ["var.quoted", 'say "no" <here> & ${there}'],
  ["var.list", ["a", "b"]],
  ["data.auth0_tenant.t.management_api_identifier", "https://example.eu.auth0.com/api/v2/"],
  ['auth0_flow.x["a.b"].id', "af_2"],
]);

function evaluated(template: string): unknown {
  return evaluateTemplate(template, (reference) =>
    KNOWN.has(reference) ? { value: KNOWN.get(reference) } : undefined,
  );
}

describe("a template of Terraform's JSON syntax", () => {
  test.each([
    ["is text where it has no expression", "plain $ { text } 50%", "plain $ { text } 50%"],
    ["has its escapes read", "$${not} %%{either} $$${still} $5", "${not} %{either} $${still} $5"],
    ["has known references replaced", "id ${auth0_flow.x.id}.", "id af_1."],
    ["keeps unknown references as what they are", "id ${auth0_form.y.id}.", "id (auth0_form.y.id)."],
    ["is the value itself where it is one expression", "${var.list}", ["a", "b"]],
    ["reads indexes and keys", '${auth0_flow.x["a.b"].id} ${auth0_flow.y[0].id}', "af_2 (auth0_flow.y[0].id)"],
    [
      "reads constants, lists and objects",
      '${jsonencode([1, true, null, {"k" = "v", w: auth0_flow.x.id}])}',
      '[1,true,null,{"k":"v","w":"af_1"}]',
    ],
    [
      "takes off and puts on what CDKTF's functions do",
      '${trimsuffix(trimprefix(data.auth0_tenant.t.management_api_identifier, "https://"), "/api/v2/")}',
      "example.eu.auth0.com",
    ],
    ["encodes JSON as Go does", "${jsonencode(var.quoted)}", '"say \\"no\\" \\u003chere\\u003e \\u0026 ${there}"'],
    [
      "reads quoted texts with expressions in them",
      '${jsonencode("a ${auth0_flow.x.id} \\"b\\" }")}',
      '"a af_1 \\"b\\" }"',
    ],
    ["says of other functions what they depend on", "${upper(auth0_flow.x.id)}", "(auth0_flow.x.id)"],
    ["says of conditions what they depend on", '${var.a ? "x.y" : "z"}', "(var.a)"],
    ["says no more of an expression without references", "${timestamp()}", "(an expression)"],
    ["takes a splat as it is", "${auth0_flow.x.*.id}", "(auth0_flow.x.*.id)"],
  ])("%s", (_, template, value) => {
    expect(evaluated(template)).toEqual(value);
  });

  test.each([["%{ if true }x%{ endif }"], ["${auth0_flow.x.id"], ['${"no end}']])(
    "is refused where it is %s",
    (template) => {
      expect(() => evaluated(template)).toThrow(SyntaxError);
    },
  );

  test("may be nested deeper than anybody writes", () => {
    expect(evaluated(`\${${"[".repeat(100_000)}}`)).toBe("(an expression)");
  });

  test("has what stands in it literally, in quotes too", () => {
    expect(literalsOf('one ${sensitive("two ${var.x} three")} four')).toEqual(
      expect.arrayContaining(["one ", " four"]),
    );
    expect(literalsOf('${join("-", ["secret", var.x])}')).toEqual(["-", "secret"]);
    expect(literalsOf("%{ if x }secret%{ endif }")).toEqual(["%{ if x }secret%{ endif }"]);
  });
});

test("what this library writes is read back, whatever characters it has, with CDKTF's own tokens in it", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const token = new TerraformVariable(stack, "quoted", { type: "string" }).stringValue;
  const texts = [
    "${x} %{y} $${z}",
    "quotes \" ' ` \\ \n\t",
    "<&>\u2028",
    `before${token}after`,
    `$${token}`,
    "emoji 🙂",
  ];
  const document = { texts, nested: [{ [`key ${token}`]: Fn.jsonencode("a") }] };

  new TerraformOutput(stack, "written", { value: { literal: texts.map(literal), json: canonicalJson(document) } });
  const resolved = JSON.parse(Testing.synth(stack)).output.written.value;
  const value = KNOWN.get("var.quoted");
  const filled = texts.map((text) => text.replace(token, () => String(value)));

  expect(resolved.literal.map(evaluated)).toEqual(filled);
  expect(JSON.parse(String(evaluated(resolved.json)))).toMatchObject({ texts: filled });
});
