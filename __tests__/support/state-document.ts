import { readFileSync } from "node:fs";
import { join } from "node:path";

const TEXT = readFileSync(join(__dirname, "..", "..", "docs", "state.md"), "utf8");

/** The first code block of a language below a heading of `docs/state.md`. @throws where there is none */
export function stateDocument(language: string, heading: string): string {
  const section = TEXT.split(/^(?=#+ )/m).find((part) => part.split("\n")[0]?.replace(/^#+ /, "") === heading);
  const blocks = [...(section ?? "").matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const block = blocks.find(([, name]) => name === language)?.[2];
  if (block === undefined) {
    throw new Error(`docs/state.md has no ${language} block below "${heading}"`);
  }
  return block;
}
