import { isObject, isSame, listOf, sortedJson, textOf } from "../json-value";
import { codeSpan } from "../markdown/markdown-text";
import type { FormComponent } from "./form-graph";
import { htmlText, quoted, shortChange } from "./wording";

/** A component of a step, and what the plan makes of it. */
export interface FieldChange {
  readonly id: string;
  readonly change: "added" | "removed" | "changed";
  readonly before?: FormComponent;
  readonly after?: FormComponent;
  /** What it is, or what changes, as Markdown. */
  readonly texts: readonly string[];
  /** Values of options that can no longer be chosen. */
  readonly removedOptions: readonly string[];
}

/** Settings whose values are shown; of any other, which may be a credential, only the name. */
const SHOWN_SETTINGS: Readonly<Record<string, string>> = {
  content: "text",
  text: "text",
  active_text: "text",
  button_text: "button",
  waiting_text: "text while waiting",
  placeholder: "placeholder",
  default_value: "default value",
  multiline: "several lines",
  multiple: "several choices",
  country_picker: "country picker",
  min_length: "fewest characters",
  max_length: "most characters",
  min_value: "least value",
  max_value: "greatest value",
  format: "format",
  complexity: "complexity",
  position: "position",
  height: "height",
  next_node: "leads to",
  extensions: "extensions",
  categories: "kinds of files",
  maxSize: "greatest size",
  maxFiles: "most files",
  allow_other: "other answers",
  hide_labels: "hidden labels",
  strings: "texts",
};

/** @param keys of `user_metadata` that the answer to a component is written to */
export function fieldChanges(
  before: readonly FormComponent[],
  after: readonly FormComponent[],
  keys: { readonly before: (id: string) => readonly string[]; readonly after: (id: string) => readonly string[] },
): readonly FieldChange[] {
  const then = new Map(before.map((component) => [component.id, component]));
  const now = new Map(after.map((component) => [component.id, component]));
  const kept = after.flatMap((component): FieldChange[] => {
    const { id } = component;
    const old = then.get(id);
    if (old === undefined) {
      const texts = descriptionOf(component, keys.after(id));
      return [{ id, change: "added", after: component, texts, removedOptions: [] }];
    }
    const texts = [...differences(old, component), ...keyDifference(keys.before(id), keys.after(id))];
    if (texts.length === 0) {
      return [];
    }
    const removedOptions = optionsOf(old).map(({ value }) => value);
    const values = new Set(optionsOf(component).map(({ value }) => value));
    return [
      {
        id,
        change: "changed",
        before: old,
        after: component,
        texts,
        // Of another type it has no options to compare.
        removedOptions: values.size === 0 ? [] : removedOptions.filter((value) => !values.has(value)),
      },
    ];
  });
  const removed = before
    .filter(({ id }) => !now.has(id))
    .map((component): FieldChange => {
      const { id } = component;
      return {
        id,
        change: "removed",
        before: component,
        texts: descriptionOf(component, keys.before(id)),
        removedOptions: [],
      };
    });
  return [...kept, ...removed];
}

/** What a component is, as Markdown: its type, whether it is required, what is written, its texts. */
function descriptionOf(component: FormComponent, keys: readonly string[]): readonly string[] {
  const { category, type, config, isRequired, isSensitive, hint } = component;
  if (category === "BLOCK") {
    return [codeSpan(type), ...blockTexts(component)];
  }
  const options = optionsOf(component);
  return [
    `${codeSpan(type)}, ${isRequired ? "**required**" : "optional"}`,
    ...(keys.length === 0 ? [] : [`writes ${keys.map(codeSpan).join(", ")}`]),
    ...(options.length === 0 ? [] : [`${options.length} options: ${optionList(options.map(({ value }) => value))}`]),
    ...(hint === undefined ? [] : [`hint ${quoted(hint)}`]),
    ...(textOf(config.text) === undefined ? [] : [quoted(htmlText(String(config.text)))]),
    ...(isSensitive ? ["masked in Auth0's executions"] : []),
  ];
}

function blockTexts({ config }: FormComponent): readonly string[] {
  return [config.content, config.text, config.button_text]
    .filter((text) => typeof text === "string")
    .map((text) => quoted(htmlText(text)));
}

function differences(before: FormComponent, after: FormComponent): readonly string[] {
  const settings = [...new Set([...Object.keys(before.config), ...Object.keys(after.config)])].sort();
  return [
    ...(before.type === after.type ? [] : [`${codeSpan(before.type)} → ${codeSpan(after.type)}`]),
    ...requiredDifference(before, after),
    ...textDifference("label", before.label, after.label),
    ...textDifference("hint", before.hint, after.hint),
    ...(before.isSensitive === after.isSensitive
      ? []
      : [after.isSensitive ? "masked in Auth0's executions now" : "no longer masked in Auth0's executions"]),
    ...settings.flatMap((name) => settingDifference(name, before, after)),
  ];
}

function requiredDifference(before: FormComponent, after: FormComponent): readonly string[] {
  if (before.isRequired === after.isRequired) {
    return [];
  }
  return [after.isRequired ? "**required now**" : "optional now"];
}

function keyDifference(before: readonly string[], after: readonly string[]): readonly string[] {
  if (isSame(before, after)) {
    return [];
  }
  if (before.length === 0) {
    return [`writes ${after.map(codeSpan).join(", ")} now`];
  }
  if (after.length === 0) {
    return [`no longer writes ${before.map(codeSpan).join(", ")}`];
  }
  return [`writes ${before.map(codeSpan).join(", ")} → ${after.map(codeSpan).join(", ")}`];
}

function settingDifference(name: string, before: FormComponent, after: FormComponent): readonly string[] {
  const [old, now] = [before.config[name], after.config[name]];
  if (isSame(old, now)) {
    return [];
  }
  if (name === "options" && [old, now].every((options) => options === undefined || Array.isArray(options))) {
    return optionDifferences(optionsOf(before), optionsOf(after));
  }
  const shown = Object.hasOwn(SHOWN_SETTINGS, name) ? SHOWN_SETTINGS[name] : undefined;
  if (shown === undefined) {
    return [`${codeSpan(name)} ${verb(old, now)}`];
  }
  if (name === "content" || name === "text") {
    return wordingDifference(shown, old, now);
  }
  return textDifference(shown, settingText(old), settingText(now));
}

/** Of rich text what a person reads. */
function wordingDifference(name: string, before: unknown, after: unknown): readonly string[] {
  const [old, now] = [before, after].map((html) => (typeof html === "string" ? htmlText(html) : undefined));
  if (old !== undefined && old === now) {
    return [`only the markup of the ${name}`];
  }
  return textDifference(name, old, now);
}

function textDifference(name: string, before: string | undefined, after: string | undefined): readonly string[] {
  if (before === after) {
    return [];
  }
  if (before === undefined) {
    return [`${name}: ${quoted(after ?? "")}`];
  }
  if (after === undefined) {
    return [`no ${name} any more (${quoted(before)})`];
  }
  return [`${name}: ${shortChange(before, after)}`];
}

interface Option {
  readonly value: string;
  readonly label: string;
}

function optionDifferences(before: readonly Option[], after: readonly Option[]): readonly string[] {
  const labels = new Map(before.map(({ value, label }) => [value, label]));
  const values = new Set(after.map(({ value }) => value));
  const added = after.filter(({ value }) => !labels.has(value)).map(({ value }) => value);
  const removed = before.filter(({ value }) => !values.has(value)).map(({ value }) => value);
  const renamed = after.filter(({ value, label }) => labels.has(value) && labels.get(value) !== label);
  const isMoved = !isSame(
    before.map(({ value }) => value).filter((value) => values.has(value)),
    after.map(({ value }) => value).filter((value) => labels.has(value)),
  );
  return [
    ...(added.length === 0 ? [] : [`options added: ${optionList(added)}`]),
    ...(removed.length === 0 ? [] : [`options removed: ${optionList(removed)}`]),
    ...renamed
      .map(({ value, label }) => `option ${quoted(value)}: ${shortChange(labels.get(value) ?? "", label)}`)
      .slice(0, 5),
    ...(renamed.length > 5 ? [`${renamed.length - 5} more options have other labels`] : []),
    ...(isMoved ? ["options in another order"] : []),
  ];
}

function optionList(values: readonly string[]): string {
  const shown = values.slice(0, 12).map((value) => quoted(value, 40));
  return values.length > 12 ? `${shown.join(", ")} and ${values.length - 12} more` : shown.join(", ");
}

function optionsOf({ config }: FormComponent): readonly Option[] {
  return listOf(config.options)
    .filter(isObject)
    .map(({ value, label }) => ({ value: settingText(value) ?? "", label: settingText(label) ?? "" }));
}

function settingText(value: unknown): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value === "boolean") {
    return value ? "yes" : "no";
  }
  return typeof value === "string" ? value : sortedJson(value);
}

function verb(before: unknown, after: unknown): string {
  if (before === undefined) {
    return "added";
  }
  return after === undefined ? "removed" : "changed";
}
