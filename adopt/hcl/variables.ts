import { type Json, type JsonObject, listOf, objectOf } from "./json";
import { templateParts, unescapeTemplate } from "./template";

const PROVIDER = "auth0";

/**
 * The configuration with a variable in place of each resource's name and of Auth0's domain. Their defaults are what stood
 * there, so that nothing changes.
 */
export function withVariables(configuration: JsonObject): JsonObject {
  const variables: Record<string, Json> = { ...objectOf(configuration.variable) };
  const define = (names: readonly string[], description: string, value: Json): string => {
    const free =
      names.find((name) => !Object.hasOwn(variables, name)) ?? `${names[0]}_${Object.keys(variables).length}`;
    variables[free] = { type: "string", description, default: value };
    return `\${var.${free}}`;
  };

  const providers = objectOf(configuration.provider);
  const provider = Object.hasOwn(providers, PROVIDER)
    ? { ...providers, [PROVIDER]: listOf(providers[PROVIDER] ?? []).map((one) => withDomain(objectOf(one), define)) }
    : providers;
  const resource = mapObject(objectOf(configuration.resource), (type, byId) => {
    const short = type.slice(type.indexOf("_") + 1);
    const resources = Object.entries(objectOf(byId));
    return Object.fromEntries(
      resources.map(([id, body]) => {
        const { name, ...others } = objectOf(body);
        if (!isPlainText(name)) {
          return [id, body];
        }
        const names = resources.length === 1 ? [`${short}_name`, `${id}_name`] : [`${id}_name`];
        return [id, { name: define(names, `Name of ${type}.${id}`, unescapeTemplate(name)), ...others }];
      }),
    );
  });
  return { ...configuration, provider, variable: variables, resource };
}

function withDomain(
  { domain, alias, ...others }: JsonObject,
  define: (names: readonly string[], description: string, value: Json) => string,
): JsonObject {
  if (domain !== undefined && !isPlainText(domain)) {
    return { ...(alias !== undefined && { alias }), domain, ...others };
  }
  const name = alias === undefined ? `${PROVIDER}_domain` : `${PROVIDER}_${alias}_domain`;
  const description =
    domain === undefined ? "Domain of the tenant; that of AUTH0_DOMAIN where it is not given" : "Domain of the tenant";
  const reference = define([name], description, domain === undefined ? null : unescapeTemplate(domain));
  return { ...(alias !== undefined && { alias }), domain: reference, ...others };
}

function isPlainText(value: Json | undefined): value is string {
  return typeof value === "string" && templateParts(value).every(({ isText }) => isText);
}

function mapObject(value: JsonObject, map: (key: string, inner: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === "//" ? inner : map(key, inner)]));
}
