import { isJson, isObject, isSame, listOf, member, objectOf, sortedJson, textOf } from "./json-value";

/** One value, and where it stands; absent where there is none. */
export interface ValueChange {
  readonly path: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What is different, down to single values; items of lists by their ids, and lists of single values as a whole. */
export function changesBetween(before: unknown, after: unknown, path: readonly string[] = []): ValueChange[] {
  const [then, now] = [withContent(before), withContent(after)];
  if (isSame(then, now)) {
    return [];
  }
  if (isBranch(then) || isBranch(now)) {
    const sides = [then, now];
    if (sides.every((side) => side === undefined || isObject(side))) {
      return inMembers(objectOf(then), objectOf(now), path);
    }
    if (sides.every((side) => side === undefined || Array.isArray(side))) {
      return inItems(listOf(then), listOf(now), path);
    }
    return [...changesBetween(then, undefined, path), ...changesBetween(undefined, now, path)];
  }
  return [{ path, before: then, after: now }];
}

/** Of a list or an object without anything in it there is no value to tell. */
function withContent(value: unknown): unknown {
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return value === null || isEmpty ? undefined : value;
}

/** Whether it has values of its own that have paths. */
function isBranch(value: unknown): boolean {
  return isObject(value) || listOf(value).some((item) => isObject(item) || Array.isArray(item));
}

function inMembers(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  path: readonly string[],
): ValueChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => changesBetween(member(before, name), member(after, name), [...path, name]));
}

function inItems(before: readonly unknown[], after: readonly unknown[], path: readonly string[]): ValueChange[] {
  const name = ["id", "key", "name", "value"].find((one) => isKeyOf(one, before) && isKeyOf(one, after));
  const keyed = (items: readonly unknown[]) =>
    Object.fromEntries(
      items.map((item, index) => [name === undefined ? `[${index}]` : String(objectOf(item)[name]), item]),
    );
  const [then, now] = [keyed(before), keyed(after)];
  const order = (one: object, other: object) => Object.keys(one).filter((key) => Object.hasOwn(other, key));
  const isMoved = !isSame(order(then, now), order(now, then));
  return [
    ...inMembers(then, now, path),
    ...(isMoved ? [{ path: [...path, "(order)"], before: Object.keys(then), after: Object.keys(now) }] : []),
  ];
}

/** Whether every item has it, and no two the same. */
function isKeyOf(name: string, items: readonly unknown[]): boolean {
  const keys = items.map((item) => textOf(objectOf(item)[name]));
  return keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
}

/** A value as text: as it is, but for what could be taken for another value. */
export function valueText(value: unknown): string {
  if (typeof value !== "string") {
    return sortedJson(value);
  }
  return value === "" || /^[^\S\n]|[^\S\n]$/.test(value) || isJson(value) ? JSON.stringify(value) : value;
}
