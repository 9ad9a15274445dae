import { isDeepStrictEqual } from "node:util";
import type { FormComponent } from "auth0-forms";
import { html } from "hono/html";
import type { Json } from "../../documents/json";
import { configFlag, requiredCheck } from "./config";
import { attributes, type FieldType, single } from "./field-type";

const FILE = { name: "example.pdf", size: 1024, type: "application/pdf", url: "https://example.com/example.pdf" };

/**
 * What the fields answer that need a service of somebody else, in the shape that Auth0 documents. FILE and SOCIAL are
 * documented nowhere.
 *
 * @see https://auth0.com/docs/customize/forms/nodes-and-components
 */
const ANSWERS: Readonly<Record<string, (field: FormComponent) => Json>> = {
  AUTH0_VERIFIABLE_CREDENTIALS: () => ({ state: "honored", reason: "", presentation: {} }),
  FILE: (field) => (configFlag(field, "multiple") ? [FILE] : FILE),
  GMAPS_ADDRESS: () => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [-122.0842, 37.4221] },
    properties: {
      geocoding: {
        type: "house",
        housenumber: "1",
        street: "Example Street",
        city: "Exampleville",
        county: "Example County",
        state: "California",
        country: "United States",
        postcode: "94043",
      },
    },
  }),
  PAYMENT: () => "pm_1LocalTenantExample000000",
  RECAPTCHA: () => ({ success: true, challenge_ts: "2026-01-01T00:00:00Z", hostname: "localhost", score: 0.9 }),
  SOCIAL: () => ({ provider: "example", id: "1" }),
};

/** A box to tick in place of a service that is not there: the answer is an example, so that the walk goes on. */
const standIn: FieldType = {
  hasOwnLabel: true,
  checks: (field) => requiredCheck(field),
  read: (field, entered) => {
    if (single(entered) === "true") {
      return { answer: exampleOf(field) };
    }
    return field.required === true ? { problem: { key: "ERR_REQUIRED_PROPERTY" } } : { answer: undefined };
  },
  entered: (answer, field) => ({ "": isDeepStrictEqual(answer, exampleOf(field)) ? ["true"] : [] }),
  input: ({ field, entered, id, name, aria, text }) =>
    html`<label class="af-choiceField-option af-choiceFieldOption-label af-standIn"><input type="checkbox"${attributes({
      id,
      name: name(),
      value: "true",
      class: "af-choiceFieldOption-checkable af-choiceFieldOption-checkbox",
      checked: single(entered) === "true",
      required: field.required,
      ...aria,
    })}><span class="af-choiceFieldOption-text">${text({
      key: "stand_in",
      details: { type: `${field.type} "${field.label ?? field.id}"` },
    })}</span></label>`,
};

export const STAND_INS: readonly (readonly [string, FieldType])[] = Object.keys(ANSWERS).map((type) => [type, standIn]);

/** Whether the local tenant shows something else in place of a component: its config is then nobody's to read. */
export function isStandIn({ type }: FormComponent): boolean {
  return Object.hasOwn(ANSWERS, type);
}

function exampleOf(field: FormComponent): Json {
  return ANSWERS[field.type]?.(field) ?? null;
}
