import { type JsonSchema, STRING } from "auth0-forms/schema";

export const STRINGS = { type: "array", items: STRING } as const;

/** An object with these properties and no other. */
export function object(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema {
  return { type: "object", properties, required, additionalProperties: false };
}

export function string(minLength: number, maxLength: number, description?: string): JsonSchema {
  return { type: "string", minLength, maxLength, ...(description !== undefined && { description }) };
}
