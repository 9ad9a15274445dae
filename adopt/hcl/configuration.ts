import { CommandError } from "../../command/command-error";
import { expressionOf, literalOf } from "./expression";
import { type Json, type JsonObject, listOf, objectOf } from "./json";
import type { Block, Body, Writing } from "./language";
import { soleExpression } from "./template";

const COMMENT = "//";

/** Meta-arguments that stand above all others. */
const FIRST = ["count", "for_each", "provider"];

/**
 * The blocks of a configuration in Terraform's JSON syntax as text, by the keyword that they begin with. It is right, but
 * not aligned: `terraform fmt` does that.
 *
 * @throws {@link CommandError} for what the language does not have
 */
export function blocksOf(
  configuration: JsonObject,
  language: Readonly<Record<string, Block>>,
): ReadonlyMap<string, readonly string[]> {
  const problems: string[] = [];
  const blocks = new Map<string, readonly string[]>();
  for (const [keyword, value] of entriesOf(configuration)) {
    const block = own(language, keyword);
    if (block === undefined) {
      problems.push(`[${keyword}] is no block that this command knows; take it out of the stack`);
    } else {
      blocks.set(keyword, blockTexts(keyword, value, block, problems));
    }
  }
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  return blocks;
}

/** @param head keyword and names that stand before the body */
function blockTexts(head: string, value: Json, block: Block, problems: string[]): readonly string[] {
  const { labels = 0, byType } = block;
  if (labels === 0) {
    return listOf(value).map((one) => {
      const content = bodyText(objectOf(one), block, problems);
      return content === "" ? `${head} {}` : `${head} {\n${content}\n}`;
    });
  }
  return listOf(value).flatMap((byLabel) =>
    entriesOf(objectOf(byLabel)).flatMap(([label, inner]) => {
      const named = `${head} ${JSON.stringify(label)}`;
      const body = byType === undefined ? block : byType.get(label);
      if (body === undefined) {
        problems.push(`[${named}] is in no schema of the stack's providers; give the stack its provider`);
        return [];
      }
      return blockTexts(named, inner, { ...body, labels: labels - 1 }, problems);
    }),
  );
}

function bodyText(value: JsonObject, { blocks = {}, attributes = {}, others }: Body, problems: string[]): string {
  const groups = { first: "", attributes: "", blocks: "", lifecycle: "", depends_on: "" };
  for (const [name, inner] of entriesOf(value)) {
    const block = own(blocks, name);
    const group = groupOf(name, block !== undefined);
    const text =
      block === undefined
        ? `${name} = ${written(inner, own(attributes, name) ?? others ?? "expression")}`
        : blockTexts(name, inner, block, problems).join("\n\n");
    groups[group] += `${groups[group] === "" ? "" : group === "blocks" ? "\n\n" : "\n"}${text}`;
  }
  return Object.values(groups)
    .filter((group) => group !== "")
    .join("\n\n");
}

function groupOf(name: string, isBlock: boolean) {
  if (name === "lifecycle" || name === "depends_on") {
    return name;
  }
  return FIRST.includes(name) ? "first" : isBlock ? "blocks" : "attributes";
}

function written(value: Json, writing: Writing): string {
  switch (writing) {
    case "expression":
      return expressionOf(value);
    case "literal":
      return literalOf(value);
    case "code":
      return codeOf(value);
  }
}

/** What the JSON syntax has as texts: references, types, keywords. */
function codeOf(value: Json): string {
  if (typeof value === "string") {
    return soleExpression(value) ?? value;
  }
  if (typeof value !== "object" || value === null) {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    const items: string[] = value.map(codeOf);
    return items.length < 2 ? `[${items.join("")}]` : `[\n${items.join(",\n")},\n]`;
  }
  const members = entriesOf(objectOf(value)).map(([key, inner]) => `${key} = ${codeOf(inner)}`);
  return `{\n${members.join("\n")}\n}`;
}

function own<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** What there is but comments. */
function entriesOf(value: JsonObject): readonly [string, Json][] {
  return Object.entries(value).filter(([name]) => name !== COMMENT);
}
