import { blocks } from "./markdown";

/** The code blocks of a language in the README, those of one section only where its heading is given. */
export function readmeBlocks(language: string, heading?: string): string[] {
  return blocks("README.md", language, heading).map((block) => `${block}\n`);
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
