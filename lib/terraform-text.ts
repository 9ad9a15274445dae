import { Fn, Token } from "cdktf";

/** CDKTF's tokens as they stand in a text until the stack is synthesised: of strings, and of numbers. */
const TOKEN = /\$\{TfToken\[[^\]]+\]\}|-?\d(?:\.\d+)?e\+\d{3}/g;

/**
 * Text as Terraform reads it back unchanged: `${` and `%{` are escaped, CDKTF tokens are kept.
 *
 * CDKTF hands strings through, so that Terraform would read JavaScript's template literals as its own interpolation.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1
 */
export function literal(text: string): string {
  return mapAroundTokens(text, escapeTemplate, (token) => token);
}

/**
 * A JSON document as the text that Terraform's `jsonencode` and the provider write: keys sorted, no space, `<`, `>`, `&`
 * and the two line separators escaped. Any other spelling of the same document is a diff in every plan.
 *
 * Keys whose value is `undefined` are left out. CDKTF tokens may stand for a string, a part of one, a number, a list or
 * an object: what they resolve to is encoded by Terraform.
 *
 * @throws TypeError for what JSON can not hold, with its place in the document
 */
export function canonicalJson(value: unknown): string {
  return encode(value, "", new Set());
}

/** The text with something else in place of each token that stands in it. */
export function withoutTokens(text: string, mark: string): string {
  return text.replace(TOKEN, () => mark);
}

function encode(value: unknown, place: string, parents: ReadonlySet<unknown>): string {
  if (isOnlyTokens(value)) {
    return Fn.jsonencode(value);
  }
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) {
    return JSON.stringify(value);
  }
  if (typeof value === "string") {
    return `"${jsonStringContent(value)}"`;
  }
  if (parents.has(value)) {
    throw new TypeError(`JSON can not hold an object within itself, as ${place} does`);
  }
  const within = new Set([...parents, value]);
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => encode(item, `${place}[${index}]`, within)).join(",")}]`;
  }
  if (!isPlainObject(value)) {
    throw new TypeError(`JSON can not hold ${described(value)}, as ${place || "it"} is`);
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([key, member]) => `"${jsonStringContent(key)}":${encode(member, place ? `${place}.${key}` : key, within)}`);
  return `{${members.join(",")}}`;
}

/** Whether nothing but tokens stands there: as a string, a number, a list or an object. */
function isOnlyTokens(value: unknown): boolean {
  return typeof value === "string" ? value !== "" && value.replace(TOKEN, "") === "" : Token.isUnresolved(value);
}

export function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function described(value: unknown): string {
  return typeof value === "object" ? `a ${(value as object).constructor.name}` : `the ${typeof value} ${String(value)}`;
}

function jsonStringContent(text: string): string {
  return mapAroundTokens(
    text,
    (part) => escapeTemplate(JSON.stringify(part).slice(1, -1)).replace(/[<>&\u2028\u2029]/g, unicodeEscape),
    // The token's value may hold quotes: Terraform encodes it, and its own pair of quotes is taken off again.
    (token) => {
      const quote = Fn.rawString('"');
      return Fn.trimsuffix(Fn.trimprefix(Fn.jsonencode(isNumberToken(token) ? Number(token) : token), quote), quote);
    },
  );
}

function isNumberToken(token: string): boolean {
  return !token.startsWith("$");
}

function mapAroundTokens(text: string, mapText: (part: string) => string, mapToken: (token: string) => string): string {
  const tokens = text.match(TOKEN) ?? [];
  return text
    .split(TOKEN)
    .map((part, index) => {
      const token = tokens[index];
      if (token === undefined) {
        return mapText(part);
      }
      // Dollar signs right before an interpolation would escape it.
      return mapText(part).replace(/\$+$/, (dollars) => `\${"${dollars}"}`) + mapToken(token);
    })
    .join("");
}

// `$${` and `%%{` are spelled by functions: in a replacement string, `$$` would mean one `$`.
function escapeTemplate(text: string): string {
  return text.replace(/\$\{/g, () => "$${").replace(/%\{/g, () => "%%{");
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
