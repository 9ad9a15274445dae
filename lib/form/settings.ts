import {
  MAX_CSS_CHARACTERS,
  MAX_HIDDEN_FIELD_CHARACTERS,
  MAX_MESSAGE_CHARACTERS,
  MAX_REDIRECTION_DELAY_SECONDS,
  MAX_REDIRECTION_TARGET_CHARACTERS,
} from "auth0-forms";
import { checkIdentifier, checkText, isKnown, repeated } from "../checks";
import { checkFields, type FieldsOf, isObject, other, requiredOther } from "../fields";
import { kind, shown } from "../shown";
import type { Problems } from "../validation-error";
import { checkFlowOrId, type FlowDefinition } from "./flow";
import { checkLanguage } from "./language";
import type { Words } from "./words";

/** Texts of a form that are not of a component, by key: 1 to 255 characters each. */
export interface Messages {
  /**
   * Other words for Auth0's errors, by their code, e.g. `ERR_REQUIRED_PROPERTY`.
   *
   * @default - Auth0's own
   */
  readonly errors?: Readonly<Record<string, Words>>;
  /**
   * Texts that components show by `{{t('key')}}`.
   *
   * @default - none
   */
  readonly custom?: Readonly<Record<string, Words>>;
}

/** A field that nobody sees, whose value the Action gives by `api.prompt.render(id, { fields })`, or a script. */
export interface HiddenField {
  /** Letters, digits and `_`, a letter first: `{{fields.<key>}}`. */
  readonly key: string;
  /**
   * 1 to 500 characters.
   *
   * @default - none
   */
  readonly value?: string;
}

/** What happens after the last step. */
export interface Ending {
  /**
   * Where the person is sent, instead of going on with the login.
   *
   * @default - the login goes on
   */
  readonly redirect?: {
    /** An address, or an expression: 1 to 1,024 characters. */
    readonly target: string;
    /**
     * Seconds before it, 0 to 10.
     *
     * @default 0
     */
    readonly delay?: number;
  };
  /**
   * Whether Auth0 is told that the login goes on.
   *
   * @default - true, or nothing where there is `redirect`
   */
  readonly resumesLogin?: boolean;
  /**
   * A flow that runs once the form was submitted, which the person does not wait for: made by {@link flow}, or the id of another
   * one (`af_…`).
   *
   * @default - none
   */
  readonly afterSubmit?: FlowDefinition | string;
}

/** What is of the form as a whole. */
export interface FormSettings {
  /**
   * Style sheet of the form's page, 1 to 5,000 characters.
   *
   * @default - that of the tenant's branding
   */
  readonly css?: string;
  /** @default - Auth0's own */
  readonly messages?: Messages;
  /**
   * The form in other languages, by their locale, as Auth0's API takes it:
   * `{ ja: { components: { job_title: { label: "職種" } }, messages: { custom: { hello: "…" } } } }`.
   *
   * @default - none
   */
  readonly translations?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** @default - none */
  readonly hiddenFields?: readonly HiddenField[];
  /** @default - the login goes on */
  readonly ending?: Ending;
}

export const FORM_SETTINGS: FieldsOf<FormSettings> = {
  css: other,
  messages: other,
  translations: other,
  hiddenFields: other,
  ending: other,
};

const MESSAGES: FieldsOf<Messages> = { errors: other, custom: other };
const HIDDEN_FIELD: FieldsOf<HiddenField> = { key: requiredOther, value: other };
const ENDING: FieldsOf<Ending> = { redirect: other, resumesLogin: other, afterSubmit: other };
const REDIRECT: FieldsOf<NonNullable<Ending["redirect"]>> = { target: requiredOther, delay: other };
const TRANSLATION = { components: other, messages: other, ending: other };

/**
 * Adds all that is wrong with the settings.
 *
 * @param componentIds what can be translated; where the stages are wrong, nothing is said of it
 */
export function checkFormSettings(
  given: FormSettings,
  componentIds: ReadonlySet<string> | undefined,
  problems: Problems,
): void {
  const { css, messages, translations, hiddenFields, ending } = given;
  if (css !== undefined) {
    checkText("css", css, { min: 1, max: MAX_CSS_CHARACTERS }, problems);
  }
  if (messages !== undefined) {
    checkMessages("messages", messages, problems);
  }
  if (translations !== undefined) {
    checkTranslations(translations, componentIds, problems);
  }
  if (hiddenFields !== undefined) {
    checkHiddenFields(hiddenFields, componentIds, problems);
  }
  if (ending !== undefined) {
    checkEnding(ending, problems);
  }
}

function checkMessages(path: string, messages: unknown, problems: Problems): void {
  const given = checkFields<Messages>(path, messages, MESSAGES, problems);
  for (const [part, texts] of Object.entries(given)) {
    if (!isObject(texts)) {
      problems.add(`${path}.${part} must be an object of texts by their key, got ${kind(texts)}`);
      continue;
    }
    for (const [key, text] of Object.entries(texts)) {
      checkText(`${path}.${part}.${key}`, text, { min: 1, max: MAX_MESSAGE_CHARACTERS }, problems);
    }
  }
}

function checkTranslations(
  translations: unknown,
  componentIds: ReadonlySet<string> | undefined,
  problems: Problems,
): void {
  if (!isObject(translations)) {
    problems.add(
      `translations must be an object by language, got ${kind(translations)}; e.g. { ja: { components: { … } } }`,
    );
    return;
  }
  for (const [language, translation] of Object.entries(translations)) {
    checkLanguage(`translations: language ${shown(language)}`, language, problems);
    const given = checkFields<Record<string, unknown>>(`translations.${language}`, translation, TRANSLATION, problems);
    if (given.messages !== undefined) {
      checkMessages(`translations.${language}.messages`, given.messages, problems);
    }
    for (const id of isObject(given.components) ? Object.keys(given.components) : []) {
      if (componentIds?.has(id) === false) {
        problems.add(
          `translations.${language}.components has ${shown(id)}, which is no component of the form; ` +
            `its components are ${[...componentIds].join(", ")}`,
        );
      }
    }
  }
}

function checkHiddenFields(fields: unknown, componentIds: ReadonlySet<string> | undefined, problems: Problems): void {
  if (!Array.isArray(fields)) {
    problems.add(`hiddenFields must be a list such as [{ key: "state" }], got ${kind(fields)}`);
    return;
  }
  const keys = fields.map((field, index) => {
    const path = `hiddenFields[${index}]`;
    const { key, value } = checkFields<HiddenField>(path, field, HIDDEN_FIELD, problems);
    if (key !== undefined) {
      checkIdentifier(`${path}.key`, key, problems);
    }
    if (value !== undefined) {
      checkText(`${path}.value`, value, { min: 1, max: MAX_HIDDEN_FIELD_CHARACTERS }, problems);
    }
    return key;
  });
  for (const key of repeated(keys.filter((key) => key !== undefined))) {
    problems.add(`hidden field ${shown(key)} is there more than once; leave one out`);
  }
  for (const key of keys) {
    if (key !== undefined && componentIds?.has(key)) {
      problems.add(`hidden field ${shown(key)} has the id of a component; give one of them another one`);
    }
  }
}

function checkEnding(ending: unknown, problems: Problems): void {
  const { redirect, resumesLogin, afterSubmit } = checkFields<Ending>("ending", ending, ENDING, problems);
  if (resumesLogin !== undefined && typeof resumesLogin !== "boolean") {
    problems.add(`ending.resumesLogin must be true or false, got ${shown(resumesLogin)}`);
  }
  if (afterSubmit !== undefined) {
    checkFlowOrId("ending.afterSubmit", afterSubmit, problems);
  }
  if (redirect === undefined) {
    return;
  }
  const { target, delay } = checkFields("ending.redirect", redirect, REDIRECT, problems);
  if (target !== undefined) {
    checkText("ending.redirect.target", target, { min: 1, max: MAX_REDIRECTION_TARGET_CHARACTERS }, problems);
  }
  const isDelay =
    Number.isInteger(delay) && (delay as number) >= 0 && (delay as number) <= MAX_REDIRECTION_DELAY_SECONDS;
  if (delay !== undefined && isKnown(delay) && !isDelay) {
    problems.add(
      `ending.redirect.delay must be an integer of 0 to ${MAX_REDIRECTION_DELAY_SECONDS} seconds, got ${shown(delay)}; choose another one`,
    );
  }
}
