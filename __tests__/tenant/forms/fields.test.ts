import type { FormComponent } from "auth0-forms";
import type { Json } from "../../../tenant/documents/json";
import { fieldTypeOf, isSensitive } from "../../../tenant/forms/fields";
import type { Entered, Reading } from "../../../tenant/forms/fields/field-type";
import { processorTime } from "../../support/processor-time";

function field(type: string, config: Record<string, Json> = {}, required = false): FormComponent {
  return { id: "answer", category: "FIELD", type, label: "Answer", required, config };
}

function read(component: FormComponent, entered: string | Entered): Reading | undefined {
  return fieldTypeOf(component)?.read(component, typeof entered === "string" ? { "": [entered] } : entered);
}

const OPTIONS = [
  { value: "s", label: "Small" },
  { value: "l", label: "Large" },
];

describe("an answer is", () => {
  test.each<[string, FormComponent, string | Entered, Json | undefined]>([
    ["a text without the spaces around it", field("TEXT"), " Engineer ", "Engineer"],
    ["undefined for a text of spaces", field("TEXT"), "  ", undefined],
    ["a text with the line breaks that were typed", field("TEXT", { multiline: true }), "a\r\nb\r\n", "a\nb"],
    ["an email address", field("EMAIL"), "ana@travel0.com", "ana@travel0.com"],
    ["a web address", field("URL"), "https://auth0.com/docs?a=b#c", "https://auth0.com/docs?a=b#c"],
    ["a number", field("NUMBER"), "12.50", 12.5],
    ["a negative number", field("NUMBER"), "-3e2", -300],
    ["undefined for no number", field("NUMBER"), "", undefined],
    ["a day", field("DATE", { format: "DATE" }), "2024-02-29", "2024-02-29"],
    ["a time of day", field("DATE", { format: "TIME" }), "23:15", "23:15"],
    ["true", field("BOOLEAN"), "true", true],
    ["false", field("BOOLEAN"), "false", false],
    ["undefined where neither is chosen", field("BOOLEAN"), {}, undefined],
    ["true for what is agreed to", field("LEGAL"), "true", true],
    ["false for what is not", field("LEGAL"), {}, false],
    ["the value of an option", field("DROPDOWN", { options: OPTIONS }), "l", "l"],
    ["undefined for the empty option", field("DROPDOWN", { options: OPTIONS }), "", undefined],
    ["a list of values", field("DROPDOWN", { options: OPTIONS, multiple: true }), { "": ["s", "l", "s"] }, ["s", "l"]],
    ["one value, were two posted", field("CHOICE", { options: OPTIONS }), { "": ["s", "l"] }, "s"],
    ["undefined for an empty list", field("CHOICE", { options: OPTIONS, multiple: true }), {}, undefined],
    [
      "one's own option",
      field("CHOICE", { options: OPTIONS, allow_other: { enabled: true } }),
      { "": [""], other: [" XL "] },
      "XL",
    ],
    [
      "one's own option, were its button not pressed",
      field("CHOICE", { options: OPTIONS, allow_other: { enabled: true } }),
      { other: ["XL"] },
      "XL",
    ],
    [
      "the option whose button is pressed",
      field("CHOICE", { options: OPTIONS, allow_other: { enabled: true } }),
      { "": ["s"], other: ["XL"] },
      "s",
    ],
    [
      "options and one's own",
      field("CHOICE", { options: OPTIONS, multiple: true, allow_other: { enabled: true } }),
      { "": ["s"], other: ["XL"] },
      ["s", "XL"],
    ],
    [
      "a card",
      field("CARDS", { options: [{ value: "s", label: "Small", image_url: "https://example.com/s.png" }] }),
      "s",
      "s",
    ],
    ["a phone number as it was typed", field("TEL"), "(800) 555-0175", "(800) 555-0175"],
    ["a password", field("PASSWORD"), " secret ", " secret "],
    ["the hash of a password", field("PASSWORD", { hash: "MD5" }), "auth0", "7bbb59770ba3cf6e020790ba5b77e75a"],
  ])("%s", (_, component, entered, answer) => {
    expect(read(component, entered)).toEqual({ answer });
  });
});

describe("with the country picker a phone number is an object", () => {
  const phone = field("TEL", { country_picker: true });

  // The first is the example of Auth0's documentation.
  test.each([
    ["US", "8005550175", "(800) 555-0175", "+18005550175", "+1 800-555-0175", "1", "US", "8005550175"],
    ["JP", "090-1234-5678", "090-1234-5678", "+819012345678", "+81 90-1234-5678", "81", "JP", "9012345678"],
    ["GB", "07400 123456", "07400 123456", "+447400123456", "+44 7400 123456", "44", "GB", "7400123456"],
    ["US", "+81 90 1234 5678", "090-1234-5678", "+819012345678", "+81 90-1234-5678", "81", "JP", "9012345678"],
  ])("%s %s", (country, typed, national, international, internationalFormat, code, iso, number) => {
    expect(read(phone, { "": [typed], country: [country] })).toEqual({
      answer: {
        national_number: number,
        national_format: national,
        international_number: international,
        international_format: internationalFormat,
        country_code_iso: iso,
        country_code_number: code,
      },
    });
  });

  test("an answer is shown again as it would be typed in its country", () => {
    const answer = (read(phone, { "": ["8005550175"], country: ["US"] }) as { answer: Json }).answer;

    expect(fieldTypeOf(phone)?.entered(answer, phone)).toEqual({ "": ["(800) 555-0175"], country: ["US"] });
    expect(fieldTypeOf(phone)?.entered("+819012345678", phone)).toEqual({ "": ["090-1234-5678"], country: ["JP"] });
  });

  test.each([
    ["JP", "12"],
    ["US", "09012345678"],
    ["ZZ", "8005550175"],
    ["", "8005550175"],
    ["US", "call me"],
  ])("fails when the number is %s %s", (country, typed) => {
    expect(read(phone, { "": [typed], country: [country] })).toEqual({ problem: { key: "ERR_PHONE_EXPECTED" } });
  });

  test("is undefined where only the country is there", () => {
    expect(read(phone, { "": [""], country: ["US"] })).toEqual({ answer: undefined });
  });
});

describe("fails when", () => {
  test.each<[string, FormComponent, string | Entered, object]>([
    ["a required text is empty", field("TEXT", {}, true), "", { key: "ERR_REQUIRED_PROPERTY" }],
    [
      "a text is too short",
      field("TEXT", { min_length: 3 }),
      "ab",
      { key: "ERR_TOO_SHORT_STRING", details: { minLength: 3 } },
    ],
    [
      "a text is too long",
      field("TEXT", { max_length: 3 }),
      "abcd",
      { key: "ERR_TOO_LONG_STRING", details: { maxLength: 3 } },
    ],
    ["an email address has no domain", field("EMAIL"), "ana@travel0", { key: "ERR_EMAIL_EXPECTED" }],
    ["a web address has no scheme", field("URL"), "auth0.com", { key: "ERR_URL_EXPECTED" }],
    ["a web address is a script", field("URL"), "javascript:alert(1)", { key: "ERR_URL_EXPECTED" }],
    ["a web address can not be read", field("URL"), "https://a:b:c", { key: "ERR_URL_EXPECTED" }],
    ["a number is none", field("NUMBER"), "twelve", { key: "ERR_NUMBER_EXPECTED" }],
    ["a number is hexadecimal", field("NUMBER"), "0x10", { key: "ERR_NUMBER_EXPECTED" }],
    ["a number has no end", field("NUMBER"), "1e999", { key: "ERR_NUMBER_EXPECTED" }],
    [
      "a number is too small",
      field("NUMBER", { min_value: 0 }),
      "-1",
      { key: "ERR_TOO_SMALL_NUMBER", details: { minValue: 0 } },
    ],
    [
      "a number is too big",
      field("NUMBER", { max_value: 10 }),
      "11",
      { key: "ERR_TOO_BIG_NUMBER", details: { maxValue: 10 } },
    ],
    ["a day is none", field("DATE"), "2023-02-29", { key: "ERR_DATE_EXPECTED" }],
    ["a time is none", field("DATE", { format: "TIME" }), "24:00", { key: "ERR_TIME_EXPECTED" }],
    ["neither yes nor no is chosen", field("BOOLEAN", {}, true), {}, { key: "ERR_NO_OPTION_CHOSEN" }],
    ["a required text is not agreed to", field("LEGAL", {}, true), {}, { key: "ERR_ACCEPTANCE_REQUIRED" }],
    ["no option is chosen", field("DROPDOWN", { options: OPTIONS }, true), "", { key: "ERR_NO_OPTION_CHOSEN" }],
    [
      "no option of several is chosen",
      field("CHOICE", { options: OPTIONS, multiple: true }, true),
      {},
      { key: "ERR_ZERO_OPTIONS_CHOSEN" },
    ],
    ["an option does not exist", field("DROPDOWN", { options: OPTIONS }), "xl", { key: "ERR_NO_OPTION_CHOSEN" }],
    [
      "one of the options does not exist",
      field("CARDS", { options: OPTIONS, multiple: true }),
      { "": ["s", "xl"] },
      { key: "ERR_ZERO_OPTIONS_CHOSEN" },
    ],
    [
      "one's own option is not allowed",
      field("CHOICE", { options: OPTIONS }, true),
      { other: ["XL"] },
      { key: "ERR_NO_OPTION_CHOSEN" },
    ],
    [
      "one's own option is left empty",
      field("CHOICE", { options: OPTIONS, allow_other: { enabled: true } }),
      { "": [""], other: [" "] },
      { key: "ERR_REQUIRED_PROPERTY" },
    ],
    ["a phone number has letters", field("TEL"), "call me", { key: "ERR_PHONE_EXPECTED" }],
    [
      "a phone number is too short",
      field("TEL", { min_length: 5 }),
      "123",
      { key: "ERR_TOO_SHORT_STRING", details: { minLength: 5 } },
    ],
    ["a password is too simple", field("PASSWORD", { complexity: true }), "Abcdefg1", { key: "ERR_WEAK_PASSWORD" }],
    [
      "a password is too short for NIST",
      field("PASSWORD", { nist: true }),
      "Ab1!",
      { key: "ERR_TOO_SHORT_STRING", details: { minLength: 8 } },
    ],
    ["a password is one character", field("PASSWORD", { nist: true }), "aaaaaaaa", { key: "ERR_WEAK_PASSWORD" }],
  ])("%s", (_, component, entered, problem) => {
    expect(read(component, entered)).toEqual({ problem });
  });
});

test.each(["TEL", "URL", "EMAIL", "NUMBER", "PASSWORD"])("%s reads a text without end in no time", (type) => {
  const config = { country_picker: true, complexity: true, nist: true };
  for (const filler of ["1", "a", ".a", "https://a"]) {
    const took = processorTime(() =>
      expect(read(field(type, config), `${filler.repeat(100_000)} x@`)).toHaveProperty("problem"),
    );
    expect(took).toBeLessThan(500);
  }
});

test.each<[string, Record<string, Json>, Json]>([
  ["FILE", {}, { name: "example.pdf", size: 1024, type: "application/pdf", url: "https://example.com/example.pdf" }],
  ["FILE", { multiple: true }, [expect.objectContaining({ name: "example.pdf" })]],
  ["PAYMENT", {}, expect.stringMatching(/^pm_/)],
  ["SOCIAL", {}, { provider: "example", id: "1" }],
  ["AUTH0_VERIFIABLE_CREDENTIALS", {}, { state: "honored", reason: "", presentation: {} }],
  ["GMAPS_ADDRESS", {}, expect.objectContaining({ type: "Feature", geometry: expect.any(Object) })],
  ["RECAPTCHA", {}, { success: true, challenge_ts: expect.any(String), hostname: "localhost", score: 0.9 }],
])("a box in place of %s answers with an example, where it is ticked", (type, config, answer) => {
  const component = field(type, config, true);
  const ticked = read(component, "true");

  expect(ticked).toEqual({ answer });
  expect(read(component, {})).toEqual({ problem: { key: "ERR_REQUIRED_PROPERTY" } });
  expect(read(field(type, config), {})).toEqual({ answer: undefined });
  const example = (ticked as { readonly answer: Json }).answer;
  expect(fieldTypeOf(component)?.entered(example, component)).toEqual({ "": ["true"] });
  expect(fieldTypeOf(component)?.entered(null, component)).toEqual({ "": [] });
});

test("passwords and fields that are marked so are sensitive", () => {
  expect(isSensitive(field("PASSWORD"))).toBe(true);
  expect(isSensitive({ ...field("TEXT"), sensitive: true })).toBe(true);
  expect(isSensitive(field("TEXT"))).toBe(false);
});
