import { type FieldsOf, other } from "../../fields";
import { answered, type Component, FIELD, type FieldOptions } from "../component";

/** Of a DATE, be it a day or a time of day. */
export interface DateOptions extends FieldOptions {
  /**
   * What the field starts with: a day as `2026-11-27`, a time as `23:15`, or an expression.
   *
   * @default - empty
   */
  readonly defaultValue?: string;
}

const DATE: FieldsOf<DateOptions> = { ...FIELD, defaultValue: other };

/**
 * A day, e.g. `date("date_of_birth", { label: "Date of birth" })`; a text is written, e.g. `2026-11-27`.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example date("born", { label: "Date of birth" })
 */
export function date(id: string, options: DateOptions): Component {
  return dateOrTime("DATE", id, options);
}

/**
 * A time of day, e.g. `time("call_at", { label: "When may we call?" })`; a text is written, e.g. `23:15`.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example time("call_at", { label: "When may we call?" })
 */
export function time(id: string, options: DateOptions): Component {
  return dateOrTime("TIME", id, options);
}

function dateOrTime(format: "DATE" | "TIME", id: string, options: DateOptions): Component {
  return answered("FIELD", "DATE", id, options, DATE, {
    configOf: ({ defaultValue }) => ({ format, default_value: defaultValue }),
  });
}
