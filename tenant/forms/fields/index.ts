import type { FormComponent } from "auth0-forms";
import { custom } from "./custom";
import type { FieldType } from "./field-type";
import { date, email, number, text, url } from "./line";
import { cards, choice, dropdown } from "./options";
import { password } from "./password";
import { phone } from "./phone";
import { STAND_INS } from "./stand-in";
import { boolean, legal } from "./yes-or-no";

const FIELD_TYPES: ReadonlyMap<string, FieldType> = new Map([
  ["BOOLEAN", boolean],
  ["CARDS", cards],
  ["CHOICE", choice],
  ["CUSTOM", custom],
  ["DATE", date],
  ["DROPDOWN", dropdown],
  ["EMAIL", email],
  ["LEGAL", legal],
  ["NUMBER", number],
  ["PASSWORD", password],
  ["TEL", phone],
  ["TEXT", text],
  ["URL", url],
  ...STAND_INS,
]);

/** How a FIELD or WIDGET is shown and read; undefined for what is none. */
export function fieldTypeOf({ category, type }: FormComponent): FieldType | undefined {
  return category === "BLOCK" ? undefined : FIELD_TYPES.get(type);
}

/** Whether the answer is masked wherever it is kept. */
export function isSensitive(component: FormComponent): boolean {
  return component.sensitive === true || fieldTypeOf(component)?.isSecret === true;
}
