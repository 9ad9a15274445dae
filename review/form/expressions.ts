import { doubt } from "./doubt";
import { ANSWER, type UserState, type Value, valueAt } from "./user-state";

const PATH = /^(?:fields|context|vars|actions)(?:\.[\p{L}\p{N}_$-]+|\[\s*(?:'[^']*'|"[^"]*")\s*\])+$/u;
const PATH_PART = /\.([\p{L}\p{N}_$-]+)|\[\s*(?:'([^']*)'|"([^"]*)")\s*\]/gu;

/** What every login has. */
const ALWAYS_THERE = new Set(["context.user.user_id", "context.client.client_id", "context.tenant.name"]);

/** The expression of a text that is nothing else: of `{{ fields.phone }}` that is `fields.phone`. */
export function soleExpression(text: string): string | undefined {
  const inner = /^\s*\{\{((?:(?!\}\}|\{\{).)*)\}\}\s*$/su.exec(text)?.[1]?.trim();
  return inner === "" ? undefined : inner;
}

/** The parts of a path, e.g. `context`, `user`, `user_metadata`, `job_title`; `undefined` of anything else. */
export function pathOf(expression: string): readonly string[] | undefined {
  if (!PATH.test(expression)) {
    return undefined;
  }
  const root = /^\w+/.exec(expression)?.[0] ?? "";
  return [
    root,
    ...[...expression.matchAll(PATH_PART)].map(([, name, single, double]) => name ?? single ?? double ?? ""),
  ];
}

/**
 * The place of the profile that a text such as `{{context.user.user_metadata.job_title}}` stands for, and the keys in it.
 *
 * A key of `user_metadata` is itself, others are `app_metadata.terms` and `user.given_name`: no key of metadata has a dot.
 */
export function profilePath(text: unknown): readonly string[] | undefined {
  const expression = typeof text === "string" ? soleExpression(text) : undefined;
  const [context, user, ...rest] = (expression !== undefined && pathOf(expression)) || [];
  const path = context === "context" && user === "user" ? placeOf(rest) : [];
  return path.length > 0 ? path : undefined;
}

/** The place, and the keys in it, of a path below the user, e.g. `user_metadata`, `job_title`; nothing of all metadata. */
export function placeOf([part, key, ...rest]: readonly string[]): readonly string[] {
  if (part === "user_metadata" || part === "app_metadata") {
    return key === undefined ? [] : [part === "user_metadata" ? key : `${part}.${key}`, ...rest];
  }
  return part === undefined ? [] : [`${ATTRIBUTE}${part}`, ...(key === undefined ? [] : [key]), ...rest];
}

/** What the place of an attribute at the root of the profile begins with. */
const ATTRIBUTE = "user.";

/** Ids of the fields that a value refers to, anywhere in it. */
export function fieldsIn(value: unknown): readonly string[] {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "").replaceAll('\\"', '"');
  const expressions = expressionsIn(text);
  const ids = expressions.flatMap((expression) =>
    [...expression.matchAll(/\bfields(?:\.([\p{L}\p{N}_$-]+)|\[\s*['"]([^'"]*)['"]\s*\])/gu)].map(
      ([, name, quoted]) => name ?? quoted ?? "",
    ),
  );
  return [...new Set(ids)];
}

/** What a value of a flow's action becomes for a user; `undefined` where it drops out of the request. */
export function resolved(value: unknown, user: UserState): Value | undefined {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const members = Object.entries(value).map(([key, part]) => [key, resolved(part, user)] as const);
    return {
      kind: "object",
      members: new Map(members.filter((entry): entry is [string, Value] => entry[1] !== undefined)),
    };
  }
  if (Array.isArray(value)) {
    return ANSWER;
  }
  if (typeof value !== "string" || expressionsIn(value).length === 0) {
    return { kind: "literal", json: value };
  }
  const expression = soleExpression(value);
  // Of a longer text at least the rest is there.
  return expression === undefined ? ANSWER : evaluated(expression, user);
}

function evaluated(expression: string, user: UserState): Value | undefined {
  if (!/["'(]/.test(expression) && expression.includes("??")) {
    const alternatives = expression.split("??").map((part) => evaluated(part.trim(), user));
    return alternatives.find((value) => value !== undefined);
  }
  const [root, ...rest] = pathOf(expression) ?? [];
  if (root === "fields") {
    return user.answered.has(rest[0] ?? "") ? ANSWER : undefined;
  }
  const place = profilePath(`{{${expression}}}`);
  // What stands in an attribute that nothing here has written nobody knows.
  if (place !== undefined && (user.metadata.has(place[0] ?? "") || !place[0]?.startsWith(ATTRIBUTE))) {
    return valueAt(user, place);
  }
  if (ALWAYS_THERE.has(expression)) {
    return ANSWER;
  }
  const fields = fieldsIn(`{{${expression}}}`);
  if (fields.length > 0 && fields.every((id) => user.answered.has(id))) {
    return ANSWER;
  }
  return doubt({ what: "value", expression });
}

/** What begins within another one ends that: however many begin, the text is read once. */
const EXPRESSION = /\{\{((?:(?!\}\}|\{\{).)*)\}\}/gsu;

/** What stands between the braces. */
export function expressionsIn(text: string): readonly string[] {
  return [...text.matchAll(EXPRESSION)].map(([, inner = ""]) => inner);
}

export function withoutExpressions(text: string): string {
  return text.replace(EXPRESSION, "");
}
