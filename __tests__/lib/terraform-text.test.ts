import { Token } from "cdktf";
import { canonicalJson, isPlainObject, literal, withoutTokens } from "../../lib/terraform-text";

const TOKEN = "${TfToken[TOKEN.7]}";
const NUMBER = "-1.8881545897087957e+289";

test.each([
  ["", ""],
  ["${a} %{b}", "$${a} %%{b}"],
  ["${a}${b} %{c}%{d}", "$${a}$${b} %%{c}%%{d}"],
  ["$a %b $$ %", "$a %b $$ %"],
  ["1e10 of 1e+10", "1e10 of 1e+10"],
  [`a ${TOKEN} \${b}`, `a ${TOKEN} $\${b}`],
  [`\${a}${TOKEN}`, `$\${a}${TOKEN}`],
  [`a$$${TOKEN}$`, `a\${"$$"}${TOKEN}$`],
  [`$${TOKEN}$${TOKEN}`, `\${"$"}${TOKEN}\${"$"}${TOKEN}`],
  [`$a${TOKEN}`, `$a${TOKEN}`],
  [`$${NUMBER}`, `\${"$"}${NUMBER}`],
])("%j as Terraform reads it back is %j", (text, written) => {
  expect(literal(text)).toBe(written);
});

test.each([
  ["no token", "no token"],
  [`a ${TOKEN} b ${NUMBER}`, "a $& b $&"],
  [`${TOKEN}${TOKEN}`, "$&$&"],
])("the text %j has marks in place of its tokens: %j", (text, marked) => {
  expect(withoutTokens(text, "$&")).toBe(marked);
});

test.each<[unknown, string]>([
  [null, "null"],
  [true, "true"],
  [-1.5, "-1.5"],
  ["", '""'],
  ['a"\\\n${b}%{c}', '"a\\"\\\\\\n$${b}%%{c}"'],
  ["<a & b>\u2028\u2029", '"\\u003ca \\u0026 b\\u003e\\u2028\\u2029"'],
  [[], "[]"],
  [[1, [2], {}], "[1,[2],{}]"],
  [{ b: 1, a: undefined, "<": { d: 2, c: null } }, '{"\\u003c":{"c":null,"d":2},"b":1}'],
  [Object.create(null), "{}"],
  [[["a"], ["a"]], '[["a"],["a"]]'],
  [{ "😀": 1, "\uff5e": 2 }, '{"\uff5e":2,"😀":1}'],
])("the document %j is written as Terraform writes it: %s", (value, json) => {
  expect(canonicalJson(value)).toBe(json);
});

test("what stands twice, though not within itself, is written twice", () => {
  const shared = { a: 1 };

  expect(canonicalJson([shared, { shared }])).toBe('[{"a":1},{"shared":{"a":1}}]');
});

test("tokens are encoded by Terraform, in a text without the quotes that it adds", () => {
  const resolved = (value: unknown) => canonicalJson(value).replace(/TfToken\[[^\]]+\]/g, "TfToken");

  expect(resolved(Token.asString({ resolve: () => "x" }))).toBe("${TfToken}");
  expect(resolved({ a: Token.asNumber({ resolve: () => 1 }) })).toBe('{"a":${TfToken}}');
  expect(resolved(`$${Token.asString({ resolve: () => "x" })}<`)).toBe('"${"$"}${TfToken}\\u003c"');
});

const itself: Record<string, unknown> = {};
itself.a = [{ b: itself }];

class Mine {
  constructor(readonly a = 1) {}
}

test.each<[unknown, string]>([
  [undefined, "JSON can not hold the undefined undefined, as it is"],
  [{ a: [{ b: Number.NaN }] }, "JSON can not hold the number NaN, as a[0].b is"],
  [[Number.POSITIVE_INFINITY], "JSON can not hold the number Infinity, as [0] is"],
  [{ a: 1n }, "JSON can not hold the bigint 1, as a is"],
  [{ a: Symbol("s") }, "JSON can not hold the symbol Symbol(s), as a is"],
  [[undefined], "JSON can not hold the undefined undefined, as [0] is"],
  [{ a: { b: new Mine() } }, "JSON can not hold a Mine, as a.b is"],
  [new Map(), "JSON can not hold a Map, as it is"],
  [itself, "JSON can not hold an object within itself, as a[0].b does"],
])("what JSON can not hold is refused with its place: %p", (value, problem) => {
  expect(() => canonicalJson(value)).toThrow(new TypeError(problem));
});

test.each<[unknown, boolean]>([
  [{}, true],
  [Object.create(null), true],
  [null, false],
  [undefined, false],
  ["text", false],
  [[], false],
  [new Mine(), false],
  [() => 1, false],
])("whether %p is a plain object: %j", (value, is) => {
  expect(isPlainObject(value)).toBe(is);
});
