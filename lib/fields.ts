import { isKnown } from "./checks";
import { type Problems, shown } from "./validation-error";

/** What one field of a configuration may be. */
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

export const text: Field = { kind: "text" };
export const requiredText: Field = { kind: "text", required: true };
export const flag: Field = { kind: "flag" };
/** A list of texts. */
export const list: Field = { kind: "list" };
/** What is checked elsewhere. */
export const other: Field = { kind: "other" };
export const object = (fields: Fields): Field => ({ kind: "object", fields });
/** What must never be given; `variable` is where it belongs. */
export const secret = (variable: string): Field => ({ kind: "secret", variable });

/**
 * Adds all that is wrong with an object that was written by hand, be it without types: fields that are missing, unknown,
 * or of the wrong type, and credentials, whose values are not shown.
 *
 * @param path of the object, e.g. `environments.dev.backend`
 */
export function checkFields(path: string, value: unknown, fields: Fields, problems: Problems): void {
  if (!isObject(value)) {
    problems.add(`${path} must be an object, got ${shownSafely(value)}`);
    return;
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field.required && value[name] == null) problems.add(`${path}.${name} is missing; give it`);
  }
  for (const [name, given] of Object.entries(value)) {
    const known = Object.keys(fields).find((candidate) => bare(candidate) === bare(name));
    const field = known === undefined ? undefined : fields[known];
    if (field?.kind === "secret") {
      problems.add(
        `${path}.${name} is a credential, which no file should hold; leave it out and set ${field.variable}`,
      );
    } else if (field === undefined || known !== name) {
      problems.add(`${path} has no field ${shown(name)}; ${advice(name, fields)}`);
    } else if (given != null) {
      checkField(`${path}.${name}`, given, field, problems);
    }
  }
}

function checkField(path: string, value: unknown, field: Field, problems: Problems): void {
  if (field.kind === "other") return;
  if (field.kind === "object") {
    checkFields(path, value, field.fields ?? {}, problems);
  } else if (!isKnown(value)) {
    problems.add(`${path} must be known when the stack is built, but is a token; give it as a text`);
  } else if (field.kind === "flag") {
    if (typeof value !== "boolean") problems.add(`${path} must be true or false, got ${shownSafely(value)}`);
  } else if (field.kind === "list") {
    if (!Array.isArray(value) || value.length === 0 || !value.every(isText)) {
      problems.add(`${path} must be a list of one or more texts, got ${shownSafely(value)}`);
    }
  } else if (!isText(value)) {
    problems.add(`${path} must be a text of one or more characters, got ${shownSafely(value)}`);
  } else if (holdsPassword(value)) {
    const variable = field.variable ?? "the environment variable for it";
    problems.add(`${path} holds a password, which no file should; take it out and set ${variable}`);
  }
}

/** An object as one writes it in braces. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text with something in it. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** Whether a password stands before a host, or among the settings of a connection. */
export function holdsPassword(value: string): boolean {
  return /:\/\/[^/?#@]*:[^@]*@|password\s*=/i.test(value);
}

/** The value as a problem's text shows it, where a careless one may be or hold a secret. */
export function shownSafely(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  if (typeof value === "function") return "a function";
  return typeof value === "string" && holdsPassword(value) ? "a text with a password" : shown(value);
}

/** The candidate that someone who wrote the word may have meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const distances = candidates.map((candidate) => [candidate, distance(bare(word), bare(candidate))] as const);
  const [best] = distances.sort(([, left], [, right]) => left - right);
  return best !== undefined && best[1] <= Math.max(1, Math.floor(word.length / 3)) ? best[0] : undefined;
}

function advice(name: string, fields: Fields): string {
  const names = Object.keys(fields).filter((candidate) => fields[candidate]?.kind !== "secret");
  const meant = nearest(name, names);
  return meant === undefined ? `its fields are ${names.join(", ")}` : `did you mean ${shown(meant)}?`;
}

/** `use_lockfile` and `useLockfile` are one word. */
function bare(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

/** Levenshtein's: how many characters to add, drop or replace. */
function distance(from: string, to: string): number {
  let row = [...Array(to.length + 1).keys()];
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [place, other] of [...to].entries()) {
      const replaced = (row[place] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
