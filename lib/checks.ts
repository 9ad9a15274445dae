import { IDENTIFIER_PATTERN, MAX_NAME_CHARACTERS } from "auth0-forms";
import { Token } from "cdktf";
import { shown } from "./shown";
import type { Problems } from "./validation-error";

const IDENTIFIER = new RegExp(IDENTIFIER_PATTERN);

export interface TextLimits {
  readonly min: number;
  readonly max?: number;
}

/** Adds what Auth0 would refuse in a name: of a form, a flow, a Vault connection or an Action. */
export function checkName(what: string, name: unknown, problems: Problems): void {
  if (name !== undefined) {
    checkText(what, name, { min: 1, max: MAX_NAME_CHARACTERS }, problems);
  }
}

/**
 * Adds what Auth0 would refuse in the name of a client, and in no other.
 *
 * @see https://auth0.com/docs/api/management/v2/clients/post-clients
 */
export function checkClientName(what: string, name: unknown, problems: Problems): void {
  checkName(what, name, problems);
  if (typeof name === "string" && /[<>]/.test(name)) {
    problems.add(`${what} must have no "<" and no ">", which Auth0 refuses, got ${shown(name)}; choose another one`);
  }
}

/** Adds what is wrong with the id of a resource or a client, or with its secret, which is never shown. */
export function checkGiven(what: string, value: unknown, problems: Problems): void {
  if (isKnown(value) && (typeof value !== "string" || value === "")) {
    problems.add(`${what} is missing; give it`);
  }
}

/** Adds what is wrong with an id in a form; it is a key in JSON, so that no token can stand for it. */
export function checkIdentifier(what: string, id: unknown, problems: Problems): void {
  checkPattern(what, id, IDENTIFIER, 'letters, digits and "_", a letter first', problems);
}

export function isIdentifier(value: unknown): value is string {
  return typeof value === "string" && IDENTIFIER.test(value);
}

/**
 * Adds what Auth0 would refuse in a key of `user_metadata`.
 *
 * @see https://auth0.com/docs/manage-users/user-accounts/metadata/metadata-fields-data
 */
export function checkMetadataKey(what: string, key: unknown, problems: Problems): void {
  checkPattern(what, key, /^[^.$]+$/, 'a text without "." and "$", which Auth0 refuses', problems);
  if (typeof key === "string" && key !== "" && (key.trim() === "" || key === "__proto__" || /\p{Cc}/u.test(key))) {
    problems.add(
      `${what} must be a name, neither blank nor "__proto__" nor with control characters, got ${shown(key)}; ` +
        "choose another one",
    );
  }
}

/** Counts characters as Auth0's JSON Schema does: an emoji is one. */
export function checkText(what: string, value: unknown, { min, max }: TextLimits, problems: Problems): void {
  if (!isKnown(value)) {
    return;
  }
  if (typeof value !== "string") {
    problems.add(`${what} must be a text, got ${shown(value)}`);
    return;
  }
  const { length } = [...value];
  if (length < min || (max !== undefined && length > max)) {
    const allowed = max === undefined ? `${min} or more characters` : `${min} to ${max} characters`;
    problems.add(
      `${what} must have ${allowed}, got ${length} in ${shown(value)}; give ${length < min ? "more" : "fewer"}`,
    );
  }
  // A lone half of a surrogate pair can not be sent as UTF-8: it would come back as another character, a diff for ever.
  if (/\p{Surrogate}/u.test(value)) {
    problems.add(`${what} is not well-formed Unicode, got ${shown(value)}`);
  }
}

/** Adds what is no number of things; it decides what is built, so that no token can stand for it. */
export function checkCount(what: string, value: unknown, max: number, problems: Problems): void {
  if (!isKnown(value)) {
    problems.add(`${what} must be known when the stack is built, but is a token; give it as a number`);
  } else if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > max) {
    problems.add(`${what} must be an integer of 1 to ${max}, got ${shown(value)}; choose another one`);
  }
}

/** Whether the value is there when the stack is built; what it is not is checked by Auth0 alone. */
export function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value);
}

/** For what a caller without types may give where a list is due. */
export function isList(value: unknown): boolean {
  return Array.isArray(value);
}

/** The values that are there more than once, each once. */
export function repeated<T>(values: readonly T[]): Set<T> {
  return new Set(values.filter((value, index) => values.indexOf(value) !== index));
}

function checkPattern(what: string, value: unknown, pattern: RegExp, allowed: string, problems: Problems): void {
  if (!isKnown(value)) {
    problems.add(`${what} must be known when the stack is built, but is a token; give it as a text`);
  } else if (typeof value !== "string" || !pattern.test(value)) {
    problems.add(`${what} must be ${allowed}, got ${shown(value)}; choose another one`);
  }
}
