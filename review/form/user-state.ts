import { type Doubt, doubt } from "./doubt";

/** What stands under a key, as far as it can be known without knowing the person. */
export type Value =
  /** Something that a person answered. */
  | { readonly kind: "answer" }
  | { readonly kind: "literal"; readonly json: unknown }
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, Value> }
  | Doubt;

export const ANSWER: Value = { kind: "answer" };

/** A user in the middle of a login. */
export interface UserState {
  readonly metadata: ReadonlyMap<string, Value>;
  /** Why any other key may stand in `user_metadata` or not. */
  readonly otherKeys?: Doubt;
  /** Ids of the fields that were answered in this login. */
  readonly answered: ReadonlySet<string>;
  /** Keys that a flow wrote in this login. */
  readonly written: ReadonlySet<string>;
}

export function userWith(keys: Iterable<string> = []): UserState {
  return {
    metadata: new Map([...keys].map((key) => [key, ANSWER])),
    answered: new Set(),
    written: new Set(),
  };
}

/** The same user at the next login. */
export function atNextLogin({ metadata, otherKeys }: UserState): UserState {
  return { metadata, otherKeys, answered: new Set(), written: new Set() };
}

/** Two users of whom the form knows the same have the same text. */
export function stateText({ metadata, otherKeys, answered, written }: UserState): string {
  const keys = [...metadata].sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([keys, otherKeys, [...answered].sort(), [...written].sort()], (_, part) =>
    part instanceof Map ? [...part] : part,
  );
}

/** What stands in `user_metadata` under a path; `undefined` where nothing does. */
export function metadataAt(user: UserState, [key = "", ...rest]: readonly string[]): Value | undefined {
  let value = user.metadata.get(key) ?? user.otherKeys;
  for (const part of rest) {
    if (value?.kind === "object") {
      value = value.members.get(part);
    } else if (value?.kind === "answer") {
      return doubt({ what: "inside-answer", key });
    } else if (value?.kind !== "doubt") {
      return undefined;
    }
  }
  return value;
}

/** Whether Auth0's HAS_NO_VALUE would hold: nothing, `null` or an empty text. */
export function isMissing(value: Value | undefined): boolean | Doubt {
  if (value === undefined) {
    return true;
  }
  if (value.kind === "doubt") {
    return value;
  }
  return value.kind === "literal" && (value.json === null || value.json === "");
}
