import { readFileSync } from "node:fs";
import { join } from "node:path";

const README = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");

/** The code blocks of a language under a heading of the README, up to the next heading. */
export function readmeBlocks(heading: string, language: string): string[] {
  const section = README.split(/^(?=#+ )/m).find((part) => part.split("\n")[0]?.replace(/^#+ /, "") === heading);
  if (section === undefined) throw new Error(`README.md has no heading "${heading}"`);
  return [...section.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, block]) =>
    name === language && block !== undefined ? [block] : [],
  );
}

/** The scopes that the README says the deploying client needs. */
export function readmeScopes(): string[] {
  const [block = ""] = readmeBlocks("Scopes of the deploying client", "text");
  return block.split(/\s+/).filter((scope) => scope !== "");
}
