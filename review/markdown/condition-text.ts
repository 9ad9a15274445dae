import { isList } from "../form/conditions";
import { profilePath, soleExpression } from "../form/expressions";
import { isObject, sortedJson } from "../json-value";
import { codeSpan, shorten } from "./markdown-text";

/** The condition in words, e.g. `job_title` has no value. */
export function conditionText(condition: unknown, quote: (text: string) => string = codeSpan): string {
  if (!isObject(condition) || !isList(condition.operands)) {
    return quote(shorten(sortedJson(condition), 80));
  }
  const { operator, operands } = condition;
  if (operator === "AND" || operator === "OR") {
    const parts = operands.map((operand) =>
      isGroup(operand) && operands.length > 1 ? `(${conditionText(operand, quote)})` : conditionText(operand, quote),
    );
    return parts.join(operator === "AND" ? " and " : " or ");
  }
  const [left, ...others] = operands.map((operand) => quote(shorten(operandText(operand), 60)));
  if (operator === "HAS_NO_VALUE" && others.length === 0) {
    return `${left} has no value`;
  }
  if (operator === "EQ" && others.length === 1) {
    return `${left} is ${others[0]}`;
  }
  if (operator === "NEQ" && others.length === 1) {
    return `${left} is not ${others[0]}`;
  }
  return [left, quote(String(operator)), ...others].join(" ");
}

/** Several conditions of which one has to hold, or what is said where there is none; stands behind "shown". */
export function shownText(conditions: readonly unknown[], none = ""): string {
  // What has no condition holds always.
  if (conditions.includes(undefined)) {
    return "always";
  }
  const texts = conditions.map((condition) => conditionText(condition));
  return texts.length === 0 ? none : `while ${texts.join(", or ")}`;
}

function isGroup(operand: unknown): boolean {
  return isObject(operand) && (operand.operator === "AND" || operand.operator === "OR");
}

function operandText(operand: unknown): string {
  const path = profilePath(operand);
  if (path !== undefined) {
    return path.join(".");
  }
  const expression = typeof operand === "string" ? soleExpression(operand) : undefined;
  if (expression !== undefined) {
    return expression;
  }
  return typeof operand === "string" ? operand : sortedJson(operand);
}
