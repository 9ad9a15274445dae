import { isSame, objectOf } from "../json-value";
import { type FieldChange, type Option, optionsOf } from "./field-changes";
import type { FormComponent } from "./form-graph";

/** Why the same value under the same key is not the same answer any more. */
export type Meaning =
  | { readonly what: "label"; readonly value: string; readonly before: string; readonly after: string }
  | { readonly what: "type"; readonly before: string; readonly after: string }
  | { readonly what: "setting"; readonly name: string; readonly before?: unknown; readonly after?: unknown };

/** Settings that make another value of an answer: a list instead of a text, a text instead of an object. */
const OF_THE_VALUE = ["multiple", "country_picker", "format", "hash"];

export function meaningsOf({ before, after, keys }: FieldChange): readonly Meaning[] {
  const isKept = keys.before.some((key) => keys.after.includes(key));
  if (before === undefined || after === undefined || !isKept) {
    return [];
  }
  if (before.type !== after.type) {
    return [{ what: "type", before: before.type, after: after.type }];
  }
  const settings = OF_THE_VALUE.filter(
    (name) => !isSame(before.config[name] ?? false, after.config[name] ?? false),
  ).map((name): Meaning => ({ what: "setting", name, before: before.config[name], after: after.config[name] }));
  return [...settings, ...labels(choicesOf(before), choicesOf(after))];
}

/** What a value stands for, to people. */
function choicesOf(component: FormComponent): readonly Option[] {
  if (component.type !== "BOOLEAN") {
    return optionsOf(component);
  }
  const labels = { true: "Yes", false: "No", ...objectOf(component.config.options) };
  return Object.entries(labels).map(([value, label]) => ({ value, label: String(label) }));
}

/** Another wording is another label; a label that stood for another value is another meaning. */
function labels(before: readonly Option[], after: readonly Option[]): readonly Meaning[] {
  const old = new Map(before.map(({ value, label }) => [value, label]));
  return after.flatMap(({ value, label }): readonly Meaning[] => {
    const then = old.get(value);
    const isTaken = before.some((other) => other.value !== value && other.label === label);
    return then !== undefined && then !== label && isTaken
      ? [{ what: "label", value, before: then, after: label }]
      : [];
  });
}
