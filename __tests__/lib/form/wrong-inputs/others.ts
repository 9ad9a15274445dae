import {
  custom,
  file,
  googleMapsAddress,
  payment,
  raw,
  recaptcha,
  social,
  verifiableCredentials,
} from "../../../../lib";
import { LABEL, type Row, untyped } from "./row";

const CREDENTIALS = { publicKey: "pk_1", privateKey: "sk_1" };
const ONE_OFF = { oneOff: { amount: 9.5, currency: "EUR" } } as const;
const WALLET = { url: "https://a.b", alternateText: "A", accessToken: "t", verificationId: "v" };

export const OTHERS: readonly Row[] = [
  [custom("b", {}), 'CUSTOM "b": code is missing; give it'],
  [custom("b", { code: "" }), 'CUSTOM "b": code must have 1 or more characters, got 0 in ""; give more'],
  [custom("b", { code: "f", codeFile: "f.js" }), 'CUSTOM "b" has both code and codeFile; leave one out'],
  [
    custom("b", { codeFile: "no-such.js" }),
    /^CUSTOM "b" codeFile "no-such\.js" can not be read: ENOENT.*; give the path of a file$/,
  ],
  [
    custom("b", { code: "f", cssFile: "no-such.css" }),
    /^CUSTOM "b" cssFile "no-such\.css" can not be read: ENOENT.*; give the path of a file$/,
  ],
  [
    custom("b", untyped({ code: "f", params: { max_value: 11 } })),
    'CUSTOM "b": params.max_value must be a text, got 11',
  ],
  [
    custom("b", { code: "f", params: { who: "{{context.user.nme}}" } }),
    'CUSTOM "b": params.who holds "{{context.user.nme}}", but there is no context.user.nme; did you mean "name"?',
  ],
  [
    custom("b", { code: "f", schema: { type: "strng" } }),
    'CUSTOM "b": schema.type is not as JSON Schema has it: must be equal to one of the allowed values; correct it',
  ],
  [
    custom("b", { code: "f", schema: { max_of: new Date(0) } }),
    'CUSTOM "b": schema.max_of can not be sent as JSON, got a Date; give a text, a number, a list, an object or the like',
  ],
  [custom("b", untyped({ code: "f", schema: [] })), 'CUSTOM "b": schema must be an object, got a list of 0'],
  [file("b", { ...LABEL, maxFiles: 2 }), 'FILE "b": maxFiles is 2, but only one file can be given; set multiple'],
  [
    file("b", { ...LABEL, maxSize: 1023 }),
    'FILE "b": maxSize must be an integer of 1024 or more, got 1023; raise it or leave it out',
  ],
  [
    file("b", untyped({ ...LABEL, categories: ["PICTURE"] })),
    'FILE "b": categories[0] must be one of "AUDIO", "VIDEO", "IMAGE", "DOCUMENT", "ARCHIVE", got "PICTURE"',
  ],
  [
    file("b", { ...LABEL, extensions: [""] }),
    'FILE "b": extensions[0] must have 1 to 50 characters, got 0 in ""; give more',
  ],
  [
    file("b", untyped({ ...LABEL, storage: { type: "S3" } })),
    'FILE "b": storage.type must be one of "MANAGED", "CUSTOM", got "S3"',
  ],
  [payment("b", untyped({ charge: ONE_OFF })), 'PAYMENT "b": credentials is missing; give it'],
  [payment("b", untyped({ charge: {}, credentials: CREDENTIALS })), 'PAYMENT "b": charge.oneOff is missing; give it'],
  [
    payment("b", { charge: { oneOff: { amount: 0, currency: "EUR" } }, credentials: CREDENTIALS }),
    'PAYMENT "b": charge.oneOff.amount must be a text or a number of 0.01 or more, got 0',
  ],
  [
    payment("b", { charge: { oneOff: { amount: "ten", currency: "EUR" } }, credentials: CREDENTIALS }),
    'PAYMENT "b": charge.oneOff.amount must be a number of 0.01 or more, or an expression, got "ten"; choose another one',
  ],
  [
    payment("b", untyped({ charge: { oneOff: { amount: 1, currency: "EURO" } }, credentials: CREDENTIALS })),
    'PAYMENT "b": charge.oneOff.currency must be one of "AUD", "CAD", "CHF", "EUR", "GBP", "INR", "MXN", "SEK", "USD", got "EURO"; did you mean "EUR"?',
  ],
  [
    payment("b", { charge: ONE_OFF, credentials: { publicKey: "sk_live_1", privateKey: "sk_live_1" } }),
    'PAYMENT "b": credentials.publicKey is a private key, and every browser would see it; give the one that begins with "pk_"',
  ],
  [
    payment("b", untyped({ charge: ONE_OFF, credentials: { ...CREDENTIALS, privateKey: 5 } })),
    'PAYMENT "b": credentials.privateKey must be a text, got a number',
  ],
  [
    payment("b", untyped({ charge: ONE_OFF, credentials: CREDENTIALS, fields: { cardNumbre: {} } })),
    'PAYMENT "b": fields has no key "cardNumbre"; did you mean "cardNumber"?',
  ],
  [
    payment("b", { charge: ONE_OFF, credentials: CREDENTIALS, fields: { cardNumber: { label: "" } } }),
    'PAYMENT "b": fields.cardNumber.label must have 1 to 250 characters, got 0 in ""; give more',
  ],
  [social("b", { label: "" }), 'SOCIAL "b": label must have 1 or more characters, got 0 in ""; give more'],
  [
    recaptcha("b", { siteKey: "k", secretKey: "k" }),
    'RECAPTCHA "b": siteKey is the secret key, and every browser would see it; give the site key',
  ],
  [recaptcha("b", untyped({ siteKey: "k" })), 'RECAPTCHA "b": secretKey is missing; give it'],
  [
    recaptcha("b", { siteKey: "", secretKey: "k" }),
    'RECAPTCHA "b": siteKey must have 1 or more characters, got 0 in ""; give more',
  ],
  [
    googleMapsAddress("b", untyped({ key: "k" })),
    /^GMAPS_ADDRESS "b" has no option "key"; /,
    'GMAPS_ADDRESS "b": apiKey is missing; give it',
  ],
  [
    googleMapsAddress("b", { apiKey: "k", hint: "{{fields.b.city}}" }),
    'GMAPS_ADDRESS "b": hint holds "{{fields.b.city}}", but there is no fields.b.city; there is type, geometry, properties',
  ],
  [
    verifiableCredentials("b", { ...WALLET, maxWait: 59 }),
    'AUTH0_VERIFIABLE_CREDENTIALS "b": maxWait must be a number of 60 to 600, got 59; raise it or leave it out',
  ],
  [
    verifiableCredentials("b", { ...WALLET, size: 501 }),
    'AUTH0_VERIFIABLE_CREDENTIALS "b": size must be a number of 1 to 500, got 501; lower it or leave it out',
  ],
  [
    verifiableCredentials("b", { ...WALLET, url: "{{var.engagement}}" }),
    'AUTH0_VERIFIABLE_CREDENTIALS "b": url holds "{{var.engagement}}", but there is no var; did you mean "vars"?',
  ],
  [
    raw({ id: "b", category: "FIELD", type: "TXT", label: "B" }),
    'TXT "b": type must be that of a component, got "TXT"; did you mean "TEXT"?',
  ],
  [
    raw({ id: "b", category: "FIELD", type: "NUMBER", config: { min_value: 2, max_value: 1 } }),
    'NUMBER "b": config.min_value 2 is above config.max_value 1; no answer could pass',
  ],
  [
    raw({ id: "b", category: "FIELD", type: "TEL" }, { metadataKey: "b", value: "{{fields.b.nope}}" }),
    'TEL "b": value holds "{{fields.b.nope}}", but there is no fields.b.nope; there is nothing',
  ],
  [
    raw({ id: "b", category: "FIELD", type: "URL" }, { metadataKey: "b", value: "{{field.b}}" }),
    'URL "b": value holds "{{field.b}}", but there is no field; did you mean "fields"?',
  ],
];
