import { MAX_LANGUAGE_CHARACTERS } from "auth0-forms";
import { checkText, isKnown } from "../checks";
import { shown } from "../shown";
import type { Problems } from "../validation-error";

/** Adds what is no locale: `en`, `pt-BR`, `zh-Hant-TW`. */
export function checkLanguage(what: string, language: unknown, problems: Problems): void {
  checkText(what, language, { min: 1, max: MAX_LANGUAGE_CHARACTERS }, problems);
  if (typeof language === "string" && isKnown(language) && language !== "" && !isLocale(language)) {
    problems.add(`${what} must be a locale such as "en" or "pt-BR", got ${shown(language)}; choose another one`);
  }
}

function isLocale(language: string): boolean {
  try {
    return new Intl.DisplayNames("en", { type: "language", fallback: "none" }).of(language) !== undefined;
  } catch {
    return false;
  }
}
