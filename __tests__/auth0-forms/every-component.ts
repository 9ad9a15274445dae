import type { ComponentOf, ComponentType } from "auth0-forms";
import {
  boolean,
  type Component,
  cards,
  choice,
  custom,
  date,
  divider,
  dropdown,
  email,
  file,
  googleMapsAddress,
  html,
  image,
  jumpButton,
  legal,
  nextButton,
  number,
  password,
  payment,
  phone,
  previousButton,
  recaptcha,
  resendButton,
  richText,
  social,
  text,
  url,
  verifiableCredentials,
} from "../../lib";

type OfEveryType = { readonly [Type in ComponentType]: ComponentOf<Type> };

const FLOW_ID = `af_${"1".repeat(22)}`;
const OPTIONS = [{ value: "s", label: "Small" }];
const ANSWERED = { label: "Label", hint: "Hint", required: true, sensitive: true };

function block<Type extends string>(type: Type) {
  return { id: "it", category: "BLOCK", type } as const;
}

function field<Type extends string>(type: Type) {
  return { id: "it", category: "FIELD", type } as const;
}

function widget<Type extends string>(type: Type) {
  return { id: "it", category: "WIDGET", type } as const;
}

const CHARGE = { type: "ONE_OFF", one_off: { amount: 1, currency: "EUR" } } as const;
const CREDENTIALS = { public_key: "pk", private_key: "sk" };
const RESEND = { active_text: "Send", button_text: "again", waiting_text: "Wait", flow_id: FLOW_ID };
const CREDENTIAL = { url: "https://a.b", alternate_text: "A", access_token: "t", verification_id: "v" };

/** Every component with all that Auth0 takes. */
export const FULL: OfEveryType = {
  DIVIDER: { ...block("DIVIDER"), config: { text: "or" } },
  HTML: { ...block("HTML"), config: { content: "<p>Hello</p>" } },
  IMAGE: { ...block("IMAGE"), config: { src: "https://a.b/c.png", position: "LEFT", height: 500 } },
  JUMP_BUTTON: {
    ...block("JUMP_BUTTON"),
    config: { text: "Skip", next_node: "$ending", style: { background_color: "#1a2b3c" } },
  },
  NEXT_BUTTON: { ...block("NEXT_BUTTON"), config: { text: "Continue" } },
  PREVIOUS_BUTTON: { ...block("PREVIOUS_BUTTON"), config: { text: "Back" } },
  RESEND_BUTTON: {
    ...block("RESEND_BUTTON"),
    config: { ...RESEND, text_alignment: "RIGHT", max_attempts: 10, waiting_time: 60 },
  },
  RICH_TEXT: { ...block("RICH_TEXT"), config: { content: "<h2>Hello</h2>" } },
  BOOLEAN: {
    ...field("BOOLEAN"),
    ...ANSWERED,
    config: { default_value: true, options: { true: "Yes", false: "No" } },
  },
  CARDS: {
    ...field("CARDS"),
    ...ANSWERED,
    config: {
      hide_labels: true,
      multiple: true,
      options: [{ value: "s", label: "Small", image_url: "https://a.b/s.png" }],
      default_value: ["s"],
    },
  },
  CHOICE: {
    ...field("CHOICE"),
    ...ANSWERED,
    config: {
      multiple: true,
      options: OPTIONS,
      allow_other: { enabled: true, label: "Other", placeholder: "What?" },
      default_value: ["s"],
    },
  },
  CUSTOM: {
    ...field("CUSTOM"),
    ...ANSWERED,
    config: { schema: { type: "string" }, code: "() => {}", css: "a {}", params: { a: "b" } },
  },
  DATE: { ...field("DATE"), ...ANSWERED, config: { format: "DATE", default_value: "2026-11-27" } },
  DROPDOWN: {
    ...field("DROPDOWN"),
    ...ANSWERED,
    config: { multiple: true, options: OPTIONS, default_value: ["s"], placeholder: "Choose" },
  },
  EMAIL: { ...field("EMAIL"), ...ANSWERED, config: { default_value: "a@b.co", placeholder: "a@b.co" } },
  FILE: {
    ...field("FILE"),
    ...ANSWERED,
    config: {
      multiple: true,
      storage: { type: "CUSTOM", bucket: "b" },
      categories: ["IMAGE"],
      extensions: ["png"],
      maxSize: 1024,
      maxFiles: 1,
    },
  },
  LEGAL: { ...field("LEGAL"), ...ANSWERED, config: { text: "<p>I agree</p>" } },
  NUMBER: {
    ...field("NUMBER"),
    ...ANSWERED,
    config: { default_value: 1.5, placeholder: "0", min_value: -1, max_value: 9 },
  },
  PASSWORD: {
    ...field("PASSWORD"),
    ...ANSWERED,
    config: {
      hash: "SHA256",
      placeholder: "",
      min_length: 1,
      max_length: 99,
      complexity: true,
      nist: true,
      strength_meter: true,
    },
  },
  PAYMENT: {
    ...field("PAYMENT"),
    ...ANSWERED,
    config: {
      provider: "STRIPE",
      charge: CHARGE,
      credentials: CREDENTIALS,
      customer: { email: "a@b.co" },
      fields: {
        card_number: { label: "Card", placeholder: "4242" },
        expiration_date: { label: "Until" },
        security_code: { label: "CVC" },
        trustmarks: true,
      },
    },
  },
  SOCIAL: { ...field("SOCIAL"), ...ANSWERED },
  TEL: {
    ...field("TEL"),
    ...ANSWERED,
    config: {
      default_value: "",
      placeholder: "",
      min_length: 1,
      max_length: 20,
      country_picker: true,
      strings: { filter_placeholder: "Search" },
    },
  },
  TEXT: {
    ...field("TEXT"),
    ...ANSWERED,
    config: { multiline: true, default_value: "a", placeholder: "🎉".repeat(500), min_length: 1, max_length: 9 },
  },
  URL: { ...field("URL"), ...ANSWERED, config: { default_value: "https://a.b", placeholder: "https://" } },
  AUTH0_VERIFIABLE_CREDENTIALS: {
    ...widget("AUTH0_VERIFIABLE_CREDENTIALS"),
    ...ANSWERED,
    config: { ...CREDENTIAL, size: 500, max_wait: 60 },
  },
  GMAPS_ADDRESS: { ...widget("GMAPS_ADDRESS"), ...ANSWERED, config: { api_key: "k", server_key: "s" } },
  RECAPTCHA: { ...widget("RECAPTCHA"), ...ANSWERED, config: { site_key: "s", secret_key: "k" } },
};

/**
 * Every component with what Auth0 asks for, and no more, but for options to choose from: Auth0 takes a list of none, where
 * nobody could choose anything; the constructs do not.
 */
export const MINIMAL: OfEveryType = {
  DIVIDER: block("DIVIDER"),
  HTML: block("HTML"),
  IMAGE: block("IMAGE"),
  JUMP_BUTTON: { ...block("JUMP_BUTTON"), config: { text: "", next_node: "step_a" } },
  NEXT_BUTTON: { ...block("NEXT_BUTTON"), config: { text: "" } },
  PREVIOUS_BUTTON: { ...block("PREVIOUS_BUTTON"), config: { text: "" } },
  RESEND_BUTTON: { ...block("RESEND_BUTTON"), config: RESEND },
  RICH_TEXT: block("RICH_TEXT"),
  BOOLEAN: { ...field("BOOLEAN"), config: {} },
  CARDS: { ...field("CARDS"), config: { options: [{ value: "s", label: "Small", image_url: "https://a.b/s.png" }] } },
  CHOICE: { ...field("CHOICE"), config: { options: OPTIONS } },
  CUSTOM: { ...field("CUSTOM"), config: { schema: {}, code: "1" } },
  DATE: { ...field("DATE"), config: {} },
  DROPDOWN: { ...field("DROPDOWN"), config: { options: OPTIONS } },
  EMAIL: field("EMAIL"),
  FILE: field("FILE"),
  LEGAL: field("LEGAL"),
  NUMBER: field("NUMBER"),
  PASSWORD: { ...field("PASSWORD"), config: {} },
  PAYMENT: {
    ...field("PAYMENT"),
    config: { charge: { type: "SUBSCRIPTION", subscription: {} }, credentials: CREDENTIALS },
  },
  SOCIAL: { ...field("SOCIAL"), config: {} },
  TEL: field("TEL"),
  TEXT: field("TEXT"),
  URL: field("URL"),
  AUTH0_VERIFIABLE_CREDENTIALS: { ...widget("AUTH0_VERIFIABLE_CREDENTIALS"), config: CREDENTIAL },
  GMAPS_ADDRESS: { ...widget("GMAPS_ADDRESS"), config: { api_key: "k" } },
  RECAPTCHA: { ...widget("RECAPTCHA"), config: { site_key: "s", secret_key: "k" } },
};

const OPTIONS_OF_ALL = { ...ANSWERED, metadataKey: "saved" };

/** Every component as the function that is named after it makes it, with the options for all that Auth0 takes. */
export const MADE: { readonly [Type in ComponentType]: Component } = {
  DIVIDER: divider("or", { id: "it" }),
  HTML: html("<p>Hello</p>", { id: "it" }),
  IMAGE: image("https://a.b/c.png", { id: "it", position: "LEFT", height: 500 }),
  JUMP_BUTTON: jumpButton("Skip", "$ending", { id: "it", backgroundColor: "#1a2b3c" }),
  NEXT_BUTTON: nextButton("Continue", { id: "it" }),
  PREVIOUS_BUTTON: previousButton("Back", { id: "it" }),
  RESEND_BUTTON: resendButton(FLOW_ID, {
    id: "it",
    activeText: "Send",
    buttonText: "again",
    waitingText: "Wait",
    textAlignment: "RIGHT",
    maxAttempts: 10,
    waitingTime: 60,
  }),
  RICH_TEXT: richText("<h2>Hello</h2>", { id: "it" }),
  BOOLEAN: boolean("it", { ...OPTIONS_OF_ALL, defaultValue: true, options: { true: "Yes", false: "No" } }),
  CARDS: cards("it", {
    ...OPTIONS_OF_ALL,
    hideLabels: true,
    multiple: true,
    options: [{ value: "s", label: "Small", imageUrl: "https://a.b/s.png" }],
    defaultValue: ["s"],
  }),
  CHOICE: choice("it", {
    ...OPTIONS_OF_ALL,
    multiple: true,
    options: OPTIONS,
    allowOther: { label: "Other", placeholder: "What?" },
    defaultValue: ["s"],
  }),
  CUSTOM: custom("it", {
    ...OPTIONS_OF_ALL,
    schema: { type: "string" },
    code: "() => {}",
    css: "a {}",
    params: { a: "b" },
  }),
  DATE: date("it", { ...OPTIONS_OF_ALL, defaultValue: "2026-11-27" }),
  DROPDOWN: dropdown("it", {
    ...OPTIONS_OF_ALL,
    multiple: true,
    options: OPTIONS,
    defaultValue: ["s"],
    placeholder: "Choose",
  }),
  EMAIL: email("it", { ...OPTIONS_OF_ALL, defaultValue: "a@b.co", placeholder: "a@b.co" }),
  FILE: file("it", {
    ...OPTIONS_OF_ALL,
    multiple: true,
    storage: { type: "CUSTOM", bucket: "b" },
    categories: ["IMAGE"],
    extensions: ["png"],
    maxSize: 1024,
    maxFiles: 1,
  }),
  LEGAL: legal("it", { ...OPTIONS_OF_ALL, text: "<p>I agree</p>" }),
  NUMBER: number("it", { ...OPTIONS_OF_ALL, defaultValue: 1.5, placeholder: "0", minValue: -1, maxValue: 9 }),
  PASSWORD: password("it", {
    ...ANSWERED,
    hash: "SHA256",
    placeholder: "",
    minLength: 1,
    maxLength: 99,
    complexity: true,
    nist: true,
    strengthMeter: true,
  }),
  PAYMENT: payment("it", {
    ...OPTIONS_OF_ALL,
    provider: "STRIPE",
    charge: { oneOff: { amount: 1, currency: "EUR" } },
    credentials: { publicKey: "pk", privateKey: "sk" },
    customer: { email: "a@b.co" },
    fields: {
      cardNumber: { label: "Card", placeholder: "4242" },
      expirationDate: { label: "Until" },
      securityCode: { label: "CVC" },
      trustmarks: true,
    },
  }),
  SOCIAL: social("it", OPTIONS_OF_ALL),
  TEL: phone("it", {
    ...OPTIONS_OF_ALL,
    defaultValue: "",
    placeholder: "",
    minLength: 1,
    maxLength: 20,
    countryPicker: true,
    filterPlaceholder: "Search",
  }),
  TEXT: text("it", {
    ...OPTIONS_OF_ALL,
    multiline: true,
    defaultValue: "a",
    placeholder: "🎉".repeat(500),
    minLength: 1,
    maxLength: 9,
  }),
  URL: url("it", { ...OPTIONS_OF_ALL, defaultValue: "https://a.b", placeholder: "https://" }),
  AUTH0_VERIFIABLE_CREDENTIALS: verifiableCredentials("it", {
    ...OPTIONS_OF_ALL,
    url: "https://a.b",
    alternateText: "A",
    accessToken: "t",
    verificationId: "v",
    size: 500,
    maxWait: 60,
  }),
  GMAPS_ADDRESS: googleMapsAddress("it", { ...OPTIONS_OF_ALL, apiKey: "k", serverKey: "s" }),
  RECAPTCHA: recaptcha("it", { ...OPTIONS_OF_ALL, siteKey: "s", secretKey: "k" }),
};
