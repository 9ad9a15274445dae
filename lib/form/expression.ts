import { withoutTokens } from "../terraform-text";

/** What one expression of Auth0's Forms reads and calls. */
export interface Expression {
  /** As it stands in the text, with its braces. */
  readonly source: string;
  /** What it reads, key by key, e.g. `["context", "user", "email"]`; up to a key that is computed. */
  readonly paths: readonly (readonly string[])[];
  /** Names of the functions that it calls, e.g. `toString` for `functions.toString(…)`. */
  readonly functions: readonly string[];
  /** Keys of the custom messages that it shows, e.g. `greeting` for `t('greeting')`. */
  readonly messages: readonly string[];
}

/** What stands in a text as an expression and is none, why, and what to do. */
export interface BrokenExpression {
  readonly source: string;
  readonly reason: string;
  readonly advice: string;
}

/** What stands for a token of CDKTF's, whose text only Terraform knows: no character of an expression. */
const TOKEN = "\u{F0000}";
/** What is code: its braces are its own. */
const CODE = /<(script|style)\b.*?<\/\1\s*>/gis;
const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#34;": '"',
  "&#39;": "'",
  "&apos;": "'",
  "&nbsp;": " ",
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};

const NAME = /[\p{L}_$][\p{L}\p{N}_$-]*/uy;
const NUMBER = /-?\d+(\.\d+)?/y;
const STRING = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/sy;
const SPACE = /\s*/y;
const LITERALS: ReadonlySet<string> = new Set(["true", "false", "null", "undefined"]);

/**
 * The expressions of a text, `{{…}}`, and what begins as one and is none.
 *
 * Auth0 documents paths, `??` and calls of `functions.*` and `t`; its examples hold strings, numbers and lists besides. What
 * holds a token is left out, and so are scripts and styles.
 *
 * @see https://auth0.com/docs/customize/forms/variables
 */
export function expressionsIn(text: string): {
  readonly expressions: readonly Expression[];
  readonly broken: readonly BrokenExpression[];
} {
  const expressions: Expression[] = [];
  const broken: BrokenExpression[] = [];
  if (!/\{\{|\}\}/.test(text)) {
    return { expressions, broken };
  }
  const read = withoutTokens(text, TOKEN)
    .replace(CODE, "")
    .replace(/\{\{.*?\}\}/gs, withoutEntities);
  let at = 0;
  for (;;) {
    const start = read.indexOf("{{", at);
    const between = read.slice(at, start === -1 ? undefined : start);
    if (between.includes("}}")) {
      broken.push({ source: "}}", reason: 'has no "{{" before it', advice: "open it, or leave it out" });
    }
    if (start === -1) {
      return { expressions, broken };
    }
    const reader = new Reader(read, start + 2);
    const found = reader.expression();
    const closing = read.indexOf("}}", start);
    at = typeof found === "string" ? (closing === -1 ? read.length : closing + 2) : found.end;
    const source = read.slice(start, at);
    if (source.includes(TOKEN)) {
      continue;
    }
    if (typeof found !== "string") {
      const { paths, functions, messages } = found;
      expressions.push({ source, paths, functions, messages });
    } else if (closing === -1) {
      broken.push({ source, reason: 'has no "}}" behind it', advice: "close it, or leave it out" });
    } else {
      broken.push({ source, reason: `is no expression: ${found}`, advice: "correct it" });
    }
  }
}

/** Editors of HTML write the quotes of `{{t('key')}}` so. */
function withoutEntities(expression: string): string {
  return expression.replace(/&[#a-z0-9]+;/g, (entity) => ENTITIES[entity] ?? entity);
}

class SyntaxFault extends Error {}

/** Reads one expression, from behind its opening braces to its closing ones. */
class Reader {
  private readonly paths: string[][] = [];
  private readonly functions: string[] = [];
  private readonly messages: string[] = [];

  constructor(
    private readonly text: string,
    private at: number,
  ) {}

  /** What it refers to and where it ends, or why it is none. */
  expression(): (Omit<Expression, "source"> & { readonly end: number }) | string {
    try {
      this.alternatives();
      this.expect("}}");
    } catch (error) {
      if (error instanceof SyntaxFault) {
        return error.message;
      }
      throw error;
    }
    return { paths: this.paths, functions: this.functions, messages: this.messages, end: this.at };
  }

  private alternatives(): void {
    do {
      this.value();
    } while (this.takeSign("??"));
  }

  private value(): void {
    if (this.takeSign("(")) {
      this.alternatives();
      this.expect(")");
    } else if (this.takeSign("[")) {
      this.listUntil("]");
    } else if (this.take(STRING) === undefined && this.take(NUMBER) === undefined) {
      this.reference();
      return;
    }
    this.keys();
  }

  private reference(): void {
    const root = this.name();
    if (root === "functions") {
      this.expect(".");
      this.functions.push(this.name());
      this.expect("(");
      this.listUntil(")");
      this.keys();
    } else if (root === "t" && this.takeSign("(")) {
      const key = this.string();
      this.expect(")");
      this.messages.push(key);
      this.keys();
    } else {
      const keys = this.keys();
      if (!LITERALS.has(root)) {
        this.paths.push([root, ...keys]);
      }
    }
  }

  /** The keys that follow, up to the first that is computed. */
  private keys(): string[] {
    const keys: string[] = [];
    let isKnown = true;
    for (;;) {
      let key: string | undefined;
      if (this.takeSign("?.") || this.takeSign(".")) {
        key = this.name();
      } else if (this.takeSign("[")) {
        key = this.constantKey();
        this.expect("]");
      } else {
        return keys;
      }
      isKnown &&= key !== undefined;
      if (isKnown && key !== undefined) {
        keys.push(key);
      }
    }
  }

  /** The key between brackets, where it is a string or a number alone. */
  private constantKey(): string | undefined {
    this.take(SPACE);
    const start = this.at;
    const constant = this.take(STRING) ?? this.take(NUMBER);
    this.take(SPACE);
    if (constant !== undefined && this.text.startsWith("]", this.at)) {
      return constant[1] ?? constant[2] ?? constant[0];
    }
    this.at = start;
    this.alternatives();
    return undefined;
  }

  private listUntil(sign: string): void {
    for (let count = 0; !this.takeSign(sign); count += 1) {
      if (count > 0) {
        this.expect(",");
      }
      this.alternatives();
    }
  }

  private name(): string {
    this.take(SPACE);
    return this.take(NAME)?.[0] ?? this.fail("a name");
  }

  private string(): string {
    this.take(SPACE);
    const match = this.take(STRING) ?? this.fail("a key in quotes");
    return match[1] ?? match[2] ?? "";
  }

  private expect(sign: string): void {
    if (!this.takeSign(sign)) {
      this.fail(JSON.stringify(sign));
    }
  }

  private takeSign(sign: string): boolean {
    this.take(SPACE);
    if (!this.text.startsWith(sign, this.at)) {
      return false;
    }
    this.at += sign.length;
    return true;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) {
      return undefined;
    }
    this.at = pattern.lastIndex;
    return match;
  }

  private fail(expected: string): never {
    const rest = this.text.slice(this.at, this.at + 12);
    throw new SyntaxFault(`expected ${expected} ${rest === "" ? "at the end" : `before ${JSON.stringify(rest)}`}`);
  }
}
