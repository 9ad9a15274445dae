import { COMPONENT } from "./components";
import { FLOW_ID, IDENTIFIER, POINTER } from "./identifiers";
import {
  MAX_ALIAS_CHARACTERS,
  MAX_COORDINATE_PIXELS,
  MAX_CSS_CHARACTERS,
  MAX_HIDDEN_FIELD_CHARACTERS,
  MAX_LANGUAGE_CHARACTERS,
  MAX_MESSAGE_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_REDIRECTION_DELAY_SECONDS,
  MAX_REDIRECTION_TARGET_CHARACTERS,
  MAX_ROUTER_RULES,
} from "./limits";
import {
  ANYTHING,
  integer,
  list,
  map,
  nullable,
  OBJECT,
  STRING,
  shape,
  TRUE,
  text,
  type Value,
  variants,
} from "./schema";

const COORDINATE = integer(-MAX_COORDINATE_PIXELS, MAX_COORDINATE_PIXELS);
const COORDINATES = shape({ x: COORDINATE, y: COORDINATE });
const ALIAS = text(1, MAX_ALIAS_CHARACTERS);
const NODE = { id: IDENTIFIER, type: STRING, "coordinates?": COORDINATES, "alias?": ALIAS };
const RULE = shape({ id: IDENTIFIER, "alias?": ALIAS, condition: ANYTHING, "next_node?": POINTER });

/** @see https://auth0.com/docs/customize/forms/nodes */
const NODES = {
  STEP: shape({ ...NODE, "config?": shape({ "components?": list(COMPONENT), "next_node?": POINTER }) }),
  FLOW: shape({ ...NODE, config: shape({ flow_id: FLOW_ID, "next_node?": POINTER }) }),
  ROUTER: shape({
    ...NODE,
    "config?": shape({ "rules?": list(RULE, { maxItems: MAX_ROUTER_RULES }), "fallback?": POINTER }),
  }),
};

/** A place in the dashboard's editor, in pixels; x grows to the right, y downwards. */
export type Coordinates = Value<typeof COORDINATES>;
export type RouterRule = Value<typeof RULE>;

const NODE_OF_FORM = variants("type", NODES);
export type FormNode = Value<typeof NODE_OF_FORM>;
export type StepNode = Extract<FormNode, { type: "STEP" }>;
export type FlowNode = Extract<FormNode, { type: "FLOW" }>;
export type RouterNode = Extract<FormNode, { type: "ROUTER" }>;

const NAME = text(1, MAX_NAME_CHARACTERS);
const LANGUAGE = text(1, MAX_LANGUAGE_CHARACTERS);
const MESSAGES = map(text(1, MAX_MESSAGE_CHARACTERS));

const PARTS = {
  "messages?": shape({ "errors?": MESSAGES, "custom?": MESSAGES }),
  "languages?": shape({ "primary?": LANGUAGE, "default?": LANGUAGE }),
  "translations?": map(OBJECT),
  "nodes?": list(NODE_OF_FORM),
  "start?": shape({
    "hidden_fields?": list(shape({ key: IDENTIFIER, "value?": text(1, MAX_HIDDEN_FIELD_CHARACTERS) })),
    "next_node?": POINTER,
    "coordinates?": COORDINATES,
  }),
  "ending?": shape({
    "redirection?": shape({
      "delay?": integer(0, MAX_REDIRECTION_DELAY_SECONDS),
      target: text(1, MAX_REDIRECTION_TARGET_CHARACTERS),
    }),
    "after_submit?": shape({ "flow_id?": FLOW_ID }),
    "coordinates?": COORDINATES,
    "resume_flow?": TRUE,
  }),
  "style?": shape({ "css?": text(1, MAX_CSS_CHARACTERS) }),
};

/** @see https://auth0.com/docs/api/management/v2/forms/post-forms */
export const CREATE_FORM = shape({ name: NAME, ...PARTS });
/** @see https://auth0.com/docs/api/management/v2/forms/patch-forms-by-id */
export const UPDATE_FORM = shape({ "name?": NAME, ...nullable(PARTS) });

/** What is sent to make a form. */
export type FormDocument = Value<typeof CREATE_FORM>;
