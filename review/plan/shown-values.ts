import { isObject, type JsonObject, listOf, member, objectOf, textOf } from "../json-value";
import { decoded } from "./decoded";
import { isExpression, isOpenActionSecret, isSecretName, OPEN_SET_UP, type Secrets } from "./secrets";

/** Stands for what is known only after the apply, and in no configuration that was read. */
export const UNKNOWN = "(known after the apply)";

/** Members of a flow's actions that may hold credentials under any name. */
const CREDENTIALS = new Set(["headers", "basic"]);

interface Shown {
  readonly type: string;
  readonly values: JsonObject;
  readonly sensitive: unknown;
  readonly unknown: unknown;
  /** What is configured for an attribute that is known only after the apply. */
  readonly configured: (name: string) => unknown;
}

/** Every attribute of a resource as anybody may see it: documents decoded, with a sign for each secret. */
export function shownValues({ type, values, sensitive, unknown, configured }: Shown, secrets: Secrets): JsonObject {
  const names = new Set([...Object.keys(values), ...Object.keys(objectOf(unknown))]);
  const visible = (name: string): unknown => {
    const value = member(values, name);
    const isUnknown = member(objectOf(unknown), name) === true;
    if (type === "auth0_flow_vault_connection" && name === "setup" && isObject(value)) {
      return setUp(value, secrets);
    }
    if (type === "auth0_action" && name === "secrets" && Array.isArray(value)) {
      return actionSecrets(value, secrets);
    }
    const masks = { sensitive: member(objectOf(sensitive), name), unknown: member(objectOf(unknown), name) };
    const text = isUnknown ? configured(name) : undefined;
    return text === undefined ? masked(value, masks, [name], secrets) : masked(text, {}, [name], secrets);
  };
  return Object.fromEntries([...names].map((name) => [secrets.mark(name), secrets.markAll(visible(name))]));
}

/** A value without resource, such as that of an output. */
export function shownValue(value: unknown, sensitive: unknown, unknown: unknown, secrets: Secrets): unknown {
  return secrets.markAll(masked(value, { sensitive, unknown }, [], secrets));
}

function setUp(value: JsonObject, secrets: Secrets): JsonObject {
  const members = Object.entries(value).map(([key, one]) => [
    key,
    OPEN_SET_UP.has(key) || one === null ? one : secrets.hide(one),
  ]);
  return Object.fromEntries(members);
}

function actionSecrets(value: readonly unknown[], secrets: Secrets): readonly unknown[] {
  const all = value.map(objectOf);
  return all.map((secret) =>
    isOpenActionSecret(secret, all) ? secret : { ...secret, value: secrets.hide(secret.value) },
  );
}

interface Masks {
  readonly sensitive?: unknown;
  readonly unknown?: unknown;
}

function masked(value: unknown, { sensitive, unknown }: Masks, path: readonly string[], secrets: Secrets): unknown {
  if (unknown === true) {
    return UNKNOWN;
  }
  if (value === null || value === undefined) {
    return value ?? null;
  }
  if (sensitive === true) {
    return secrets.hide(value);
  }
  const below = (one: unknown, key: string) =>
    masked(one, { sensitive: part(sensitive, key), unknown: part(unknown, key) }, [...path, key], secrets);
  if (Array.isArray(value)) {
    return value.map((one, index) => below(one, String(index)));
  }
  if (isObject(value)) {
    const keys = new Set([...Object.keys(value), ...Object.keys(objectOf(unknown))]);
    return Object.fromEntries([...keys].map((key) => [key, below(member(value, key), key)]));
  }
  const document = typeof value === "string" ? decoded(value) : undefined;
  if (isObject(document) || Array.isArray(document)) {
    return masked(document, {}, path, secrets);
  }
  return isSecret(value, path) ? secrets.hide(value) : value;
}

function isSecret(value: unknown, path: readonly string[]): boolean {
  if (typeof value === "boolean" || path.includes("user_metadata")) {
    return false;
  }
  const name = path.findLast((key) => !/^\d+$/.test(key)) ?? "";
  const isNamed = isSecretName(name) || path.some((key) => CREDENTIALS.has(key));
  return isNamed && !isExpression(textOf(value) ?? "");
}

function part(mask: unknown, key: string): unknown {
  return Array.isArray(mask) ? listOf(mask)[Number(key)] : member(objectOf(mask), key);
}
