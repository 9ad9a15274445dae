import type { JsonSchema } from "auth0-forms/schema";
import { type Properties, type Property, union, type Values } from "./values";

type Schemas = Readonly<Record<string, JsonSchema>>;

/** What a JSON Schema lets through, as far as a type of TypeScript can say it: no lengths, sizes and patterns. */
export function schemaValues(schema: JsonSchema): Values {
  if (schema.$ref !== undefined) {
    return { kinds: [String(schema.$ref).replace("#/definitions/", "")] };
  }
  if (schema.anyOf !== undefined) {
    return union((schema.anyOf as JsonSchema[]).map(schemaValues));
  }
  const types = schema.type === undefined ? ["any"] : [schema.type].flat();
  return union(types.map((type) => valuesOfType(String(type), schema)));
}

function valuesOfType(type: string, schema: JsonSchema): Values {
  switch (type) {
    case "object":
      return { objects: objects(schema) };
    case "array":
      return { lists: [schemaValues(schema.items as JsonSchema)] };
    case "string":
      return { kinds: texts(schema) };
    case "integer":
      return { kinds: ["number"] };
    default:
      return { kinds: [type] };
  }
}

function texts({ const: constant, enum: some }: JsonSchema): string[] {
  const values = constant === undefined ? (some as unknown[] | undefined) : [constant];
  return values?.filter((value) => value !== null).map((value) => JSON.stringify(value)) ?? ["string"];
}

/** Each object that is let through: of variants each, with the text by which it is told from the others. */
function objects({ oneOf, properties = {}, required = [], additionalProperties = true }: JsonSchema): Properties[] {
  const own = properties as Schemas;
  if (oneOf !== undefined) {
    const names = Object.entries(own).filter(([, { const: constant }]) => constant !== undefined);
    return (oneOf as JsonSchema[]).flatMap((variant) =>
      objects({ ...variant, properties: { ...(variant.properties as Schemas), ...Object.fromEntries(names) } }),
    );
  }
  const found = new Map<string, Property>();
  for (const [name, value] of Object.entries(own)) {
    found.set(name, { isOptional: !(required as string[]).includes(name), values: schemaValues(value) });
  }
  if (additionalProperties !== false) {
    const others = additionalProperties === true ? {} : (additionalProperties as JsonSchema);
    found.set("*", { isOptional: false, values: schemaValues(others) });
  }
  return [found];
}
