import { readFileSync } from "node:fs";
import { join } from "node:path";

const README = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");

/** The code blocks of a language, those of one section only where its heading is given. */
export function readmeBlocks(language: string, heading?: string): string[] {
  const text = heading === undefined ? README : section(heading);
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, block]) =>
    name === language && block !== undefined ? [block] : [],
  );
}

/** The scopes that the README says the deploying client needs. */
export function readmeScopes(): string[] {
  const [block = ""] = readmeBlocks("text", "Scopes of the deploying client");
  return block.split(/\s+/).filter((scope) => scope !== "");
}

/** A section up to the next heading. */
function section(heading: string): string {
  const found = README.split(/^(?=#+ )/m).find((part) => part.split("\n")[0]?.replace(/^#+ /, "") === heading);
  if (found === undefined) throw new Error(`README.md has no heading "${heading}"`);
  return found;
}
