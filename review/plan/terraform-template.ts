import { unknownValue } from "../profiling";

/** What a reference stands for: the value, or `undefined` where the plan does not know it or must not show it. */
export type Resolve = (reference: string) => { readonly value: unknown } | undefined;

/**
 * A string of Terraform's JSON syntax as Terraform would read it, with {@link unknownValue} for every reference that
 * can not be resolved.
 *
 * Knows what CDKTF and this library write: references, texts, lists, objects, `jsonencode`, `trimprefix` and
 * `trimsuffix`. What else stands between `${` and `}` is taken as not known.
 *
 * @returns a text; where the string is nothing but one `${…}`, whatever that is
 * @throws SyntaxError where the template has directives (`%{…}`) or does not end
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function evaluateTemplate(template: string, resolve: Resolve): unknown {
  const parts = partsOf(template);
  const [first] = parts;
  if (parts.length === 1 && first?.kind === "expression") {
    return new Expression(first.text, resolve).value();
  }
  return parts
    .map(({ kind, text }) => (kind === "literal" ? text : asText(new Expression(text, resolve).value())))
    .join("");
}

/** What stands in the template itself, outside of `${…}`. */
export function literalsOf(template: string): string[] {
  try {
    return partsOf(template).flatMap(({ kind, text }) => (kind === "literal" ? text : quotedIn(text)));
  } catch {
    return [template];
  }
}

interface Part {
  readonly kind: "literal" | "expression";
  readonly text: string;
}

function partsOf(template: string): Part[] {
  const parts: Part[] = [];
  let literal = "";
  let index = 0;
  for (const { 0: sign, index: at } of template.matchAll(/\$\$\{|%%\{|%\{|\$\{/g)) {
    // Inside of an expression that was read already.
    if (at < index) {
      continue;
    }
    literal += template.slice(index, at);
    if (sign.length === 3) {
      literal += sign.slice(1);
      index = at + 3;
      continue;
    }
    if (sign === "%{") {
      throw new SyntaxError("template directives (%{…}) are not read");
    }
    const end = endOfExpression(template, at + 2);
    if (literal !== "") {
      parts.push({ kind: "literal", text: literal });
    }
    literal = "";
    parts.push({ kind: "expression", text: template.slice(at + 2, end) });
    index = end + 1;
  }
  literal += template.slice(index);
  if (literal !== "" || parts.length === 0) {
    parts.push({ kind: "literal", text: literal });
  }
  return parts;
}

/** Where the `}` stands that closes what begins at `start`. */
function endOfExpression(template: string, start: number): number {
  let depth = 1;
  for (let index = start; index < template.length; index += 1) {
    const character = template[index];
    if (character === '"') {
      index = endOfQuoted(template, index);
    } else if (character === "{") {
      depth += 1;
    } else if (character === "}") {
      depth -= 1;
    }
    if (depth === 0) {
      return index;
    }
  }
  throw new SyntaxError("a ${ has no end");
}

/** Where the quote stands that closes the one at `start`; there may be expressions with quotes in between. */
function endOfQuoted(template: string, start: number): number {
  for (let index = start + 1; index < template.length; index += 1) {
    if (template[index] === "\\") {
      index += 1;
    } else if (/^[$%]{2}\{/.test(template.slice(index, index + 3))) {
      index += 2;
    } else if (/^[$%]\{/.test(template.slice(index, index + 2))) {
      index = endOfExpression(template, index + 2);
    } else if (template[index] === '"') {
      return index;
    }
  }
  throw new SyntaxError("a quoted text has no end");
}

function quotedIn(expression: string): string[] {
  const found: string[] = [];
  for (let index = 0; index < expression.length; index += 1) {
    if (expression[index] !== '"') {
      continue;
    }
    const end = endOfQuoted(expression, index);
    found.push(unquoted(expression.slice(index + 1, end)));
    index = end;
  }
  return found;
}

const REFERENCE = /^[A-Za-z_][\w-]*(?:\.(?:[A-Za-z_][\w-]*|\d+|\*)|\[(?:\d+|\*|"[^"\\$%]*")\])+/;
const FUNCTIONS: Readonly<Record<string, (...values: readonly unknown[]) => unknown>> = {
  jsonencode: (value) => goJson(value),
  trimprefix: (text, prefix) => {
    const [whole, part] = [asText(text), asText(prefix)];
    return whole.startsWith(part) ? whole.slice(part.length) : whole;
  },
  trimsuffix: (text, suffix) => {
    const [whole, part] = [asText(text), asText(suffix)];
    return part !== "" && whole.endsWith(part) ? whole.slice(0, -part.length) : whole;
  },
};

/** What stands between `${` and `}`. */
class Expression {
  private rest: string;

  constructor(
    private readonly text: string,
    private readonly resolve: Resolve,
  ) {
    this.rest = text;
  }

  value(): unknown {
    try {
      const value = this.term();
      if (this.skip() === "") {
        return value;
      }
    } catch (error) {
      // A RangeError: it is nested deeper than anybody writes.
      if (!(error instanceof SyntaxError || error instanceof RangeError)) {
        throw error;
      }
    }
    // Something that is not read here: say what it depends on.
    const reference = /(?:data\.)?[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+/.exec(withoutQuoted(this.text))?.[0];
    return unknownValue(reference ?? "an expression");
  }

  private term(): unknown {
    const rest = this.skip();
    const constant = /^(?:(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(rest)?.[0];
    if (constant !== undefined) {
      return JSON.parse(this.take(constant.length));
    }
    if (rest.startsWith('"')) {
      return this.quoted();
    }
    if (rest.startsWith("[")) {
      return this.list("[", "]");
    }
    if (rest.startsWith("{")) {
      return this.object();
    }
    const name = /^([A-Za-z_]\w*)\s*(?=\()/.exec(rest);
    if (name !== null) {
      return this.call(this.take(name[0].length).trim());
    }
    const reference = REFERENCE.exec(rest)?.[0];
    if (reference === undefined) {
      throw new SyntaxError("not read");
    }
    this.take(reference.length);
    const resolved = this.resolve(reference);
    return resolved === undefined ? unknownValue(reference) : resolved.value;
  }

  private call(name: string): unknown {
    const values = this.list("(", ")");
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (known === undefined) {
      throw new SyntaxError("not read");
    }
    return known(...values);
  }

  private list(open: string, close: string): unknown[] {
    const values: unknown[] = [];
    this.expect(open);
    while (!this.skip().startsWith(close)) {
      values.push(this.term());
      if (!this.skip().startsWith(close)) {
        this.expect(",");
      }
    }
    this.expect(close);
    return values;
  }

  private object(): Record<string, unknown> {
    const members: [string, unknown][] = [];
    this.expect("{");
    while (!this.skip().startsWith("}")) {
      const name = /^[A-Za-z_][\w-]*/.exec(this.rest)?.[0];
      const key = name === undefined ? asText(this.term()) : this.take(name.length);
      this.skip();
      this.take(/^[=:]/.test(this.rest) ? 1 : Number.NaN);
      members.push([key, this.term()]);
      if (this.skip().startsWith(",")) {
        this.take(1);
      }
    }
    this.expect("}");
    return Object.fromEntries(members);
  }

  private quoted(): unknown {
    const text = this.take(endOfQuoted(this.rest, 0) + 1);
    return evaluateTemplate(unquoted(text.slice(1, -1)), this.resolve);
  }

  private expect(sign: string): void {
    this.take(this.skip().startsWith(sign) ? sign.length : Number.NaN);
  }

  private skip(): string {
    this.rest = this.rest.trimStart();
    return this.rest;
  }

  private take(length: number): string {
    if (Number.isNaN(length)) {
      throw new SyntaxError("not read");
    }
    const taken = this.rest.slice(0, length);
    this.rest = this.rest.slice(length);
    return taken;
  }
}

function withoutQuoted(expression: string): string {
  return expression.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Escapes of a quoted text read; those of its templates stay. */
function unquoted(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (whole, short, long, sign) => {
    if (sign !== undefined) {
      return ESCAPES[sign] ?? whole;
    }
    const code = Number.parseInt(short ?? long, 16);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}

/** As Terraform's `jsonencode` writes it. */
function goJson(value: unknown): string {
  return (JSON.stringify(value) ?? "null").replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : goJson(value);
}
