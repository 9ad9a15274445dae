import type { Json } from "auth0-forms/schema";
import * as library from "../lib";

/** What stands in TypeScript: JSON, and what is not JSON. */
export type Source = Json | Call | Code | FileText | readonly Source[] | SourceObject;
export interface SourceObject {
  readonly [key: string]: Source | undefined;
}

/** A call of one of this library's functions, or of one of its classes. */
export class Call {
  constructor(
    /** E.g. `text`, `Stage.always`. */
    readonly name: string,
    readonly args: readonly Source[],
    readonly isNew = false,
  ) {}
}

/** An expression, and what stands for its value until there is one. */
export class Code {
  constructor(
    readonly text: string,
    readonly value: unknown,
  ) {}
}

/** A text that has a file of its own: its key is printed as that of the file's path. */
export class FileText {
  constructor(
    /** Name of the file, and once there is one, the expression of its path. */
    readonly path: string,
    readonly content: string,
  ) {}
}

export const NOTHING = new Code("undefined", undefined);

const WIDTH = 120;
const STEP = 2;

type Called = (...args: readonly unknown[]) => unknown;

/** What TypeScript would make of it. */
export function evaluated(source: Source | undefined): unknown {
  if (source instanceof Call) {
    const [name = "", method] = source.name.split(".");
    const named = (library as unknown as Readonly<Record<string, Called & Readonly<Record<string, Called>>>>)[name];
    const args = source.args.map(evaluated);
    return method === undefined ? named?.(...args) : named?.[method]?.(...args);
  }
  if (source instanceof Code) {
    return source.value;
  }
  if (source instanceof FileText) {
    return source.content;
  }
  if (Array.isArray(source)) {
    return source.map(evaluated);
  }
  if (isObject(source)) {
    return Object.fromEntries(Object.entries(source).map(([key, member]) => [key, evaluated(member)]));
  }
  return source;
}

/** The same with the path of each file. */
export function withFiles(source: Source, file: (name: string, content: string) => string): Source {
  if (source instanceof FileText) {
    return new FileText(file(source.path, source.content), source.content);
  }
  if (source instanceof Call) {
    return new Call(
      source.name,
      source.args.map((arg) => withFiles(arg, file)),
      source.isNew,
    );
  }
  if (Array.isArray(source)) {
    return source.map((member) => withFiles(member, file));
  }
  return isObject(source)
    ? Object.fromEntries(Object.entries(source).map(([key, member]) => [key, member && withFiles(member, file)]))
    : source;
}

/** The names that are imported for what it calls, each once. */
export function namesOf(source: Source | undefined): ReadonlySet<string> {
  if (source instanceof Call) {
    const [name = ""] = source.name.split(".");
    return new Set([name, ...source.args.flatMap((arg) => [...namesOf(arg)])]);
  }
  if (Array.isArray(source) || isObject(source)) {
    return new Set(Object.values(source).flatMap((member) => [...namesOf(member)]));
  }
  return new Set();
}

/**
 * TypeScript, formatted.
 *
 * @param indent columns that the statement is indented by
 * @param column where the first line goes on
 */
export function printed(source: Source, indent: number, column: number): string {
  const flat = flatten(source);
  if (flat !== undefined && column + flat.length < WIDTH) {
    return flat;
  }
  if (typeof source === "string") {
    return brokenText(source, indent + STEP);
  }
  if (source instanceof Call) {
    return brokenCall(source, indent, column);
  }
  const inner = indent + STEP;
  if (Array.isArray(source)) {
    const members = (source as readonly Source[]).map((member) => `${printed(member, inner, inner + 1)},`);
    return block("[", members, "]", indent);
  }
  if (isObject(source)) {
    const members = membersOf(source).map(([key, member]) => property(key, member, inner));
    return block("{", members, "}", indent);
  }
  return flat ?? "";
}

function property(key: string, value: Source, indent: number): string {
  if (value instanceof Code && value.text === key) {
    return `${key},`;
  }
  const start = `${key}: `;
  const text = printed(value, indent, indent + start.length + 1);
  const isBrokenText = typeof value === "string" && text.includes('" +\n');
  return isBrokenText ? `${key}:\n${" ".repeat(indent + STEP)}${text},` : `${start}${text},`;
}

function brokenCall({ name, args, isNew }: Call, indent: number, column: number): string {
  const opening = `${isNew ? "new " : ""}${name}(`;
  const last = args.at(-1);
  const before = args.slice(0, -1).map(flatten);
  const head = `${opening}${before.map((arg) => `${arg}, `).join("")}`;
  const isHeld =
    before.every((arg) => arg !== undefined) &&
    column + head.length < WIDTH &&
    (Array.isArray(last) ||
      (isObject(last) && !isObject(args.at(-2))) ||
      (typeof last === "string" && isTemplate(last)));
  if (isHeld && last !== undefined) {
    return `${head}${typeof last === "string" ? template(last) : broken(last, indent)})`;
  }
  const inner = indent + STEP;
  return block(
    opening,
    args.map((arg) => `${printed(arg, inner, inner + 1)},`),
    ")",
    indent,
  );
}

/** An object or a list that is not to stand on one line. */
function broken(source: Source, indent: number): string {
  return printed(source, indent, WIDTH);
}

function block(opening: string, members: readonly string[], closing: string, indent: number): string {
  const inner = " ".repeat(indent + STEP);
  return `${[opening, ...members.map((member) => `${inner}${member}`)].join("\n")}\n${" ".repeat(indent)}${closing}`;
}

/** On one line; nothing where it needs several. */
function flatten(source: Source | undefined): string | undefined {
  if (source instanceof Code) {
    return source.text;
  }
  if (source instanceof FileText) {
    return source.path;
  }
  if (typeof source === "string") {
    return isTemplate(source) ? undefined : quoted(source);
  }
  if (source instanceof Call) {
    const args = source.args.map(flatten);
    return args.some((arg) => arg === undefined)
      ? undefined
      : `${source.isNew ? "new " : ""}${source.name}(${args.join(", ")})`;
  }
  if (Array.isArray(source)) {
    const members = source.map(flatten);
    return members.some((member) => member === undefined) ? undefined : `[${members.join(", ")}]`;
  }
  if (isObject(source)) {
    const members = membersOf(source).map(([key, member]) => [key, flatten(member)] as const);
    if (members.some(([, member]) => member === undefined)) {
      return undefined;
    }
    return members.length === 0
      ? "{}"
      : `{ ${members.map(([key, member]) => (key === member ? key : `${key}: ${member}`)).join(", ")} }`;
  }
  return JSON.stringify(source);
}

function membersOf(source: SourceObject): readonly (readonly [string, Source])[] {
  return Object.entries(source).flatMap(([key, member]) =>
    member === undefined ? [] : [[keyOf(member instanceof FileText ? `${key}File` : key), member] as const],
  );
}

function keyOf(key: string): string {
  if (key === "__proto__") {
    return '["__proto__"]';
  }
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

/** In the quotes that need fewer backslashes. */
function quoted(text: string): string {
  const json = JSON.stringify(text);
  const count = (quote: string) => text.split(quote).length - 1;
  return count('"') > count("'") ? `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'` : json;
}

/** Whether a text reads best as it is, over several lines. */
function isTemplate(text: string): boolean {
  return /\n./.test(text) && text.split("\n").every((line) => line.length <= WIDTH);
}

function template(text: string): string {
  const lines = text.split("\n").map((line) => JSON.stringify(line).slice(1, -1).replaceAll('\\"', '"'));
  return `\`${lines.join("\n").replaceAll("`", "\\`").replaceAll("${", "\\${")}\``;
}

/** A text that is too long for a line, in parts that end where words or elements do. */
function brokenText(text: string, indent: number): string {
  if (isTemplate(text)) {
    return template(text);
  }
  const room = WIDTH - indent - 6;
  const parts: string[] = [];
  let part = "";
  for (const word of text.match(/[^\s>]*(?:>|\s+|$)/gu) ?? [text]) {
    for (const piece of pieces(word, room)) {
      if (part !== "" && (quoted(part + piece).length > room || part.endsWith("\n"))) {
        parts.push(part);
        part = "";
      }
      part += piece;
    }
  }
  parts.push(part);
  return parts
    .filter((one) => one !== "")
    .map(quoted)
    .join(` +\n${" ".repeat(indent)}`);
}

/** A word that no line holds, in pieces. */
function pieces(word: string, room: number): readonly string[] {
  if (quoted(word).length <= room) {
    return [word];
  }
  const characters = [...word];
  const size = Math.floor(room / 7);
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(""),
  );
}

export function isObject(value: unknown): value is SourceObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Call || value instanceof Code || value instanceof FileText)
  );
}

/** Without what is undefined. */
export function given(members: SourceObject): SourceObject {
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined));
}
