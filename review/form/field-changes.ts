import { isObject, isSame, listOf, sortedJson } from "../json-value";
import type { FormComponent } from "./form-graph";

/** A component of a step, and what the plan makes of it. */
export interface FieldChange {
  readonly id: string;
  readonly change: "added" | "removed" | "changed";
  readonly before?: FormComponent;
  readonly after?: FormComponent;
  /** The keys of `user_metadata` that its answer is written to. */
  readonly keys: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** What of it is another than before. */
  readonly aspects: readonly Aspect[];
  /** Names of the settings in its `config` that are others than before. */
  readonly settings: readonly string[];
  /** Values of options that can no longer be chosen. */
  readonly removedOptions: readonly string[];
  /** Whether it is only as it was before somebody changed it outside of Terraform. */
  readonly isTakingBack?: boolean;
}

const ASPECTS = ["type", "isRequired", "label", "hint", "isSensitive"] as const satisfies (keyof FormComponent)[];

export type Aspect = (typeof ASPECTS)[number];

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** @param keys of `user_metadata` that the answer to a component is written to */
export function fieldChanges(
  before: readonly FormComponent[],
  after: readonly FormComponent[],
  keys: { readonly before: (id: string) => readonly string[]; readonly after: (id: string) => readonly string[] },
): readonly FieldChange[] {
  const then = new Map(before.map((component) => [component.id, component]));
  const now = new Set(after.map(({ id }) => id));
  const kept = after.flatMap((component): FieldChange[] => {
    const { id } = component;
    const old = then.get(id);
    if (old === undefined) {
      return [whole("added", component, { before: [], after: keys.after(id) })];
    }
    const written = { before: keys.before(id), after: keys.after(id) };
    const aspects = ASPECTS.filter((aspect) => old[aspect] !== component[aspect]);
    const settings = changedSettings(old, component);
    if (aspects.length === 0 && settings.length === 0 && isSame(written.before, written.after)) {
      return [];
    }
    const removedOptions = removedValues(old, component);
    return [{ id, change: "changed", before: old, after: component, keys: written, aspects, settings, removedOptions }];
  });
  const removed = before
    .filter(({ id }) => !now.has(id))
    .map((component) => whole("removed", component, { before: keys.before(component.id), after: [] }));
  return [...kept, ...removed];
}

/** What people choose from, with texts for whatever stands there. */
export function optionsOf({ config }: FormComponent): readonly Option[] {
  return listOf(config.options)
    .filter(isObject)
    .map(({ value, label }) => ({ value: settingText(value) ?? "", label: settingText(label) ?? "" }));
}

/** The value of a setting, or `undefined` where there is none. */
export function settingText(value: unknown): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value === "boolean") {
    return value ? "yes" : "no";
  }
  return typeof value === "string" ? value : sortedJson(value);
}

function whole(change: "added" | "removed", component: FormComponent, keys: FieldChange["keys"]): FieldChange {
  const side = change === "added" ? { after: component } : { before: component };
  return { id: component.id, change, ...side, keys, aspects: [], settings: [], removedOptions: [] };
}

/** Auth0 may give `null` for none. */
function changedSettings(before: FormComponent, after: FormComponent): readonly string[] {
  const names = [...new Set([...Object.keys(before.config), ...Object.keys(after.config)])].sort();
  return names.filter((name) => !isSame(before.config[name] ?? undefined, after.config[name] ?? undefined));
}

function removedValues(before: FormComponent, after: FormComponent): readonly string[] {
  const values = new Set(optionsOf(after).map(({ value }) => value));
  // Of another type it has no options to compare.
  return values.size === 0
    ? []
    : optionsOf(before)
        .map(({ value }) => value)
        .filter((value) => !values.has(value));
}
