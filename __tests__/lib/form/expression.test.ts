import { TerraformVariable } from "cdktf";
import { expressionsIn } from "../../../lib/form/expression";
import { checkExpressions } from "../../../lib/form/expression-checks";
import { answerShapes, expressionScope, FUNCTIONS } from "../../../lib/form/expression-scope";
import { Problems } from "../../../lib/validation-error";
import { readExpression } from "../../../tenant/forms/expression";
import { ExpressionBudget } from "../../../tenant/forms/expression-budget";
import { helperFunctions } from "../../../tenant/forms/helper-functions";
import { devStack } from "../../support/stack";

const SCOPE = expressionScope(
  { plan: {}, phone: { international_number: {} }, sizes: "any" },
  { actions: { send: "any" } },
  new Set(["greeting"]),
);

function problemsOf(value: unknown, scope = SCOPE): readonly string[] {
  const problems = new Problems();
  checkExpressions("it", value, scope, problems);
  return problems.all;
}

/** Whether the local tenant reads all that stands between the braces as one expression. */
function isReadByTenant(expression: string): boolean {
  try {
    const { end } = readExpression(expression, 2);
    return expression.slice(end) === "}}";
  } catch {
    return false;
  }
}

describe("what Auth0 documents is read", () => {
  test.each<[string, object]>([
    ["{{fields.plan}}", { paths: [["fields", "plan"]] }],
    ["{{ context.user.user_id }}", { paths: [["context", "user", "user_id"]] }],
    ["{{\n  vars.a\n}}", { paths: [["vars", "a"]] }],
    [
      "{{fields.plan ?? vars.plan ?? 'none'}}",
      {
        paths: [
          ["fields", "plan"],
          ["vars", "plan"],
        ],
      },
    ],
    ["{{functions.now()}}", { functions: ["now"] }],
    [
      "{{functions.merge(functions.toArray(fields.plan), ['a', \"b\", 1.5, true, null])}}",
      { functions: ["merge", "toArray"], paths: [["fields", "plan"]] },
    ],
    ["{{functions.split(vars.names, ',')[0].first}}", { functions: ["split"], paths: [["vars", "names"]] }],
    ["{{t('greeting')}}", { messages: ["greeting"] }],
    ['{{ t("a b") ?? vars.c }}', { messages: ["a b"], paths: [["vars", "c"]] }],
    ["{{context.user?.email}}", { paths: [["context", "user", "email"]] }],
    ["{{vars['a b'].c}}", { paths: [["vars", "a b", "c"]] }],
    ["{{vars.list[0].name}}", { paths: [["vars", "list", "0", "name"]] }],
    [
      "{{vars.list[fields.plan].name}}",
      {
        paths: [
          ["fields", "plan"],
          ["vars", "list"],
        ],
      },
    ],
    ["{{(fields.plan ?? 'a')}}", { paths: [["fields", "plan"]] }],
    ["{{vars.e-mail}}", { paths: [["vars", "e-mail"]] }],
    ["{{functions.replaceAll('}}', '\\'', -1)}}", { functions: ["replaceAll"] }],
  ])("%s", (source, expected) => {
    const nothing = { paths: [], functions: [], messages: [] };

    expect(expressionsIn(`a ${source} b`)).toEqual({
      expressions: [{ source, ...nothing, ...expected }],
      broken: [],
    });
    expect(isReadByTenant(source)).toBe(true);
  });
});

describe("what is none is told", () => {
  test.each([
    ["{{fields.plan", 'it holds "{{fields.plan", which has no "}}" behind it; close it, or leave it out'],
    ["fields.plan}}", 'it holds "}}", which has no "{{" before it; open it, or leave it out'],
    ["{{fields.plan}} and }}", 'it holds "}}", which has no "{{" before it; open it, or leave it out'],
    ["{{}}", 'it holds "{{}}", which is no expression: expected a name before "}}"; correct it'],
    [
      "{{fields.plan + 1}}",
      'it holds "{{fields.plan + 1}}", which is no expression: expected "}}" before "+ 1}}"; correct it',
    ],
    [
      "{{fields.plan || 'a'}}",
      'it holds "{{fields.plan || \'a\'}}", which is no expression: expected "}}" before "|| \'a\'}}"; correct it',
    ],
    ["{{fields.}}", 'it holds "{{fields.}}", which is no expression: expected a name before "}}"; correct it'],
    ["{{fields.1st}}", 'it holds "{{fields.1st}}", which is no expression: expected a name before "1st}}"; correct it'],
    ["{{functions}}", 'it holds "{{functions}}", which is no expression: expected "." before "}}"; correct it'],
    ["{{functions.now}}", 'it holds "{{functions.now}}", which is no expression: expected "(" before "}}"; correct it'],
    [
      "{{functions.toString(fields.plan}}",
      'it holds "{{functions.toString(fields.plan}}", which is no expression: expected "," before "}}"; correct it',
    ],
    [
      "{{t(greeting)}}",
      'it holds "{{t(greeting)}}", which is no expression: expected a key in quotes before "greeting)}}"; correct it',
    ],
    ["{{'a}}", 'it holds "{{\'a}}", which is no expression: expected a name before "\'a}}"; correct it'],
    ["{{vars[0}}", 'it holds "{{vars[0}}", which is no expression: expected "]" before "}}"; correct it'],
    [
      "{{{fields.plan}}}",
      'it holds "{{{fields.plan}}", which is no expression: expected a name before "{fields.plan"; correct it',
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });
});

describe("what there is not is told, with what may have been meant", () => {
  test.each([
    ["{{contxt.user.email}}", 'there is no contxt; did you mean "context"?'],
    ["{{user.email}}", 'there is no user; did you mean "context.user"?'],
    ["{{window.name}}", "there is no window; there is context, fields, vars, actions"],
    ["{{context.usr.email}}", 'there is no context.usr; did you mean "user"?'],
    ["{{context.user.emial}}", 'there is no context.user.emial; did you mean "email"?'],
    ["{{context.user.age}}", 'there is no context.user.age; did you mean "user_metadata.age"?'],
    [
      "{{custom_vars.code}}",
      "there is no custom_vars but in a mail or message that has some; give them to it: custom_vars: { … }",
    ],
    ["{{context.user.email.domain}}", "there is no context.user.email.domain; there is nothing"],
    ["{{fields.plann}}", 'there is no fields.plann; did you mean "plan"?'],
    ["{{fields.nope}}", "there is no fields.nope; there is plan, phone, sizes"],
    ["{{fields.plan.name}}", "there is no fields.plan.name; there is nothing"],
    ["{{fields.phone.number}}", "there is no fields.phone.number; there is international_number"],
    ["{{fields['nope']}}", "there is no fields.nope; there is plan, phone, sizes"],
    ["{{fields.constructor}}", "there is no fields.constructor; there is plan, phone, sizes"],
    ["{{actions.sent.code}}", 'there is no actions.sent; did you mean "send"?'],
    ["{{functions.tostring(1)}}", 'there is no functions.tostring; did you mean "toString"?'],
    ["{{functions.now(fields.nope)}}", "there is no fields.nope; there is plan, phone, sizes"],
    ["{{t('greting')}}", 'there is no message greting; did you mean "greeting"?'],
  ])("%s", (text, problem) => {
    expect(problemsOf(`Hello ${text}`)).toEqual([`it holds ${JSON.stringify(text)}, but ${problem}`]);
  });

  test("outside of flows, actions are told as what flows alone have", () => {
    expect(problemsOf("{{actions.send.code}}", expressionScope({}))).toEqual([
      'it holds "{{actions.send.code}}", but there is no actions outside of flows; keep the value by STORE_VARS and read ' +
        "it from vars",
    ]);
  });

  test("every text of a value is looked at, with its place", () => {
    const value = { user_metadata: { plan: "{{fields.plan}}", tags: ["{{fields.a}}", 3, { b: "{{fields.b}}" }] } };

    expect(problemsOf(value)).toEqual([
      'it.user_metadata.tags[0] holds "{{fields.a}}", but there is no fields.a; there is plan, phone, sizes',
      'it.user_metadata.tags[2].b holds "{{fields.b}}", but there is no fields.b; there is plan, phone, sizes',
    ]);
  });
});

describe("nothing is said of", () => {
  const variable = new TerraformVariable(devStack(), "value", {});

  test.each<[string, unknown]>([
    ["a token", variable.stringValue],
    ["a token in an expression", `{{fields.${variable.stringValue}}}`],
    ["a token beside an expression", `${variable.stringValue} {{fields.plan}} ${variable.numberValue}`],
    ["a list and an object of Terraform's", [variable.listValue, variable.value]],
    [
      "what is open in Auth0",
      "{{context.user.user_metadata.a.b}} {{vars.a.b}} {{fields.sizes[0]}} {{actions.send.code}}",
    ],
    ["quotes that an editor wrote as entities", "<p>{{t(&#39;greeting&#39;)}} {{ t(&quot;greeting&quot;) }}</p>"],
    ["the braces of styles and scripts", "<style>@media print{a{color:red}}</style><script>a={{b:1}}</script>"],
    ["single braces", "{fields.nope}"],
    ["numbers and flags", [1, true, null, undefined]],
  ])("%s", (_, value) => {
    expect(problemsOf(value)).toEqual([]);
  });
});

describe("what Auth0 tells of a login is there", () => {
  test.each([
    ["context", "user, organization, client, tenant, transaction, custom_domain"],
    ["context.organization", "id, name, display_name, metadata"],
    ["context.client", "client_id, name"],
    ["context.tenant", "name"],
    ["context.transaction", "state, correlation_id"],
    ["context.custom_domain", "domain, domain_metadata"],
  ])("in %s", (place, names) => {
    const wrong = `{{${place}.qqqqq}}`;

    expect(problemsOf(wrong)).toEqual([`it holds "${wrong}", but there is no ${place}.qqqqq; there is ${names}`]);
  });

  test.each([
    ...["user_id", "username", "name", "given_name", "family_name", "nickname", "email", "email_verified"],
    ...["phone_number", "phone_verified", "picture", "created_at", "updated_at", "last_password_reset"],
    ...["user_metadata.a.b", "app_metadata.a.b", "identities[0].provider"],
  ])("of the user: %s", (path) => {
    expect(problemsOf(`{{context.user.${path}}}`)).toEqual([]);
  });

  test.each(["organization.metadata", "custom_domain.domain_metadata"])("with whatever is in %s", (path) => {
    expect(problemsOf(`{{context.${path}.a.b}}`)).toEqual([]);
  });
});

describe("an answer holds", () => {
  const TEXT_NUMBER = "national_number, national_format, international_number, international_format";
  test.each<[string, object, string]>([
    ["RECAPTCHA", {}, "success, challenge_ts, hostname, score"],
    ["GMAPS_ADDRESS", {}, "type, geometry, properties"],
    ["AUTH0_VERIFIABLE_CREDENTIALS", {}, "state, reason, presentation"],
    ["TEL", { country_picker: true }, `${TEXT_NUMBER}, country_code_iso, country_code_number`],
    ["TEL", {}, "nothing"],
    ["TEXT", {}, "nothing"],
    ["TEXT", { multiple: false }, "nothing"],
  ])("of %s %j: %s", (type, config, names) => {
    const fields = answerShapes([{ id: "a", category: "FIELD", type, config } as never]);

    expect(problemsOf("{{fields.a.qqqqq}}", expressionScope(fields))).toEqual([
      `it holds "{{fields.a.qqqqq}}", but there is no fields.a.qqqqq; there is ${names}`,
    ]);
  });

  test.each<[string, object]>([
    ["CUSTOM", {}],
    ["FILE", {}],
    ["PAYMENT", {}],
    ["SOCIAL", {}],
    ["CHOICE", { multiple: true }],
  ])("of %s %j what nobody knows", (type, config) => {
    const fields = answerShapes([{ id: "a", category: "FIELD", type, config } as never]);

    expect(problemsOf("{{fields.a.qqqqq.b}}", expressionScope(fields))).toEqual([]);
  });

  test("nothing where a component asks nothing", () => {
    expect(answerShapes([{ id: "a", category: "BLOCK", type: "DIVIDER" } as never])).toEqual({});
  });
});

test("a token does not hide what stands beside it", () => {
  const { stringValue } = new TerraformVariable(devStack(), "value", {});

  expect(problemsOf(`${stringValue} {{fields.nope}}`)).toEqual([
    'it holds "{{fields.nope}}", but there is no fields.nope; there is plan, phone, sizes',
  ]);
});

test("the functions are those that the local tenant has", () => {
  const helpers = helperFunctions(
    () => new Date(0),
    (value) => value,
    new ExpressionBudget(),
  );

  expect([...FUNCTIONS].sort()).toEqual(Object.keys(helpers).sort());
});
