import { FLOW_ID, HTTPS_URL, IDENTIFIER, POINTER } from "./identifiers";
import {
  MAX_BUTTON_TEXT_CHARACTERS,
  MAX_CONTENT_CHARACTERS,
  MAX_DIVIDER_TEXT_CHARACTERS,
  MAX_HINT_CHARACTERS,
  MAX_IMAGE_HEIGHT_PIXELS,
  MAX_IMAGE_SOURCE_CHARACTERS,
  MAX_PLACEHOLDER_CHARACTERS,
  MAX_RESEND_ATTEMPTS,
  MAX_RESEND_TEXT_CHARACTERS,
  MAX_RESEND_WAITING_SECONDS,
} from "./limits";
import {
  ANYTHING,
  BOOLEAN,
  either,
  integer,
  type Json,
  list,
  map,
  NUMBER,
  number,
  OBJECT,
  oneOf,
  openShape,
  pattern,
  type Schema,
  type Shape,
  STRING,
  shape,
  TRUE,
  text,
  type Value,
  variants,
} from "./schema";

const ALIGNMENT = oneOf(["LEFT", "CENTER", "RIGHT"]);
const PLACEHOLDER = text(1, MAX_PLACEHOLDER_CHARACTERS);
const LENGTHS = { "min_length?": integer(1), "max_length?": integer(1) };
const OPTIONS = list(shape({ value: text(1), label: text(1) }));
const BUTTON = shape({ text: text(0, MAX_BUTTON_TEXT_CHARACTERS) });
const HTML = shape({ "content?": text(0, MAX_CONTENT_CHARACTERS) });
const RESEND_TEXT = text(1, MAX_RESEND_TEXT_CHARACTERS);
const LINE = { "default_value?": text(1), "placeholder?": PLACEHOLDER };
const PAYMENT_TEXTS = shape({ "label?": text(1, 250), "placeholder?": text(1, 250) });

const ANSWERED = {
  "label?": text(1),
  "hint?": text(1, MAX_HINT_CHARACTERS),
  "required?": BOOLEAN,
  "sensitive?": BOOLEAN,
};

function block<P extends Readonly<Record<string, Schema>>>(properties: P) {
  return shape({ id: IDENTIFIER, category: oneOf(["BLOCK"]), type: STRING, ...properties });
}

function field<P extends Readonly<Record<string, Schema>>>(properties: P) {
  return shape({ id: IDENTIFIER, category: oneOf(["FIELD"]), type: STRING, ...ANSWERED, ...properties });
}

function widget<S extends Schema>(config: S) {
  return shape({ id: IDENTIFIER, category: oneOf(["WIDGET"]), type: STRING, ...ANSWERED, config });
}

/** What is shown and not answered. @see https://auth0.com/docs/customize/forms/components#blocks */
const BLOCKS = {
  DIVIDER: block({ "config?": shape({ "text?": text(0, MAX_DIVIDER_TEXT_CHARACTERS) }) }),
  HTML: block({ "config?": HTML }),
  IMAGE: block({
    "config?": shape({
      src: text(0, MAX_IMAGE_SOURCE_CHARACTERS),
      "position?": ALIGNMENT,
      "height?": number(1, MAX_IMAGE_HEIGHT_PIXELS),
    }),
  }),
  JUMP_BUTTON: block({
    config: shape({
      text: text(0, MAX_BUTTON_TEXT_CHARACTERS),
      next_node: POINTER,
      "style?": shape({
        "background_color?": pattern("^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$", 'a colour, e.g. "#1a2b3c"'),
      }),
    }),
  }),
  NEXT_BUTTON: block({ config: BUTTON }),
  PREVIOUS_BUTTON: block({ config: BUTTON }),
  RESEND_BUTTON: block({
    config: shape({
      active_text: RESEND_TEXT,
      button_text: RESEND_TEXT,
      waiting_text: RESEND_TEXT,
      flow_id: FLOW_ID,
      "text_alignment?": ALIGNMENT,
      "max_attempts?": number(1, MAX_RESEND_ATTEMPTS),
      "waiting_time?": number(1, MAX_RESEND_WAITING_SECONDS),
    }),
  }),
  RICH_TEXT: block({ "config?": HTML }),
};

/** What is answered. @see https://auth0.com/docs/customize/forms/components#fields */
const FIELDS = {
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
  LEGAL: field({ "config?": shape({ "text?": text(1, MAX_CONTENT_CHARACTERS) }) }),
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
      "placeholder?": text(0, MAX_PLACEHOLDER_CHARACTERS),
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
            amount: either(text(1), number(0.01)),
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
      "placeholder?": text(0, MAX_PLACEHOLDER_CHARACTERS),
      ...LENGTHS,
      "country_picker?": BOOLEAN,
      "strings?": shape({ "filter_placeholder?": text(1) }),
    }),
  }),
  TEXT: field({ "config?": shape({ "multiline?": BOOLEAN, ...LINE, ...LENGTHS }) }),
  URL: field({ "config?": shape(LINE) }),
};

/** What another service answers. @see https://auth0.com/docs/customize/forms/components#widgets */
const WIDGETS = {
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
  GMAPS_ADDRESS: widget(shape({ api_key: text(1), "server_key?": text(1) })),
  RECAPTCHA: widget(shape({ site_key: text(1), secret_key: text(1) })),
};

/** Every component by its type. @see https://auth0.com/docs/customize/forms/components */
export const COMPONENTS = { ...BLOCKS, ...FIELDS, ...WIDGETS };
const ANY_COMPONENT = variants("type", COMPONENTS);

export type ComponentType = keyof typeof COMPONENTS;
export type BlockType = keyof typeof BLOCKS;

/** A component of one type, e.g. `ComponentOf<"TEXT">`. */
export type ComponentOf<T extends ComponentType> = Extract<Value<typeof ANY_COMPONENT>, { type: T }>;

/** A component of whatever type: what all of them have. */
export interface FormComponent extends Pick<ComponentOf<"TEXT">, "id" | keyof Shape<typeof ANSWERED>> {
  readonly category: ComponentOf<ComponentType>["category"];
  readonly type: string;
  readonly config?: { readonly [key: string]: Json };
}

export const COMPONENT = ANY_COMPONENT as Schema<FormComponent>;
