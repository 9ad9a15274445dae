const LONGEST_PART = 40;

/**
 * The name of a picture's file, from texts that anybody may have written: letters, digits and dashes, in lower case.
 *
 * @param taken names in use, in lower case; gets this one too
 */
export function pictureName(parts: readonly string[], taken: Set<string>): string {
  const stem = parts.map(safe).join("-");
  for (let count = 1; ; count++) {
    const name = count === 1 ? `${stem}.png` : `${stem}-${count}.png`;
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
  }
}

function safe(text: string): string {
  const words = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_PART)
    .replace(/^-+|-+$/g, "");
  return words === "" ? "x" : words;
}
