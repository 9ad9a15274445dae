import { expressionOf, literalOf } from "../../../adopt/hcl/expression";
import type { Json } from "../../../adopt/hcl/json";

test.each<[string, Json, string]>([
  ["a reference alone is the reference", "${auth0_form.x.id}", "auth0_form.x.id"],
  ["a template stays one", "https://${var.domain}/", '"https://${var.domain}/"'],
  ["quotes and braces of an expression end nothing", '${join("}", ["a", "${var.b}"])}', 'join("}", ["a", "${var.b}"])'],
  ["quotes, backslashes and lines of a text are escaped", 'a "b" \\n\n\t${var.c}', '"a \\"b\\" \\\\n\\n\\t${var.c}"'],
  ["control characters are too", "\u0000\u007f", '"\\u0000\\u007f"'],
  ["what is no interpolation stays none", 'a $${b "c"} %%{d}', '"a $${b \\"c\\"} %%{d}"'],
  ["a directive stays one", '%{ if var.a == "}" }yes%{ endif }', '"%{ if var.a == "}" }yes%{ endif }"'],
  ["an interpolation that trims is no reference alone", "${~ var.a ~}", '"${~ var.a ~}"'],
  [
    "lines are a heredoc, as they are",
    'const a = "\\n";\n  b(${var.c});\n',
    '<<EOT\nconst a = "\\n";\n  b(${var.c});\nEOT',
  ],
  ["the mark of a heredoc is no line of it", "a\n  EOT\n", "<<EOT_\na\n  EOT\nEOT_"],
  ["a heredoc would end with a line: a text that does not is quoted", "a\nb", '"a\\nb"'],
  ["as is one of other line ends", "a\r\nb\r\n", '"a\\r\\nb\\r\\n"'],
  ["a list of few is a line", ["a", 1, true, null], '["a", 1, true, null]'],
  ["a list of objects is lines", [{ a: 1 }], "[\n{\na = 1\n},\n]"],
  ["lines in a list are quoted", ["a\nb\n"], '["a\\nb\\n"]'],
  [
    "keys that are no names are quoted",
    { "a b": 1, for: 2, true: 3, b: "x" },
    '{\n"a b" = 1\n"for" = 2\n"true" = 3\nb = "x"\n}',
  ],
  ["keys are templates too", { "${var.a}": 1, "${var.a}b": 2 }, '{\n(var.a) = 1\n"${var.a}b" = 2\n}'],
  ["nothing in it", { a: {}, b: [] }, "{\na = {}\nb = []\n}"],
])("%s", (_, value, expected) => {
  expect(expressionOf(value)).toBe(expected);
});

test.each<[string, Json, string]>([
  ["marks of templates are escaped", '${var.a} %{b} "c"', '"$${var.a} %%{b} \\"c\\""'],
  ["in lists and keys too", { "${a}": ["%{b}"] }, '{\n"$${a}" = ["%%{b}"]\n}'],
])("in what is not evaluated, %s", (_, value, expected) => {
  expect(literalOf(value)).toBe(expected);
});

const inText = (expression: string) => `\${trimsuffix(trimprefix(jsonencode(${expression}), "\\""), "\\"")}`;

test.each([
  [
    "a document",
    '[{"a":"\\u003cp\\u003e\\n","b":[1,0.5,null,true]}]',
    '[\n{\na = "<p>\\n"\nb = [1, 0.5, null, true]\n},\n]',
  ],
  ["an expression for a value", '{"id":${jsonencode(auth0_flow.x["1"].id)}}', '{\nid = auth0_flow.x["1"].id\n}'],
  ["an expression in a text", `{"id":"a ${inText("var.a")}"}`, '{\nid = "a ${var.a}"\n}'],
  ["dollars before one", `{"id":"\${"$"}${inText("var.a")}"}`, '{\nid = "${"$"}${var.a}"\n}'],
  ["marks of templates in a text", '{"a":"$${b} %%{c}"}', '{\na = "$${b} %%{c}"\n}'],
])("JSON as Terraform writes it is jsonencode: %s", (_, text, expected) => {
  expect(expressionOf(text)).toBe(`jsonencode(${expected})`);
});

test.each([
  ["keys in another order", '{"b":1,"a":2}'],
  ["spaces", '{"a": 1}'],
  ["characters that jsonencode escapes", '{"a":"<p>"}'],
  ["numbers with exponents", '{"a":1e+21}'],
  ["numbers that JavaScript does not have", '{"a":12345678901234567890}'],
  ["a key twice", '{"a":1,"a":2}'],
  ["keys of digits, which JavaScript sorts", '{"10":1,"9":2}'],
  ["half a character", '{"a":"\\ud800"}'],
  ["another expression for a value", '{"a":${var.json}}'],
  ["another expression in a text", '{"a":"b ${var.text}"}'],
  ["an expression in a key", "{${jsonencode(var.a)}:1}"],
  ["an expression that would lose its type", `{"a":"${inText("var.number")}"}`],
  ["two calls that look like one", '{"a":${jsonencode(1) == jsonencode(2)}}'],
  ["what is no JSON", "[not json]"],
  ["the marks that this uses", '{"a":"\ue0000\ue001"}'],
])("JSON that jsonencode would write otherwise stays a text: %s", (_, text) => {
  expect(expressionOf(text)).toMatch(/^"/);
});
