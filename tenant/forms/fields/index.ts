import type { FormComponent } from "auth0-forms";
import type { FieldType } from "./field-type";
import { date, email, number, text, url } from "./line";
import { cards, choice, dropdown } from "./options";
import { password } from "./password";
import { phone } from "./phone";
import { boolean, legal } from "./yes-or-no";

const FIELD_TYPES: ReadonlyMap<string, FieldType> = new Map([
  ["BOOLEAN", boolean],
  ["CARDS", cards],
  ["CHOICE", choice],
  ["DATE", date],
  ["DROPDOWN", dropdown],
  ["EMAIL", email],
  ["LEGAL", legal],
  ["NUMBER", number],
  ["PASSWORD", password],
  ["TEL", phone],
  ["TEXT", text],
  ["URL", url],
]);

/**
 * How a field is shown and read; undefined for what is no field, and for the fields that need a service that is not
 * there: CUSTOM, FILE, PAYMENT, SOCIAL and the widgets.
 */
export function fieldTypeOf({ category, type }: FormComponent): FieldType | undefined {
  return category === "FIELD" ? FIELD_TYPES.get(type) : undefined;
}

/** Whether the answer is masked wherever it is kept. */
export function isSensitive(component: FormComponent): boolean {
  return component.sensitive === true || fieldTypeOf(component)?.isSecret === true;
}
