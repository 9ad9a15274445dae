import { codeSpan, shorten } from "../markdown/markdown-text";

const CONTEXT = 20;
const LONGEST = 80;

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
    /&(amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[\da-f]{1,6});/gi,
    (entity, name: string) => character(name) ?? entity,
  );
}

function withoutTags(html: string): string {
  return html
    .replace(/<(script|style)\b.*?<\/\1\s*>/gis, " ")
    .replace(/<\/(h\d|p|div|li|ul|ol|tr)\s*>|<br\s*\/?>/gi, "\n")
    .replace(/<[a-z/!?][^>]*>/gi, "");
}

/** A text before and after, in code; of a long one the part that differs, with some of what is around it. */
export function shortChange(before: string, after: string): string {
  return `${shown(before, after)} → ${shown(after, before)}`;
}

/** Text in code, as much of it as a table takes. */
export function quoted(text: string, length = LONGEST): string {
  return codeSpan(shorten(text, length));
}

function shown(text: string, other: string): string {
  if (text.length <= LONGEST) {
    return codeSpan(text);
  }
  const [one, two] = [[...text], [...other]];
  let start = 0;
  while (start < one.length && one[start] === two[start]) {
    start += 1;
  }
  const from = Math.max(0, start - CONTEXT);
  const part = one.slice(from).join("");
  return codeSpan(`${from === 0 ? "" : "…"}${shorten(part, LONGEST)}`);
}

function character(name: string): string | undefined {
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
  const lower = name.toLowerCase();
  if (!lower.startsWith("#")) {
    return named[lower];
  }
  const code = lower.startsWith("#x") ? Number.parseInt(lower.slice(2), 16) : Number.parseInt(lower.slice(1), 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
