export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export type JsonObject = { readonly [key: string]: Json };

/** What there is; nothing where it is no object. */
export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** What is given as one value or as a list of some. */
export function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}
