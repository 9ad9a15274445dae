import type { Json } from "../../../tenant/documents/json";
import type { Scope, Value } from "../../../tenant/forms/expression";
import { ExpressionBudget } from "../../../tenant/forms/expression-budget";
import { ExpressionError } from "../../../tenant/forms/expression-error";
import { helperFunctions, MASK } from "../../../tenant/forms/helper-functions";
import { interpolate, resolve } from "../../../tenant/forms/interpolation";

const NOW = new Date("2026-05-07T10:44:26.271Z");

const budget = new ExpressionBudget();

const SCOPE: Scope = {
  budget,
  variables: {
    context: { user: { user_id: "auth0|1", name: "Ana", email_verified: true, user_metadata: { "job-title": "CTO" } } },
    fields: { plan: "pro", seats: 3, tags: ["a", "b"], phone: { international_number: "+18005550175" }, empty: null },
    vars: { customer: "c_1" },
  },
  functions: helperFunctions(
    () => NOW,
    (value) => value,
    budget,
  ),
  message: (key) => (key === "hello" ? "Bonjour" : undefined),
};

const value = (written: Json): Value => resolve(written, SCOPE);

describe("a string that is one expression", () => {
  test.each<[string, Value]>([
    ["{{fields.plan}}", "pro"],
    ["{{ fields.seats }}", 3],
    ["{{context.user.email_verified}}", true],
    ["{{fields.tags}}", ["a", "b"]],
    ["{{fields.tags[1]}}", "b"],
    ["{{fields.phone.international_number}}", "+18005550175"],
    ["{{fields['phone']?.international_number}}", "+18005550175"],
    ["{{context.user.user_metadata.job-title}}", "CTO"],
    ["{{vars.customer}}", "c_1"],
    ["{{fields.foo ?? fields.plan}}", "pro"],
    ["{{ fields.empty ?? vars.none ?? 'none' }}", "none"],
    ["{{t('hello')}}", "Bonjour"],
    ["{{ functions.split(fields.phone.international_number, '00')[0] }}", "+18"],
    ['{{ functions.replace("a}}b", "}}", "-") }}', "a-b"],
  ])("%s has the type of its value", (written, expected) => {
    expect(value(written)).toEqual(expected);
  });

  test.each([
    "{{fields.none}}",
    "{{fields.none.deeper}}",
    "{{actions.first.code}}",
    "{{nothing}}",
    "{{undefined}}",
    "{{t('unknown')}}",
    "{{fields.plan.length}}",
    "{{context.constructor}}",
    "{{fields.__proto__}}",
  ])("%s can not be resolved and is undefined", (written) => {
    expect(value(written)).toBeUndefined();
  });
});

test("what is not resolved drops out of an object, and is null in a list", () => {
  const changes = {
    user_metadata: {
      job_title: "{{fields.none}}",
      phone: "{{fields.phone.international_number}}",
      plan: "{{fields.empty}}",
    },
    list: ["{{fields.none}}", "{{fields.plan}}"],
  };

  expect(value(changes)).toEqual({ user_metadata: { phone: "+18005550175", plan: null }, list: [null, "pro"] });
});

test("an object whose keys all drop out stays, empty", () => {
  expect(value({ user_metadata: { job_title: "{{fields.none}}" } })).toEqual({ user_metadata: {} });
});

describe("a text with expressions", () => {
  test.each([
    ["Dear {{context.user.name}}, {{fields.seats}} seats", "Dear Ana, 3 seats"],
    ["{{fields.plan}}{{fields.seats}}", "pro3"],
    ["[{{fields.none}}{{fields.empty}}]", "[]"],
    ["is {{fields.tags}}", 'is ["a","b"]'],
    ["no {{ end", "no {{ end"],
    ["no }} start", "no }} start"],
    ["", ""],
  ])("%j reads %j", (written, expected) => {
    expect(interpolate(written, SCOPE)).toBe(expected);
  });
});

describe("an expression that can not be read", () => {
  test.each([
    ["{{ fields. }}", 'in "{{ fields. }}": expected a name before "}}"'],
    ["{{ foo bar }}", 'in "{{ foo bar }}": expected "}}" before "bar }}"'],
    ["{{}}", 'in "{{}}": expected a name before "}}"'],
    ["{{ functions.slice('a' }} }}", 'in "{{ functions.slice(\'a\' }} }}": expected "," before "}} }}"'],
  ])("fails when it is %s, and says where", (written, message) => {
    expect(() => value(written)).toThrow(new ExpressionError(message));
  });

  test("fails when a function does not exist, and names those that do", () => {
    expect(() => value("{{functions.shout('a')}}")).toThrow("functions.shout does not exist; there are toArray, ");
  });
});

// The examples of Auth0's documentation, and what they leave open.
describe("the helper functions", () => {
  test("encodeURIComponent encodes what a slice has left of an emoji", () => {
    expect(value("{{functions.encodeURIComponent(functions.slice('😀', 0, 1))}}")).toBe("%EF%BF%BD");
    expect(value("{{functions.encodeURIComponent('😀')}}")).toBe("%F0%9F%98%80");
  });

  test.each<[string, Value]>([
    ["toArray('abc')", ["abc"]],
    ["toArray(fields.tags)", ["a", "b"]],
    ["toBoolean(1)", true],
    ["toBoolean(0)", false],
    ["toBoolean('false')", false],
    ["length('auth0')", 5],
    ["length(fields.tags)", 2],
    ["mask('my_awesome_secret')", "my_awesome_secret"],
    ["toNumber('123')", 123],
    ["toNumber('many')", undefined],
    ["slice('example', 3, 5)", "mp"],
    ["slice(fields.tags, -1)", ["b"]],
    ["toString(123)", "123"],
    ["substring('example', 5, 3)", "mp"],
    ["toTimestamp()", Math.floor(NOW.getTime() / 1000)],
    ["toTimestamp('2021-04-30T10:02:50.876Z')", 1619776970],
    ["toTimestamp('never')", undefined],
    ["toLowerCase('JohnDoe 1234')", "johndoe 1234"],
    ["toUpperCase('JohnDoe 1234')", "JOHNDOE 1234"],
    ["replaceAll('2021-04-30', '-', '/')", "2021/04/30"],
    ["replace('2021-04-30', '-', '/')", "2021/04-30"],
    ["replace('a', 'a', '$&$&')", "$&$&"],
    ["split('2021-04-30', '-')", ["2021", "04", "30"]],
    ["split('2021-04-30', '-', 2)", ["2021", "04"]],
    ["now()", "2026-05-07T10:44:26.271Z"],
    ["includes(['auth0', 'identity'], 'identity')", true],
    ["includes('identity', 'id')", true],
    ["includes(fields.none, 'id')", false],
    ["indexOf(['auth0', 'identity'], 'identity')", 1],
    ["indexOf(['auth0', 'identity'], 'auth0', 1)", -1],
    ["merge(['auth0'], ['authentication'])", ["auth0", "authentication"]],
    ["merge(fields.phone, context.user.user_metadata)", { international_number: "+18005550175", "job-title": "CTO" }],
    ["merge('auth', 0)", "auth0"],
    ["encodeURIComponent(context.user.user_id)", "auth0%7C1"],
    ["random(4, 4)", 4],
  ])("%s", (call, expected) => {
    expect(value(`{{functions.${call}}}`)).toEqual(expected);
  });

  test.each([
    ["md5", "7bbb597", 32],
    ["sha1", "b4ec5339", 40],
    ["sha256", "d9082bdc", 64],
    ["sha512", "c0d588069d", 128],
  ])("%s is written in hexadecimal digits", (algorithm, start, length) => {
    const hash = value(`{{functions.${algorithm}('auth0')}}`) as string;

    expect(hash).toMatch(new RegExp(`^${start}[0-9a-f]*$`));
    expect(hash).toHaveLength(length);
  });

  test("random stays within its bounds, and is an integer unless asked otherwise", () => {
    const drawn = Array.from({ length: 200 }, () => value("{{functions.random(0, 6)}}") as number);

    expect(drawn.every((number) => Number.isInteger(number) && number >= 0 && number <= 6)).toBe(true);
    expect(Number.isInteger(value("{{functions.random(0, 6, true)}}"))).toBe(false);
  });

  test("uuid is another one each time", () => {
    expect(value("{{functions.uuid()}}")).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(value("{{functions.uuid()}}")).not.toBe(value("{{functions.uuid()}}"));
  });

  test.each(["toLowerCase", "toNumber", "sha256", "split", "merge", "mask", "length"])(
    "%s of what is not resolved is not resolved either",
    (name) => {
      expect(value(`{{functions.${name}(fields.none, 'a')}}`)).toBeUndefined();
    },
  );

  test("mask hides its value where the scope says so", () => {
    const functions = helperFunctions(
      () => NOW,
      () => MASK,
      budget,
    );

    expect(resolve("{{functions.mask(fields.plan)}}", { ...SCOPE, functions })).toBe("███");
  });

  test("fails when merge gets what can not be merged", () => {
    expect(() => value("{{functions.merge(1, 2)}}")).toThrow(
      "functions.merge takes a list, an object or a string, got 1",
    );
  });
});

describe("what expressions make is limited", () => {
  const big = "x".repeat(900_000);
  const scope = (): Scope => {
    const own = new ExpressionBudget();
    const functions = helperFunctions(
      () => NOW,
      (given) => given,
      own,
    );
    const vars = { big, list: [big.slice(0, 90_000)], deep: JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`) };
    return { variables: { vars }, functions, message: () => undefined, budget: own };
  };
  const nested = (times: number, inner: string, call: (inner: string) => string): string =>
    times === 0 ? inner : nested(times - 1, call(inner), call);
  const RESULTS = "the expressions here make more than 1000000 characters";
  const WORK = "its functions read and write more than 10000000 characters";

  test.each<[string, string, string]>([
    ["a text of many results", "{{vars.big}}{{vars.big}}", RESULTS],
    [
      "replaceAll nested seven times",
      `{{${nested(7, "'aaaaaaaaaaaaaaaaaaaa'", (inner) => `functions.replaceAll(${inner}, 'a', 'aaaaaaaaaaaaaaaaaaaa')`)}}}`,
      WORK,
    ],
    ["one replaceAll of much by much", "{{functions.replaceAll(vars.big, 'x', vars.big)}}", WORK],
    ["replaceAll of nothing", "{{functions.replaceAll(vars.big, '', vars.big)}}", WORK],
    ["lists of lists", `{{${nested(9, "vars.list", (inner) => `[${inner}, ${inner}]`)}}}`, WORK],
    ["merge of merges", `{{${nested(9, "vars.big", (inner) => `functions.merge(${inner}, ${inner})`)}}}`, WORK],
    ["much to be read for little", `{{[${Array(12).fill("functions.md5(vars.big)").join()}]}}`, WORK],
    ["a list of one letter each", "{{functions.split(vars.big, '')}}", RESULTS],
    [
      "a list in a list that is deep already",
      "{{[vars.deep]}}",
      "it makes a value that is nested deeper than 100 levels",
    ],
  ])("%s is an error in words", (_, text, message) => {
    const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;

    expect(() => interpolate(text, scope())).toThrow(new ExpressionError(`in ${JSON.stringify(shown)}: ${message}`));
  });

  test("for all of a page together", () => {
    const page = scope();

    expect(resolve("{{vars.big}}", page)).toBe(big);
    expect(() => resolve("{{vars.big}}", page)).toThrow(new ExpressionError(`in "{{vars.big}}": ${RESULTS}`));
  });

  test("and what is below stays what it was", () => {
    expect(resolve("{{functions.replaceAll('a-a', 'a', 'bb')}}", scope())).toBe("bb-bb");
    expect(resolve("{{functions.replaceAll('ab', '', '-')}}", scope())).toBe("-a-b-");
    expect(resolve("{{vars.deep}}", scope())).toHaveLength(1);
  });
});
