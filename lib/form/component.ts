import { isKnown, isList } from "../checks";
import { checkFields, type FieldsOf, type Given, other } from "../fields";
import { Problems } from "../validation-error";
import type { Destination } from "./destination";

/** Where a component or a stage keeps what was wrong with its options; it is not sent, for a symbol is no key in JSON. */
export const FAULTS: unique symbol = Symbol("faults");

/**
 * What an answer writes into the user's profile.
 *
 * `value` is an expression of Auth0's Forms, e.g. `{{fields.phone_number.international_number}}`.
 *
 * @see https://auth0.com/docs/customize/forms/variables
 */
export interface Answer {
  /** Key of `user_metadata`. */
  readonly metadataKey?: string;
  /** Where else it is written, instead: one place or several, or none. */
  readonly saveTo?: SaveTo;
  /** @default `{{fields.<id>}}`; of a TEL with country picker `{{fields.<id>.international_number}}` */
  readonly value?: string;
}

/**
 * One component of a Step as Auth0's Forms API takes it, and what its answer writes.
 *
 * Made by {@link richText}, {@link text}, {@link phone}, {@link dropdown}, {@link nextButton}; anything else that
 * Auth0 has by {@link raw}. A plain value: it is checked by the construct that gets it.
 *
 * @see https://auth0.com/docs/customize/forms/components
 */
export interface Component {
  /** Id in the form, referred to as `{{fields.<id>}}`. A BLOCK without one gets it from its stage. */
  readonly id?: string;
  readonly category: "BLOCK" | "FIELD" | "WIDGET";
  /** Auth0's name of the component, e.g. `RICH_TEXT`, `TEL`. */
  readonly type: string;
  readonly label?: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly sensitive?: boolean;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly answer?: Answer;
  /** What was wrong with the options that it was made with: the construct that gets it tells of it. */
  readonly [FAULTS]?: readonly string[];
}

export interface BlockOptions {
  /**
   * Id of the component in the form.
   *
   * @default - `<stage id>_<type>`, and from the second of its type in the stage on `<stage id>_<type>_<n>`
   */
  readonly id?: string;
}

/** One place or several; none is `[]`: then only the Action sees the answer, in `event.prompt.fields`. */
export type SaveTo = Destination | readonly Destination[];

export interface FieldOptions {
  /** What the field is called above its input, 1 character or more. */
  readonly label: string;
  /**
   * A line of help below the input, 1 to 500 characters.
   *
   * @default - none
   */
  readonly hint?: string;
  /**
   * Whether the step can not be left without an answer.
   *
   * @default false
   */
  readonly required?: boolean;
  /**
   * Whether Auth0 masks the value in its logs of flow executions ("Transient" in the dashboard).
   *
   * @default false
   */
  readonly sensitive?: boolean;
  /**
   * Key of `user_metadata` that the answer is written to. Auth0 allows neither `.` nor `$` in it.
   *
   * @default - the id of the field
   * @see https://auth0.com/docs/manage-users/user-accounts/metadata/metadata-fields-data
   */
  readonly metadataKey?: string;
  /**
   * Where the answer is written instead: `"app_metadata.plan"`, `"user_metadata.address.city"`, `"given_name"`, several of them, or
   * `[]` for nowhere.
   *
   * @default - `user_metadata`, under `metadataKey`
   */
  readonly saveTo?: SaveTo;
}

export interface TextOptions extends FieldOptions {
  /**
   * Text shown while the field is empty, 1 to 500 characters.
   *
   * @default - none
   */
  readonly placeholder?: string;
  /**
   * Value that the field starts with, 1 character or more.
   *
   * @default - empty
   */
  readonly defaultValue?: string;
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
  /**
   * Whether the input has several lines.
   *
   * @default false
   */
  readonly multiline?: boolean;
}

export interface PhoneOptions extends Omit<TextOptions, "multiline"> {
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

/** An option of a dropdown; a plain string is both value and label. */
export interface DropdownOption {
  /** What is written to `user_metadata`, 1 character or more. */
  readonly value: string;
  /** What the person reads, 1 character or more. */
  readonly label: string;
}

export interface DropdownOptions extends FieldOptions {
  /** What can be chosen: at least one option, no value twice. Values and labels may be tokens, the list may not. */
  readonly options: readonly (string | DropdownOption)[];
  /**
   * Whether several options can be chosen; then a list is written.
   *
   * @default false
   */
  readonly multiple?: boolean;
  /**
   * Text shown while nothing is chosen, 1 to 500 characters.
   *
   * @default - none
   */
  readonly placeholder?: string;
  /**
   * Value that is chosen at the start: one of `options`, or several of them when `multiple`.
   *
   * @default - nothing
   */
  readonly defaultValue?: string | readonly string[];
}

export interface RawOptions {
  /**
   * Key of `user_metadata` that the answer is written to.
   *
   * @default - the answer is not written
   */
  readonly metadataKey?: string;
  /**
   * Where the answer is written instead, as of every field.
   *
   * @default - nowhere else
   */
  readonly saveTo?: SaveTo;
  /**
   * Expression that is written, e.g. `{{fields.address.city}}`.
   *
   * @default `{{fields.<id>}}`; of a TEL with `country_picker` `{{fields.<id>.international_number}}`
   */
  readonly value?: string;
}

const BLOCK: FieldsOf<BlockOptions> = { id: other };
const FIELD: FieldsOf<FieldOptions> = {
  label: other,
  hint: other,
  required: other,
  sensitive: other,
  metadataKey: other,
  saveTo: other,
};
const INPUT = { ...FIELD, placeholder: other, defaultValue: other, minLength: other, maxLength: other };
const TEXT: FieldsOf<TextOptions> = { ...INPUT, multiline: other };
const PHONE: FieldsOf<PhoneOptions> = { ...INPUT, countryPicker: other, filterPlaceholder: other };
const DROPDOWN: FieldsOf<DropdownOptions> = {
  ...FIELD,
  options: other,
  multiple: other,
  placeholder: other,
  defaultValue: other,
};
const RAW: FieldsOf<RawOptions> = { metadataKey: other, saveTo: other, value: other };

/** What was given of the options, and for {@link FAULTS} what is wrong with them. */
export function readOptions<T>(
  options: T,
  fields: FieldsOf<T>,
): readonly [given: Given<T>, faults: readonly string[] | undefined] {
  const problems = new Problems();
  const given = checkFields<T>("", options, fields, problems, "option");
  return [given, problems.all.length > 0 ? problems.all : undefined];
}

/**
 * Text with headings, links and lists, shown between the fields.
 *
 * @param content HTML of at most 10,000 characters, e.g. `<h2>Welcome</h2><p>One more thing.</p>`; `{{…}}` is filled in by Auth0
 */
export function richText(content: string, options: BlockOptions = {}): Component {
  const [{ id }, faults] = readOptions(options, BLOCK);
  return { id, category: "BLOCK", type: "RICH_TEXT", config: { content }, [FAULTS]: faults };
}

/**
 * A line (or several) of text to type.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 */
export function text(id: string, options: TextOptions): Component {
  const [given, faults] = readOptions(options, TEXT);
  return {
    ...field(id, "TEXT", given, faults),
    config: { multiline: given.multiline ?? false, ...textLimits(given) },
  };
}

/**
 * A phone number.
 *
 * @param id id of the field: letters, digits and `_`, a letter first
 */
export function phone(id: string, options: PhoneOptions): Component {
  const [given, faults] = readOptions(options, PHONE);
  const strings = given.filterPlaceholder === undefined ? undefined : { filter_placeholder: given.filterPlaceholder };
  return {
    ...field(id, "TEL", given, faults),
    config: { country_picker: given.countryPicker ?? true, strings, ...textLimits(given) },
  };
}

/**
 * A list to choose from.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 */
export function dropdown(id: string, options: DropdownOptions): Component {
  const [given, faults] = readOptions(options, DROPDOWN);
  const { multiple = false, options: choices, placeholder, defaultValue } = given;
  return {
    ...field(id, "DROPDOWN", given, faults),
    config: {
      multiple,
      options: choices !== undefined && isList(choices) && isKnown(choices) ? choices.map(dropdownOption) : choices,
      placeholder,
      default_value: defaultValue,
    },
  };
}

/**
 * The button that checks the step's answers and goes on.
 *
 * @param label what the button says, at most 150 characters
 */
export function nextButton(label = "Continue", options: BlockOptions = {}): Component {
  const [{ id }, faults] = readOptions(options, BLOCK);
  return { id, category: "BLOCK", type: "NEXT_BUTTON", config: { text: label }, [FAULTS]: faults };
}

/**
 * Any component that Auth0 has and this library does not model, as the Forms API takes it.
 *
 * It is checked as Auth0's API would check it, before anything is defined; tokens pass where a value stands.
 *
 * @param component e.g. `{ id: "website", category: "FIELD", type: "URL", label: "Website" }`
 * @see https://auth0.com/docs/customize/forms/components
 */
export function raw(component: Omit<Component, "answer">, options: RawOptions = {}): Component {
  const [{ metadataKey, saveTo, value }, faults = []] = readOptions(options, RAW);
  const all = [...(component?.[FAULTS] ?? []), ...faults];
  return {
    ...component,
    answer: metadataKey === undefined && saveTo === undefined ? undefined : { metadataKey, saveTo, value },
    ...(all.length > 0 && { [FAULTS]: all }),
  };
}

function field(id: string, type: string, options: Given<FieldOptions>, faults?: readonly string[]): Component {
  return {
    [FAULTS]: faults,
    id,
    category: "FIELD",
    type,
    label: options.label,
    hint: options.hint,
    required: options.required ?? false,
    sensitive: options.sensitive ?? false,
    answer: answerOf(id, options),
  };
}

function answerOf(id: string, { metadataKey, saveTo }: Given<FieldOptions>): Answer {
  return saveTo === undefined ? { metadataKey: metadataKey ?? id } : { metadataKey, saveTo };
}

function dropdownOption(option: string | DropdownOption): DropdownOption {
  return typeof option === "string" ? { value: option, label: option } : option;
}

function textLimits(options: Given<Omit<TextOptions, "multiline">>): Record<string, unknown> {
  return {
    placeholder: options.placeholder,
    default_value: options.defaultValue,
    min_length: options.minLength,
    max_length: options.maxLength,
  };
}
