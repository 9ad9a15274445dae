/** A value that JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What an Action asked of the login by a method of `api`, in the order of its calls. */
export type Command =
  | {
      readonly type: "render";
      readonly formId: string;
      readonly fields?: { readonly [id: string]: Json };
      readonly vars?: { readonly [name: string]: Json };
    }
  | { readonly type: "deny"; readonly code: string; readonly reason: string }
  /** A value of null removes the key. */
  | { readonly type: "setUserMetadata" | "setAppMetadata"; readonly key: string; readonly value: Json }
  | { readonly type: "setIdTokenClaim" | "setAccessTokenClaim"; readonly name: string; readonly value: Json }
  | { readonly type: "addScope" | "removeScope"; readonly scope: string }
  /** A value of null removes the key. */
  | {
      readonly type: "setTransactionMetadata";
      readonly key: string;
      readonly value: string | number | boolean | null;
    };

/** How deep values may be nested, so that no walk over them overflows the stack. */
const MAXIMUM_DEPTH = 100;

type Check = (value: unknown) => boolean;

const METADATA = { key: isText, value: isJson };
const CLAIM = { name: isText, value: isJson };
const SCOPE = { scope: isText };
const OPTIONAL_OBJECT: Check = (value) => value === undefined || (isObject(value) && isJson(value));

const PROPERTIES: Readonly<Record<Command["type"], Readonly<Record<string, Check>>>> = {
  render: { formId: isText, fields: OPTIONAL_OBJECT, vars: OPTIONAL_OBJECT },
  deny: { code: isText, reason: isText },
  setUserMetadata: METADATA,
  setAppMetadata: METADATA,
  setIdTokenClaim: CLAIM,
  setAccessTokenClaim: CLAIM,
  addScope: SCOPE,
  removeScope: SCOPE,
  setTransactionMetadata: {
    key: isText,
    value: (value) => value === null || (isJson(value) && typeof value !== "object"),
  },
};

/**
 * Whether it is a list of commands that the login can trust in form.
 *
 * What comes out of the confined process may be forged: at most one `render`, no unknown property, and nothing named
 * `__proto__`, which would set a prototype where it is assigned.
 */
export function isCommandList(value: unknown): value is readonly Command[] {
  return (
    Array.isArray(value) && value.every(isCommand) && value.filter((command) => command.type === "render").length <= 1
  );
}

function isCommand(value: unknown): value is Command {
  if (!isObject(value) || typeof value.type !== "string" || !Object.hasOwn(PROPERTIES, value.type)) {
    return false;
  }
  const { type, ...given } = value;
  const properties = PROPERTIES[type as Command["type"]];
  return (
    Object.keys(given).every((name) => Object.hasOwn(properties, name)) &&
    Object.entries(properties).every(([name, check]) => check(given[name]))
  );
}

function isJson(value: unknown, depth = 0): value is Json {
  if (value === null || typeof value !== "object") {
    return value !== undefined;
  }
  if (depth === MAXIMUM_DEPTH) {
    return false;
  }
  return Object.entries(value).every(([key, part]) => key !== "__proto__" && isJson(part, depth + 1));
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "__proto__";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
