import { COMPONENTS, type ComponentType } from "auth0-forms";
import { isKnown, isList } from "../checks";
import { checkFields, type FieldsOf, type Given, isObject, type Members, other } from "../fields";
import { Problems } from "../validation-error";
import type { Destination } from "./destination";
import type { Words } from "./words";

/** Where a component or a stage keeps what was wrong with its options; it is not sent, for a symbol is no key in JSON. */
export const FAULTS: unique symbol = Symbol("faults");
/** On a component that was made of options: its problems name them, not the keys that Auth0's API has for them. */
export const OF_OPTIONS: unique symbol = Symbol("of options");

/** One place or several; none is `[]`: then only a flow and the Action see the answer, in `event.prompt.fields`. */
export type SaveTo = Destination | readonly Destination[];

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
  /** Where else it is written, instead. */
  readonly saveTo?: SaveTo;
  /** @default `{{fields.<id>}}`; of a TEL with country picker `{{fields.<id>.international_number}}` */
  readonly value?: string;
}

/**
 * One component of a Step as Auth0's Forms API takes it, and what its answer writes.
 *
 * Made by the function that is named after it, e.g. {@link text}, {@link phone}, {@link nextButton}, or by {@link raw} as
 * the API takes it. A plain value: it is checked by the construct that gets it.
 *
 * @see https://auth0.com/docs/customize/forms/nodes-and-components
 */
export interface Component {
  /** Id in the form, referred to as `{{fields.<id>}}`. A BLOCK without one gets it from its stage. */
  readonly id?: string;
  readonly category: "BLOCK" | "FIELD" | "WIDGET";
  /** Auth0's name of the component, e.g. `RICH_TEXT`, `TEL`. */
  readonly type: string;
  readonly label?: Words;
  readonly hint?: Words;
  readonly required?: boolean;
  readonly sensitive?: boolean;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly answer?: Answer;
  /** What was wrong with the options that it was made with: the construct that gets it tells of it. */
  readonly [FAULTS]?: readonly string[];
  readonly [OF_OPTIONS]?: true;
}

export interface BlockOptions {
  /**
   * Id of the component in the form.
   *
   * @default - `<stage id>_<type>`, and from the second of its type in the stage on `<stage id>_<type>_<n>`
   */
  readonly id?: string;
}

/** What fields and widgets have in common. */
export interface AnsweredOptions {
  /**
   * A line of help below the input, 1 to 500 characters; HTML is allowed.
   *
   * @default - none
   */
  readonly hint?: Words;
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
}

/** A component that says itself what it is for. */
export interface OptionalLabel {
  /**
   * What stands above it, 1 character or more.
   *
   * @default - nothing
   */
  readonly label?: Words;
}

/** A component whose answer goes to `user_metadata`. */
export interface SavedOptions extends AnsweredOptions {
  /**
   * Key of `user_metadata` that the answer is written to. Auth0 allows neither `.` nor `$` in it.
   *
   * @default - the id of the field
   * @see https://auth0.com/docs/manage-users/user-accounts/metadata/metadata-fields-data
   */
  readonly metadataKey?: string;
  /**
   * Where the answer is written instead: `"app_metadata.plan"`, `"user_metadata.address.city"`, `"given_name"`, several of them,
   * or `[]` for nowhere.
   *
   * @default - `user_metadata`, under `metadataKey`
   */
  readonly saveTo?: SaveTo;
}

/** A component whose answer is a proof or a reference for a flow or an Action, and is kept only where that is asked for. */
export interface UnsavedOptions extends AnsweredOptions {
  /**
   * Key of `user_metadata` that the answer is written to. Auth0 allows neither `.` nor `$` in it.
   *
   * @default - the answer is not written
   */
  readonly metadataKey?: string;
  /**
   * Where the answer is written instead, as of any field.
   *
   * @default - nowhere
   */
  readonly saveTo?: SaveTo;
}

export interface FieldOptions extends SavedOptions {
  /** What the field is called above its input, 1 character or more. */
  readonly label: Words;
}

const BLOCK: FieldsOf<BlockOptions> = { id: other };
export const ANSWERED: FieldsOf<AnsweredOptions> = { hint: other, required: other, sensitive: other };
/** What every field takes; those that are not written by default take the same, and mean it. */
export const FIELD: FieldsOf<FieldOptions> = { ...ANSWERED, label: other, metadataKey: other, saveTo: other };

/** What was given of the options, and for {@link FAULTS} what is wrong with them. */
export function readOptions<T>(
  options: T,
  fields: FieldsOf<T>,
): readonly [given: Given<T>, faults: readonly string[] | undefined] {
  const problems = new Problems();
  const given = checkFields<T>("", options, fields, problems, "option");
  return [given, problems.all.length > 0 ? problems.all : undefined];
}

/** Options that have names in snake case at Auth0, as its API has them. */
export function snakeCased(options: Members): Members {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

/** An object among the options, changed; what is none is left for the construct to report. */
export function changed<T>(value: T, change: (members: Members) => unknown): unknown {
  return isKnown(value) && isObject(value) ? change(value) : value;
}

/** The members of a list among the options, changed; what is none is left for the construct to report. */
export function changedEach(list: unknown, change: (member: unknown) => unknown): unknown {
  return isList(list) && isKnown(list) ? (list as readonly unknown[]).map(change) : list;
}

/**
 * A block of its type.
 *
 * @param fields the options that it takes besides its id: all of them go to `config`
 */
export function block<T extends BlockOptions>(
  type: ComponentType,
  positional: Members,
  options: T,
  fields: FieldsOf<Omit<T, "id">>,
  configOf: (own: Members) => Members = snakeCased,
): Component {
  const [{ id, ...own }, faults] = readOptions<BlockOptions>(options, { ...BLOCK, ...fields });
  return made("BLOCK", type, id, { ...positional, ...configOf(own) }, faults);
}

/**
 * A field or a widget of its type: what all have in common stands beside `config`, all other options are in it.
 *
 * @param options `metadataKey` is the id, unless `isSaved` is false
 * @param configOf the config of the component's own options
 */
export function answered<T extends AnsweredOptions>(
  category: "FIELD" | "WIDGET",
  type: ComponentType,
  id: string,
  options: T,
  fields: FieldsOf<T>,
  { configOf = snakeCased, isSaved = true }: { configOf?: (own: Members) => Members; isSaved?: boolean } = {},
): Component {
  const [given, faults] = readOptions(options, fields);
  const { label, hint, required, sensitive, metadataKey, saveTo, ...own } = given as Given<FieldOptions>;
  const key = metadataKey ?? (isSaved && saveTo === undefined ? id : undefined);
  return {
    ...made(category, type, id, configOf(own), faults),
    label,
    hint,
    required: required ?? false,
    sensitive: sensitive ?? false,
    answer: answerOf(key, saveTo),
  };
}

/** What is to be written where; nothing where no place is given. */
export function answerOf(
  metadataKey: string | undefined,
  saveTo: SaveTo | undefined,
  value?: string,
): Answer | undefined {
  const isWritten = metadataKey !== undefined || saveTo !== undefined;
  return isWritten ? { metadataKey, saveTo, value } : undefined;
}

function made(
  category: Component["category"],
  type: ComponentType,
  id: string | undefined,
  config: Members,
  faults: readonly string[] | undefined,
): Component {
  return {
    [FAULTS]: faults,
    [OF_OPTIONS]: true,
    id,
    category,
    type,
    config: isEmpty(config) && !mustHaveConfig(type) ? undefined : config,
  };
}

/** Auth0 leaves empty objects out of what it gives back: one that is sent all the same would be a diff for ever. */
function isEmpty(config: Members): boolean {
  return Object.values(config).every((value) => value === undefined);
}

function mustHaveConfig(type: ComponentType): boolean {
  return (COMPONENTS[type].required as readonly string[]).includes("config");
}
