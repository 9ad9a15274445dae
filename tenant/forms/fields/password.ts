import { createHash } from "node:crypto";
import type { FormComponent } from "auth0-forms";
import { html } from "hono/html";
import { type Check, firstFailing } from "./check";
import { configFlag, configNumber, configText, lengthChecks, limited, requiredCheck } from "./config";
import { attributes, type FieldType, single } from "./field-type";

const NIST_MIN_LENGTH = 8;
const COMPLEXITY = "^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[^a-zA-Z0-9])";
/** The same character over and over. What needs lists of words or of breached passwords is not checked here. */
const NOT_REPETITIVE = "^(?!(.)\\1*$)";

/** A secret. With `hash` its hash is the answer. */
export const password: FieldType = {
  isSecret: true,
  checks,
  read: (field, entered) => {
    const text = single(entered);
    const problem = firstFailing(checks(field), text);
    if (problem !== undefined) {
      return { problem };
    }
    return { answer: text === "" ? undefined : hashed(text, configText(field, "hash")) };
  },
  entered: () => ({}),
  input: ({ field, id, name, aria }) =>
    html`<input type="password"${attributes({
      id,
      name: name(),
      class: "af-stringField-input af-passwordField-input",
      autocomplete: "new-password",
      required: field.required,
      placeholder: configText(field, "placeholder"),
      minlength: configNumber(field, "min_length"),
      maxlength: configNumber(field, "max_length"),
      ...aria,
    })}>${configFlag(field, "strength_meter") ? html`<meter class="af-passwordField-strength" max="4" hidden></meter>` : ""}`,
};

function checks(field: FormComponent): readonly Check[] {
  return [
    ...requiredCheck(field),
    ...lengthChecks(field),
    ...(configFlag(field, "nist")
      ? [
          ...limited("min_length", "ERR_TOO_SHORT_STRING", "minLength", NIST_MIN_LENGTH),
          { kind: "pattern", limit: NOT_REPETITIVE, key: "ERR_WEAK_PASSWORD" } as const,
        ]
      : []),
    ...(configFlag(field, "complexity")
      ? [{ kind: "pattern", limit: COMPLEXITY, key: "ERR_WEAK_PASSWORD" } as const]
      : []),
  ];
}

function hashed(text: string, algorithm: string | undefined): string {
  return algorithm === undefined || algorithm === "NONE"
    ? text
    : createHash(algorithm.toLowerCase()).update(text).digest("hex");
}
