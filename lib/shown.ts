/** `user:password@`, with or without a scheme before it, or among the settings of a connection. */
const MAY_HOLD_PASSWORD = /:[^@]*@|password\s*=/i;

/**
 * The value as the problem's text shows it. It may hold a secret that someone put into the wrong place: of objects and
 * lists only the kind is shown, and no text that may hold a password.
 */
export function shown(value: unknown): string {
  if (typeof value === "function" || (typeof value === "object" && value !== null)) {
    return kind(value);
  }
  if (typeof value === "string" && MAY_HOLD_PASSWORD.test(value)) {
    return "a text that may hold a password";
  }
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** What a value is, for the text of a problem that is no place for the value itself. */
export function kind(value: unknown): string {
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  if (typeof value === "function") {
    return "a function";
  }
  if (typeof value === "object" && value !== null) {
    return "an object";
  }
  return typeof value === "string" ? "a text" : String(value);
}
