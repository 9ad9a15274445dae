import { FAULTS } from "../lib/form/component";
import { checkSent } from "../lib/form/component-checks";
import type { IdentifiedComponent } from "../lib/form/stage";
import { Problems } from "../lib/validation-error";
import type { Raw } from "./code";
import { isSame, minimal } from "./equal";
import { Call, evaluated, FileText, isObject, NOTHING, type Source, type SourceObject } from "./source";

interface Typed {
  readonly name: string;
  /** Arguments before the options. */
  readonly positional?: readonly string[];
  /** Options without which TypeScript refuses the call. */
  readonly needs?: readonly string[];
  /** Options whose types are narrower than what the API takes. */
  readonly isNarrow?: (options: SourceObject) => boolean;
  readonly optionsOf?: (config: SourceObject, id: string) => SourceObject;
}

const isText = (value: Source | undefined) => typeof value === "string";
const isTexts = (value: Source | undefined) =>
  value === undefined || isText(value) || (Array.isArray(value) && (value as readonly Source[]).every(isText));
const FIELD = { needs: ["label"] };
const CHOSEN = {
  needs: ["label", "options"],
  isNarrow: ({ defaultValue }: SourceObject) => isTexts(defaultValue),
  optionsOf: choosing,
};

/** The function for each type, and how its options come from what the API has. */
const TYPED: Readonly<Record<string, Typed>> = {
  RICH_TEXT: { name: "richText", positional: ["content"] },
  HTML: { name: "html", positional: ["content"] },
  IMAGE: { name: "image", positional: ["src"] },
  DIVIDER: { name: "divider", positional: ["text"] },
  NEXT_BUTTON: { name: "nextButton", positional: ["text"] },
  PREVIOUS_BUTTON: { name: "previousButton", positional: ["text"] },
  JUMP_BUTTON: {
    name: "jumpButton",
    positional: ["text", "nextNode"],
    optionsOf: ({ style, ...config }) => ({ ...camelCased(config), ...camelCased(style) }),
  },
  RESEND_BUTTON: { name: "resendButton", positional: ["flowId"] },
  TEXT: { name: "text", ...FIELD },
  EMAIL: { name: "email", ...FIELD },
  URL: { name: "url", ...FIELD },
  NUMBER: { name: "number", ...FIELD },
  PASSWORD: { name: "password", ...FIELD },
  TEL: {
    name: "phone",
    ...FIELD,
    optionsOf: ({ strings, ...config }) => ({ countryPicker: true, ...camelCased(config), ...camelCased(strings) }),
  },
  DATE: { name: "date", ...FIELD, optionsOf: ({ format: _, ...config }) => camelCased(config) },
  TIME: { name: "time", ...FIELD, optionsOf: ({ format: _, ...config }) => camelCased(config) },
  BOOLEAN: { name: "boolean", ...FIELD },
  LEGAL: { name: "legal" },
  DROPDOWN: { name: "dropdown", ...CHOSEN },
  CHOICE: {
    name: "choice",
    ...CHOSEN,
    optionsOf: ({ allow_other, ...config }) => {
      const { enabled: _, ...texts } = isObject(allow_other) ? allow_other : {};
      const allowOther = Object.keys(texts).length === 0 ? true : texts;
      return { ...choosing(config), ...(allow_other !== undefined && { allowOther }) };
    },
  },
  CARDS: { name: "cards", ...CHOSEN },
  FILE: { name: "file", ...FIELD, optionsOf: (config) => config },
  CUSTOM: {
    name: "custom",
    isNarrow: ({ params }) => params === undefined || (isObject(params) && Object.values(params).every(isText)),
    optionsOf: ({ code, css, ...config }, id) => ({
      ...camelCased(config),
      ...(typeof code === "string" && { code: new FileText(`${functionName(code) ?? id}.js`, code) }),
      ...(typeof css === "string" && { css: new FileText(`${id}.css`, css) }),
    }),
  },
  PAYMENT: {
    name: "payment",
    needs: ["charge", "credentials"],
    optionsOf: ({ charge, credentials, fields, ...config }) => {
      const { type: _, ...charged } = isObject(charge) ? charge : {};
      return {
        ...config,
        charge: charge === undefined ? undefined : camelCased(charged),
        credentials: credentials === undefined ? undefined : camelCased(credentials),
        fields: fields === undefined ? undefined : camelCased(fields),
      };
    },
  },
  SOCIAL: { name: "social" },
  RECAPTCHA: { name: "recaptcha", needs: ["siteKey", "secretKey"] },
  GMAPS_ADDRESS: { name: "googleMapsAddress", needs: ["apiKey"] },
  AUTH0_VERIFIABLE_CREDENTIALS: {
    name: "verifiableCredentials",
    needs: ["url", "alternateText", "accessToken", "verificationId"],
  },
};

/** The call that makes a component, be it `raw`; one of a block without its id where `hasId` is false. */
export function componentCode(component: SourceObject, raw: Raw[], hasId = true): Source {
  const target = evaluated(component) as IdentifiedComponent;
  const problems = new Problems();
  checkSent("", target, problems);
  const call = problems.all.length === 0 ? typedCall(component, hasId) : undefined;
  if (call !== undefined) {
    return call;
  }
  raw.push({
    what: `component ${JSON.stringify(target.id)}`,
    why: problems.all[0]?.replace(/^: /, "") ?? whyRaw(component),
  });
  const { id, category, type, ...others } = component;
  return new Call("raw", [{ id, category, type, ...others }]);
}

/** What its function would make otherwise. */
function whyRaw({ type, label, config, required, sensitive }: SourceObject): string {
  const name = TYPED[String(type)]?.name ?? "no function";
  const missing = Object.entries({ label, required, sensitive, config }).flatMap(([key, value]) =>
    value === undefined ? [key] : [],
  );
  const lacks = missing.length > 0 ? `, and it lacks ${missing.join(", ")}` : "";
  return `${name}() would make another component of it${lacks}`;
}

function typedCall(component: SourceObject, hasId: boolean): Source | undefined {
  const { id, category, type, label, hint, required, sensitive, config = {}, ...others } = component;
  const format = isObject(config) && type === "DATE" ? config.format : undefined;
  const typed = TYPED[format === "TIME" ? "TIME" : String(type)];
  if (typed === undefined || Object.keys(others).length > 0 || !isObject(config) || typeof id !== "string") {
    return undefined;
  }
  const own = typed.optionsOf?.(config, id) ?? camelCased(config);
  const isBlock = category === "BLOCK";
  const options: SourceObject = isBlock
    ? { id: hasId ? id : undefined, ...own }
    : { label, hint, required, sensitive, ...own };
  const isMissing = (typed.needs ?? []).some((name) => options[name] === undefined);
  if (isMissing || typed.isNarrow?.(options) === false) {
    return undefined;
  }
  const positional = typed.positional ?? [];
  const called = (left: SourceObject, count = positional.length): Call => {
    const rest = Object.fromEntries(
      Object.entries(left).filter(([name, value]) => !positional.includes(name) && value !== undefined),
    );
    const args = isBlock ? positional.slice(0, count).map((name) => options[name] ?? NOTHING) : [id];
    const isOptional = isBlock || type === "SOCIAL";
    return new Call(typed.name, Object.keys(rest).length > 0 || !isOptional ? [...args, rest] : args);
  };
  const target = evaluated(component);
  const isGood = (call: Call) => {
    const made = madeBy(call);
    return made !== undefined && isSame(isBlock && !hasId ? { ...made, id } : made, target);
  };
  if (!isGood(called(options))) {
    return undefined;
  }
  const least = minimal(
    options,
    (left) => positional.every((name) => name in left || !(name in options)) && isGood(called(left)),
  );
  const bare = called(least, 0);
  return bare.args.length === 0 && isGood(bare) ? bare : called(least);
}

/** The component without what its answer writes; nothing where the call is refused. */
function madeBy(call: Call): object | undefined {
  const made = evaluated(call) as IdentifiedComponent;
  if ((made[FAULTS] ?? []).length > 0) {
    return undefined;
  }
  const { answer: _, ...sent } = made;
  return sent;
}

function choosing({ options, ...config }: SourceObject): SourceObject {
  return { options: Array.isArray(options) ? options.map(optionOf) : options, ...camelCased(config) };
}

/** A text alone where it is both what is written and what is read. */
function optionOf(option: Source): Source {
  if (!isObject(option)) {
    return option;
  }
  const { value, label, ...others } = option;
  return typeof value === "string" && value === label && Object.keys(others).length === 0 ? value : camelCased(option);
}

export function camelCased(members: Source | undefined): SourceObject {
  return Object.fromEntries(
    Object.entries(isObject(members) ? members : {}).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

function functionName(code: string): string | undefined {
  return /^\s*(?:async\s+)?function\s+([A-Za-z]\w*)/.exec(code)?.[1];
}
