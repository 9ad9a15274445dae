/** How deep a value may be nested: what is deeper can be kept, but no longer be listed, shown and read again. */
export const MAXIMUM_DEPTH = 100;

/** Whether a value of JSON is nested deeper than {@link MAXIMUM_DEPTH}; a text and an empty list have a depth of 0 and 1. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return depth === MAXIMUM_DEPTH || Object.values(value).some((part) => isTooDeep(part, depth + 1));
}
