import type { JsonSchema } from "./family";
import { oneOf } from "./property";

export const ANYTHING: JsonSchema = {};
export const NUMBER: JsonSchema = { type: "number" };

/** An object with these properties and no other; a name that ends in `?` may be left out. */
export function shape(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const names = Object.keys(properties);
  return {
    type: "object",
    additionalProperties: false,
    required: names.filter((name) => !name.endsWith("?")),
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ""), properties[name]])),
  };
}

/** As `shape`, but other properties are let through, where Auth0 does so. */
export function openShape(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { ...shape(properties), additionalProperties: true };
}

export function text(minLength: number, maxLength?: number): JsonSchema {
  return { type: "string", minLength, ...(maxLength !== undefined && { maxLength }) };
}

export function pattern(regularExpression: string): JsonSchema {
  return { type: "string", pattern: regularExpression };
}

export function number(minimum: number, maximum: number): JsonSchema {
  return { type: "number", minimum, maximum };
}

export function list(
  items: JsonSchema,
  limits: { readonly minItems?: number; readonly maxItems?: number } = {},
): JsonSchema {
  return { type: "array", items, ...limits };
}

/** An object whose property names are free. */
export function map(values: JsonSchema): JsonSchema {
  return { type: "object", additionalProperties: values };
}

export function either(...alternatives: JsonSchema[]): JsonSchema {
  return { anyOf: alternatives };
}

/**
 * One of several shapes; the property says which.
 *
 * Only the faults of the shape that it names are told, where a plain `oneOf` would tell those of all.
 */
export function variants(property: string, shapes: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return {
    type: "object",
    required: [property],
    // Said apart from the discriminator, so that an unknown word is refused by its own name.
    properties: { [property]: oneOf(Object.keys(shapes)) },
    discriminator: { propertyName: property },
    oneOf: Object.entries(shapes).map(([name, schema]) => withProperty(schema, property, name)),
  };
}

function withProperty(schema: JsonSchema, property: string, value: string): JsonSchema {
  const properties = { ...(schema.properties as object), [property]: { type: "string", const: value } };
  return { ...schema, properties };
}

export function mapValues<T, R>(
  record: Readonly<Record<string, T>>,
  change: (value: T, key: string) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
