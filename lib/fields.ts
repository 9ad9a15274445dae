import { isKnown } from "./checks";
import { bare, nearest } from "./nearest";
import { kind, shown } from "./shown";
import type { Problems } from "./validation-error";

/** What one field of an object may be that was written by hand: of a configuration, of props, of options. */
export interface Field {
  readonly kind: "text" | "flag" | "list" | "object" | "secret" | "other";
  readonly required?: boolean;
  /** Of an object: its own fields. */
  readonly fields?: Fields;
  /** Of a secret: the environment variable that it belongs into. */
  readonly variable?: string;
}

export type Fields = Readonly<Record<string, Field>>;

/** The fields of a type, all of them: one that is forgotten does not compile. */
export type FieldsOf<T> = { readonly [Name in keyof Required<T>]: Field };

/** What an object holds that was written by hand. */
export type Members = Readonly<Record<string, unknown>>;

/** What of an object was given: who has no types may have left out what is required, or given null for nothing. */
export type Given<T> = { readonly [Name in keyof T]?: NonNullable<T[Name]> };

/** @example text("job_title", { label: "Job title", required: true, maxLength: 100 }) */
export const text: Field = { kind: "text" };
export const requiredText: Field = { kind: "text", required: true };
export const flag: Field = { kind: "flag" };
/** A list of texts. */
export const list: Field = { kind: "list" };
/** What is checked elsewhere. */
export const other: Field = { kind: "other" };
export const requiredOther: Field = { kind: "other", required: true };
export const object = (fields: Fields): Field => ({ kind: "object", fields });
/** What must never be given; `variable` is where it belongs. */
export const secret = (variable: string): Field => ({ kind: "secret", variable });

/**
 * Adds all that is wrong with an object that was written by hand, be it without types: fields that are missing, unknown,
 * or of the wrong type, and credentials, whose values are not shown.
 *
 * @param path of the object, e.g. `environments.dev.backend`; "" for the props of a construct, or the options of a function
 * @returns the members in which nothing is wrong, as far as their fields say; null is not given, as undefined
 */
export function checkFields<T = Members>(
  path: string,
  value: unknown,
  fields: Fields,
  problems: Problems,
  noun: "field" | "prop" | "option" = path === "" ? "prop" : "field",
): Given<T> {
  if (!isObject(value)) {
    problems.add(`${path || `${noun}s`} must be an object, got ${kind(value)}`);
    return {};
  }
  const sound: Record<string, unknown> = {};
  const pathOf = (name: string) => (path === "" ? name : `${path}.${name}`);
  for (const [name, field] of Object.entries(fields)) {
    if (field.required && value[name] == null) {
      problems.add(`${pathOf(name)} is missing; give it`);
    }
  }
  for (const [name, given] of Object.entries(value)) {
    const known = knownName(name, fields);
    const field = known === undefined ? undefined : fields[known];
    if (field?.kind === "secret") {
      problems.add(credentialProblem(pathOf(name), field));
    } else if (field === undefined || known !== name) {
      problems.add(`${path} has no ${noun} ${shown(name)}; ${advice(name, fields, noun)}`.trimStart());
    } else if (given != null) {
      const found = fieldProblem(given, field);
      if (found !== undefined) {
        problems.add(`${pathOf(name)} ${found}`);
      } else if (field.kind === "object") {
        sound[name] = checkFields(pathOf(name), given, field.fields ?? {}, problems);
      } else {
        sound[name] = given;
      }
    }
  }
  return sound as Given<T>;
}

/** The name among the fields that is spelled so, or nearly so. */
export function knownName(name: string, fields: Fields): string | undefined {
  return Object.keys(fields).find((candidate) => bare(candidate) === bare(name));
}

export function credentialProblem(path: string, { variable }: Field): string {
  return `${path} is a credential, which no file should hold; leave it out and set ${variable}`;
}

/** What is wrong with a value, its own fields left out. */
function fieldProblem(value: unknown, field: Field): string | undefined {
  if (field.kind === "other" || field.kind === "object") {
    return undefined;
  }
  if (!isKnown(value)) {
    return "must be known when the stack is built, but is a token; give it as a text";
  }
  if (field.kind === "flag") {
    return typeof value === "boolean" ? undefined : `must be true or false, got ${shown(value)}`;
  }
  if (field.kind === "list") {
    const isList = Array.isArray(value) && value.length > 0 && value.every(isText);
    return isList ? undefined : `must be a list of one or more texts, got ${shown(value)}`;
  }
  if (!isText(value)) {
    return `must be a text of one or more characters, got ${shown(value)}`;
  }
  if (!holdsPassword(value)) {
    return undefined;
  }
  return `holds a password, which no file should; take it out and set ${field.variable ?? "the environment variable for it"}`;
}

/** An object as one writes it in braces. */
export function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text with something in it. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** Whether a password stands before a host, or among the settings of a connection. */
function holdsPassword(value: string): boolean {
  return /:\/\/[^/?#@]*:[^@]*@|password\s*=/i.test(value);
}

function advice(name: string, fields: Fields, noun: string): string {
  const names = Object.keys(fields).filter((candidate) => fields[candidate]?.kind !== "secret");
  return adviceOn(name, names, `its ${noun}s are ${names.join(", ")}`);
}

/** What to do about a name that is none of these: the one that was meant, or what is said otherwise. */
export function adviceOn(name: string, names: readonly string[], otherwise: string): string {
  const meant = nearest(name, names);
  return meant === undefined ? otherwise : `did you mean ${shown(meant)}?`;
}
