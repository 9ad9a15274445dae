import { canonicalJson } from "../terraform-text";
import type { Problems } from "../validation-error";

/**
 * Adds what JSON can not hold, and what JavaScript would not read as a key: the value is put into an Action's code.
 *
 * @returns whether it is JSON
 */
export function checkJson(path: string, value: unknown, problems: Problems): boolean {
  try {
    canonicalJson(value);
    if (hasPrototypeKey(value)) {
      problems.add(`${path} must not have the key "__proto__"; choose another one`);
    }
    return true;
  } catch (error) {
    problems.add(`${path}: ${(error as Error).message}; leave it out`);
    return false;
  }
}

function hasPrototypeKey(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).some(([key, part]) => key === "__proto__" || hasPrototypeKey(part))
  );
}
