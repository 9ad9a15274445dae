import { isDeepStrictEqual } from "node:util";

/** Whether two values are the same JSON. */
export function isSame(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(plain(left), plain(right));
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/**
 * Leaves out each member that is not needed.
 *
 * @param needed members that are kept
 * @param isGood whether what is left says the same
 */
export function minimal<T extends object>(
  members: T,
  isGood: (members: T) => boolean,
  needed: readonly string[] = [],
): T {
  let kept = members;
  for (const key of Object.keys(members).filter((name) => !needed.includes(name))) {
    const { [key as keyof T]: _, ...others } = kept;
    if (isGood(others as T)) {
      kept = others as T;
    }
  }
  return kept;
}
