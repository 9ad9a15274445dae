import { readFileSync } from "node:fs";
import { join } from "node:path";
import { COMPONENTS } from "auth0-forms";
import { TerraformVariable } from "cdktf";
import {
  boolean,
  type Component,
  cards,
  choice,
  custom,
  date,
  divider,
  email,
  file,
  googleMapsAddress,
  legal,
  number,
  password,
  payment,
  phone,
  recaptcha,
  Stage,
  social,
  time,
  url,
  verifiableCredentials,
} from "../../../lib";
import * as components from "../../../lib/form/components";
import { devStack } from "../../support/stack";
import { problemsOf, stageWith } from "../../support/stages";

const LABEL = { label: "B" };
const CHARGE = { oneOff: { amount: "{{fields.price}}", currency: "EUR" } } as const;
const CREDENTIALS = { publicKey: "pk_1", privateKey: "sk_1" };
const WALLET = {
  url: "{{vars.engagement}}",
  alternateText: "Open",
  accessToken: "{{vars.token}}",
  verificationId: "{{vars.id}}",
};

/** What the answer of a component writes, when it stands in a stage. */
function answerOf(component: Component): unknown {
  return Stage.untilAnswered("a", { components: [component] }).components[0]?.answer;
}

describe("the answer is written under the id of", () => {
  test.each<[string, Component, string]>([
    ["an e-mail address", email("b", LABEL), "{{fields.b}}"],
    ["a web address", url("b", LABEL), "{{fields.b}}"],
    ["a number", number("b", LABEL), "{{fields.b}}"],
    ["a phone number, as one text", phone("b", LABEL), "{{fields.b.international_number}}"],
    ["a phone number without a country, as it is", phone("b", { ...LABEL, countryPicker: false }), "{{fields.b}}"],
    ["a day", date("b", LABEL), "{{fields.b}}"],
    ["a time", time("b", LABEL), "{{fields.b}}"],
    ["yes or no", boolean("b", LABEL), "{{fields.b}}"],
    ["a consent", legal("b", {}), "{{fields.b}}"],
    ["a choice", choice("b", { ...LABEL, options: ["x"] }), "{{fields.b}}"],
    ["cards", cards("b", { ...LABEL, options: [], multiple: true }), "{{fields.b}}"],
    ["a field of one's own", custom("b", { code: "f" }), "{{fields.b}}"],
    ["an address", googleMapsAddress("b", { apiKey: "k" }), "{{fields.b}}"],
  ])("%s", (_, component, value) => {
    expect(answerOf(component)).toMatchObject({ to: ["user_metadata.b"], value });
  });
});

test("the table of docs/props.md has every function that makes a component, and every component of Auth0's", () => {
  const reference = readFileSync(join(__dirname, "../../../docs/props.md"), "utf8");
  const rows = reference
    .split("\n")
    .filter((line) => /^\| `\w+\(/.test(line))
    .join("\n");

  expect(Object.keys(components).filter((name) => !rows.includes(`\`${name}(`))).toEqual([]);
  expect(Object.keys(COMPONENTS).filter((type) => !rows.includes(` ${type} `) && !rows.includes(` ${type},`))).toEqual(
    [],
  );
});

describe("nothing is written, unless a key is given, of", () => {
  test.each<[string, (key: { metadataKey?: string }) => Component]>([
    ["a file", (key) => file("b", { ...LABEL, ...key })],
    ["a payment", (key) => payment("b", { charge: CHARGE, credentials: CREDENTIALS, ...key })],
    ["a social account", (key) => social("b", key)],
    ["a reCAPTCHA", (key) => recaptcha("b", { siteKey: "a", secretKey: "b", ...key })],
    ["a credential", (key) => verifiableCredentials("b", { ...WALLET, ...key })],
  ])("%s", (_, make) => {
    expect(answerOf(make({}))).toBeUndefined();
    expect(answerOf(make({ metadataKey: "c" }))).toMatchObject({ to: ["user_metadata.c"], value: "{{fields.b}}" });
  });
});

test("a password is never written", () => {
  expect(answerOf(password("b", LABEL))).toBeUndefined();
});

test("a config without anything in it is not sent, for Auth0 would not give it back, but where Auth0 asks for one", () => {
  expect([divider(), url("b", LABEL), social("b")].map(({ config }) => config)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(JSON.stringify(password("b", LABEL).config)).toBe("{}");
});

test("a day and a time are one component with two formats", () => {
  expect([date("b", LABEL), time("b", LABEL)].map(({ config }) => config?.format)).toEqual(["DATE", "TIME"]);
});

test("another answer is allowed with and without texts", () => {
  const allowed = [true, false, undefined, { label: "Another" }].map(
    (allowOther) => choice("b", { ...LABEL, options: ["x"], allowOther }).config?.allow_other,
  );

  expect(allowed).toEqual([{ enabled: true }, undefined, undefined, { enabled: true, label: "Another" }]);
});

test("the source of a field of one's own comes from files", () => {
  const source = join(__dirname, "../../../actions/progressive-profiling.js");
  const { config } = custom("b", { codeFile: source, cssFile: source, params: { min: "1" } });

  expect(config).toEqual({
    code: readFileSync(source, "utf8"),
    css: readFileSync(source, "utf8"),
    schema: {},
    params: { min: "1" },
  });
});

test("what can not be known yet is no problem: tokens, and expressions", () => {
  const variable = new TerraformVariable(devStack(), "value", {});
  const { stringValue, numberValue } = variable;
  const components = [
    number("b", { ...LABEL, defaultValue: 4, maxValue: numberValue }),
    email("c", { ...LABEL, defaultValue: "{{context.user.email}}" }),
    url("d", { ...LABEL, defaultValue: stringValue }),
    date("e", { ...LABEL, defaultValue: "{{vars.day}}" }),
    choice("f", { ...LABEL, options: ["x"], defaultValue: "{{fields.e}}" }),
    choice("g", { ...LABEL, options: ["x"], allowOther: true, defaultValue: "y" }),
    custom("h", { code: "f", schema: { type: stringValue, minLength: numberValue, pattern: "{{2}}" } }),
    payment("i", { charge: { oneOff: { amount: "{{fields.b}}", currency: "EUR" } }, credentials: CREDENTIALS }),
    recaptcha("j", { siteKey: stringValue, secretKey: stringValue }),
    verifiableCredentials("k", WALLET),
  ];

  const stage = Object.assign(stageWith(...components), { before: `af_${"1".repeat(22)}` });
  expect(problemsOf({ stages: [stage] })).toEqual([]);
});
