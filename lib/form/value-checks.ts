import type { ComponentType } from "auth0-forms";
import { isKnown, repeated } from "../checks";
import { isObject, type Members } from "../fields";
import { shown } from "../shown";
import type { Problems } from "../validation-error";
import { nameOf } from "./component-checks";
import type { IdentifiedComponent } from "./stage";

/** How the problems of a component are told. */
interface Telling {
  /** A key of the config, as the caller knows it. */
  readonly name: (...path: readonly string[]) => string;
  /** Of the component: what stands behind its id. */
  readonly add: (problem: string) => void;
}

type Check = (config: Members, telling: Telling) => void;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const NUMBER = /^\d+(\.\d+)?$/;
/** What runs, posts or loads something: it belongs into a block of HTML, if anywhere. */
const ACTIVE_HTML =
  /<(?:script|iframe|object|embed|form|input|button|select|textarea)\b|<[^>]*?\s(on[a-z]+)\s*=|\bjavascript:/i;
/** How many characters these options of a PASSWORD ask for: NIST's guidelines, and one of each of four kinds. */
const LEAST_CHARACTERS = { nist: 8, complexity: 4 };

/** What Auth0's API takes, and what can not work all the same. */
const CHECKS: { readonly [Type in ComponentType]?: readonly Check[] } = {
  RICH_TEXT: [formatsText("content")],
  LEGAL: [formatsText("text")],
  TEXT: [ordered("min_length", "max_length"), defaultOfLength],
  TEL: [ordered("min_length", "max_length"), defaultOfLength],
  PASSWORD: [ordered("min_length", "max_length"), longEnough],
  NUMBER: [ordered("min_value", "max_value"), defaultWithin],
  EMAIL: [defaultThat((text) => EMAIL.test(text), 'an e-mail address, e.g. "ada@example.com"')],
  URL: [defaultThat(isWebAddress, 'a web address, e.g. "https://example.com"')],
  DATE: [defaultOfFormat],
  DROPDOWN: [offers],
  CHOICE: [offers],
  CARDS: [offers],
  FILE: [severalFiles],
  PAYMENT: [amountIsOne, paymentKeyIsPublic],
  RECAPTCHA: [siteKeyIsPublic],
};

/** Adds the values of a component that no answer could pass, or that contradict each other; tokens and expressions pass. */
export function checkValues(where: string, component: IdentifiedComponent, problems: Problems): void {
  const { config = {}, type } = component;
  if (!isKnown(config) || !isObject(config)) {
    return;
  }
  const telling: Telling = {
    name: (...path) => nameOf(component, ["config", ...path]),
    add: (problem) => problems.add(`${where}${problem}`),
  };
  for (const check of CHECKS[type as ComponentType] ?? []) {
    check(config, telling);
  }
}

function formatsText(key: string): Check {
  return ({ [key]: content }, { name, add }) => {
    const [found, handler] = (typeof content === "string" && ACTIVE_HTML.exec(content)) || [];
    if (found !== undefined) {
      add(
        `: ${name(key)} holds ${shown(handler ?? found)}, which formats no text; leave it out, or put it into html()`,
      );
    }
  };
}

function ordered(least: string, most: string): Check {
  return ({ [least]: min, [most]: max }, { name, add }) => {
    if (isNumber(min) && isNumber(max) && min > max) {
      add(`: ${name(least)} ${min} is above ${name(most)} ${max}; no answer could pass`);
    }
  };
}

function defaultOfLength(
  { default_value: text, min_length: min, max_length: max }: Members,
  { name, add }: Telling,
): void {
  if (!isPlainText(text)) {
    return;
  }
  const { length } = [...text];
  const start = `: ${name("default_value")} has ${length} ${length === 1 ? "character" : "characters"}`;
  if (isNumber(min) && length < min) {
    add(`${start}, but ${name("min_length")} is ${min}; lengthen it or leave it out`);
  }
  if (isNumber(max) && length > max) {
    add(`${start}, but ${name("max_length")} is ${max}; shorten it or leave it out`);
  }
}

function longEnough(config: Members, { name, add }: Telling): void {
  const { max_length: max } = config;
  for (const [option, least] of Object.entries(LEAST_CHARACTERS)) {
    if (config[option] === true && isNumber(max) && max < least) {
      add(`: ${name("max_length")} ${max} is below the ${least} characters that ${name(option)} asks for; raise it`);
    }
  }
}

function defaultWithin(
  { default_value: value, min_value: min, max_value: max }: Members,
  { name, add }: Telling,
): void {
  if (isNumber(value) && isNumber(min) && value < min) {
    add(`: ${name("default_value")} ${value} is below ${name("min_value")} ${min}; raise it or leave it out`);
  }
  if (isNumber(value) && isNumber(max) && value > max) {
    add(`: ${name("default_value")} ${value} is above ${name("max_value")} ${max}; lower it or leave it out`);
  }
}

function defaultThat(passes: (text: string) => boolean, allowed: string): Check {
  return ({ default_value: text }, { name, add }) => {
    if (isPlainText(text) && !passes(text)) {
      add(`: ${name("default_value")} must be ${allowed}, got ${shown(text)}; choose another one`);
    }
  };
}

function defaultOfFormat(config: Members, telling: Telling): void {
  const check =
    config.format === "TIME"
      ? defaultThat((text) => TIME.test(text), 'a time of day, e.g. "23:15"')
      : defaultThat(isDay, 'a day, e.g. "2026-11-27"');
  if (isKnown(config.format)) {
    check(config, telling);
  }
}

function offers(config: Members, telling: Telling): void {
  const { options, allow_other: other } = config;
  const { add } = telling;
  if (!isKnown(options) || !isKnown(other)) {
    return;
  }
  if (options === undefined || (Array.isArray(options) && options.length === 0)) {
    if (other === undefined) {
      add(" has no options; give at least one");
    }
    return;
  }
  if (!Array.isArray(options)) {
    return;
  }
  const values: readonly unknown[] = options.map((option) => option?.value);
  for (const value of repeated(values)) {
    add(`: option ${shown(value)} is there more than once; leave one out`);
  }
  checkChosen(config, values, other !== undefined, telling);
}

function checkChosen(
  { default_value: given, multiple }: Members,
  values: readonly unknown[],
  isOtherAllowed: boolean,
  { name, add }: Telling,
): void {
  if (given == null || !isKnown(given)) {
    return;
  }
  const chosen: readonly unknown[] = [given].flat();
  if (multiple !== true && isKnown(multiple) && chosen.length > 1) {
    add(`: ${name("default_value")} has ${chosen.length} values, but only one can be chosen; set ${name("multiple")}`);
  }
  if (isOtherAllowed || !values.every(isKnown)) {
    return;
  }
  for (const value of chosen) {
    if (isKnown(value) && !isExpression(value) && !values.includes(value)) {
      add(`: ${name("default_value")} must be one of ${values.map(shown).join(", ")}, got ${shown(value)}`);
    }
  }
}

function severalFiles({ multiple = false, maxFiles }: Members, { name, add }: Telling): void {
  if (multiple === false && isNumber(maxFiles) && maxFiles > 1) {
    add(`: ${name("maxFiles")} is ${maxFiles}, but only one file can be given; set ${name("multiple")}`);
  }
}

function amountIsOne({ charge }: Members, { name, add }: Telling): void {
  const amount = memberOf(memberOf(charge, "one_off"), "amount");
  if (isPlainText(amount) && !(NUMBER.test(amount) && Number(amount) >= 0.01)) {
    add(
      `: ${name("charge", "one_off", "amount")} must be a number of 0.01 or more, or an expression, got ${shown(amount)}; ` +
        "choose another one",
    );
  }
}

function paymentKeyIsPublic({ credentials }: Members, { name, add }: Telling): void {
  const [publicKey, privateKey] = [memberOf(credentials, "public_key"), memberOf(credentials, "private_key")];
  if (isPlainText(publicKey) && (/^[sr]k_/.test(publicKey) || publicKey === privateKey)) {
    add(
      `: ${name("credentials", "public_key")} is a private key, and every browser would see it; give the one that begins ` +
        'with "pk_"',
    );
  }
}

function siteKeyIsPublic({ site_key: siteKey, secret_key: secretKey }: Members, { name, add }: Telling): void {
  if (isPlainText(siteKey) && siteKey === secretKey) {
    add(`: ${name("site_key")} is the secret key, and every browser would see it; give the site key`);
  }
}

function memberOf(value: unknown, name: string): unknown {
  return isKnown(value) && isObject(value) ? value[name] : undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && isKnown(value);
}

/** A text that stands there as it is: it is not empty, and neither Terraform nor Auth0 puts anything in. */
function isPlainText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && isKnown(value) && !isExpression(value);
}

function isExpression(value: unknown): boolean {
  return typeof value === "string" && value.includes("{{");
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
