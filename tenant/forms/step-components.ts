import type { FormComponent, StepNode } from "auth0-forms";
import { placeOf } from "../documents/form";
import type { Json } from "../documents/json";
import type { Scope } from "./expression";
import { ExpressionError } from "./expression-error";
import { isSensitive } from "./fields";
import { isStandIn } from "./fields/stand-in";
import { MASK } from "./helper-functions";
import { interpolate, resolve } from "./interpolation";
import type { LocalizedForm } from "./localized-form";
import { interpolateHtml, lostIn } from "./rich-text";

/** Config that holds HTML, by component. */
const HTML_CONFIG: Readonly<Record<string, string>> = { RICH_TEXT: "content", HTML: "content", LEGAL: "text" };

/** The components of a step in one language, with their expressions filled in. @throws ExpressionError */
export function stepComponents(form: LocalizedForm, step: StepNode, scope: Scope): readonly FormComponent[] {
  return form.components(step).map((component) => {
    try {
      return filledIn(component, scope);
    } catch (error) {
      if (!(error instanceof ExpressionError)) {
        throw error;
      }
      const { id, type } = component;
      throw new ExpressionError(`${placeOf(step)}, ${type} ${JSON.stringify(id)}: ${error.message}`);
    }
  });
}

function filledIn(component: FormComponent, scope: Scope): FormComponent {
  return {
    ...component,
    ...(component.label !== undefined && { label: interpolate(component.label, scope) }),
    ...(component.hint !== undefined && { hint: interpolateHtml(component.hint, scope) }),
    ...(component.config !== undefined &&
      !isStandIn(component) && { config: configOf(component, component.config, scope) }),
  };
}

/** What the HTML of a step's components loses where it is shown, as `HTML "intro" is shown without <script>`. */
export function lostInHtml(components: readonly FormComponent[]): readonly LostHtml[] {
  return components.flatMap((component) => {
    const { type, id, hint, config } = component;
    const content = config?.[HTML_CONFIG[type] ?? ""];
    const lost = [content, hint].flatMap((text) => (typeof text === "string" ? lostIn(text) : []));
    return lost.length === 0 ? [] : [{ component: `${type} "${id}"`, parts: [...new Set(lost)].join(", ") }];
  });
}

export interface LostHtml {
  readonly component: string;
  readonly parts: string;
}

function configOf(
  component: FormComponent,
  config: { readonly [key: string]: Json },
  scope: Scope,
): { readonly [key: string]: Json } {
  const entries = Object.entries(config).map(([key, value]) => {
    // The rest of it is code, which may hold braces of its own.
    if (component.type === "CUSTOM" && key !== "params") {
      return [key, value];
    }
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
