import type { FormComponent } from "auth0-forms";
import { html } from "hono/html";
import { textOf } from "../interpolation";
import { type Check, firstFailing } from "./check";
import { configFlag, configNumber, configText, lengthChecks, limited, requiredCheck } from "./config";
import { type Attributes, attributes, type FieldType, type Reading, single } from "./field-type";

/** What tells one field with a line of text from another. */
interface Line {
  readonly type: string;
  readonly checks?: (field: FormComponent) => readonly Check[];
  readonly attributes?: Attributes;
  /** The answer to a text that passed the checks. */
  readonly answer?: (text: string, field: FormComponent) => Reading;
}

const EMAIL =
  "^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?([.][a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$";
const URL_PATTERN = "^[hH][tT][tT][pP][sS]?://[^\\s/?#]\\S*$";
const NUMBER_PATTERN = "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$";
const DATE_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const TIME_PATTERN = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

/** A field that is one text typed into one input. */
export function line({
  type,
  checks = () => [],
  attributes: own = {},
  answer = (text) => ({ answer: text }),
}: Line): FieldType {
  const all = (field: FormComponent): readonly Check[] => [...requiredCheck(field), ...checks(field)];
  return {
    checks: all,
    read: (field, entered) => {
      const text = typed(field, single(entered));
      const problem = firstFailing(all(field), text);
      if (problem !== undefined) {
        return { problem };
      }
      return text === "" ? { answer: undefined } : answer(text, field);
    },
    entered: (value) => ({ "": [textOf(value)] }),
    input: ({ field, entered, id, name, aria }) => {
      const shared = {
        id,
        name: name(),
        class: "af-stringField-input",
        required: field.required,
        placeholder: configText(field, "placeholder"),
        minlength: configNumber(field, "min_length"),
        maxlength: configNumber(field, "max_length"),
        ...own,
        ...aria,
      };
      return configFlag(field, "multiline")
        ? // The line break behind the tag is not part of the text, and keeps one that is.
          html`<textarea rows="4"${attributes(shared)}>
${single(entered)}</textarea>`
        : html`<input type="${type}" value="${single(entered)}"${attributes(shared)}>`;
    },
  };
}

export const text = line({ type: "text", checks: lengthChecks });

export const email = line({
  type: "email",
  checks: () => [{ kind: "pattern", limit: EMAIL, key: "ERR_EMAIL_EXPECTED" }],
  attributes: { autocomplete: "email" },
});

export const url = line({
  type: "url",
  checks: () => [{ kind: "pattern", limit: URL_PATTERN, key: "ERR_URL_EXPECTED" }],
  attributes: { autocomplete: "url" },
  answer: (text) => (URL.canParse(text) ? { answer: text } : { problem: { key: "ERR_URL_EXPECTED" } }),
});

// An input of type "number" posts nothing where it holds something else, as if it were empty.
export const number = line({
  type: "text",
  checks: (field) => [
    { kind: "pattern", limit: NUMBER_PATTERN, key: "ERR_NUMBER_EXPECTED" },
    ...limited("min", "ERR_TOO_SMALL_NUMBER", "minValue", configNumber(field, "min_value")),
    ...limited("max", "ERR_TOO_BIG_NUMBER", "maxValue", configNumber(field, "max_value")),
  ],
  attributes: { inputmode: "decimal" },
  answer: (text) => {
    const value = Number(text);
    return Number.isFinite(value) ? { answer: value } : { problem: { key: "ERR_NUMBER_EXPECTED" } };
  },
});

const day = line({
  type: "date",
  checks: () => [{ kind: "pattern", limit: DATE_PATTERN, key: "ERR_DATE_EXPECTED" }],
  answer: (text) => (isDay(text) ? { answer: text } : { problem: { key: "ERR_DATE_EXPECTED" } }),
});

const time = line({
  type: "time",
  checks: () => [{ kind: "pattern", limit: TIME_PATTERN, key: "ERR_TIME_EXPECTED" }],
});

/** A day or a time of day, by the format. */
export const date: FieldType = {
  checks: (field) => dayOrTime(field).checks(field),
  read: (field, entered) => dayOrTime(field).read(field, entered),
  entered: (answer, field) => dayOrTime(field).entered(answer, field),
  input: (shown) => dayOrTime(shown.field).input(shown),
};

function dayOrTime(field: FormComponent): FieldType {
  return configText(field, "format") === "TIME" ? time : day;
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Without the spaces around it, and with the line breaks that were typed, not those that browsers post. */
function typed(field: FormComponent, value: string): string {
  return configFlag(field, "multiline") ? value.replaceAll("\r\n", "\n").trim() : value.trim();
}
