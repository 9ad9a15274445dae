import type { Json } from "./json";
import { jsonDocument } from "./json-document";
import { escapeTemplate, soleExpression, type TemplatePart, templateParts } from "./template";

/** A list that is longer has a line for each item. */
const LONGEST_LIST = 80;

/** Where an expression stands: whether a heredoc, which ends with its line, may. */
interface Place {
  readonly isEndOfLine: boolean;
}

/** A value of Terraform's JSON syntax, whose texts are templates, as an expression. */
export function expressionOf(value: Json, place: Place = { isEndOfLine: true }): string {
  if (typeof value === "string") {
    return soleExpression(value) ?? jsonencoded(value) ?? textOf(value, templateParts(value), place);
  }
  return composite(value, expressionOf, (key) => soleExpression(key) ?? quoted(templateParts(key)));
}

/** A value of Terraform's JSON syntax whose texts are taken as they are, as an expression. */
export function literalOf(value: Json, place: Place = { isEndOfLine: true }): string {
  if (typeof value === "string") {
    const template = escapeTemplate(value);
    return textOf(template, [{ text: template, isText: true }], place);
  }
  return composite(value, literalOf, (key) => quoted([{ text: escapeTemplate(key), isText: true }]));
}

function composite(
  value: Exclude<Json, string>,
  write: (value: Json, place: Place) => string,
  writeKey: (key: string) => string,
): string {
  if (value === null || typeof value !== "object") {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    const items: string[] = value.map((item: Json) => write(item, { isEndOfLine: false }));
    const line = `[${items.join(", ")}]`;
    return line.includes("\n") || line.length > LONGEST_LIST ? `[\n${items.join(",\n")},\n]` : line;
  }
  const members = Object.entries(value).map(([key, member]) => {
    return `${isPlainKey(key) ? key : parenthesised(writeKey(key))} = ${write(member, { isEndOfLine: true })}`;
  });
  return members.length === 0 ? "{}" : `{\n${members.join("\n")}\n}`;
}

/** Keys that Terraform would not take for values or the beginning of a loop. */
function isPlainKey(key: string): boolean {
  return /^[A-Za-z_][\w-]*$/.test(key) && !["for", "null", "true", "false"].includes(key);
}

function parenthesised(key: string): string {
  return key.startsWith('"') ? key : `(${key})`;
}

/** `jsonencode({…})`, where that gives the very text. */
function jsonencoded(template: string): string | undefined {
  const document = jsonDocument(template);
  return document === undefined ? undefined : `jsonencode(${expressionOf(document)})`;
}

function textOf(template: string, parts: readonly TemplatePart[], { isEndOfLine }: Place): string {
  const isOfLines = /\n[\s\S]*\n$/.test(template) && !template.includes("\r");
  return isEndOfLine && isOfLines ? heredoc(template) : quoted(parts);
}

function heredoc(template: string): string {
  const lines = new Set(template.split("\n").map((line) => line.trim()));
  let mark = "EOT";
  while (lines.has(mark)) {
    mark += "_";
  }
  return `<<${mark}\n${template}${mark}`;
}

function quoted(parts: readonly TemplatePart[]): string {
  return `"${parts.map(({ text, isText }) => (isText ? escaped(text) : text)).join("")}"`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
  return text.replace(/["\\\u0000-\u001f\u007f]/g, (character) => {
    return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
