import { isKnown, isList } from "../checks";
import { isObject, type Members } from "../fields";
import { shown } from "../shown";
import type { Problems } from "../validation-error";
import { isFlow } from "./flow";
import { checkLanguage } from "./language";
import type { FormSettings, Messages } from "./settings";
import type { IdentifiedComponent } from "./stage";
import type { Words } from "./words";

type SpokenWords = Exclude<Words, string>;

/** A part of a form that has components, and is called by its noun and its id. */
interface Part {
  readonly noun: string;
  readonly id: string;
  readonly components: readonly IdentifiedComponent[];
  /** The part with other components, and all else as it is. */
  withComponents(change: (component: IdentifiedComponent) => IdentifiedComponent): this;
}

/** What of a form has words. */
interface Spoken {
  readonly stages: readonly Part[];
  readonly messages?: Messages;
  readonly translations?: FormSettings["translations"];
}

/** Where words stand in a component; anything else that is an object is no text. */
const TEXTS: ReadonlySet<string> = new Set([
  ...["label", "hint", "content", "text", "placeholder", "active_text", "button_text", "waiting_text"],
  ...["filter_placeholder", "true", "false"],
]);
/** What is not of this library. */
const FOREIGN: ReadonlySet<string> = new Set(["schema", "params", "answer"]);

/** The languages of all words, the primary one first; none where each text is the same in every language. */
function languagesOf(spoken: Spoken, primary: string): readonly string[] {
  const others = new Set<string>();
  visit(spoken, (words) => {
    for (const language of Object.keys(words)) {
      others.add(language);
    }
  });
  others.delete(primary);
  return others.size === 0 ? [] : [primary, ...others];
}

/** Adds which texts lack a language that others have. */
export function checkWords(spoken: Spoken, primary: string, problems: Problems): void {
  const languages = languagesOf(spoken, primary);
  const known = problems.all.length;
  for (const language of languages) {
    checkLanguage(`language ${shown(language)} of a text`, language, problems);
  }
  // A word that is no language is missing everywhere else: that would only hide it.
  if (problems.all.length > known) {
    return;
  }
  visit(spoken, (words, where) => {
    const missing = languages.filter((language) => typeof words[language] !== "string" || words[language] === "");
    if (missing.length > 0 || Object.keys(words).length === 0) {
      const needed = missing.length > 0 ? missing.join(", ") : primary;
      problems.add(
        `${where} has no text in ${needed}; the form's texts are in ${languages.join(", ") || primary}: give it`,
      );
    }
  });
}

/** The form in its primary language, and the others as Auth0 has translations. */
export function inPrimary<S extends Spoken>(spoken: S, primary: string): S {
  const languages = languagesOf(spoken, primary);
  if (languages.length === 0 && !hasWords(spoken)) {
    return spoken;
  }
  const given = spoken.translations ?? {};
  const translations = languages.slice(1).map((language) => {
    const own = given[language] ?? {};
    return [language, { ...own, ...translationOf(spoken, own, primary, language) }];
  });
  return {
    ...spoken,
    stages: spoken.stages.map((stage) =>
      stage.withComponents((component) => textsIn(component, primary) as typeof component),
    ),
    messages: messagesIn(spoken.messages, primary),
    // What is none is left as it is, for the construct to report.
    translations: isObject(given) ? { ...given, ...Object.fromEntries(translations) } : given,
  };
}

function hasWords(spoken: Spoken): boolean {
  let found = false;
  visit(spoken, () => {
    found = true;
  });
  return found;
}

function translationOf({ stages, messages }: Spoken, given: Members, primary: string, language: string): Members {
  const components = stages.flatMap((stage) =>
    stage.components.flatMap((component) => {
      const translated = difference(textsIn(component, primary) as Members, textsIn(component, language) as Members);
      return translated === undefined ? [] : [[component.id, translated] as const];
    }),
  );
  const custom = messagesIn(messages, language);
  const hasMessages =
    messages !== undefined && JSON.stringify(custom) !== JSON.stringify(messagesIn(messages, primary));
  return {
    ...(components.length > 0 && {
      components: { ...Object.fromEntries(components), ...(given.components as object) },
    }),
    ...(hasMessages && { messages: { ...custom, ...(given.messages as object) } }),
  };
}

function messagesIn(messages: Messages | undefined, language: string): Messages | undefined {
  if (!isObject(messages)) {
    return messages;
  }
  const spoken = Object.entries(messages).map(([part, texts]) => [
    part,
    isObject(texts)
      ? Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, isWords(text) ? text[language] : text]))
      : texts,
  ]);
  return Object.fromEntries(spoken);
}

/** The value with each of its words in one language. */
function textsIn(value: unknown, language: string): unknown {
  if (!isKnown(value) || typeof value !== "object" || value === null || isFlow(value)) {
    return value;
  }
  if (isList(value)) {
    return (value as readonly unknown[]).map((member) => textsIn(member, language));
  }
  const members = Reflect.ownKeys(value).map((key) => {
    const member = (value as { readonly [key: PropertyKey]: unknown })[key];
    if (typeof key !== "string" || FOREIGN.has(key)) {
      return [key, member];
    }
    return [key, TEXTS.has(key) && isWords(member) ? member[language] : textsIn(member, language)];
  });
  return Object.fromEntries(members);
}

/** What of a component is said otherwise; of options all of them, since Auth0 has them as one list. */
function difference(primary: Members, other: Members): Members | undefined {
  const entries = Object.keys(primary).flatMap((key): [string, unknown][] => {
    const [before, after] = [primary[key], other[key]];
    if (FOREIGN.has(key) || JSON.stringify(before) === JSON.stringify(after)) {
      return [];
    }
    return [[key, isObject(before) && isObject(after) ? difference(before, after) : after]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** What was given as words; whatever else is wrong with it is told where it is checked. */
function isWords(value: unknown): value is SpokenWords {
  return isObject(value) && isKnown(value);
}

function visit({ stages, messages }: Spoken, found: (words: SpokenWords, where: string) => void): void {
  for (const stage of stages) {
    for (const component of stage.components) {
      visitTexts(component, `${stage.noun} ${shown(stage.id)}: ${component.type} ${shown(component.id)}`, "", found);
    }
  }
  for (const [part, texts] of Object.entries(messages ?? {})) {
    for (const [key, text] of Object.entries(isObject(texts) ? texts : {})) {
      if (isWords(text)) {
        found(text, `messages.${part}.${key}`);
      }
    }
  }
}

function visitTexts(
  value: unknown,
  where: string,
  path: string,
  found: (words: SpokenWords, where: string) => void,
): void {
  if (!isKnown(value) || typeof value !== "object" || value === null || isFlow(value)) {
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    const place = isList(value) ? `${path}[${key}]` : path === "" || path === "config" ? key : `${path}.${key}`;
    if (FOREIGN.has(key)) {
      continue;
    }
    if (!isList(value) && TEXTS.has(key) && isWords(member)) {
      found(member, `${where}: ${place}`);
    } else {
      visitTexts(member, where, place, found);
    }
  }
}
