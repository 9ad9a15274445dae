import { readFileSync } from "node:fs";
import { join } from "node:path";
import { blocks } from "./markdown";

/** The code blocks of a language in the README, those of one section only where its heading is given. */
export function readmeBlocks(language: string, heading?: string): string[] {
  return blocks("README.md", language, heading).map((block) => `${block}\n`);
}

/** `main.ts` with a block of stages pasted over the line of its `PROFILING`, as README and tutorial say. */
export function pastedIntoMain(block: string): string {
  return readFileSync(join(__dirname, "..", "..", "main.ts"), "utf8").replace(/^const PROFILING.*;$/m, () => block);
}

/** Such a block in a project of its own, where it is a module: names come from the package, as the README says. */
export function inAnotherProject(block: string): string {
  const [names, from] = ["type ProgressiveProfilingProps", '"auth0-progressive-profiling"'];
  return block
    .replace(/^import \{ (.*) \} from "\.\/lib";$/m, `import { ${names}, $1 } from ${from};`)
    .replace(/^const PROFILING/m, "export const PROFILING");
}

/** The scopes that the guide says the deploying client needs. */
export function deployingScopes(): string[] {
  const [block = ""] = blocks("docs/environments.md", "text", "Scopes of the deploying client");
  return words(block);
}

/** The scopes that the guide says the client needs that plans pull requests. */
export function planningScopes(): string[] {
  const [block = ""] = blocks("docs/pull-requests.md", "text", "The client that plans");
  return words(block);
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
