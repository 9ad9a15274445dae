import { builtInTexts } from "../../../tenant/forms/built-in-texts";
import { countryOf, formLocale, preferredLocales } from "../../../tenant/forms/locale";
import { block, field, formOf, OPTIONS, rendered } from "../../support/rendered-step";

describe("languages", () => {
  const ENGLISH: Readonly<Record<string, string>> = builtInTexts("en") ?? {};

  test.each(["ja", "es", "de", "fr"])("%s says everything that English says, with the same numbers in it", (locale) => {
    const texts: Readonly<Record<string, string>> = builtInTexts(locale) ?? {};
    const placeholders = (text: string | undefined) => text?.match(/\{\{\w+\}\}/g);

    expect(Object.keys(texts)).toEqual(Object.keys(ENGLISH));
    for (const [key, text] of Object.entries(ENGLISH)) {
      expect(placeholders(texts[key])).toEqual(placeholders(text));
    }
  });

  const components = [
    field("TEXT", { required: true, hint: "Hint" }),
    field("DROPDOWN", { id: "size", config: { options: OPTIONS, placeholder: "Choose" } }),
    field("BOOLEAN", { id: "yes", config: { options: { true: "Yep", false: "Nope" } } }),
    block("RICH_TEXT", { content: "<h2>{{t('title')}}</h2>" }),
  ];
  const form = formOf(components, {
    languages: { primary: "en" },
    messages: { custom: { title: "About you" }, errors: { ERR_REQUIRED_PROPERTY: "We need this." } },
    translations: {
      ja: {
        messages: { custom: { title: "あなたについて" }, errors: {} },
        components: {
          answer: { label: "回答", hint: "ヒント" },
          size: {
            config: {
              placeholder: "選択",
              options: [
                { value: "l", label: "大" },
                { value: "s", label: "小" },
              ],
            },
          },
          yes: { config: { options: { true: "はい" } } },
        },
      },
      es: { messages: { errors: { ERR_REQUIRED_PROPERTY: "Hace falta." } } },
    },
  });

  test("a form is shown in the browser's language where it is translated; values stay as they are", () => {
    const page = rendered(form, { locales: ["ja-JP", "en"] });

    for (const text of [
      '<html lang="ja">',
      "<h2>あなたについて</h2>",
      "回答",
      "ヒント",
      ">選択<",
      ">はい<",
      ">Nope<",
    ]) {
      expect(page).toContain(text);
    }
    expect(page).toContain('<option value="s">小</option><option value="l">大</option>');
    expect(page).toContain("この項目は必須です。");
  });

  test.each([
    [[], "We need this."],
    [["de"], "We need this."],
    [["es-MX"], "Hace falta."],
  ])("to a browser that asks for %j a missing answer is told as %j", (locales, message) => {
    const error = {
      said: { key: "ERR_INVALID_INPUT" },
      problems: { answer: { key: "ERR_REQUIRED_PROPERTY" } },
    } as const;

    expect(rendered(form, { locales, error })).toContain(`class="af-field-error">${message}</p>`);
  });

  test("a form in a language of its own says the rest in that language", () => {
    const german = formOf([field("TEXT", { required: true })], { languages: { primary: "de" } });

    expect(rendered(german)).toContain("Bitte füllen Sie dieses Feld aus.");
    expect(rendered(formOf([field("TEXT")], { languages: { primary: "ar" } }))).toContain('<html lang="ar" dir="rtl">');
  });

  test.each([
    ["en_US", "en-US", "Germany"],
    ["de_DE", "de-DE", "Deutschland"],
    ["no language", "en", "Germany"],
  ])("a form in %j is shown as one in %s, its countries too", (primary, lang, country) => {
    const page = rendered(formOf([field("TEL", { config: { country_picker: true } })], { languages: { primary } }));

    expect(page).toContain(`<html lang="${lang}"`);
    expect(page).toContain(`>${country} (+49)</option>`);
  });

  test("the default language is that of browsers whose own there is not", () => {
    const languages = { primary: "en", default: "ja" };

    expect(formLocale({ ...form, languages }, ["de"])).toBe("ja");
    expect(formLocale({ ...form, languages }, ["de", "en-GB"])).toBe("en");
    expect(formLocale({ ...form, translations: { "pt-BR": {}, pt: {} } }, ["pt-BR"])).toBe("pt-BR");
  });

  test("browsers and applications say what they prefer", () => {
    expect(preferredLocales("de;q=0.5, ja-jp, *;q=0.1, en;q=0", "fr_CA")).toEqual(["fr-CA", "ja-JP", "de"]);
    expect(preferredLocales(undefined)).toEqual([]);
    expect(preferredLocales("en-US,en;q=0.9")).toEqual(["en-US", "en"]);
    expect([countryOf(["ja"]), countryOf(["en-GB"]), countryOf([])]).toEqual(["JP", "GB", undefined]);
  });
});
