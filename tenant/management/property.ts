import type { JsonSchema } from "./family";

type Properties = Readonly<Record<string, JsonSchema>>;

export const STRING = { type: "string" } as const;
export const BOOLEAN = { type: "boolean" } as const;
export const OBJECT = { type: "object" } as const;
export const STRINGS = { type: "array", items: STRING } as const;

/** An object with these properties and no other. */
export function object(properties: Properties, required: readonly string[] = []): JsonSchema {
  return { type: "object", properties, required, additionalProperties: false };
}

export function string(minLength: number, maxLength: number, description?: string): JsonSchema {
  return { type: "string", minLength, maxLength, ...(description !== undefined && { description }) };
}

export function integer(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): JsonSchema {
  return { type: "integer", minimum, maximum };
}

export function oneOf(values: readonly string[], description?: string): JsonSchema {
  return { type: "string", enum: values, ...(description !== undefined && { description }) };
}

/** The same properties, each of which may also be null: an update removes it so. */
export function nullable(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      {
        ...schema,
        type: [schema.type, "null"].flat(),
        ...(Array.isArray(schema.enum) && { enum: [...schema.enum, null] }),
      },
    ]),
  );
}
