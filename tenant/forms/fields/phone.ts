import type { FormComponent } from "auth0-forms";
import { html } from "hono/html";
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import type { Json } from "../../documents/json";
import { textOf } from "../interpolation";
import { type Check, firstFailing } from "./check";
import { configEntry, configFlag, configNumber, configText, lengthChecks, requiredCheck } from "./config";
import {
  attributes,
  type Entered,
  type FieldType,
  type Html,
  type Reading,
  type ShownField,
  single,
} from "./field-type";
import { internationalFormat } from "./international-format";

/** Where nothing tells the country. */
const DEFAULT_COUNTRY = "US";
/** Digits, and what people write between them. */
const PHONE_PATTERN = "^(?=.*[0-9])[+]?[0-9 ()./-]+$";

/**
 * A phone number: as it was typed or, with the country picker, an object with its national and international forms.
 *
 * @see https://auth0.com/docs/customize/forms/nodes-and-components#field-components
 */
export const phone: FieldType = {
  checks,
  read: (field, entered) => {
    const typed = single(entered).trim();
    const problem = firstFailing(checks(field), typed);
    if (problem !== undefined) {
      return { problem };
    }
    if (typed === "") {
      return { answer: undefined };
    }
    return hasPicker(field) ? international(typed, single(entered, "country")) : { answer: typed };
  },
  entered: (answer, field) => (hasPicker(field) ? enteredInternational(answer) : { "": [textOf(answer)] }),
  input: (shown) => (hasPicker(shown.field) ? withPicker(shown) : numberInput(shown, "tel")),
};

function hasPicker(field: FormComponent): boolean {
  return configFlag(field, "country_picker");
}

function checks(field: FormComponent): readonly Check[] {
  return [
    ...requiredCheck(field),
    ...lengthChecks(field),
    { kind: "pattern", limit: PHONE_PATTERN, key: "ERR_PHONE_EXPECTED" },
  ];
}

function international(typed: string, country: string): Reading {
  const number = isCountry(country) ? parsePhoneNumberFromString(typed, country) : undefined;
  if (number === undefined || !number.isValid()) {
    return { problem: { key: "ERR_PHONE_EXPECTED" } };
  }
  return {
    answer: {
      national_number: number.nationalNumber,
      national_format: number.formatNational(),
      international_number: number.number,
      international_format: internationalFormat(number),
      country_code_iso: number.country ?? country,
      country_code_number: number.countryCallingCode,
    },
  };
}

function enteredInternational(answer: Json): Entered {
  const number = numberIn(answer);
  if (number === undefined) {
    return { "": [typeof answer === "object" ? "" : textOf(answer)] };
  }
  return { "": [number.formatNational()], country: number.country === undefined ? [] : [number.country] };
}

/** An answer of the field, or a number in international form. */
function numberIn(answer: Json): PhoneNumber | undefined {
  const text =
    typeof answer === "object" && answer !== null && !Array.isArray(answer) ? answer.international_number : answer;
  return parsePhoneNumberFromString(textOf(text));
}

function isCountry(code: string): code is CountryCode {
  return (getCountries() as readonly string[]).includes(code);
}

function numberInput({ field, entered, id, name, aria, text }: ShownField, autocomplete: string): Html {
  return html`<input type="tel"${attributes({
    id,
    name: name(),
    class: "af-stringField-input af-telField-input",
    value: single(entered),
    autocomplete,
    required: field.required,
    placeholder: configText(field, "placeholder"),
    minlength: configNumber(field, "min_length"),
    maxlength: configNumber(field, "max_length"),
    "aria-label": field.label === undefined ? text({ key: "phone_number" }) : undefined,
    ...aria,
  })}>`;
}

/** A native list of countries, which the page's script makes one to search in. */
function withPicker(shown: ShownField): Html {
  const { field, entered, id, name, locale, text, country } = shown;
  const entry = single(entered, "country");
  const chosen = [entry, country ?? ""].find(isCountry) ?? DEFAULT_COUNTRY;
  const names = new Intl.DisplayNames([locale, "en"], { type: "region" });
  const countries = getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code, callingCode: getCountryCallingCode(code) }))
    .sort((one, other) => one.name.localeCompare(other.name, locale));
  return html`<div class="af-telField-parts"><span class="af-dropdown af-telField-country"><select${attributes({
    id: `${id}-country`,
    name: name("country"),
    class: "af-stringField-input",
    autocomplete: "country",
    "aria-label": text({ key: "country" }),
    "data-search": textOf(configEntry(field, "strings")?.filter_placeholder) || text({ key: "search_country" }),
    "data-none": text({ key: "no_country" }),
  })}>
    ${countries.map(
      ({ code, name, callingCode }) =>
        html`<option${attributes({ value: code, selected: code === chosen, "data-calling-code": callingCode })}>${name} (+${callingCode})</option>`,
    )}
  </select></span>${numberInput(shown, "tel")}</div>`;
}
