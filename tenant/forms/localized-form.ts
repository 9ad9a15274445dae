import type { FormComponent, StepNode } from "auth0-forms";
import type { Form } from "../documents/form";
import type { Json } from "../documents/json";
import { builtInTexts, FALLBACK_TEXTS, type TextKey } from "./built-in-texts";
import { formLocale } from "./locale";

type Entries = { readonly [key: string]: Json };

/** A text to say, e.g. `{key: "ERR_TOO_SHORT_STRING", details: {minLength: 3}}`. */
export interface Message {
  readonly key: TextKey;
  readonly details?: Readonly<Record<string, string | number>>;
}

/** A form in one language: its components with their translations, and its texts. */
export class LocalizedForm {
  readonly locale: string;
  private readonly translation: Entries;

  constructor(
    readonly form: Form,
    preferredLocales: readonly string[],
  ) {
    this.locale = formLocale(form, preferredLocales);
    this.translation = form.translations?.[this.locale] ?? {};
  }

  /** The form's own text where it has one in this language, else the built-in one. */
  text({ key, details = {} }: Message): string {
    const primary = this.form.messages?.errors?.[key];
    const isPrimary = Object.keys(this.translation).length === 0;
    const text =
      string(entries(entries(this.translation.messages).errors)[key]) ??
      (isPrimary ? primary : undefined) ??
      builtInTexts(this.locale)?.[key] ??
      primary ??
      FALLBACK_TEXTS[key];
    return Object.entries(details).reduce((said, [name, value]) => said.replaceAll(`{{${name}}}`, String(value)), text);
  }

  /** What `t('key')` stands for. */
  customMessage(key: string): string | undefined {
    const { custom } = this.form.messages ?? {};
    return (
      string(entries(entries(this.translation.messages).custom)[key]) ??
      (custom !== undefined && Object.hasOwn(custom, key) ? custom[key] : undefined)
    );
  }

  components(step: StepNode): readonly FormComponent[] {
    const translations = entries(this.translation.components);
    return (step.config?.components ?? []).map((component) => {
      const translation = entries(translations[component.id]);
      return Object.keys(translation).length === 0 ? component : translated(component, translation);
    });
  }
}

/** Texts are translated; what is answered with, such as the value of an option, stays as it is. */
function translated(component: FormComponent, translation: Entries): FormComponent {
  const label = string(translation.label);
  const hint = string(translation.hint);
  const { options, ...texts } = entries(translation.config);
  return {
    ...component,
    ...(label !== undefined && { label }),
    ...(hint !== undefined && { hint }),
    ...(component.config !== undefined && {
      config: {
        ...component.config,
        ...textsOf(texts, component.config),
        ...(component.config.options !== undefined && {
          options: translatedOptions(component.config.options, options),
        }),
      },
    }),
  };
}

const TEXTS = new Set([
  "content",
  "placeholder",
  "text",
  "active_text",
  "button_text",
  "waiting_text",
  "src",
  "default_value",
]);

function textsOf(texts: Entries, config: Entries): Entries {
  return Object.fromEntries(
    Object.entries(texts)
      .filter(([key, value]) => value !== null && value !== "" && (TEXTS.has(key) || isEntries(config[key])))
      .map(([key, value]) => [key, isEntries(value) ? { ...entries(config[key]), ...value } : value]),
  );
}

function translatedOptions(options: Json, translations: Json | undefined): Json {
  // The options of a BOOLEAN are an object: the words for true and false.
  if (!Array.isArray(options)) {
    return { ...entries(options), ...entries(translations) };
  }
  const list = Array.isArray(translations) ? translations.map(entries) : [];
  return options.map((option, index) => {
    const { value, label } = entries(option);
    const translation = list.find((other) => other.value === value) ?? list[index];
    const isSame = translation?.value === undefined || translation.value === value;
    return { ...entries(option), label: (isSame ? string(translation?.label) : undefined) ?? label ?? null };
  });
}

function isEntries(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entries(value: Json | undefined): Entries {
  return isEntries(value) ? value : {};
}

function string(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
