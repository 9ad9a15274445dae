import type { FormComponent, FormNode, NodePointer, StepNode } from "../documents/form";
import type { JsonSchema } from "./family";
import { BOOLEAN, integer, OBJECT, oneOf, STRING } from "./property";
import { ANYTHING, either, list, map, NUMBER, number, openShape, pattern, shape, text, variants } from "./shape";

/** The most rules that one router may hold. @see https://auth0.com/docs/customize/forms/nodes/routers */
const MAX_RULES = 10;

/** Of nodes, components, rules and hidden fields. Auth0 does not publish the exact form; this is what its own ids have in common. */
export const IDENTIFIER = pattern("^[A-Za-z][A-Za-z0-9_]*$");
export const FLOW_ID = pattern("^af_[A-Za-z0-9]{22}$");
export const POINTER = pattern("^([A-Za-z][A-Za-z0-9_]*|\\$ending)$");
export const COORDINATES = shape({ x: integer(-999999, 999999), y: integer(-999999, 999999) });
const HTTPS_URL = pattern("^https://");
const TRUE: JsonSchema = { type: "boolean", const: true };

function block(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return shape({ id: IDENTIFIER, category: oneOf(["BLOCK"]), type: STRING, ...properties });
}

function answered(category: "FIELD" | "WIDGET", properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const common = { "label?": text(1), "hint?": text(1, 500), "required?": BOOLEAN, "sensitive?": BOOLEAN };
  return shape({ id: IDENTIFIER, category: oneOf([category]), type: STRING, ...common, ...properties });
}

function field(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return answered("FIELD", properties);
}

function widget(config: JsonSchema): JsonSchema {
  return answered("WIDGET", { config });
}

const PLACEHOLDER = text(1, 500);
const LENGTHS = { "min_length?": integer(1), "max_length?": integer(1) };
const OPTIONS = list(shape({ value: text(1), label: text(1) }));
const BUTTON_TEXT = text(0, 150);
const LINE = { "default_value?": text(1), "placeholder?": PLACEHOLDER };
const PAYMENT_TEXTS = shape({ "label?": text(1, 250), "placeholder?": text(1, 250) });

/** Every component by its type. */
const COMPONENTS: Readonly<Record<string, JsonSchema>> = {
  DIVIDER: block({ "config?": shape({ "text?": text(0, 50) }) }),
  HTML: block({ "config?": shape({ "content?": text(0, 10_000) }) }),
  IMAGE: block({
    "config?": shape({ src: text(0, 500), "position?": oneOf(["LEFT", "CENTER", "RIGHT"]), "height?": number(1, 500) }),
  }),
  JUMP_BUTTON: block({
    config: shape({
      text: BUTTON_TEXT,
      next_node: POINTER,
      "style?": shape({ "background_color?": pattern("^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$") }),
    }),
  }),
  NEXT_BUTTON: block({ config: shape({ text: BUTTON_TEXT }) }),
  PREVIOUS_BUTTON: block({ config: shape({ text: BUTTON_TEXT }) }),
  RESEND_BUTTON: block({
    config: shape({
      active_text: text(1, 255),
      button_text: text(1, 255),
      waiting_text: text(1, 255),
      flow_id: FLOW_ID,
      "text_alignment?": oneOf(["LEFT", "CENTER", "RIGHT"]),
      "max_attempts?": number(1, 10),
      "waiting_time?": number(1, 60),
    }),
  }),
  RICH_TEXT: block({ "config?": shape({ "content?": text(0, 10_000) }) }),

  BOOLEAN: field({
    config: shape({ "default_value?": BOOLEAN, "options?": shape({ "true?": text(1, 50), "false?": text(1, 50) }) }),
  }),
  CARDS: field({
    "config?": shape({
      "hide_labels?": BOOLEAN,
      "multiple?": BOOLEAN,
      "options?": list(shape({ value: text(1), label: text(1), image_url: HTTPS_URL })),
      "default_value?": ANYTHING,
    }),
  }),
  CHOICE: field({
    "config?": shape({
      "multiple?": BOOLEAN,
      "options?": OPTIONS,
      "allow_other?": shape({ "enabled?": TRUE, "label?": text(1), "placeholder?": text(1) }),
      "default_value?": ANYTHING,
    }),
  }),
  CUSTOM: field({ config: shape({ schema: OBJECT, code: text(1), "css?": text(1), "params?": map(STRING) }) }),
  DATE: field({ config: shape({ "format?": oneOf(["DATE", "TIME"]), "default_value?": STRING }) }),
  DROPDOWN: field({
    "config?": shape({
      "multiple?": BOOLEAN,
      "options?": OPTIONS,
      "default_value?": ANYTHING,
      "placeholder?": PLACEHOLDER,
    }),
  }),
  EMAIL: field({ "config?": shape(LINE) }),
  FILE: field({
    "config?": shape({
      "multiple?": BOOLEAN,
      "storage?": openShape({ type: oneOf(["MANAGED", "CUSTOM"]) }),
      "categories?": list(oneOf(["AUDIO", "VIDEO", "IMAGE", "DOCUMENT", "ARCHIVE"])),
      "extensions?": list(text(1, 50)),
      "maxSize?": integer(1024),
      "maxFiles?": integer(1),
    }),
  }),
  LEGAL: field({ "config?": shape({ "text?": text(1, 10_000) }) }),
  NUMBER: field({
    "config?": shape({
      "default_value?": NUMBER,
      "placeholder?": PLACEHOLDER,
      "min_value?": NUMBER,
      "max_value?": NUMBER,
    }),
  }),
  PASSWORD: field({
    config: shape({
      "hash?": oneOf(["NONE", "MD5", "SHA1", "SHA256", "SHA512"]),
      "placeholder?": text(0, 500),
      ...LENGTHS,
      "complexity?": BOOLEAN,
      "nist?": BOOLEAN,
      "strength_meter?": BOOLEAN,
    }),
  }),
  PAYMENT: field({
    config: shape({
      "provider?": oneOf(["STRIPE"]),
      charge: variants("type", {
        ONE_OFF: shape({
          type: STRING,
          one_off: openShape({
            amount: either(text(1), { type: "number", minimum: 0.01 }),
            currency: oneOf(["AUD", "CAD", "CHF", "EUR", "GBP", "INR", "MXN", "SEK", "USD"]),
          }),
        }),
        SUBSCRIPTION: shape({ type: STRING, subscription: OBJECT }),
      }),
      credentials: shape({ public_key: text(1, 250), private_key: text(1, 250) }),
      "customer?": OBJECT,
      "fields?": shape({
        "card_number?": PAYMENT_TEXTS,
        "expiration_date?": PAYMENT_TEXTS,
        "security_code?": PAYMENT_TEXTS,
        "trustmarks?": BOOLEAN,
      }),
    }),
  }),
  SOCIAL: field({ "config?": shape({}) }),
  TEL: field({
    "config?": shape({
      "default_value?": STRING,
      "placeholder?": text(0, 500),
      ...LENGTHS,
      "country_picker?": BOOLEAN,
      "strings?": shape({ "filter_placeholder?": text(1) }),
    }),
  }),
  TEXT: field({ "config?": shape({ "multiline?": BOOLEAN, ...LINE, ...LENGTHS }) }),
  URL: field({ "config?": shape(LINE) }),

  AUTH0_VERIFIABLE_CREDENTIALS: widget(
    shape({
      url: text(0, 2000),
      alternate_text: text(1, 255),
      access_token: text(1, 5000),
      verification_id: text(1, 255),
      "size?": number(1, 500),
      "max_wait?": number(60, 600),
    }),
  ),
  GMAPS_ADDRESS: widget(shape({ api_key: text(1) })),
  RECAPTCHA: widget(shape({ site_key: text(1), secret_key: text(1) })),
};

const NODE = { id: IDENTIFIER, type: STRING, "coordinates?": COORDINATES, "alias?": text(1, 150) };

/** The `nodes` of a form. */
export const NODES = list(
  variants("type", {
    STEP: shape({
      ...NODE,
      "config?": shape({ "components?": list(variants("type", COMPONENTS)), "next_node?": POINTER }),
    }),
    FLOW: shape({ ...NODE, config: shape({ flow_id: FLOW_ID, "next_node?": POINTER }) }),
    ROUTER: shape({
      ...NODE,
      "config?": shape({
        "rules?": list(shape({ id: IDENTIFIER, "alias?": text(1, 150), condition: ANYTHING, "next_node?": POINTER }), {
          maxItems: MAX_RULES,
        }),
        "fallback?": POINTER,
      }),
    }),
  }),
);

/** Every place that a node leads to. */
export function pointersOf(node: FormNode): readonly NodePointer[] {
  switch (node.type) {
    case "STEP":
      return present([
        node.config?.next_node,
        ...componentsOf(node, "JUMP_BUTTON").map(({ config }) => config?.next_node as NodePointer | undefined),
      ]);
    case "FLOW":
      return present([node.config.next_node]);
    case "ROUTER":
      return present([...(node.config?.rules ?? []).map(({ next_node }) => next_node), node.config?.fallback]);
  }
}

/** The flows that the nodes run, each once. */
export function flowsOf(nodes: readonly FormNode[]): ReadonlySet<string> {
  return new Set(nodes.flatMap(flowsOfNode));
}

function flowsOfNode(node: FormNode): readonly string[] {
  switch (node.type) {
    case "STEP":
      return componentsOf(node, "RESEND_BUTTON").map(({ config }) => config?.flow_id as string);
    case "FLOW":
      return [node.config.flow_id];
    case "ROUTER":
      return [];
  }
}

function componentsOf(step: StepNode, type: string): readonly FormComponent[] {
  return (step.config?.components ?? []).filter((component) => component.type === type);
}

function present<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter((value) => value !== undefined);
}
