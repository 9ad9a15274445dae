import { isSame } from "../json-value";
import { type FieldChange, optionsOf } from "./field-changes";

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
  return [...settings, ...labels(optionsOf(before), optionsOf(after))];
}

/** Another wording is another label; a label that stood for another value is another meaning. */
function labels(before: ReturnType<typeof optionsOf>, after: ReturnType<typeof optionsOf>): readonly Meaning[] {
  const old = new Map(before.map(({ value, label }) => [value, label]));
  return after.flatMap(({ value, label }): readonly Meaning[] => {
    const then = old.get(value);
    const isTaken = before.some((other) => other.value !== value && other.label === label);
    return then !== undefined && then !== label && isTaken
      ? [{ what: "label", value, before: then, after: label }]
      : [];
  });
}
