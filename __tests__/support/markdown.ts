import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The code blocks of a language in a document of this repository, those of one section only where its heading is given.
 * A block that belongs to an item of a list is without its indentation.
 */
export function blocks(document: string, language: string, heading?: string): string[] {
  const whole = readFileSync(join(__dirname, "..", "..", document), "utf8");
  const text = heading === undefined ? whole : section(whole, heading);
  return [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```$/gm)].flatMap(([, indent = "", name, block = ""]) =>
    name === language ? [block.replaceAll(new RegExp(`^${indent}`, "gm"), "").trimEnd()] : [],
  );
}

/** A section up to the next heading. */
function section(text: string, heading: string): string {
  const found = text.split(/^(?=#+ )/m).find((part) => part.split("\n")[0]?.replace(/^#+ /, "") === heading);
  if (found === undefined) {
    throw new Error(`there is no heading "${heading}"`);
  }
  return found;
}
