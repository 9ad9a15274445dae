import type { FormComponent } from "auth0-forms";
import type { Json } from "../../documents/json";
import { textOf } from "../interpolation";
import type { Check } from "./check";

/** What the API let through is known to have its shape; expressions that were filled in may have changed the type. */
export function configText(component: FormComponent, key: string): string | undefined {
  const text = textOf(component.config?.[key]);
  return text === "" ? undefined : text;
}

export function configNumber(component: FormComponent, key: string): number | undefined {
  const value = component.config?.[key];
  return typeof value === "number" ? value : undefined;
}

export function configFlag(component: FormComponent, key: string): boolean {
  return component.config?.[key] === true;
}

export function configEntry(component: FormComponent, key: string): { readonly [key: string]: Json } | undefined {
  const value = component.config?.[key];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
}

export function requiredCheck(component: FormComponent, key: Check["key"] = "ERR_REQUIRED_PROPERTY"): readonly Check[] {
  return component.required === true ? [{ kind: "required", key }] : [];
}

export function lengthChecks(component: FormComponent): readonly Check[] {
  const minLength = configNumber(component, "min_length");
  const maxLength = configNumber(component, "max_length");
  return [
    ...limited("min_length", "ERR_TOO_SHORT_STRING", "minLength", minLength),
    ...limited("max_length", "ERR_TOO_LONG_STRING", "maxLength", maxLength),
  ];
}

export function limited(
  kind: "min_length" | "max_length" | "min" | "max",
  key: Check["key"],
  detail: string,
  limit: number | undefined,
): readonly Check[] {
  return limit === undefined ? [] : [{ kind, limit, key, details: { [detail]: limit } }];
}
