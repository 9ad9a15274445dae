import { inspect } from "node:util";

/** A line of a secret this short is too common to be hidden by itself. */
const SHORTEST_LINE = 8;

/**
 * The texts under which the values of secrets show up: as they are, quoted, in a URL, and line by line; longest first.
 *
 * It keeps secrets out of logs by accident, not against an Action that wants to give them away.
 */
export function secretTexts(secrets: Readonly<Record<string, string>>): readonly string[] {
  const values = Object.values(secrets);
  const lines = values.flatMap((value) => value.split(/\r?\n/).filter((line) => line.length >= SHORTEST_LINE));
  const texts = [...values, ...lines].flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    inspect(text).slice(1, -1),
    // by way of bytes, since a lone surrogate cannot be in a URL
    encodeURIComponent(Buffer.from(text).toString()),
  ]);
  return [...new Set(texts)].filter((text) => text !== "").sort((a, b) => b.length - a.length);
}

/** The text with `***` in place of secrets. */
export function maskSecrets(text: string, secretTexts: readonly string[]): string {
  return secretTexts.reduce((masked, secret) => masked.replaceAll(secret, "***"), text);
}
