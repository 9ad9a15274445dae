import { codeSpan, shorten } from "./markdown-text";

const CONTEXT = 20;
const LONGEST = 80;

/** Of what is only as it was before somebody changed it. */
export const TAKING_BACK = "_only takes back what was done outside Terraform_";

/** A text before and after, in code; of a long one the part that differs, with some of what is around it. */
export function shortChange(before: string, after: string): string {
  return `${shown(before, after)} → ${shown(after, before)}`;
}

/** Text in code, as much of it as a table takes. */
export function quoted(text: string, length = LONGEST): string {
  return codeSpan(shorten(text, length));
}

/** Texts in code, one after the other. */
export function codeSpans(texts: readonly string[]): string {
  return texts.map(codeSpan).join(", ");
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

export function figures(number: number): string {
  return number.toLocaleString("en-US");
}

/** Plain text. */
export function scopeNames(scopes: "all" | readonly string[]): readonly string[] {
  return scopes === "all" ? ["all scopes of the API"] : scopes;
}

export function onApi(audience: string | undefined): string {
  if (audience === undefined) {
    return "";
  }
  return /\/api\/v2\/$/.test(audience) ? " on the Management API" : ` on ${codeSpan(audience)}`;
}

function shown(text: string, other: string): string {
  if (text.length <= LONGEST) {
    return codeSpan(text);
  }
  let start = 0;
  while (start < text.length && text[start] === other[start]) {
    start += 1;
  }
  const from = Math.max(0, start - CONTEXT);
  // Not in the middle of a character.
  const part = text.slice(/[\udc00-\udfff]/.test(text.charAt(from)) ? from + 1 : from);
  return codeSpan(`${from === 0 ? "" : "…"}${shorten(part, LONGEST)}`);
}
