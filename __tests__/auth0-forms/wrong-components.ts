import type { ComponentType } from "auth0-forms";
import { FULL } from "./every-component";

const MISSING = Symbol("missing");
/** How a problem shows a text that is longer than it may be. */
const LONG = `"${"x".repeat(76)}...`;
const long = (length: number) => "x".repeat(length);

/** A component that is right but for one thing, and what the constructs say of it. */
export interface WrongComponent {
  readonly type: ComponentType;
  readonly path: string;
  /** The value there, for the name of the test. */
  readonly shown: string;
  readonly component: object;
  readonly problem: string;
}

const ROWS: readonly (readonly [ComponentType, string, unknown, string])[] = [
  ["DIVIDER", "config.text", 3, 'DIVIDER "it": config.text must be a text, got 3'],
  [
    "DIVIDER",
    "config.text",
    long(51),
    'DIVIDER "it": config.text must have 0 to 50 characters, got 51 in "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; give fewer',
  ],
  ["DIVIDER", "config", "or", 'DIVIDER "it": config must be an object, got "or"'],
  ["DIVIDER", "config.txt", "or", 'DIVIDER "it": config has no key "txt"; did you mean "text"?'],
  ["DIVIDER", "label", "Or", 'DIVIDER "it" has no key "label"; its keys are id, category, type, config'],
  [
    "HTML",
    "config.content",
    long(10001),
    `HTML "it": config.content must have 0 to 10000 characters, got 10001 in ${LONG}; give fewer`,
  ],
  ["HTML", "config.content", null, 'HTML "it": config.content must be a text, got null'],
  ["HTML", "config.html", "<p>", 'HTML "it": config has no key "html"; its keys are content'],
  ["IMAGE", "config.src", MISSING, 'IMAGE "it": config.src is missing; give it'],
  [
    "IMAGE",
    "config.src",
    long(501),
    `IMAGE "it": config.src must have 0 to 500 characters, got 501 in ${LONG}; give fewer`,
  ],
  [
    "IMAGE",
    "config.position",
    "MIDDLE",
    'IMAGE "it": config.position must be one of "LEFT", "CENTER", "RIGHT", got "MIDDLE"',
  ],
  [
    "IMAGE",
    "config.height",
    501,
    'IMAGE "it": config.height must be a number of 1 to 500, got 501; lower it or leave it out',
  ],
  [
    "IMAGE",
    "config.height",
    0,
    'IMAGE "it": config.height must be a number of 1 to 500, got 0; raise it or leave it out',
  ],
  ["IMAGE", "config.height", "10", 'IMAGE "it": config.height must be a number of 1 to 500, got "10"'],
  ["JUMP_BUTTON", "config", MISSING, 'JUMP_BUTTON "it": config is missing; give it'],
  ["JUMP_BUTTON", "config.next_node", MISSING, 'JUMP_BUTTON "it": config.next_node is missing; give it'],
  [
    "JUMP_BUTTON",
    "config.next_node",
    "step b",
    'JUMP_BUTTON "it": config.next_node must be the id of a node, or "$ending", got "step b"',
  ],
  [
    "JUMP_BUTTON",
    "config.next_node",
    "step_b",
    'JUMP_BUTTON "it": config.next_node leads to "step_b", which is no node that it can lead to; those are step_a, $ending',
  ],
  [
    "JUMP_BUTTON",
    "config.style.background_color",
    "red",
    'JUMP_BUTTON "it": config.style.background_color must be a colour, e.g. "#1a2b3c", got "red"',
  ],
  [
    "JUMP_BUTTON",
    "config.style.color",
    "#123",
    'JUMP_BUTTON "it": config.style has no key "color"; its keys are background_color',
  ],
  ["NEXT_BUTTON", "config", MISSING, 'NEXT_BUTTON "it": config is missing; give it'],
  [
    "NEXT_BUTTON",
    "config.text",
    long(151),
    `NEXT_BUTTON "it": config.text must have 0 to 150 characters, got 151 in ${LONG}; give fewer`,
  ],
  ["NEXT_BUTTON", "config.text", MISSING, 'NEXT_BUTTON "it": config.text is missing; give it'],
  ["NEXT_BUTTON", "config.lable", "Go", 'NEXT_BUTTON "it": config has no key "lable"; its keys are text'],
  ["PREVIOUS_BUTTON", "config.text", true, 'PREVIOUS_BUTTON "it": config.text must be a text, got true'],
  ["PREVIOUS_BUTTON", "category", "FIELD", 'PREVIOUS_BUTTON "it": category must be "BLOCK", got "FIELD"'],
  [
    "RESEND_BUTTON",
    "config.flow_id",
    "af_1",
    'RESEND_BUTTON "it": config.flow_id must be the id of a flow, "af_" and 22 letters and digits, got "af_1"',
  ],
  [
    "RESEND_BUTTON",
    "config.waiting_text",
    "",
    'RESEND_BUTTON "it": config.waiting_text must have 1 to 255 characters, got 0 in ""; give more',
  ],
  [
    "RESEND_BUTTON",
    "config.max_attempts",
    11,
    'RESEND_BUTTON "it": config.max_attempts must be a number of 1 to 10, got 11; lower it or leave it out',
  ],
  [
    "RESEND_BUTTON",
    "config.waiting_time",
    0,
    'RESEND_BUTTON "it": config.waiting_time must be a number of 1 to 60, got 0; raise it or leave it out',
  ],
  [
    "RESEND_BUTTON",
    "config.text_alignment",
    "left",
    'RESEND_BUTTON "it": config.text_alignment must be one of "LEFT", "CENTER", "RIGHT", got "left"; did you mean "LEFT"?',
  ],
  [
    "RESEND_BUTTON",
    "config.button_text",
    long(256),
    `RESEND_BUTTON "it": config.button_text must have 1 to 255 characters, got 256 in ${LONG}; give fewer`,
  ],
  ["RESEND_BUTTON", "config.active_text", MISSING, 'RESEND_BUTTON "it": config.active_text is missing; give it'],
  ["RICH_TEXT", "config.content", ["<p>"], 'RICH_TEXT "it": config.content must be a text, got a list of 1'],
  [
    "RICH_TEXT",
    "config.content",
    long(10001),
    `RICH_TEXT "it": config.content must have 0 to 10000 characters, got 10001 in ${LONG}; give fewer`,
  ],
  ["RICH_TEXT", "config.text", "<p>", 'RICH_TEXT "it": config has no key "text"; its keys are content'],
  ["BOOLEAN", "config", MISSING, 'BOOLEAN "it": config is missing; give it'],
  ["BOOLEAN", "config.default_value", "true", 'BOOLEAN "it": config.default_value must be true or false, got "true"'],
  [
    "BOOLEAN",
    "config.options.true",
    "",
    'BOOLEAN "it": config.options.true must have 1 to 50 characters, got 0 in ""; give more',
  ],
  ["BOOLEAN", "config.options.yes", "Yes", 'BOOLEAN "it": config.options has no key "yes"; its keys are true, false'],
  ["BOOLEAN", "config.options", ["Yes", "No"], 'BOOLEAN "it": config.options must be an object, got a list of 2'],
  [
    "CARDS",
    "config.options.0.image_url",
    "http://a.b/s.png",
    'CARDS "it": config.options[0].image_url must be an address that begins with "https://", got "http://a.b/s.png"',
  ],
  ["CARDS", "config.options.0.image_url", MISSING, 'CARDS "it": config.options[0].image_url is missing; give it'],
  [
    "CARDS",
    "config.options.0.image",
    "a.png",
    'CARDS "it": config.options[0] has no key "image"; its keys are value, label, image_url',
  ],
  ["CARDS", "config.hide_labels", 1, 'CARDS "it": config.hide_labels must be true or false, got 1'],
  ["CARDS", "config.options", { s: "Small" }, 'CARDS "it": config.options must be a list, got an object'],
  ["CHOICE", "config.options.0", "Small", 'CHOICE "it": config.options[0] must be an object, got "Small"'],
  ["CHOICE", "config.options.0.value", 1, 'CHOICE "it": config.options[0].value must be a text, got 1'],
  ["CHOICE", "config.allow_other.enabled", false, 'CHOICE "it": config.allow_other.enabled must be true, got false'],
  ["CHOICE", "config.allow_other", true, 'CHOICE "it": config.allow_other must be an object, got true'],
  ["CHOICE", "config.multiple", "yes", 'CHOICE "it": config.multiple must be true or false, got "yes"'],
  [
    "CHOICE",
    "config.options.0.label",
    "",
    'CHOICE "it": config.options[0].label must have 1 or more characters, got 0 in ""; give more',
  ],
  ["CUSTOM", "config.code", MISSING, 'CUSTOM "it": config.code is missing; give it'],
  ["CUSTOM", "config.code", "", 'CUSTOM "it": config.code must have 1 or more characters, got 0 in ""; give more'],
  ["CUSTOM", "config.schema", "{}", 'CUSTOM "it": config.schema must be an object, got "{}"'],
  ["CUSTOM", "config.params.a", 1, 'CUSTOM "it": config.params.a must be a text, got 1'],
  ["CUSTOM", "config.css", "", 'CUSTOM "it": config.css must have 1 or more characters, got 0 in ""; give more'],
  ["DATE", "config", MISSING, 'DATE "it": config is missing; give it'],
  ["DATE", "config.format", "DATETIME", 'DATE "it": config.format must be one of "DATE", "TIME", got "DATETIME"'],
  ["DATE", "config.default_value", 20261127, 'DATE "it": config.default_value must be a text, got 20261127'],
  ["DATE", "config.min", "2026-01-01", 'DATE "it": config has no key "min"; its keys are format, default_value'],
  ["DROPDOWN", "config.options.0.label", MISSING, 'DROPDOWN "it": config.options[0].label is missing; give it'],
  [
    "DROPDOWN",
    "config.placeholder",
    "",
    'DROPDOWN "it": config.placeholder must have 1 to 500 characters, got 0 in ""; give more',
  ],
  ["DROPDOWN", "config.mutliple", true, 'DROPDOWN "it": config has no key "mutliple"; did you mean "multiple"?'],
  ["DROPDOWN", "config.options", "Small", 'DROPDOWN "it": config.options must be a list, got "Small"'],
  [
    "DROPDOWN",
    "config.options.0.icon",
    "a",
    'DROPDOWN "it": config.options[0] has no key "icon"; its keys are value, label',
  ],
  [
    "EMAIL",
    "config.default_value",
    "",
    'EMAIL "it": config.default_value must have 1 or more characters, got 0 in ""; give more',
  ],
  [
    "EMAIL",
    "config.placeholder",
    long(501),
    `EMAIL "it": config.placeholder must have 1 to 500 characters, got 501 in ${LONG}; give fewer`,
  ],
  ["EMAIL", "config.pattern", ".*", 'EMAIL "it": config has no key "pattern"; its keys are default_value, placeholder'],
  ["EMAIL", "required", "yes", 'EMAIL "it": required must be true or false, got "yes"'],
  [
    "FILE",
    "config.maxSize",
    1023,
    'FILE "it": config.maxSize must be an integer of 1024 or more, got 1023; raise it or leave it out',
  ],
  ["FILE", "config.maxFiles", 1.5, 'FILE "it": config.maxFiles must be an integer of 1 or more, got 1.5'],
  [
    "FILE",
    "config.categories.0",
    "PICTURE",
    'FILE "it": config.categories[0] must be one of "AUDIO", "VIDEO", "IMAGE", "DOCUMENT", "ARCHIVE", got "PICTURE"',
  ],
  [
    "FILE",
    "config.extensions.0",
    long(51),
    'FILE "it": config.extensions[0] must have 1 to 50 characters, got 51 in "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; give fewer',
  ],
  ["FILE", "config.storage.type", MISSING, 'FILE "it": config.storage.type is missing; give it'],
  ["FILE", "config.max_size", 2048, 'FILE "it": config has no key "max_size"; did you mean "maxSize"?'],
  ["LEGAL", "config.text", "", 'LEGAL "it": config.text must have 1 to 10000 characters, got 0 in ""; give more'],
  [
    "LEGAL",
    "config.text",
    long(10001),
    `LEGAL "it": config.text must have 1 to 10000 characters, got 10001 in ${LONG}; give fewer`,
  ],
  ["LEGAL", "config.content", "<p>", 'LEGAL "it": config has no key "content"; its keys are text'],
  ["LEGAL", "hint", long(501), `LEGAL "it": hint must have 1 to 500 characters, got 501 in ${LONG}; give fewer`],
  ["NUMBER", "config.min_value", "0", 'NUMBER "it": config.min_value must be a number, got "0"'],
  ["NUMBER", "config.default_value", true, 'NUMBER "it": config.default_value must be a number, got true'],
  [
    "NUMBER",
    "config.max",
    9,
    'NUMBER "it": config has no key "max"; its keys are default_value, placeholder, min_value, max_value',
  ],
  ["NUMBER", "label", "", 'NUMBER "it": label must have 1 or more characters, got 0 in ""; give more'],
  ["NUMBER", "sensitive", 0, 'NUMBER "it": sensitive must be true or false, got 0'],
  ["PASSWORD", "config", MISSING, 'PASSWORD "it": config is missing; give it'],
  [
    "PASSWORD",
    "config.hash",
    "SHA2",
    'PASSWORD "it": config.hash must be one of "NONE", "MD5", "SHA1", "SHA256", "SHA512", got "SHA2"; did you mean "SHA1"?',
  ],
  [
    "PASSWORD",
    "config.min_length",
    0,
    'PASSWORD "it": config.min_length must be an integer of 1 or more, got 0; raise it or leave it out',
  ],
  ["PASSWORD", "config.nist", "yes", 'PASSWORD "it": config.nist must be true or false, got "yes"'],
  [
    "PASSWORD",
    "config.default_value",
    "x",
    'PASSWORD "it": config has no key "default_value"; its keys are hash, placeholder, min_length, max_length, complexity, nist, strength_meter',
  ],
  ["PAYMENT", "config.charge", MISSING, 'PAYMENT "it": config.charge is missing; give it'],
  [
    "PAYMENT",
    "config.charge.type",
    "MONTHLY",
    'PAYMENT "it": config.charge.type must be one of "ONE_OFF", "SUBSCRIPTION", got "MONTHLY"',
  ],
  [
    "PAYMENT",
    "config.charge.one_off.currency",
    "JPY",
    'PAYMENT "it": config.charge.one_off.currency must be one of "AUD", "CAD", "CHF", "EUR", "GBP", "INR", "MXN", "SEK", "USD", got "JPY"',
  ],
  [
    "PAYMENT",
    "config.charge.one_off.amount",
    0,
    'PAYMENT "it": config.charge.one_off.amount must be a text or a number of 0.01 or more, got 0',
  ],
  [
    "PAYMENT",
    "config.credentials.private_key",
    long(251),
    'PAYMENT "it": config.credentials.private_key must have 1 to 250 characters, got 251 in a text; give fewer',
  ],
  [
    "PAYMENT",
    "config.credentials.private_key",
    42,
    'PAYMENT "it": config.credentials.private_key must be a text, got a number',
  ],
  [
    "PAYMENT",
    "config.fields.card_number.label",
    "",
    'PAYMENT "it": config.fields.card_number.label must have 1 to 250 characters, got 0 in ""; give more',
  ],
  ["PAYMENT", "config.provider", "PAYPAL", 'PAYMENT "it": config.provider must be "STRIPE", got "PAYPAL"'],
  [
    "PAYMENT",
    "config.charge.one_off.amount",
    MISSING,
    'PAYMENT "it": config.charge.one_off.amount is missing; give it',
  ],
  ["SOCIAL", "config", { provider: "github" }, 'SOCIAL "it": config has no key "provider"; leave it out'],
  ["SOCIAL", "config", [], 'SOCIAL "it": config must be an object, got a list of 0'],
  ["TEL", "config.country_picker", "yes", 'TEL "it": config.country_picker must be true or false, got "yes"'],
  [
    "TEL",
    "config.strings.filter_placeholder",
    "",
    'TEL "it": config.strings.filter_placeholder must have 1 or more characters, got 0 in ""; give more',
  ],
  ["TEL", "config.max_length", 1.5, 'TEL "it": config.max_length must be an integer of 1 or more, got 1.5'],
  [
    "TEL",
    "config.multiline",
    true,
    'TEL "it": config has no key "multiline"; its keys are default_value, placeholder, min_length, max_length, country_picker, strings',
  ],
  ["TEL", "config.default_value", 123, 'TEL "it": config.default_value must be a text, got 123'],
  ["TEXT", "config.maxLength", 9, 'TEXT "it": config has no key "maxLength"; did you mean "max_length"?'],
  ["TEXT", "config.min_length", "1", 'TEXT "it": config.min_length must be an integer of 1 or more, got "1"'],
  ["TEXT", "config.multiline", null, 'TEXT "it": config.multiline must be true or false, got null'],
  ["TEXT", "hint", "", 'TEXT "it": hint must have 1 to 500 characters, got 0 in ""; give more'],
  ["TEXT", "lable", "Name", 'TEXT "it" has no key "lable"; did you mean "label"?'],
  [
    "TEXT",
    "config.min_length",
    0,
    'TEXT "it": config.min_length must be an integer of 1 or more, got 0; raise it or leave it out',
  ],
  ["TEXT", "category", "WIDGET", 'TEXT "it": category must be "FIELD", got "WIDGET"'],
  ["URL", "config", null, 'URL "it": config must be an object, got null'],
  ["URL", "config.default_value", ["https://a.b"], 'URL "it": config.default_value must be a text, got a list of 1'],
  [
    "URL",
    "placeholder",
    "https://",
    'URL "it" has no key "placeholder"; its keys are id, category, type, label, hint, required, sensitive, config',
  ],
  [
    "AUTH0_VERIFIABLE_CREDENTIALS",
    "config.max_wait",
    59,
    'AUTH0_VERIFIABLE_CREDENTIALS "it": config.max_wait must be a number of 60 to 600, got 59; raise it or leave it out',
  ],
  [
    "AUTH0_VERIFIABLE_CREDENTIALS",
    "config.size",
    501,
    'AUTH0_VERIFIABLE_CREDENTIALS "it": config.size must be a number of 1 to 500, got 501; lower it or leave it out',
  ],
  [
    "AUTH0_VERIFIABLE_CREDENTIALS",
    "config.url",
    long(2001),
    `AUTH0_VERIFIABLE_CREDENTIALS "it": config.url must have 0 to 2000 characters, got 2001 in ${LONG}; give fewer`,
  ],
  [
    "AUTH0_VERIFIABLE_CREDENTIALS",
    "config.access_token",
    long(5001),
    'AUTH0_VERIFIABLE_CREDENTIALS "it": config.access_token must have 1 to 5000 characters, got 5001 in a text; give fewer',
  ],
  [
    "AUTH0_VERIFIABLE_CREDENTIALS",
    "config.verification_id",
    MISSING,
    'AUTH0_VERIFIABLE_CREDENTIALS "it": config.verification_id is missing; give it',
  ],
  [
    "GMAPS_ADDRESS",
    "config.api_key",
    "",
    'GMAPS_ADDRESS "it": config.api_key must have 1 or more characters, got 0 in a text; give more',
  ],
  ["GMAPS_ADDRESS", "config.server_key", 7, 'GMAPS_ADDRESS "it": config.server_key must be a text, got a number'],
  ["GMAPS_ADDRESS", "config", MISSING, 'GMAPS_ADDRESS "it": config is missing; give it'],
  ["GMAPS_ADDRESS", "config.key", "k", 'GMAPS_ADDRESS "it": config has no key "key"; its keys are api_key, server_key'],
  ["RECAPTCHA", "config.secret_key", MISSING, 'RECAPTCHA "it": config.secret_key is missing; give it'],
  ["RECAPTCHA", "config.site_key", 7, 'RECAPTCHA "it": config.site_key must be a text, got 7'],
  [
    "RECAPTCHA",
    "type",
    "CAPTCHA",
    'CAPTCHA "it": type must be that of a component, got "CAPTCHA"; did you mean "RECAPTCHA"?',
  ],
];

export const WRONG: readonly WrongComponent[] = ROWS.map(([type, path, value, problem]) => ({
  type,
  path,
  shown: value === MISSING ? "missing" : String(JSON.stringify(value)).slice(0, 40),
  component: changed(FULL[type], path.split("."), value) as object,
  problem,
}));

/** A copy with another value at the path, or without any there. */
function changed(whole: unknown, [step = "", ...rest]: readonly string[], value: unknown): unknown {
  const copy: Record<string, unknown> = structuredClone(whole) as Record<string, unknown>;
  if (rest.length > 0) {
    copy[step] = changed(copy[step], rest, value);
  } else if (value === MISSING) {
    delete copy[step];
  } else {
    copy[step] = value;
  }
  return copy;
}
