import { type FieldsOf, other } from "../../fields";
import {
  ANSWERED,
  type AnsweredOptions,
  answered,
  type Component,
  FIELD,
  type FieldOptions,
  snakeCased,
} from "../component";
import type { Words } from "../words";

interface PlaceholderOption {
  /**
   * Text shown while the field is empty, 1 to 500 characters.
   *
   * @default - none
   */
  readonly placeholder?: Words;
}

interface LengthOptions {
  /**
   * Fewest characters that are accepted, 1 or more.
   *
   * @default - any number
   */
  readonly minLength?: number;
  /**
   * Most characters that are accepted, 1 or more, not below `minLength`.
   *
   * @default - any number
   */
  readonly maxLength?: number;
}

/** Of an EMAIL or a URL. */
export interface LineOptions extends FieldOptions, PlaceholderOption {
  /**
   * Value that the field starts with, 1 character or more: one that the field accepts, or an expression, e.g.
   * `{{context.user.email}}`.
   *
   * @default - empty
   */
  readonly defaultValue?: string;
}

export interface TextOptions extends LineOptions, LengthOptions {
  /**
   * Whether the input has several lines.
   *
   * @default false
   */
  readonly multiline?: boolean;
}

export interface PhoneOptions extends LineOptions, LengthOptions {
  /**
   * Whether the person picks a country beside the number. With it the answer is written in international form
   * (`+18005550175`), without it as it was typed.
   *
   * @default true
   */
  readonly countryPicker?: boolean;
  /**
   * Text shown in the empty search box of the country picker.
   *
   * @default - Auth0's own
   */
  readonly filterPlaceholder?: string;
}

export interface NumberOptions extends FieldOptions, PlaceholderOption {
  /**
   * Number that the field starts with, not below `minValue` and not above `maxValue`.
   *
   * @default - empty
   */
  readonly defaultValue?: number;
  /**
   * Least number that is accepted.
   *
   * @default - any
   */
  readonly minValue?: number;
  /**
   * Greatest number that is accepted, not below `minValue`.
   *
   * @default - any
   */
  readonly maxValue?: number;
}

export interface PasswordOptions extends AnsweredOptions, PlaceholderOption, LengthOptions {
  /** What the field is called above its input, 1 character or more. */
  readonly label: string;
  /**
   * How the browser hashes what is typed before it is sent.
   *
   * @default - Auth0's own
   */
  readonly hash?: "NONE" | "MD5" | "SHA1" | "SHA256" | "SHA512";
  /**
   * Whether it has to have an upper case letter, a lower case letter, a digit and a symbol.
   *
   * @default - Auth0's own
   */
  readonly complexity?: boolean;
  /**
   * Whether NIST's guidelines hold: 8 characters or more, none that leaked, no dictionary word, nothing repetitive.
   *
   * @default - Auth0's own
   */
  readonly nist?: boolean;
  /**
   * Whether a meter below the field shows how strong it is.
   *
   * @default - Auth0's own
   */
  readonly strengthMeter?: boolean;
}

const LINE: FieldsOf<LineOptions> = { ...FIELD, placeholder: other, defaultValue: other };
const LENGTHS: FieldsOf<LengthOptions> = { minLength: other, maxLength: other };
const TEXT: FieldsOf<TextOptions> = { ...LINE, ...LENGTHS, multiline: other };
const PHONE: FieldsOf<PhoneOptions> = { ...LINE, ...LENGTHS, countryPicker: other, filterPlaceholder: other };
const NUMBER: FieldsOf<NumberOptions> = { ...LINE, minValue: other, maxValue: other };
const PASSWORD: FieldsOf<PasswordOptions> = {
  ...ANSWERED,
  ...LENGTHS,
  label: other,
  placeholder: other,
  hash: other,
  complexity: other,
  nist: other,
  strengthMeter: other,
};

/**
 * A line (or several) of text to type; a text is written.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example text("job_title", { label: "Job title", required: true, maxLength: 100 })
 */
export function text(id: string, options: TextOptions): Component {
  return answered("FIELD", "TEXT", id, options, TEXT, {
    configOf: ({ multiline = false, ...own }) => snakeCased({ multiline, ...own }),
  });
}

/**
 * An e-mail address, e.g. `email("work_email", { label: "E-mail at work" })`; a text is written.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example email("work_email", { label: "E-mail at work" })
 */
export function email(id: string, options: LineOptions): Component {
  return answered("FIELD", "EMAIL", id, options, LINE);
}

/**
 * A web address, e.g. `url("website", { label: "Website", placeholder: "https://" })`; a text is written.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example url("website", { label: "Website", placeholder: "https://" })
 */
export function url(id: string, options: LineOptions): Component {
  return answered("FIELD", "URL", id, options, LINE);
}

/**
 * A number, e.g. `number("employees", { label: "Employees", minValue: 1 })`; a number is written.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example number("employees", { label: "Employees", minValue: 1 })
 */
export function number(id: string, options: NumberOptions): Component {
  return answered("FIELD", "NUMBER", id, options, NUMBER);
}

/**
 * A phone number; a text is written.
 *
 * With country picker the answer is an object of `national_number`, `national_format`, `international_number`,
 * `international_format`, `country_code_iso` and `country_code_number`, of which the third is written.
 *
 * @param id id of the field: letters, digits and `_`, a letter first
 * @example phone("mobile", { label: "Mobile", countryPicker: false })
 */
export function phone(id: string, options: PhoneOptions): Component {
  return answered("FIELD", "TEL", id, options, PHONE, {
    configOf: ({ countryPicker = true, filterPlaceholder, ...own }) => ({
      ...snakeCased({ countryPicker, ...own }),
      strings: filterPlaceholder === undefined ? undefined : { filter_placeholder: filterPlaceholder },
    }),
  });
}

/**
 * A password or another secret, e.g. `password("pin", { label: "PIN", minLength: 6, hash: "SHA256" })`.
 *
 * Nothing is written: metadata is no place for it. A flow reads `{{fields.<id>}}`, which Auth0 masks in its logs.
 *
 * @param id id of the field: letters, digits and `_`, a letter first
 * @example password("pin", { label: "PIN", minLength: 6, hash: "SHA256" })
 */
export function password(id: string, options: PasswordOptions): Component {
  return answered("FIELD", "PASSWORD", id, options, PASSWORD, { isSaved: false });
}
