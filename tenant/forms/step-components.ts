import type { FormComponent, StepNode } from "auth0-forms";
import type { Json } from "../documents/json";
import type { Scope } from "./expression";
import { fieldTypeOf, isSensitive } from "./fields";
import { MASK } from "./helper-functions";
import { interpolate, resolve } from "./interpolation";
import type { LocalizedForm } from "./localized-form";
import { interpolateHtml } from "./rich-text";

/** Config that holds HTML, by component. */
const HTML_CONFIG: Readonly<Record<string, string>> = { RICH_TEXT: "content", HTML: "content", LEGAL: "text" };

/** Whether the local tenant can show a component; the others need a service that is not there. */
export function isShown(component: FormComponent): boolean {
  return component.category === "BLOCK" || fieldTypeOf(component) !== undefined;
}

/** The components of a step in one language, with their expressions filled in. @throws ExpressionError */
export function stepComponents(form: LocalizedForm, step: StepNode, scope: Scope): readonly FormComponent[] {
  return form.components(step).map((component) => {
    if (!isShown(component)) {
      return component;
    }
    return {
      ...component,
      ...(component.label !== undefined && { label: interpolate(component.label, scope) }),
      ...(component.hint !== undefined && { hint: interpolate(component.hint, scope) }),
      ...(component.config !== undefined && { config: configOf(component, component.config, scope) }),
    };
  });
}

function configOf(
  component: FormComponent,
  config: { readonly [key: string]: Json },
  scope: Scope,
): { readonly [key: string]: Json } {
  const entries = Object.entries(config).map(([key, value]) => {
    if (typeof value === "string" && HTML_CONFIG[component.type] === key) {
      return [key, interpolateHtml(value, scope)];
    }
    // Its {{remaining_seconds}} is known where it is shown.
    if (key === "waiting_text") {
      return [key, value];
    }
    return [key, resolve(value, scope)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The answers as they may be seen: passwords and the fields that are marked so are masked. */
export function maskedFields(
  components: readonly FormComponent[],
  fields: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const sensitive = new Set(components.filter(isSensitive).map(({ id }) => id));
  return Object.fromEntries(
    Object.entries(fields).map(([id, value]) => [id, sensitive.has(id) ? maskedLeaves(value) : value]),
  );
}

/** A value whose shape can be seen but nothing of what it holds. */
export function maskedLeaves(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(maskedLeaves);
  }
  if (typeof value !== "object" || value === null) {
    return MASK;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskedLeaves(inner)]));
}
