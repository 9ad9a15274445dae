import { type Aspect, type FieldChange, type Option, optionsOf, settingText } from "../form/field-changes";
import type { FormComponent } from "../form/form-graph";
import { htmlText } from "../html-text";
import { isSame, textOf } from "../json-value";
import { codeSpan } from "./markdown-text";
import { codeSpans, quoted, shortChange, TAKING_BACK } from "./wording";

/** Settings whose values are shown; of any other, which may be a credential, only the name. */
const SHOWN_SETTINGS: Readonly<Record<string, string>> = {
  content: "text",
  text: "text",
  active_text: "text",
  button_text: "button",
  waiting_text: "text while waiting",
  placeholder: "placeholder",
  default_value: "default value",
  src: "image",
  image_url: "image",
  params: "parameters",
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

/** What a field is, or what changes of it, each a part of a line. */
export function fieldTexts(field: FieldChange): readonly string[] {
  const texts = changeTexts(field);
  return field.isTakingBack === true ? [...texts, TAKING_BACK] : texts;
}

function changeTexts(field: FieldChange): readonly string[] {
  const { before, after, keys } = field;
  if (before !== undefined && after !== undefined) {
    const settings = field.settings.flatMap((name) => settingDifference(name, before, after));
    return [
      ...field.aspects.flatMap((aspect) => ASPECTS[aspect](before, after)),
      ...settings,
      ...keyDifference(keys.before, keys.after),
    ];
  }
  const component = after ?? before;
  return component === undefined ? [] : descriptionOf(component, after === undefined ? keys.before : keys.after);
}

const ASPECTS: { readonly [Name in Aspect]: (before: FormComponent, after: FormComponent) => readonly string[] } = {
  type: (before, after) => [`${codeSpan(before.type)} → ${codeSpan(after.type)}`],
  isRequired: (_, { isRequired }) => [isRequired ? "**required now**" : "optional now"],
  label: (before, after) => textDifference("label", before.label, after.label),
  hint: (before, after) => textDifference("hint", before.hint, after.hint),
  isSensitive: (_, { isSensitive }) => [
    isSensitive ? "masked in Auth0's executions now" : "no longer masked in Auth0's executions",
  ],
};

/** What a component is, as Markdown: its type, whether it is required, what is written, its texts. */
function descriptionOf(component: FormComponent, keys: readonly string[]): readonly string[] {
  const { category, type, config, isRequired, isSensitive, hint } = component;
  if (category === "BLOCK") {
    return [codeSpan(type), ...blockTexts(component)];
  }
  const options = optionsOf(component);
  return [
    `${codeSpan(type)}, ${isRequired ? "**required**" : "optional"}`,
    ...(keys.length === 0 ? [] : [`writes ${codeSpans(keys)}`]),
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

function keyDifference(before: readonly string[], after: readonly string[]): readonly string[] {
  if (isSame(before, after)) {
    return [];
  }
  if (before.length === 0) {
    return [`writes ${codeSpans(after)} now`];
  }
  if (after.length === 0) {
    return [`no longer writes ${codeSpans(before)}`];
  }
  return [`writes ${codeSpans(before)} → ${codeSpans(after)}`];
}

function settingDifference(name: string, before: FormComponent, after: FormComponent): readonly string[] {
  const [old, now] = [before.config[name], after.config[name]];
  const texts = readDifference(name, before, after);
  return texts.length > 0 ? texts : [`${codeSpan(name)} ${verb(old, now)}`];
}

/** Nothing where there is nothing that people read. */
function readDifference(name: string, before: FormComponent, after: FormComponent): readonly string[] {
  const [old, now] = [before.config[name], after.config[name]];
  if (name === "options" && [old, now].every((options) => options === undefined || Array.isArray(options))) {
    return optionDifferences(optionsOf(before), optionsOf(after));
  }
  const shown = Object.hasOwn(SHOWN_SETTINGS, name) ? SHOWN_SETTINGS[name] : undefined;
  if (shown === undefined) {
    return [];
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
    return [`only the markup of the ${name}: ${shortChange(String(before), String(after))}`];
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

function verb(before: unknown, after: unknown): string {
  if (before === undefined) {
    return "added";
  }
  return after === undefined ? "removed" : "changed";
}
