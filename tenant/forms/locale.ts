import type { Form } from "../documents/form";

/** The languages that a browser asks for, best first: of `ui_locales` where that is given, then of `Accept-Language`. */
export function preferredLocales(acceptLanguage: string | undefined, uiLocales?: string): readonly string[] {
  const asked = (uiLocales ?? "").split(/\s+/);
  const accepted = (acceptLanguage ?? "")
    .split(",")
    .map((range) => {
      const [tag = "", ...parameters] = range.trim().split(/\s*;\s*/);
      const quality = parameters.find((parameter) => parameter.startsWith("q="));
      return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);
  return [...new Set([...asked, ...accepted].map(canonical).filter((tag) => tag !== undefined))];
}

/** The language in which a form is shown: the first of the preferred ones that it has, else the one it falls back to. */
export function formLocale(form: Form, preferred: readonly string[]): string {
  const primary = form.languages?.primary ?? "en";
  const available = [primary, ...Object.keys(form.translations ?? {})];
  for (const wanted of preferred) {
    const found =
      available.find((locale) => canonical(locale) === wanted) ??
      available.find((locale) => languageOf(locale) === languageOf(wanted));
    if (found !== undefined) {
      return found;
    }
  }
  return form.languages?.default ?? primary;
}

/** The country that a browser's languages hint at, as in `JP`; the hosted form takes the place of the IP address. */
export function countryOf(preferred: readonly string[]): string | undefined {
  const [first] = preferred;
  return first === undefined ? undefined : new Intl.Locale(first).maximize().region;
}

export function languageOf(locale: string): string {
  return canonical(locale)?.split("-")[0] ?? locale;
}

/** A form's language for what takes BCP 47 only; English where it is none. */
export function languageTag(locale: string): string {
  return canonical(locale) ?? "en";
}

/** In the spelling of BCP 47; undefined what is no language tag, such as `*`. */
export function canonical(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll("_", "-"))[0];
  } catch {
    return undefined;
  }
}
