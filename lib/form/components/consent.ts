import { type FieldsOf, other } from "../../fields";
import {
  answered,
  type Component,
  FIELD,
  type FieldOptions,
  type OptionalLabel,
  type SavedOptions,
} from "../component";
import type { Words } from "../words";

export interface BooleanOptions extends FieldOptions {
  /**
   * What is chosen at the start.
   *
   * @default - Auth0's own
   */
  readonly defaultValue?: boolean;
  /**
   * What the two answers say, 1 to 50 characters each.
   *
   * @default - Auth0's own
   */
  readonly options?: { readonly true?: Words; readonly false?: Words };
}

export interface LegalOptions extends SavedOptions, OptionalLabel {
  /**
   * HTML of what is agreed to, 1 to 10,000 characters, e.g. `I accept the <a href="https://…">terms</a>.`: no scripts,
   * styles or inputs.
   *
   * @default - Auth0's own
   */
  readonly text?: Words;
}

const BOOLEAN: FieldsOf<BooleanOptions> = { ...FIELD, defaultValue: other, options: other };
const LEGAL: FieldsOf<LegalOptions> = { ...FIELD, text: other };

/**
 * Yes or no, e.g. `boolean("newsletter", { label: "Newsletter", options: { true: "Yes", false: "No" } })`; `true` or
 * `false` is written.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example boolean("newsletter", { label: "Newsletter?", options: { true: "Yes, please", false: "No" } })
 */
export function boolean(id: string, options: BooleanOptions): Component {
  return answered("FIELD", "BOOLEAN", id, options, BOOLEAN);
}

/**
 * A text to agree to, e.g. `legal("terms", { text: "I accept the terms.", required: true })`; `true` is written. Where it
 * is required, the step can not be left without the tick.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example legal("terms", { text: "I accept the terms.", required: true, saveTo: [] })
 */
export function legal(id: string, options: LegalOptions): Component {
  return answered("FIELD", "LEGAL", id, options, LEGAL);
}
