import Ajv from "ajv";
import addFormats from "ajv-formats";
import type { FormComponent } from "auth0-forms";
import { html } from "hono/html";
import type { Json } from "../../documents/json";
import { isTooDeep, MAXIMUM_DEPTH } from "../../documents/nesting";
import { ExpressionError } from "../expression-error";
import { configEntry, requiredCheck } from "./config";
import { attributes, type FieldType, single } from "./field-type";

/**
 * A field of the form's own making: its code runs in a frame without an origin and without a network, see
 * `customFieldPage`, and answers with JSON.
 *
 * @see https://auth0.com/docs/customize/forms/custom-field-components
 */
export const custom: FieldType = {
  isGroup: () => true,
  checks: (field) => requiredCheck(field),
  read: (field, entered) => {
    const posted = single(entered);
    const answer = posted === "" ? null : parsed(posted);
    if (answer === null || answer === "") {
      return field.required === true ? { problem: { key: "ERR_REQUIRED_PROPERTY" } } : { answer: undefined };
    }
    const problem = problemOf(field, answer);
    return problem === undefined ? { answer } : { problem: { key: "ERR_INVALID_VALUE", details: { problem } } };
  },
  entered: (answer) => ({ "": [answer === null ? "" : JSON.stringify(answer)] }),
  input: ({ field, entered, id, name, frame, text }) => {
    const value = single(entered);
    return html`<input type="hidden"${attributes({ name: name(), value })}><iframe${attributes({
      id,
      class: "af-customField-frame",
      src: frame?.path,
      title: field.label ?? field.id,
      sandbox: "allow-scripts",
      "data-field": field.id,
      "data-set-up": JSON.stringify({ params: configEntry(field, "params") ?? {}, ...frame?.setUp }),
      "data-only-local": text({ key: "only_local" }),
      "data-lost": text({ key: "html_lost", details: { component: `CUSTOM "${field.id}"`, parts: "{{parts}}" } }),
      "data-required": text({ key: "ERR_REQUIRED_PROPERTY" }),
    })}></iframe>`;
  },
};

/** What no field could have posted is no answer. */
function parsed(text: string): Json {
  try {
    const value = JSON.parse(text);
    return isTooDeep(value) ? null : value;
  } catch {
    return null;
  }
}

/** What is wrong by the field's own schema. @throws ExpressionError where that is none */
function problemOf(field: FormComponent, answer: Json): string | undefined {
  const schema = configEntry(field, "schema") ?? {};
  const place = `schema of field ${JSON.stringify(field.id)}`;
  if (isTooDeep(schema)) {
    throw new ExpressionError(`${place} is nested deeper than ${MAXIMUM_DEPTH} levels`);
  }
  // The schema is somebody's own: what a stricter validator would refuse of it is let through, as at Auth0.
  const ajv = addFormats(new Ajv({ strict: false, validateFormats: true, logger: false }));
  try {
    return ajv.validate(schema, answer) ? undefined : ajv.errorsText(ajv.errors, { dataVar: "" }).trim();
  } catch (error) {
    throw new ExpressionError(`${place} is no JSON Schema: ${error instanceof Error ? error.message : String(error)}`);
  }
}
