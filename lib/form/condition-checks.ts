import { isObject } from "../fields";
import { kind } from "../shown";
import type { Problems } from "../validation-error";
import type { Condition } from "./condition";
import { checkJson } from "./json";

/** What a group can hold, one within another: Auth0 names no limit, and nobody reads more. */
const MAX_DEPTH = 20;
const GROUPS: ReadonlySet<unknown> = new Set(["AND", "OR"]);
/** How many operands the operators take whose JSON is known. */
const OPERANDS: ReadonlyMap<unknown, number> = new Map([
  ["HAS_NO_VALUE", 1],
  ["EQ", 2],
]);

/** Adds what is wrong with a condition, and with those within it. */
export function checkCondition(where: string, condition: unknown, problems: Problems, depth = 0): void {
  if (!isObject(condition) || typeof condition.operator !== "string" || !Array.isArray(condition.operands)) {
    problems.add(`${where} must be made by hasNoValue(), allOf() and their like, got ${kind(condition)}`);
    return;
  }
  const { operator, operands } = condition as unknown as Condition;
  if (depth > MAX_DEPTH) {
    problems.add(`${where} has conditions ${depth} deep; leave some out`);
    return;
  }
  if (GROUPS.has(operator)) {
    if (operands.length === 0) {
      problems.add(`${where}: ${operator} of nothing decides nothing; give it a condition or more`);
    }
    for (const operand of operands) {
      checkCondition(where, operand, problems, depth + 1);
    }
    return;
  }
  const count = OPERANDS.get(operator);
  if (count !== undefined && operands.length !== count) {
    problems.add(
      `${where}: ${operator} takes ${count === 1 ? "1 operand" : `${count} operands`}, got ${operands.length}`,
    );
  }
  for (const operand of operands) {
    if (operand === undefined) {
      problems.add(`${where}: an operand of ${operator} must be a text, a number, true or false, got undefined`);
    } else {
      checkJson(where, operand, problems);
    }
  }
}
