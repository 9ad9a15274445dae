const MASK = "••••••";

/** Names under which flows hold what nobody should read over a shoulder: passwords, tokens, keys. */
const SECRET_NAME = /pass(word|phrase)|secret|token|authorization|cookie|credential|api[-_]?key|private[-_]?key/i;

/** The parameters of a flow's action, without what they keep secret; expressions stay, as they only say where it is. */
export function withoutSecrets(value: unknown, name = ""): unknown {
  if (typeof value === "string" || typeof value === "number") {
    return SECRET_NAME.test(name) && !isExpression(value) ? MASK : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => withoutSecrets(item, name));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner, nameOf(name, key))]),
  );
}

/** What is in a secret is secret as well. */
function nameOf(outer: string, key: string): string {
  return SECRET_NAME.test(outer) ? outer : key;
}

function isExpression(value: string | number): boolean {
  return typeof value === "string" && /^\{\{[^{}]*\}\}$/.test(value.trim());
}
