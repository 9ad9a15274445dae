import { Fn, Token } from "cdktf";

/** A CDKTF string token, as it stands in a string until the stack is synthesised. */
const QUOTE = Fn.rawString('"');
const TOKEN = /\$\{TfToken\[[^\]]+\]\}/g;

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
 */
export function canonicalJson(value: unknown): string {
  if (isOnlyTokens(value)) return Fn.jsonencode(value);
  if (typeof value === "string") return `"${jsonStringContent(value)}"`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
      .map(([key, member]) => `"${jsonStringContent(key)}":${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`JSON can not hold a ${typeof value}`);
  return text;
}

/** Whether nothing but tokens stands there: as a string, a number, a list or an object. */
function isOnlyTokens(value: unknown): boolean {
  return typeof value === "string" ? value.replace(TOKEN, "") === "" && value !== "" : Token.isUnresolved(value);
}

function jsonStringContent(text: string): string {
  return mapAroundTokens(
    text,
    (part) => escapeTemplate(JSON.stringify(part).slice(1, -1)).replace(/[<>&\u2028\u2029]/g, unicodeEscape),
    // The token's value may hold quotes: Terraform encodes it, and its own pair of quotes is taken off again.
    (token) => Fn.trimsuffix(Fn.trimprefix(Fn.jsonencode(token), QUOTE), QUOTE),
  );
}

function mapAroundTokens(text: string, mapText: (part: string) => string, mapToken: (token: string) => string): string {
  const tokens = text.match(TOKEN) ?? [];
  return text
    .split(TOKEN)
    .map((part, index) => {
      const token = tokens[index];
      if (token === undefined) return mapText(part);
      // A dollar sign right before an interpolation would escape it.
      return mapText(part).replace(/\$$/, () => '${"$"}') + mapToken(token);
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
