import type { Json } from "../documents/json";
import { type Expression, readExpression, type Scope, type Value } from "./expression";
import { ExpressionError } from "./expression-error";

/** Text as it stands, or an expression from between `{{` and `}}`. */
type Segment = string | Expression;

/** A text with its expressions filled in; what is not resolved leaves nothing behind. @throws ExpressionError */
export function interpolate(text: string, scope: Scope, written: (value: string) => string = (value) => value): string {
  return segmentsOf(text)
    .map((segment) => (typeof segment === "string" ? segment : written(textOf(evaluate(segment, text, scope)))))
    .join("");
}

/**
 * A JSON value with its expressions filled in.
 *
 * A string that is one expression yields the value with its type. What is not resolved is `undefined`: its key drops
 * out of an object, in a list it is null.
 *
 * @throws ExpressionError
 */
export function resolve(value: Json, scope: Scope): Value {
  if (typeof value === "string") {
    const [first, ...others] = segmentsOf(value);
    return typeof first === "function" && others.length === 0
      ? evaluate(first, value, scope)
      : interpolate(value, scope);
  }
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, scope) ?? null);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, inner]) => [key, resolve(inner, scope)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** A value as it stands in a text. */
export function textOf(value: Value): string {
  if (value === undefined || value === null) {
    return "";
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf("{{", from);
    // Braces that never close are text.
    if (start === -1 || text.indexOf("}}", start) === -1) {
      return from < text.length ? [...segments, text.slice(from)] : segments;
    }
    if (start > from) {
      segments.push(text.slice(from, start));
    }
    const { expression, end } = naming(text, () => {
      const read = readExpression(text, start + 2);
      if (!text.startsWith("}}", read.end)) {
        throw new ExpressionError(`expected "}}" before ${JSON.stringify(text.slice(read.end, read.end + 12))}`);
      }
      return read;
    });
    segments.push(expression);
    from = end + 2;
  }
}

function evaluate(expression: Expression, text: string, scope: Scope): Value {
  return naming(text, () => scope.budget.made(expression(scope)));
}

function naming<T>(text: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    // A RangeError is of an expression that is nested too deep, or of a text that it makes too long.
    if (!(error instanceof ExpressionError || error instanceof RangeError)) {
      throw error;
    }
    const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
    throw new ExpressionError(`in ${JSON.stringify(shown)}: ${error.message}`);
  }
}
