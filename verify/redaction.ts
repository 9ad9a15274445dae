import type { Comparison } from "./comparison";

/**
 * What is told is chosen by name. This is the second wall, for a name or an error of the tenant that holds a secret, or
 * characters that a terminal obeys.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  // One may be part of another.
  const known = secrets.filter((secret) => secret !== "").sort((one, other) => other.length - one.length);
  return (text) =>
    known
      .reduce((rest, secret) => rest.replaceAll(secret, "‹redacted›"), text)
      .replace(/[\p{Cc}\p{Cf}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** A comparison without secrets; addresses and commands are the stack's own, and stay as they are. */
export function redacted(comparison: Comparison, secrets: readonly string[]): Comparison {
  const redact = redactor(secrets);
  return {
    ...comparison,
    findings: comparison.findings.map((finding) => ({ ...finding, what: redact(finding.what) })),
    notes: comparison.notes.map(redact),
  };
}
