import { isObject, type JsonObject, listOf, member, objectOf } from "../json-value";
import type { Plan } from "./plan";

/** The address of a resource without its instances' keys, as the configuration has it. */
export function configurationAddress(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

/** What a plan's `configuration` says of an attribute or a block, as the synthesised configuration has it. */
export function constantOf(expression: unknown): unknown {
  if (Array.isArray(expression)) {
    return expression.map(constantOf);
  }
  if (!isObject(expression)) {
    return expression;
  }
  if (member(expression, "constant_value") !== undefined) {
    return expression.constant_value;
  }
  if (member(expression, "references") !== undefined) {
    return undefined;
  }
  return Object.fromEntries(Object.entries(expression).map(([key, part]) => [key, constantOf(part)]));
}

/** Attributes that hold an id of another resource. */
const IDS = new Set(["action_id", "client_id", "id", "value"]);

/**
 * As {@link constantOf}, with templates for ids: of HCL a plan says only to what an expression refers, and an id is seldom
 * more than that.
 */
function templateOf(expression: unknown, prefix: string, key = ""): unknown {
  if (Array.isArray(expression)) {
    return expression.map((part) => templateOf(part, prefix));
  }
  if (!isObject(expression) || member(expression, "constant_value") !== undefined) {
    return constantOf(expression);
  }
  if (member(expression, "references") !== undefined) {
    const [reference = "", resource, ...others] = listOf(expression.references).map(String);
    const isId = /^auth0_\w+\.[\w-]+\.(?:id|client_id)$/.test(reference) && reference.startsWith(`${resource}.`);
    return IDS.has(key) && isId && others.length === 0 ? `\${${prefix}${reference}}` : undefined;
  }
  return Object.fromEntries(Object.entries(expression).map(([name, part]) => [name, templateOf(part, prefix, name)]));
}

/**
 * What is configured for each resource, by its address without keys: templates as they were written.
 *
 * CDKTF writes JSON, and a plan holds its strings as they were written, so the plan itself says what it was made of. What
 * is missing there, as with HCL, is taken from the synthesised configuration.
 */
export function configuredResources({ json, synthesised }: Plan): ReadonlyMap<string, JsonObject> {
  const configured = new Map<string, JsonObject>();
  for (const [type, resources] of Object.entries(objectOf(synthesised?.resource))) {
    for (const [name, resource] of Object.entries(objectOf(resources))) {
      configured.set(`${type}.${name}`, objectOf(resource));
    }
  }
  for (const { address, prefix, resource } of resourcesIn(json)) {
    const templates = objectOf(templateOf(objectOf(resource.expressions), prefix));
    const known = Object.entries(templates).filter(([, value]) => value !== undefined);
    configured.set(address, { ...configured.get(address), ...Object.fromEntries(known) });
  }
  return configured;
}

/**
 * Whether somebody configures what these keys lead to, of a resource by its address without keys: what nobody configures
 * is for the provider to say. `true` where no configuration has the resource.
 */
export function configuredPaths({ json, synthesised }: Plan): (address: string, path: readonly string[]) => boolean {
  const expressions = new Map(resourcesIn(json).map(({ address, resource }) => [address, resource.expressions]));
  return (address, path) => {
    const [type = "", name = ""] = address.split(".");
    const configured = expressions.get(address) ?? objectOf(objectOf(synthesised?.resource)[type])[name];
    return configured === undefined || isConfigured(configured, path);
  };
}

function isConfigured(configured: unknown, [key, ...path]: readonly string[]): boolean {
  if (key === undefined || configured === undefined) {
    return configured !== undefined;
  }
  if (Array.isArray(configured)) {
    return isConfigured(configured[Number(key)] ?? configured[0], path);
  }
  // Of a block that stands there once CDKTF writes no list; an expression is all of what it stands for.
  return isObject(configured) && !isExpression(configured)
    ? isConfigured(/^\d+$/.test(key) ? configured : member(configured, key), path)
    : true;
}

function isExpression(configured: JsonObject): boolean {
  return member(configured, "references") !== undefined || member(configured, "constant_value") !== undefined;
}

interface ConfiguredResource {
  /** Without keys. */
  readonly address: string;
  /** The address of its module, with a dot at its end. */
  readonly prefix: string;
  /** As a plan's `configuration` has it. */
  readonly resource: JsonObject;
}

/** The managed resources of a plan's configuration, those of modules too. */
export function resourcesIn(json: JsonObject): readonly ConfiguredResource[] {
  const below = (module: JsonObject, prefix: string): ConfiguredResource[] => [
    ...listOf(module.resources)
      .map(objectOf)
      .filter(({ mode }) => mode !== "data")
      .map((resource) => ({ address: `${prefix}${resource.type}.${resource.name}`, prefix, resource })),
    ...Object.entries(objectOf(module.module_calls)).flatMap(([name, call]) =>
      below(objectOf(objectOf(call).module), `${prefix}module.${name}.`),
    ),
  ];
  return below(objectOf(objectOf(member(json, "configuration")).root_module), "");
}
