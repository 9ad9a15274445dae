/** A JSON Schema of draft 07; its `description`s appear in Auth0's refusals. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

declare const VALUE: unique symbol;

/** A JSON Schema, and the type of what it lets through; that type is there for the compiler alone. */
export type Schema<T = unknown> = JsonSchema & { readonly [VALUE]?: T };

/** What a schema lets through. */
export type Value<S extends Schema> = S extends Schema<infer T> ? T : never;

type Properties = Readonly<Record<string, Schema>>;

/** Of the names of properties those that may be left out, without their `?`. */
type Optional<Name> = Name extends `${infer Plain}?` ? Plain : never;
type Required<Name> = Name extends `${string}?` ? never : Name;
type Flat<T> = { [Key in keyof T]: T[Key] };
/** What `shape` lets through. */
export type Shape<P extends Properties> = Flat<
  { readonly [Name in keyof P as Required<Name>]: Value<P[Name]> } & {
    readonly [Name in keyof P as Optional<Name>]?: Value<P[Name]>;
  }
>;

export const ANYTHING: Schema<Json> = {};
export const STRING: Schema<string> = { type: "string" };
export const NUMBER: Schema<number> = { type: "number" };
export const INTEGER: Schema<number> = { type: "integer" };
export const BOOLEAN: Schema<boolean> = { type: "boolean" };
export const EMAIL: Schema<string> = { type: "string", format: "email" };
export const TRUE: Schema<true> = { type: "boolean", const: true };
export const NULL: Schema<null> = { type: "null" };
export const OBJECT: Schema<{ readonly [key: string]: Json }> = { type: "object" };

/** An object with these properties and no other; a name that ends in `?` may be left out. */
export function shape<P extends Properties>(properties: P): Schema<Shape<P>> {
  const names = Object.keys(properties);
  return {
    type: "object",
    additionalProperties: false,
    required: names.filter((name) => !name.endsWith("?")),
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ""), properties[name]])),
  };
}

/** As `shape`, but other properties are let through, where Auth0 does so. */
export function openShape<P extends Properties>(properties: P): Schema<Shape<P> & { readonly [key: string]: unknown }> {
  return { ...shape(properties), additionalProperties: true };
}

/** Lengths are of Unicode code points, as JSON Schema counts them: an emoji is one. */
export function text(minLength: number, maxLength?: number): Schema<string> {
  return { type: "string", minLength, ...(maxLength !== undefined && { maxLength }) };
}

/** @param title what the pattern means, in words for people */
export function pattern(regularExpression: string, title: string): Schema<string> {
  return { type: "string", pattern: regularExpression, title };
}

export function oneOf<const V extends readonly string[]>(values: V, description?: string): Schema<V[number]> {
  return { type: "string", enum: values, ...(description !== undefined && { description }) };
}

export function number(minimum: number, maximum?: number): Schema<number> {
  return { type: "number", minimum, ...(maximum !== undefined && { maximum }) };
}

export function integer(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): Schema<number> {
  return { type: "integer", minimum, maximum };
}

export function list<S extends Schema>(
  items: S,
  limits: { readonly minItems?: number; readonly maxItems?: number } = {},
): Schema<readonly Value<S>[]> {
  return { type: "array", items, ...limits };
}

/** An object whose property names are free. */
export function map<S extends Schema>(values: S): Schema<{ readonly [key: string]: Value<S> }> {
  return { type: "object", additionalProperties: values };
}

export function either<S extends Schema[]>(...alternatives: S): Schema<Value<S[number]>> {
  return { anyOf: alternatives };
}

type Named<T, Property extends string, Name> = T extends unknown
  ? Flat<{ readonly [P in Property]: Name } & Omit<T, Property>>
  : never;
type Variants<Property extends string, S extends Properties> = {
  [Name in keyof S]: Named<Value<S[Name]>, Property, Name>;
}[keyof S];

/**
 * One of several shapes; the property says which.
 *
 * Only the faults of the shape that it names are told, where a plain `oneOf` would tell those of all.
 */
export function variants<const Property extends string, S extends Properties>(
  property: Property,
  shapes: S,
): Schema<Variants<Property, S>> {
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

/** The same properties, each of which may also be null: an update removes it so. */
export function nullable<P extends Properties>(properties: P): { [Name in keyof P]: Schema<Value<P[Name]> | null> } {
  return mapValues(properties, (schema) => ({
    ...schema,
    type: [schema.type, "null"].flat(),
    ...(Array.isArray(schema.enum) && { enum: [...schema.enum, null] }),
  })) as { [Name in keyof P]: Schema<Value<P[Name]> | null> };
}

export function mapValues<T, R, Name extends string>(
  record: Readonly<Record<Name, T>>,
  change: (value: T, key: Name) => R,
): Record<Name, R> {
  const entries = Object.entries(record) as [Name, T][];
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value, key)])) as Record<Name, R>;
}
