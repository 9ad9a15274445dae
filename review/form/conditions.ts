import { isObject, isSame } from "../json-value";
import { type Doubt, doubt } from "./doubt";
import { metadataPath } from "./expressions";
import { isMissing, metadataAt, type UserState, type Value } from "./user-state";

/**
 * Whether a condition of a router's rule, or of a flow's BOOLEAN_CONDITION, holds for a user.
 *
 * Auth0 documents no operator. AND, OR, HAS_NO_VALUE and EQ are known from its own exports; of any other, and of what is
 * not `user_metadata`, it is said that it can not be told.
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
    default:
      return undecided(condition);
  }
}

/** The keys of `user_metadata` that a condition looks at, the first level of each. */
export function keysIn(condition: unknown): readonly string[] {
  if (Array.isArray(condition)) {
    return [...new Set(condition.flatMap(keysIn))];
  }
  if (isObject(condition)) {
    return keysIn(condition.operands);
  }
  return metadataPath(condition)?.slice(0, 1) ?? [];
}

/** The keys whose absence a condition waits for. */
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

function conjunction(operands: readonly unknown[], user: UserState, deciding: boolean): boolean | Doubt {
  const results = operands.map((operand) => holds(operand, user));
  if (results.includes(deciding)) {
    return deciding;
  }
  return results.find((result) => typeof result === "object") ?? !deciding;
}

function unaryOperand(operands: readonly unknown[], user: UserState, condition: unknown): boolean | Doubt {
  const path = metadataPath(operands[0]);
  if (path === undefined || operands.length !== 1) {
    return undecided(condition);
  }
  return rereadDoubt(path, user) ?? isMissing(metadataAt(user, path));
}

function areEqual(operands: readonly unknown[], user: UserState, condition: unknown): boolean | Doubt {
  const [path] = operands.map(metadataPath).filter((found) => found !== undefined);
  const others = operands.filter((operand) => metadataPath(operand) === undefined);
  const [other] = others;
  if (path === undefined || operands.length !== 2 || others.length !== 1) {
    return undecided(condition);
  }
  if (typeof other === "string" && other.includes("{{")) {
    return undecided(condition);
  }
  return rereadDoubt(path, user) ?? isEqual(metadataAt(user, path), other, condition);
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
