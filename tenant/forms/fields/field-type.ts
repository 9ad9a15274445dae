import type { FormComponent } from "auth0-forms";
import { html } from "hono/html";
import type { Json } from "../../documents/json";
import type { Message } from "../localized-form";
import type { Check } from "./check";

export type Html = ReturnType<typeof html>;

/** What a person entered into a field, by part: `""` is the field itself, `country` the country of a phone number. */
export type Entered = Readonly<Record<string, readonly string[]>>;

/** What was entered, read: an answer (undefined where the field was left empty), or what is wrong with it. */
export type Reading = { readonly answer: Json | undefined } | { readonly problem: Message };

/** A field as it stands in the page. */
export interface ShownField {
  readonly field: FormComponent;
  readonly entered: Entered;
  /** Id of the input, or of the first of several. */
  readonly id: string;
  /** Name of the part under which it is posted. */
  readonly name: (part?: string) => string;
  /** For the input: whether it is wrong, and where that and its hint are said. */
  readonly aria: Attributes;
  readonly locale: string;
  readonly text: (message: Message) => string;
  /** Of a CUSTOM field: where the page of its frame is, and what that is told. */
  readonly frame?: { readonly path: string; readonly setUp: { readonly [key: string]: Json } };
  /** Where the person probably is, as in `JP`. */
  readonly country: string | undefined;
}

/** How one type of field is shown and read. */
export interface FieldType {
  /** What an answer has to be, as far as a page can tell. */
  checks(field: FormComponent): readonly Check[];
  read(field: FormComponent, entered: Entered): Reading;
  /** The other way round: what one would enter to give this answer. */
  entered(answer: Json, field: FormComponent): Entered;
  input(shown: ShownField): Html;
  /** Several inputs, which the label stands above as the legend of a group. */
  readonly isGroup?: (field: FormComponent) => boolean;
  /** The label is part of the input. */
  readonly hasOwnLabel?: boolean;
  /** Never shown again, and masked wherever it is kept. */
  readonly isSecret?: boolean;
}

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Attributes of an element, each with a space before it; what is undefined or false is left out. */
export function attributes(values: Attributes): readonly Html[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? html` ${name}` : html` ${name}="${value}"`));
}

export function single(entered: Entered, part = ""): string {
  return entered[part]?.[0] ?? "";
}
