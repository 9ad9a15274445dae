import { isObject } from "../json-value";

/** Nobody nests deeper, and whoever reads the document shall not have to fear it. */
const DEEPEST = 100;

/** JSON that an attribute holds as text. */
export function decoded(value: unknown): unknown {
  if (typeof value !== "string") {
    return isObject(value) || Array.isArray(value) ? value : undefined;
  }
  // No list, no object: most texts are none, and long.
  if (!/^\s*[[{]/.test(value)) {
    return undefined;
  }
  try {
    const document: unknown = JSON.parse(value);
    return depth(document, 0) > DEEPEST ? undefined : document;
  } catch {
    return undefined;
  }
}

function depth(value: unknown, above: number): number {
  if (typeof value !== "object" || value === null || above > DEEPEST) {
    return above;
  }
  return Object.values(value).reduce((deepest: number, part) => Math.max(deepest, depth(part, above + 1)), above + 1);
}
