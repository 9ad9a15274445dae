import { isDeepStrictEqual } from "node:util";
import type { Json } from "../documents/json";
import type { Scope, Value } from "./expression";
import { resolve } from "./interpolation";

/** A condition that can not be evaluated; says where it stands. */
export class ConditionError extends Error {
  override readonly name = "ConditionError";
}

type Comparison = (left: Value, right: Value) => boolean;

const isNothing: Comparison = (value) => value === undefined || value === null || value === "";
const isEqual: Comparison = (left, right) => isDeepStrictEqual(left, right);
const includes: Comparison = (left, right) => {
  if (Array.isArray(left)) {
    return left.some((item) => isDeepStrictEqual(item, right));
  }
  return typeof left === "string" && typeof right === "string" && left.includes(right);
};

const UNARY = comparisons({
  HAS_NO_VALUE: isNothing,
  EXISTS: (value) => value !== undefined,
  NOT_EXISTS: (value) => value === undefined,
  IS_NULL: (value) => value === null,
  IS_NOT_NULL: (value) => value !== null,
  IS_TRUE: (value) => value === true,
  IS_FALSE: (value) => value === false,
});

const BINARY = comparisons({
  EQ: isEqual,
  NEQ: (left, right) => !isEqual(left, right),
  GT: ordered((order) => order > 0),
  GTE: ordered((order) => order >= 0),
  LT: ordered((order) => order < 0),
  LTE: ordered((order) => order <= 0),
  INCLUDES: includes,
  NOT_INCLUDES: (left, right) => !includes(left, right),
  STARTS_WITH: (left, right) => typeof left === "string" && typeof right === "string" && left.startsWith(right),
  ENDS_WITH: (left, right) => typeof left === "string" && typeof right === "string" && left.endsWith(right),
});

/** Other spellings of the operators whose JSON Auth0 does not document. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["HAS_NOT_VALUE", "HAS_NO_VALUE"],
  ["NE", "NEQ"],
  ["NOT_EQ", "NEQ"],
  ["GE", "GTE"],
  ["LE", "LTE"],
  ["DOES_NOT_INCLUDE", "NOT_INCLUDES"],
  ["DOES_NOT_EXIST", "NOT_EXISTS"],
  ["NOT_NULL", "IS_NOT_NULL"],
]);

const OPERATORS = ["AND", "OR", ...UNARY.keys(), ...BINARY.keys()];

/**
 * Whether a condition of a router's rule, or of FLOW/BOOLEAN_CONDITION, holds:
 * `{operator: "AND", operands: [{operator: "EQ", operands: ["{{fields.plan}}", "pro"]}]}`.
 *
 * `AND`, `OR`, `EQ` and `HAS_NO_VALUE` stand in exports of Auth0; the names of the others are conjectured from the
 * dashboard's list. Values are compared with their types: `"3"` is not `3`.
 *
 * @param place where the condition stands, for errors
 * @throws ConditionError ExpressionError
 * @see https://auth0.com/docs/customize/forms/routers#available-rule-operators
 */
export function holds(condition: Json, scope: Scope, place: string): boolean {
  const { operator, operands } = parts(condition, place);
  if (operator === "AND") {
    return group(operands, place).every((operand) => holds(operand, scope, place));
  }
  if (operator === "OR") {
    return group(operands, place).some((operand) => holds(operand, scope, place));
  }

  const token = ALIASES.get(operator) ?? operator;
  const values = (count: number): Value[] => {
    if (operands.length === count) {
      return operands.map((operand) => resolve(operand, scope));
    }
    throw new ConditionError(
      `${place}: ${operator} takes ${count} operand${count === 1 ? "" : "s"}, got ${operands.length}`,
    );
  };
  const unary = UNARY.get(token);
  if (unary !== undefined) {
    const [value] = values(1);
    return unary(value, undefined);
  }
  const binary = BINARY.get(token);
  if (binary !== undefined) {
    const [left, right] = values(2);
    return binary(left, right);
  }
  throw new ConditionError(`${place}: unknown operator ${JSON.stringify(operator)}; known are ${OPERATORS.join(", ")}`);
}

function parts(condition: Json, place: string): { readonly operator: string; readonly operands: readonly Json[] } {
  if (typeof condition === "object" && condition !== null && !Array.isArray(condition)) {
    const { operator, operands } = condition;
    if (typeof operator === "string" && Array.isArray(operands)) {
      return { operator, operands };
    }
  }
  throw new ConditionError(
    `${place}: a condition is {"operator": …, "operands": […]}, got ${JSON.stringify(condition)?.slice(0, 120)}`,
  );
}

function group(operands: readonly Json[], place: string): readonly Json[] {
  if (operands.length === 0) {
    throw new ConditionError(`${place}: a group without operands decides nothing`);
  }
  return operands;
}

function comparisons(byOperator: Readonly<Record<string, Comparison>>): ReadonlyMap<string, Comparison> {
  return new Map(Object.entries(byOperator));
}

/** Numbers, also those that were typed as text, by their size; other texts, such as dates, by their characters. */
function ordered(holdsFor: (order: number) => boolean): Comparison {
  return (left, right) => {
    const numbers = [numberIn(left), numberIn(right)] as const;
    if (numbers[0] !== undefined && numbers[1] !== undefined) {
      return holdsFor(numbers[0] - numbers[1]);
    }
    if (typeof left !== "string" || typeof right !== "string") {
      return false;
    }
    return holdsFor(left < right ? -1 : left > right ? 1 : 0);
  };
}

function numberIn(value: Value): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
