import type { Json } from "./json";
import { escapeTemplate, templateParts, unescapeTemplate } from "./template";

/** Marks around the number of an expression, while JSON is read: private characters, which no text may hold then. */
const [BEGIN, END] = ["\ue000", "\ue001"];
const MARK = new RegExp(`${BEGIN}(\\d+)${END}`, "g");

/** How a value is put into JSON, and a part of a text: as Terraform encodes it, without the quotes there. */
const VALUE = /^jsonencode\(([\s\S]*)\)$/;
const IN_TEXT = /^trimsuffix\(trimprefix\(jsonencode\(([\s\S]*)\), "\\""\), "\\""\)$/;
const DOLLARS = /^"\$+"$/;

/** An expression in JSON, and whether it stands for a whole value. */
interface Mark {
  readonly expression: string;
  readonly isValue: boolean;
}

/**
 * The object or list that a template writes as JSON, its texts as templates; undefined where `jsonencode` of it would not
 * give the very text: the provider compares texts.
 */
export function jsonDocument(template: string): Json | undefined {
  if (!/^[[{]/.test(template) || /[\ue000\ue001]/.test(template)) {
    return undefined;
  }
  const marks: Mark[] = [];
  let marked = "";
  for (const { text, isText, expression } of templateParts(template)) {
    if (isText) {
      marked += unescapeTemplate(text);
      continue;
    }
    const mark = markOf(expression ?? "");
    if (mark === undefined) {
      return undefined;
    }
    const place = `${BEGIN}${marks.push(mark) - 1}${END}`;
    marked += mark.isValue ? `"${place}"` : place;
  }
  try {
    const document: Json = JSON.parse(marked);
    return encode(document) === marked ? withExpressions(document, marks) : undefined;
  } catch {
    return undefined;
  }
}

function markOf(expression: string): Mark | undefined {
  const value = VALUE.exec(expression)?.[1];
  if (value !== undefined && isWhole(value)) {
    return { expression: value, isValue: true };
  }
  const inText = IN_TEXT.exec(expression)?.[1] ?? DOLLARS.exec(expression)?.[0];
  return inText !== undefined && isWhole(inText) ? { expression: inText, isValue: false } : undefined;
}

/** The document with its expressions in their places. @throws where `jsonencode` would write something else */
function withExpressions(value: Json, marks: readonly Mark[]): Json {
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) {
      throw new SyntaxError("half a character is none in UTF-8");
    }
    const [only] = value.match(MARK) ?? [];
    const isAlone = only === value;
    return escapeTemplate(value).replace(MARK, (_, index) => {
      const { expression, isValue } = marks[index] as Mark;
      if (isValue !== isAlone) {
        throw new SyntaxError("an expression of a text alone would be encoded as what it is");
      }
      return `\${${expression}}`;
    });
  }
  if (typeof value === "number" && String(value).includes("e")) {
    throw new SyntaxError("Terraform writes numbers without exponents");
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item: Json) => withExpressions(item, marks));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (key.includes(BEGIN)) {
        throw new SyntaxError("jsonencode sorts by what a key will be");
      }
      return [escapeTemplate(key), withExpressions(member, marks)];
    }),
  );
}

/** Whether it is one expression, and not the end of one call and the start of another. */
function isWhole(expression: string): boolean {
  let depth = 0;
  const code = expression.replace(/"(?:\\.|[^"\\])*"/g, "");
  for (const character of code) {
    if (/[([{]/.test(character)) {
      depth += 1;
    } else if (/[)\]}]/.test(character)) {
      depth -= 1;
    }
    if (depth < 0 || (depth === 0 && character === ",")) {
      return false;
    }
  }
  return depth === 0;
}

/** As Terraform's `jsonencode` does it; what JavaScript writes otherwise is then another text. */
function encode(document: Json): string {
  return JSON.stringify(sorted(document)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const members = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return Object.fromEntries(members.map(([key, member]) => [key, sorted(member)]));
}
