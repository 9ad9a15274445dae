import { createHash, randomUUID } from "node:crypto";
import type { Json } from "../documents/json";
import type { HelperFunction, Value } from "./expression";
import type { ExpressionBudget } from "./expression-budget";
import { ExpressionError } from "./expression-error";
import { textOf } from "./interpolation";
import { uriComponent } from "./uri-component";

/** What stands in place of a value that must not be seen. */
export const MASK = "███";

/**
 * `functions.*`. Of an unresolved value nearly all of them make an unresolved value again, so that its key drops out.
 *
 * @param budget asked before something is made that may be much longer than what it is made of
 * @param mask what `functions.mask` makes of a value: the value itself, or where it would be seen the mask
 * @see https://auth0.com/docs/customize/forms/variables#helper-functions
 */
export function helperFunctions(
  clock: () => Date,
  mask: (value: Json) => Json,
  budget: ExpressionBudget,
): Readonly<Record<string, HelperFunction>> {
  return {
    toArray: known((value) => (Array.isArray(value) ? value : [value])),
    toBoolean: (value) => !["", "0", "false", "null"].includes(textOf(value)),
    length: known((value) => lengthOf(value)),
    mask: known(mask),
    toNumber: known((value) => numberOf(value)),
    random: (minimum, maximum, fraction) => randomBetween(required(minimum), required(maximum), fraction === true),
    slice: known((value, start, end) =>
      Array.isArray(value)
        ? value.slice(position(start), position(end))
        : textOf(value).slice(position(start), position(end)),
    ),
    toString: known(textOf),
    substring: known((value, start, end) => textOf(value).substring(position(start) ?? 0, position(end))),
    toTimestamp: (...date) =>
      date.length === 0 ? seconds(clock()) : date[0] == null ? undefined : seconds(new Date(textOf(date[0]))),
    toLowerCase: known((value) => textOf(value).toLowerCase()),
    toUpperCase: known((value) => textOf(value).toUpperCase()),
    replaceAll: known((value, searched, other) => {
      const [text, from, to] = [textOf(value), textOf(searched), textOf(other)];
      const count = from === "" ? text.length + 1 : text.split(from).length - 1;
      budget.willMake(text.length + count * (to.length - from.length));
      return text.replaceAll(from, () => to);
    }),
    replace: known((value, searched, other) => textOf(value).replace(textOf(searched), () => textOf(other))),
    split: known((value, separator, limit) => textOf(value).split(textOf(separator), position(limit))),
    now: () => clock().toISOString(),
    includes: (collection, item, from) => indexIn(collection, item, from) !== -1,
    indexOf: (collection, item, from) => indexIn(collection, item, from),
    merge: known(merged),
    md5: known((value) => hash("md5", value)),
    sha1: known((value) => hash("sha1", value)),
    sha256: known((value) => hash("sha256", value)),
    sha512: known((value) => hash("sha512", value)),
    uuid: () => randomUUID(),
    encodeURIComponent: known((value) => uriComponent(textOf(value))),
  };
}

function known(change: (value: Json, ...others: Value[]) => Value): HelperFunction {
  return (value, ...others) => (value === undefined || value === null ? undefined : change(value, ...others));
}

function required(value: Value): number {
  const number = value === undefined ? undefined : numberOf(value);
  if (number === undefined) {
    throw new ExpressionError(`a number is needed, got ${JSON.stringify(value)}`);
  }
  return number;
}

function numberOf(value: Json): number | undefined {
  const number = textOf(value).trim() === "" ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function position(value: Value): number | undefined {
  return value === undefined || value === null ? undefined : required(value);
}

function lengthOf(value: Json): number {
  if (Array.isArray(value)) {
    return value.length;
  }
  return typeof value === "object" && value !== null ? Object.keys(value).length : textOf(value).length;
}

function seconds(date: Date): number | undefined {
  const milliseconds = date.getTime();
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

function randomBetween(minimum: number, maximum: number, fraction: boolean): number {
  return fraction
    ? minimum + Math.random() * (maximum - minimum)
    : Math.floor(minimum + Math.random() * (maximum - minimum + 1));
}

function indexIn(collection: Value, item: Value, from: Value): number {
  if (Array.isArray(collection)) {
    return collection.findIndex((other, index) => index >= (position(from) ?? 0) && other === item);
  }
  return typeof collection === "string" ? collection.indexOf(textOf(item), position(from)) : -1;
}

function merged(base: Json, value: Value): Value {
  if (value === undefined) {
    return base;
  }
  if (Array.isArray(base)) {
    return base.concat(value);
  }
  if (typeof base === "object" && base !== null && typeof value === "object") {
    return { ...base, ...value };
  }
  if (typeof base === "string") {
    return base + textOf(value);
  }
  throw new ExpressionError(`functions.merge takes a list, an object or a string, got ${JSON.stringify(base)}`);
}

function hash(algorithm: string, value: Json): string {
  return createHash(algorithm).update(textOf(value)).digest("hex");
}
