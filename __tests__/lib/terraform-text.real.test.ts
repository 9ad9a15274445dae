import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { canonicalJson, literal } from "../../lib/terraform-text";

/** What Terraform itself makes of the texts: each is the value of an output. */
function throughTerraform(texts: (stack: TerraformStack) => Record<string, string>): Record<string, string> {
  const stack = new TerraformStack(Testing.app(), "texts");
  for (const [name, value] of Object.entries(texts(stack))) {
    new TerraformOutput(stack, name, { value });
  }
  const folder = mkdtempSync(join(tmpdir(), "terraform-text-"));
  const configuration = JSON.parse(Testing.synth(stack));
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration));
  const terraform = (...args: string[]) =>
    execFileSync(process.env.TERRAFORM_BINARY_NAME ?? "terraform", args, { cwd: folder, encoding: "utf8" });
  terraform("init", "-input=false", "-no-color");
  terraform("apply", "-auto-approve", "-input=false", "-no-color");
  const outputs: Record<string, { value: string }> = JSON.parse(terraform("output", "-json"));
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}

const AWKWARD = {
  interpolation: "const greeting = `Hello ${name}`;",
  directive: "100%{ if } %{x}",
  escapes: 'a "quoted" \\ back\\nslash\ttab',
  doubled: "$${x} %%{y} $$$ %",
  lines: "one\ntwo\r\nthree",
  unicode: "Grüße, 世界 🎉 \u2028\u2029",
  markup: "<h2>R&D</h2>",
  control: "\u0001\b\f\u007f",
  dollarAtEnd: "costs 5$",
};

describe("literal", () => {
  test("gives Terraform the text back unchanged", () => {
    const results = throughTerraform(() =>
      Object.fromEntries(Object.entries(AWKWARD).map(([name, text]) => [name, literal(text)])),
    );

    expect(results).toEqual(AWKWARD);
  });

  test("keeps tokens, also right after a dollar sign", () => {
    const results = throughTerraform((stack) => {
      const name = new TerraformVariable(stack, "name", { type: "string", default: "Ada" });
      const amount = new TerraformVariable(stack, "amount", { type: "number", default: 7 });
      return {
        hello: literal(`Hello \${x} ${name.stringValue}!`),
        price: literal(`$${name.stringValue}`),
        dollars: literal(`$$$${name.stringValue}`),
        number: literal(`$${amount.numberValue} of 1e10`),
        json: canonicalJson({ label: `Pay $${amount.numberValue} "now"` }),
      };
    });

    expect(results).toEqual({
      hello: "Hello ${x} Ada!",
      price: "$Ada",
      dollars: "$$$Ada",
      number: "$7 of 1e10",
      json: '{"label":"Pay $7 \\"now\\""}',
    });
  });
});

describe("canonicalJson", () => {
  test("is what Terraform's own jsonencode writes", () => {
    const document = { ...AWKWARD, z: [1, 2.5, true, null, { b: 1, a: [] }], empty: {} };

    const results = throughTerraform(() => ({ ours: canonicalJson(document) }));
    const folderless = throughTerraform((stack) => {
      const decoded = new TerraformVariable(stack, "document", { default: JSON.stringify(document) });
      return { theirs: `\${jsonencode(jsondecode(${decoded.fqn}))}` };
    });

    expect(results.ours).toBe(folderless.theirs);
    expect(JSON.parse(results.ours ?? "")).toEqual(document);
  });

  test("sorts keys by their bytes and leaves out what is undefined", () => {
    expect(canonicalJson({ b: 1, a: { d: undefined, c: 2 }, B: 3, é: 4 })).toBe('{"B":3,"a":{"c":2},"b":1,"é":4}');
  });

  test("escapes what Go escapes", () => {
    expect(canonicalJson("<&>\u2028")).toBe('"\\u003c\\u0026\\u003e\\u2028"');
  });

  test("takes tokens for a text, a part of one, a number, a list and an object", () => {
    const results = throughTerraform((stack) => {
      const text = new TerraformVariable(stack, "text", { type: "string", default: 'say "hi" \\ <b>' });
      const number = new TerraformVariable(stack, "number", { type: "number", default: 7 });
      const list = new TerraformVariable(stack, "list", { type: "list(string)", default: ["a", '"b"'] });
      return {
        document: canonicalJson({
          whole: text.stringValue,
          part: `$${text.stringValue} and \${y}`,
          number: number.numberValue,
          list: list.listValue,
          object: Token.asAny(list.value),
        }),
      };
    });

    const value = 'say "hi" \\ <b>';
    expect(JSON.parse(results.document ?? "")).toEqual({
      whole: value,
      part: `$${value} and \${y}`,
      number: 7,
      list: ["a", '"b"'],
      object: ["a", '"b"'],
    });
    expect(results.document).not.toMatch(/[<>]/);
  });

  test.each<[string, unknown, string]>([
    ["a function", { a: [{ handler: () => 1 }] }, "as a[0].handler is"],
    ["a date", { a: new Date(0) }, "JSON can not hold a Date, as a is"],
    ["a map", new Map(), "JSON can not hold a Map, as it is"],
    ["no number", { a: Number.NaN }, "JSON can not hold the number NaN, as a is"],
    ["nothing in a list", [undefined], "JSON can not hold the undefined undefined, as [0] is"],
    ["a big integer", { a: 1n }, "JSON can not hold the bigint 1, as a is"],
  ])("refuses %s, and says where it is", (_, value, message) => {
    expect(() => canonicalJson(value)).toThrow(message);
  });

  test("refuses an object within itself", () => {
    const value: Record<string, unknown> = {};
    value.a = { b: value };

    expect(() => canonicalJson(value)).toThrow("JSON can not hold an object within itself, as a.b does");
  });
});
