import { type Doubt, doubt } from "./doubt";

/** What stands under a key, as far as it can be known without knowing the person. */
export type Value =
  /** Something that a person answered. */
  | { readonly kind: "answer" }
  | { readonly kind: "literal"; readonly json: unknown }
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, Value> }
  | Doubt;

export const ANSWER: Value = { kind: "answer" };

/** What a login counts. */
export interface Past {
  /** Logins until now. */
  readonly logins: number;
  /** Since the sign-up. */
  readonly minutes: number;
  /** When each stage was asked last, and under no id any of them, in minutes from the sign-up. */
  readonly asked: ReadonlyMap<string, number>;
}

/** A user in the middle of a login. */
export interface UserState {
  /** By place: a key of `user_metadata`, `app_metadata.terms`, `user.given_name`. */
  readonly metadata: ReadonlyMap<string, Value>;
  /** Why anything else may stand in the metadata or not. */
  readonly otherKeys?: Doubt;
  readonly past: Past;
  /** Ids of the fields that were answered in this login. */
  readonly answered: ReadonlySet<string>;
  /** Keys that a flow wrote in this login. */
  readonly written: ReadonlySet<string>;
}

const SIGN_UP: Past = { logins: 0, minutes: 0, asked: new Map() };
/** Of somebody who was there before: more than any form waits for. */
const LONG_AGO: Past = { logins: 1_000_000, minutes: 1_000_000_000, asked: new Map() };

export function userWith(keys: Iterable<string> = []): UserState {
  return {
    metadata: new Map([...keys].map((key) => [key, ANSWER])),
    past: SIGN_UP,
    answered: new Set(),
    written: new Set(),
  };
}

/** The same user at the next login. */
export function atNextLogin({ metadata, otherKeys, past }: UserState): UserState {
  return { metadata, otherKeys, past, answered: new Set(), written: new Set() };
}

/** The same user, who signed up long ago, logs in often, and was not asked lately. */
export function ofLongStanding(user: UserState): UserState {
  return { ...user, past: LONG_AGO };
}

/** Two users of whom the form knows the same have the same text, whatever their logins. */
export function stateText({ metadata, otherKeys, answered, written }: UserState): string {
  const keys = [...metadata].sort(([one], [other]) => (one < other ? -1 : 1));
  return valueText([keys, otherKeys, [...answered].sort(), [...written].sort()]);
}

/** Of what is the same the same text. */
export function valueText(value: unknown): string {
  return JSON.stringify(value, (_, part) => (part instanceof Map ? [...part] : part)) ?? "undefined";
}

/** Attributes that Auth0 gives everybody, with whatever value. */
const GIVEN = new Set(
  ["created_at", "email", "email_verified", "identities", "name", "nickname", "picture", "updated_at", "user_id"].map(
    (name) => `user.${name}`,
  ),
);

/** What stands in the profile under a path; `undefined` where nothing does. */
export function valueAt(user: UserState, [key = "", ...rest]: readonly string[]): Value | undefined {
  let value = user.metadata.get(key) ?? (GIVEN.has(key) ? given(key) : user.otherKeys);
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

function given(place: string): Doubt {
  return doubt({ what: "value", expression: `context.${place}` });
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
