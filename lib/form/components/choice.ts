import { type FieldsOf, type Members, other } from "../../fields";
import { answered, type Component, changed, changedEach, FIELD, type FieldOptions, snakeCased } from "../component";
import type { Words } from "../words";

/** An option of a dropdown or a choice; a plain string is both value and label. */
export interface DropdownOption {
  /** What is written to `user_metadata`, 1 character or more. */
  readonly value: string;
  /** What the person reads, 1 character or more. */
  readonly label: Words;
}

/** An option of cards. */
export interface CardOption extends DropdownOption {
  /** Address of the picture; it begins with `https://`. */
  readonly imageUrl: string;
}

interface OptionsOptions<T> extends FieldOptions {
  /** What can be chosen: at least one option, no value twice. Values and labels may be tokens, the list may not. */
  readonly options: readonly T[];
  /**
   * Whether several options can be chosen; then a list is written.
   *
   * @default false
   */
  readonly multiple?: boolean;
  /**
   * Value that is chosen at the start: one of `options`, or several of them when `multiple`.
   *
   * @default - nothing
   */
  readonly defaultValue?: string | readonly string[];
}

export interface DropdownOptions extends OptionsOptions<string | DropdownOption> {
  /**
   * Text shown while nothing is chosen, 1 to 500 characters.
   *
   * @default - none
   */
  readonly placeholder?: Words;
}

export interface ChoiceOptions extends OptionsOptions<string | DropdownOption> {
  /**
   * Whether one can enter something else, and what stands beside and in that input, 1 character or more each.
   *
   * @default false
   */
  readonly allowOther?: boolean | { readonly label?: Words; readonly placeholder?: Words };
}

export interface CardsOptions extends OptionsOptions<CardOption> {
  /**
   * Whether the pictures stand alone.
   *
   * @default - Auth0's own
   */
  readonly hideLabels?: boolean;
}

const OPTIONS = { ...FIELD, options: other, multiple: other, defaultValue: other };
const DROPDOWN: FieldsOf<DropdownOptions> = { ...OPTIONS, placeholder: other };
const CHOICE: FieldsOf<ChoiceOptions> = { ...OPTIONS, allowOther: other };
const CARDS: FieldsOf<CardsOptions> = { ...OPTIONS, hideLabels: other };

/**
 * A list to choose from; the value of the option is written, of several a list.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example dropdown("team_size", { label: "Team", options: ["1", "2-5", "6+"] })
 */
export function dropdown(id: string, options: DropdownOptions): Component {
  return answered("FIELD", "DROPDOWN", id, options, DROPDOWN, { configOf: optionsConfig });
}

/**
 * Options to tick, all in sight, e.g. `choice("role", { label: "Role", options: ["Buyer", "Seller"], allowOther: true })`;
 * the value of the option is written, or what was entered besides, of several a list.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example choice("plan", { label: "Plan", options: ["free", { value: "pro", label: "Professional" }] })
 */
export function choice(id: string, options: ChoiceOptions): Component {
  return answered("FIELD", "CHOICE", id, options, CHOICE, {
    configOf: ({ allowOther, ...own }) => ({
      ...optionsConfig(own),
      allow_other:
        allowOther === true
          ? { enabled: true }
          : changed(allowOther || undefined, (texts) => ({ enabled: true, ...texts })),
    }),
  });
}

/**
 * Pictures to choose from, e.g. `cards("plan", { label: "Plan", options: [{ value: "s", label: "Small", imageUrl }] })`;
 * the value of the option is written, of several a list.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example
 * ```ts
 * const options = [{ value: "api", label: "APIs", imageUrl: "https://example.com/api.png" }];
 * cards("topics", { label: "Topics", multiple: true, options })
 * ```
 */
export function cards(id: string, options: CardsOptions): Component {
  return answered("FIELD", "CARDS", id, options, CARDS, { configOf: optionsConfig });
}

function optionsConfig({ multiple = false, options, ...own }: Members): Members {
  return { ...snakeCased({ multiple, ...own }), options: changedEach(options, sentOption) };
}

function sentOption(option: unknown): unknown {
  return typeof option === "string" ? { value: option, label: option } : changed(option, snakeCased);
}
