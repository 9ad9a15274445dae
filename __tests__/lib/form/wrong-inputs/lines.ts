import { date, email, number, password, phone, text, time, url } from "../../../../lib";
import { LABEL, type Row, untyped } from "./row";

export const LINES: readonly Row[] = [
  [
    text("b", { ...LABEL, defaultValue: "abcdef", maxLength: 5 }),
    'TEXT "b": defaultValue has 6 characters, but maxLength is 5; shorten it or leave it out',
  ],
  [
    text("b", { ...LABEL, defaultValue: "a", minLength: 2 }),
    'TEXT "b": defaultValue has 1 character, but minLength is 2; lengthen it or leave it out',
  ],
  [
    text("b", { ...LABEL, minLength: 3, maxLength: 2 }),
    'TEXT "b": minLength 3 is above maxLength 2; no answer could pass',
  ],
  [text("b", { ...LABEL, minLength: 1.5 }), 'TEXT "b": minLength must be an integer of 1 or more, got 1.5'],
  [
    text("b", { ...LABEL, hint: "{{context.user.nickame}}" }),
    'TEXT "b": hint holds "{{context.user.nickame}}", but there is no context.user.nickame; did you mean "nickname"?',
  ],
  [
    text("b", { label: "{{t(hello)}}" }),
    'TEXT "b": label holds "{{t(hello)}}", which is no expression: expected a key in quotes before "hello)}}"; correct it',
  ],
  [
    text("b", { ...LABEL, defaultValue: "{{user.name}}" }),
    'TEXT "b": defaultValue holds "{{user.name}}", but there is no user; did you mean "context.user"?',
  ],
  [
    text("b", { ...LABEL, placeholder: "{{actions.send.code}}" }),
    'TEXT "b": placeholder holds "{{actions.send.code}}", but there is no actions outside of flows; keep the value by STORE_VARS and read it from vars',
  ],
  [
    text("b", { ...LABEL, hint: "{{fields.a.first}}" }),
    'TEXT "b": hint holds "{{fields.a.first}}", but there is no fields.a.first; there is nothing',
  ],
  [text("b", { ...LABEL, required: untyped("yes" as never) }), 'TEXT "b": required must be true or false, got "yes"'],
  [
    text("b", { ...LABEL, metadataKey: "__proto__" }),
    'TEXT "b": metadataKey must be a name, neither blank nor "__proto__" nor with control characters, got "__proto__"; choose another one',
  ],
  [
    text("b", { ...LABEL, metadataKey: " " }),
    'TEXT "b": metadataKey must be a name, neither blank nor "__proto__" nor with control characters, got " "; choose another one',
  ],
  [
    text("b", { ...LABEL, metadataKey: "a\u0000" }),
    'TEXT "b": metadataKey must be a name, neither blank nor "__proto__" nor with control characters, got "a\\u0000"; choose another one',
  ],
  [
    text("b", { ...LABEL, metadataKey: "$b" }),
    'TEXT "b": metadataKey must be a text without "." and "$", which Auth0 refuses, got "$b"; choose another one',
  ],
  [
    text("b c", { ...LABEL, metadataKey: "b" }),
    'TEXT "b c": id must be letters, digits and "_", a letter first, got "b c"; choose another one',
  ],
  [
    email("b", { ...LABEL, defaultValue: "ada" }),
    'EMAIL "b": defaultValue must be an e-mail address, e.g. "ada@example.com", got "ada"; choose another one',
  ],
  [
    email("b", { ...LABEL, defaultValue: "ada@" }),
    'EMAIL "b": defaultValue must be an e-mail address, e.g. "ada@example.com", got "ada@"; choose another one',
  ],
  [
    email("b", untyped({ ...LABEL, maxLength: 5 })),
    'EMAIL "b" has no option "maxLength"; its options are hint, required, sensitive, label, metadataKey, saveTo, placeholder, defaultValue',
  ],
  [
    url("b", { ...LABEL, defaultValue: "example.com" }),
    'URL "b": defaultValue must be a web address, e.g. "https://example.com", got "example.com"; choose another one',
  ],
  [
    url("b", { ...LABEL, defaultValue: "ftp://example.com" }),
    'URL "b": defaultValue must be a web address, e.g. "https://example.com", got "ftp://example.com"; choose another one',
  ],
  [
    url("b", { ...LABEL, placeholder: "" }),
    'URL "b": placeholder must have 1 to 500 characters, got 0 in ""; give more',
  ],
  [
    phone("b", { ...LABEL, minLength: 9, maxLength: 8 }),
    'TEL "b": minLength 9 is above maxLength 8; no answer could pass',
  ],
  [
    phone("b", { ...LABEL, defaultValue: "+1800", minLength: 9 }),
    'TEL "b": defaultValue has 5 characters, but minLength is 9; lengthen it or leave it out',
  ],
  [
    phone("b", { ...LABEL, filterPlaceholder: "" }),
    'TEL "b": filterPlaceholder must have 1 or more characters, got 0 in ""; give more',
  ],
  [
    phone("b", { ...LABEL, countryPicker: untyped("no" as never) }),
    'TEL "b": countryPicker must be true or false, got "no"',
  ],
  [
    phone("b", { ...LABEL, hint: "{{fields.b.number}}" }),
    'TEL "b": hint holds "{{fields.b.number}}", but there is no fields.b.number; there is national_number, national_format, international_number, international_format, country_code_iso, country_code_number',
  ],
  [
    phone("b", { ...LABEL, countryPicker: false, hint: "{{fields.b.country_code_iso}}" }),
    'TEL "b": hint holds "{{fields.b.country_code_iso}}", but there is no fields.b.country_code_iso; there is nothing',
  ],
  [
    number("b", { ...LABEL, minValue: 2, maxValue: 1 }),
    'NUMBER "b": minValue 2 is above maxValue 1; no answer could pass',
  ],
  [
    number("b", { ...LABEL, defaultValue: 0, minValue: 1 }),
    'NUMBER "b": defaultValue 0 is below minValue 1; raise it or leave it out',
  ],
  [
    number("b", { ...LABEL, defaultValue: 10, maxValue: 9 }),
    'NUMBER "b": defaultValue 10 is above maxValue 9; lower it or leave it out',
  ],
  [
    number("b", { ...LABEL, defaultValue: untyped("3" as never) }),
    'NUMBER "b": defaultValue must be a number, got "3"',
  ],
  [
    number("b", { ...LABEL, minValue: Number.NaN }),
    'NUMBER "b": minValue can not be sent as JSON, got NaN; give a text, a number, a list, an object or the like',
  ],
  [
    date("b", { ...LABEL, defaultValue: "2026-02-30" }),
    'DATE "b": defaultValue must be a day, e.g. "2026-11-27", got "2026-02-30"; choose another one',
  ],
  [
    date("b", { ...LABEL, defaultValue: "27.11.2026" }),
    'DATE "b": defaultValue must be a day, e.g. "2026-11-27", got "27.11.2026"; choose another one',
  ],
  [
    date("b", { ...LABEL, defaultValue: "23:15" }),
    'DATE "b": defaultValue must be a day, e.g. "2026-11-27", got "23:15"; choose another one',
  ],
  [
    date("b", { ...LABEL, defaultValue: untyped(new Date(0)) }),
    'DATE "b": defaultValue can not be sent as JSON, got a Date; give a text, a number, a list, an object or the like',
  ],
  [
    time("b", { ...LABEL, defaultValue: "24:00" }),
    'DATE "b": defaultValue must be a time of day, e.g. "23:15", got "24:00"; choose another one',
  ],
  [
    time("b", { ...LABEL, defaultValue: "2026-11-27" }),
    'DATE "b": defaultValue must be a time of day, e.g. "23:15", got "2026-11-27"; choose another one',
  ],
  [
    time("b", untyped({ ...LABEL, format: "TIME" })),
    'DATE "b" has no option "format"; its options are hint, required, sensitive, label, metadataKey, saveTo, defaultValue',
  ],
  [
    password("b", { ...LABEL, minLength: 9, maxLength: 8 }),
    'PASSWORD "b": minLength 9 is above maxLength 8; no answer could pass',
  ],
  [
    password("b", { ...LABEL, maxLength: 7, nist: true }),
    'PASSWORD "b": maxLength 7 is below the 8 characters that nist asks for; raise it',
  ],
  [
    password("b", { ...LABEL, maxLength: 3, complexity: true }),
    'PASSWORD "b": maxLength 3 is below the 4 characters that complexity asks for; raise it',
  ],
  [
    password("b", untyped({ ...LABEL, hash: "SHA-256" })),
    'PASSWORD "b": hash must be one of "NONE", "MD5", "SHA1", "SHA256", "SHA512", got "SHA-256"; did you mean "SHA256"?',
  ],
  [
    password("b", untyped({ ...LABEL, metadataKey: "b" })),
    /^PASSWORD "b" has no option "metadataKey"; its options are hint, required, sensitive, /,
  ],
];
