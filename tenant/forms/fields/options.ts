import type { FormComponent } from "auth0-forms";
import { html } from "hono/html";
import type { Json } from "../../documents/json";
import { textOf } from "../interpolation";
import type { Check } from "./check";
import { configEntry, configFlag, configText, requiredCheck } from "./config";
import { attributes, type Entered, type FieldType, type Html, type ShownField, single } from "./field-type";

interface Option {
  readonly value: string;
  readonly label: string;
  readonly imageUrl: string;
}

/** Posted for the option of one's own; no other option can have it, for theirs are never empty. */
const OTHER = "";

/** Fields whose answer is one of the options or, with `multiple`, a list of some. */
const optionField: Omit<FieldType, "input" | "isGroup"> = {
  checks,
  read: (field, entered) => {
    const chosen = chosenIn(field, entered);
    const allowed = new Set(optionsOf(field).map(({ value }) => value));
    if (chosen.some(({ value, isOther }) => (isOther ? value === "" : !allowed.has(value)))) {
      return { problem: { key: chosen.some(({ isOther }) => isOther) ? "ERR_REQUIRED_PROPERTY" : emptyKey(field) } };
    }
    if (chosen.length === 0 && field.required === true) {
      return { problem: { key: emptyKey(field) } };
    }
    const values = chosen.map(({ value }) => value);
    if (!isMultiple(field)) {
      return { answer: values[0] };
    }
    return { answer: values.length === 0 ? undefined : values };
  },
  entered: (answer, field) => {
    const values = (Array.isArray(answer) ? answer : [answer]).map(textOf).filter((value) => value !== "");
    const allowed = new Set(optionsOf(field).map(({ value }) => value));
    const other = allowsOther(field) ? values.find((value) => !allowed.has(value)) : undefined;
    const known = values.filter((value) => allowed.has(value));
    return { "": other === undefined ? known : [...known, OTHER], other: other === undefined ? [] : [other] };
  },
};

/** Radio buttons or checkboxes. */
export const choice: FieldType = { ...optionField, isGroup: () => true, input: choiceInput };

/** Radio buttons or checkboxes with pictures. */
export const cards: FieldType = { ...optionField, isGroup: () => true, input: cardsInput };

/** A list to unfold; several options are ticked in a list, as a select is hard to use for that. */
export const dropdown: FieldType = {
  ...optionField,
  isGroup: isMultiple,
  input: (shown) => (isMultiple(shown.field) ? choiceInput(shown) : selectInput(shown)),
};

function checks(field: FormComponent): readonly Check[] {
  return requiredCheck(field, emptyKey(field));
}

function emptyKey(field: FormComponent): Check["key"] {
  return isMultiple(field) ? "ERR_ZERO_OPTIONS_CHOSEN" : "ERR_NO_OPTION_CHOSEN";
}

function chosenIn(field: FormComponent, entered: Entered): { readonly value: string; readonly isOther: boolean }[] {
  const other = single(entered, "other").trim();
  const posted = [...new Set(entered[""] ?? [])].filter((value) => allowsOther(field) || value !== OTHER);
  // What is written counts as chosen, also where no script ticked the box beside it.
  const isWritten = allowsOther(field) && other !== "" && (isMultiple(field) || posted.length === 0);
  const values = isWritten && !posted.includes(OTHER) ? [...posted, OTHER] : posted;
  return values
    .map((value) => (value === OTHER ? { value: other, isOther: true } : { value, isOther: false }))
    .slice(0, isMultiple(field) ? undefined : 1);
}

function optionsOf(field: FormComponent): readonly Option[] {
  const options = field.config?.options;
  return (Array.isArray(options) ? options : []).map((option: Json) => {
    const { value, label, image_url } = option as { readonly [key: string]: Json };
    return { value: textOf(value), label: textOf(label), imageUrl: textOf(image_url) };
  });
}

function isMultiple(field: FormComponent): boolean {
  return configFlag(field, "multiple");
}

function allowsOther(field: FormComponent): boolean {
  return configEntry(field, "allow_other")?.enabled === true;
}

function selectInput({ field, entered, id, name, aria, text }: ShownField): Html {
  const chosen = single(entered);
  const placeholder = configText(field, "placeholder") ?? text({ key: "choose" });
  return html`<span class="af-dropdown"><select${attributes({
    id,
    name: name(),
    class: "af-stringField-input",
    required: field.required,
    ...aria,
  })}>
    <option value="">${placeholder}</option>
    ${optionsOf(field).map(
      ({ value, label }) => html`<option${attributes({ value, selected: value === chosen })}>${label}</option>`,
    )}
  </select></span>`;
}

function choiceInput(shown: ShownField): Html {
  const { field, name, text } = shown;
  const other = configEntry(field, "allow_other");
  return html`${optionsOf(field).map((option, index) =>
    checkable(shown, option.value, index, html`<span class="af-choiceFieldOption-text">${option.label}</span>`),
  )}${
    allowsOther(field)
      ? html`<div class="af-choiceField-other">${checkable(
          shown,
          OTHER,
          optionsOf(field).length,
          html`<span class="af-choiceFieldOption-text">${textOf(other?.label) || text({ key: "other" })}</span>`,
        )}<input type="text"${attributes({
          name: name("other"),
          class: "af-stringField-input",
          value: single(shown.entered, "other"),
          placeholder: textOf(other?.placeholder) || undefined,
          "aria-label": textOf(other?.label) || text({ key: "other" }),
        })}></div>`
      : ""
  }`;
}

function cardsInput(shown: ShownField): Html {
  const hideLabels = configFlag(shown.field, "hide_labels");
  return html`<div class="af-cardsField-options">${optionsOf(shown.field).map(({ value, label, imageUrl }, index) =>
    checkable(
      shown,
      value,
      index,
      html`<img class="af-cardsFieldOption-image" src="${imageUrl}" alt="${hideLabels ? label : ""}">${
        hideLabels ? "" : html`<span class="af-choiceFieldOption-text">${label}</span>`
      }`,
    ),
  )}</div>`;
}

function checkable({ field, entered, id, name, aria }: ShownField, value: string, index: number, label: Html): Html {
  const type = isMultiple(field) ? "checkbox" : "radio";
  return html`<label class="af-choiceField-option af-choiceFieldOption-label"><input type="${type}"${attributes({
    id: index === 0 ? id : `${id}-${index}`,
    name: name(),
    value,
    class: `af-choiceFieldOption-checkable af-choiceFieldOption-${type}`,
    checked: entered[""]?.includes(value),
    ...(type === "radio" && { required: field.required }),
    ...aria,
  })}>${label}</label>`;
}
