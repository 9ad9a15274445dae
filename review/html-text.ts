/** What a person reads of HTML. */
export function htmlText(html: string): string {
  return withoutEntities(withoutTags(html))
    .replace(/[^\S\n]+/g, " ")
    .replace(/ *\n\s*/g, "\n")
    .trim();
}

/** The text with the characters that its entities stand for. */
export function withoutEntities(html: string): string {
  return html.replace(
    /&(amp|lt|gt|quot|apos|nbsp|colon|sol|bsol|period|tab|newline|lpar|rpar|commat|#\d{1,7}|#x[\da-f]{1,6});/gi,
    (entity, name: string) => character(name) ?? entity,
  );
}

function withoutTags(html: string): string {
  return html
    .replace(/<(script|style)\b.*?<\/\1\s*>/gis, " ")
    .replace(/<\/(h\d|p|div|li|ul|ol|tr)\s*>|<br\s*\/?>/gi, "\n")
    .replace(/<[a-z/!?][^>]*>/gi, "");
}

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", commat: "@" },
  ...{ colon: ":", sol: "/", bsol: "\\", period: ".", tab: "\t", newline: "\n", lpar: "(", rpar: ")" },
};

function character(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (!lower.startsWith("#")) {
    return NAMED[lower];
  }
  const code = lower.startsWith("#x") ? Number.parseInt(lower.slice(2), 16) : Number.parseInt(lower.slice(1), 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
