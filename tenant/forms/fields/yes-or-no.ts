import { html } from "hono/html";
import { textOf } from "../interpolation";
import { sanitizedHtml } from "../rich-text";
import { configEntry, configText, requiredCheck } from "./config";
import { attributes, type FieldType, single } from "./field-type";

/** Yes or no, as two radio buttons: one can leave it open as well. */
export const boolean: FieldType = {
  isGroup: () => true,
  checks: (field) => requiredCheck(field, "ERR_NO_OPTION_CHOSEN"),
  read: (field, entered) => {
    const posted = single(entered);
    if (posted === "true" || posted === "false") {
      return { answer: posted === "true" };
    }
    return field.required === true ? { problem: { key: "ERR_NO_OPTION_CHOSEN" } } : { answer: undefined };
  },
  entered: (answer) => ({ "": [textOf(answer)] }),
  input: ({ field, entered, id, name, aria, text }) => {
    const words = configEntry(field, "options");
    const option = (value: "true" | "false", word: string) =>
      html`<label class="af-choiceField-option af-choiceFieldOption-label"><input type="radio"${attributes({
        id: value === "true" ? id : `${id}-${value}`,
        name: name(),
        value,
        class: "af-choiceFieldOption-checkable af-choiceFieldOption-radio",
        checked: single(entered) === value,
        required: field.required,
        ...aria,
      })}><span class="af-choiceFieldOption-text">${word}</span></label>`;
    return html`<div class="af-booleanField-options">${option("true", textOf(words?.true) || text({ key: "yes" }))}${option(
      "false",
      textOf(words?.false) || text({ key: "no" }),
    )}</div>`;
  },
};

/** A text to agree to. */
export const legal: FieldType = {
  hasOwnLabel: true,
  checks: (field) => requiredCheck(field, "ERR_ACCEPTANCE_REQUIRED"),
  read: (field, entered) => {
    const isAccepted = single(entered) === "true";
    return field.required === true && !isAccepted
      ? { problem: { key: "ERR_ACCEPTANCE_REQUIRED" } }
      : { answer: isAccepted };
  },
  entered: (answer) => ({ "": answer === true ? ["true"] : [] }),
  input: ({ field, entered, id, name, aria, text }) =>
    html`<label class="af-choiceField-option af-choiceFieldOption-label"><input type="checkbox"${attributes({
      id,
      name: name(),
      value: "true",
      class: "af-choiceFieldOption-checkable af-choiceFieldOption-checkbox",
      checked: single(entered) === "true",
      required: field.required,
      ...aria,
    })}><span class="af-choiceFieldOption-text">${sanitizedHtml(configText(field, "text") ?? field.label ?? "")}${
      field.required === true
        ? html`<span class="af-required" aria-hidden="true" title="${text({ key: "required" })}">*</span>`
        : ""
    }</span></label>`,
};
