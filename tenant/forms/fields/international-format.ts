import { Metadata, type MetadataJson } from "libphonenumber-js/core";
import type { PhoneNumber } from "libphonenumber-js/max";
import metadata from "libphonenumber-js/max/metadata";

/** What the library knows of how a country writes its numbers; its own types leave it out. */
interface NumberFormat {
  pattern(): string;
  internationalFormat(): string;
  leadingDigitsPatterns(): readonly string[];
}

/**
 * A number in international form with the separators of its country, as in `+1 800-555-0175`: so stands it in Auth0's
 * example, while `formatInternational()` of the library separates by spaces only.
 */
export function internationalFormat(number: PhoneNumber): string {
  const { country, countryCallingCode, nationalNumber } = number;
  if (country === undefined) {
    return number.formatInternational();
  }
  const plans = new Metadata(metadata as unknown as MetadataJson);
  plans.selectNumberingPlan(country);
  const { formats } = plans.numberingPlan as unknown as { formats(): readonly NumberFormat[] };
  const format = formats
    .call(plans.numberingPlan)
    .find(
      (candidate) =>
        startsLike(nationalNumber, candidate.leadingDigitsPatterns()) &&
        new RegExp(`^(?:${candidate.pattern()})$`).test(nationalNumber),
    );
  if (format === undefined) {
    return number.formatInternational();
  }
  const written = nationalNumber.replace(new RegExp(format.pattern()), format.internationalFormat());
  return `+${countryCallingCode} ${written}`;
}

function startsLike(nationalNumber: string, leadingDigits: readonly string[]): boolean {
  const strictest = leadingDigits.at(-1);
  return strictest === undefined || new RegExp(`^(?:${strictest})`).test(nationalNumber);
}
