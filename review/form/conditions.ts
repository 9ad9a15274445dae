import { isObject, isSame, listOf, objectOf } from "../json-value";
import { type Doubt, doubt } from "./doubt";
import { profilePath } from "./expressions";
import { isMissing, type UserState, type Value, valueAt } from "./user-state";

/**
 * Whether a condition of a router's rule, or of a flow's BOOLEAN_CONDITION, holds for a user.
 *
 * Auth0 documents no operator. AND, OR, HAS_NO_VALUE and EQ are known from its own exports, NEQ from others'; of any other, and
 * of what does not stand in the profile, it is said that it can not be told.
 */
export function holds(condition: unknown, user: UserState): boolean | Doubt {
  if (!isObject(condition) || !isList(condition.operands)) {
    return doubt({ what: "odd-condition", condition });
  }
  const { operator, operands } = condition;
  switch (operator) {
    case "AND":
      return conjunction(operands, user, false);
    case "OR":
      return conjunction(operands, user, true);
    case "HAS_NO_VALUE":
      return unaryOperand(operands, user, condition);
    case "EQ":
      return areEqual(operands, user, condition);
    case "NEQ": {
      const equal = areEqual(operands, user, condition);
      return typeof equal === "boolean" ? !equal : equal;
    }
    default:
      return undecided(condition);
  }
}

/** The places of the profile that a condition looks at. */
export function keysIn(condition: unknown): readonly string[] {
  if (Array.isArray(condition)) {
    return [...new Set(condition.flatMap(keysIn))];
  }
  if (isObject(condition)) {
    return keysIn(condition.operands);
  }
  return profilePath(condition)?.slice(0, 1) ?? [];
}

/** The places whose absence a condition waits for. */
export function missingKeysIn(condition: unknown): readonly string[] {
  if (!isObject(condition) || !Array.isArray(condition.operands)) {
    return [];
  }
  const { operator, operands } = condition;
  if (operator === "HAS_NO_VALUE") {
    return keysIn(operands);
  }
  return operator === "AND" || operator === "OR" ? [...new Set(operands.flatMap(missingKeysIn))] : [];
}

/** The place that a condition waits for to hold that very text: a version that is accepted. */
export function versionIn(condition: unknown): { readonly place: string; readonly version: string } | undefined {
  const { operator, operands } = objectOf(condition);
  const [first, second, ...others] = listOf(operands);
  if (operator === "AND" && second === undefined) {
    return versionIn(first);
  }
  const path = profilePath(first);
  const isVersion = operator === "NEQ" && path !== undefined && typeof second === "string" && others.length === 0;
  return isVersion && !second.includes("{{") ? { place: path.join("."), version: second } : undefined;
}

/** The places that a condition waits for: an answer, or a version of it. */
export function waitedKeysIn(condition: unknown): readonly string[] {
  const version = versionIn(condition);
  return version === undefined ? missingKeysIn(condition) : keysIn(condition);
}

function conjunction(operands: readonly unknown[], user: UserState, deciding: boolean): boolean | Doubt {
  const results = operands.map((operand) => holds(operand, user));
  if (results.includes(deciding)) {
    return deciding;
  }
  return results.find((result) => typeof result === "object") ?? !deciding;
}

function unaryOperand(operands: readonly unknown[], user: UserState, condition: unknown): boolean | Doubt {
  const path = profilePath(operands[0]);
  if (path === undefined || operands.length !== 1) {
    return undecided(condition);
  }
  return rereadDoubt(path, user) ?? isMissing(valueAt(user, path));
}

function areEqual(operands: readonly unknown[], user: UserState, condition: unknown): boolean | Doubt {
  const [path] = operands.map(profilePath).filter((found) => found !== undefined);
  const others = operands.filter((operand) => profilePath(operand) === undefined);
  const [other] = others;
  if (path === undefined || operands.length !== 2 || others.length !== 1) {
    return undecided(condition);
  }
  if (typeof other === "string" && other.includes("{{")) {
    return undecided(condition);
  }
  return rereadDoubt(path, user) ?? isEqual(valueAt(user, path), other, condition);
}

function isEqual(value: Value | undefined, other: unknown, condition: unknown): boolean | Doubt {
  // What is not there may be equal to null.
  if (value === undefined) {
    return other === null ? undecided(condition) : false;
  }
  if (value.kind === "literal") {
    return isSame(value.json, other);
  }
  return value.kind === "doubt" ? value : undecided(condition);
}

function rereadDoubt([key = ""]: readonly string[], user: UserState): Doubt | undefined {
  return user.written.has(key) ? doubt({ what: "reread", key }) : undefined;
}

function undecided(condition: unknown): Doubt {
  return doubt({ what: "condition", condition });
}

/** Nobody documents what a group of nothing is. */
export function isList(operands: unknown): operands is readonly unknown[] {
  return Array.isArray(operands) && operands.length > 0;
}
