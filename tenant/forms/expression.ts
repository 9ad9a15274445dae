import type { Json } from "../documents/json";
import type { ExpressionBudget } from "./expression-budget";
import { ExpressionError } from "./expression-error";

/** What an expression yields; `undefined` where a variable can not be resolved. */
export type Value = Json | undefined;

export type HelperFunction = (...values: Value[]) => Value;

/** What an expression can refer to. */
export interface Scope {
  /** The roots: `context`, `fields`, `vars`, in flows `actions` as well. */
  readonly variables: Readonly<Record<string, Value>>;
  /** `functions.<name>(…)` */
  readonly functions: Readonly<Record<string, HelperFunction>>;
  /** `t('key')`: a custom message of the form. */
  readonly message: (key: string) => string | undefined;
  /** What the expressions may make; each scope has its own, or shares that of its page or execution. */
  readonly budget: ExpressionBudget;
}

export type Expression = (scope: Scope) => Value;

const NAME = /[\p{L}_$][\p{L}\p{N}_$-]*/uy;
const NUMBER = /-?\d+(\.\d+)?/y;
const STRING = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/sy;
const SPACE = /\s*/y;
const LITERALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["true", true],
  ["false", false],
  ["null", null],
  ["undefined", undefined],
]);

/**
 * Reads the expression that starts at an offset of a text, e.g. behind `{{`, and tells where it ends.
 *
 * Auth0 documents paths, `??` and calls of `functions.*` and `t`; its examples also hold strings, numbers and lists.
 *
 * @throws ExpressionError
 * @see https://auth0.com/docs/customize/forms/variables
 */
export function readExpression(
  text: string,
  offset: number,
): { readonly expression: Expression; readonly end: number } {
  let at = offset;

  function take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) {
      return undefined;
    }
    at = pattern.lastIndex;
    return match;
  }

  function takeSign(sign: string): boolean {
    take(SPACE);
    if (!text.startsWith(sign, at)) {
      return false;
    }
    at += sign.length;
    return true;
  }

  function expect(sign: string): void {
    if (!takeSign(sign)) {
      throw new ExpressionError(`expected ${JSON.stringify(sign)} ${place()}`);
    }
  }

  function place(): string {
    const rest = text.slice(at, at + 12);
    return rest === "" ? "at the end" : `before ${JSON.stringify(rest)}`;
  }

  function name(): string {
    take(SPACE);
    const match = take(NAME);
    if (match === undefined) {
      throw new ExpressionError(`expected a name ${place()}`);
    }
    return match[0];
  }

  function listUntil(sign: string): Expression[] {
    const items: Expression[] = [];
    while (!takeSign(sign)) {
      if (items.length > 0) {
        expect(",");
      }
      items.push(alternatives());
    }
    return items;
  }

  function alternatives(): Expression {
    const first = withProperties(single());
    if (!takeSign("??")) {
      return first;
    }
    const otherwise = alternatives();
    return (scope) => first(scope) ?? otherwise(scope);
  }

  function withProperties(base: Expression): Expression {
    let expression = base;
    for (;;) {
      const object = expression;
      if (takeSign("?.") || takeSign(".")) {
        const key = name();
        expression = (scope) => property(object(scope), key);
      } else if (takeSign("[")) {
        const key = alternatives();
        expect("]");
        expression = (scope) => property(object(scope), key(scope));
      } else {
        return expression;
      }
    }
  }

  function single(): Expression {
    if (takeSign("(")) {
      const inner = alternatives();
      expect(")");
      return inner;
    }
    if (takeSign("[")) {
      const items = listUntil("]");
      return (scope) => scope.budget.handled(items.map((item) => item(scope) ?? null));
    }
    const string = take(STRING);
    if (string !== undefined) {
      const value = unescaped(string[1] ?? string[2] ?? "");
      return () => value;
    }
    const number = take(NUMBER);
    if (number !== undefined) {
      const value = Number(number[0]);
      return () => value;
    }
    const root = name();
    if (root === "functions") {
      return call();
    }
    if (root === "t" && takeSign("(")) {
      const [key] = listUntil(")");
      return (scope) => scope.message(String(key?.(scope)));
    }
    if (LITERALS.has(root)) {
      return () => LITERALS.get(root);
    }
    return (scope) => property(scope.variables as Value, root);
  }

  function call(): Expression {
    expect(".");
    const called = name();
    expect("(");
    const values = listUntil(")");
    return (scope) => {
      const helper = Object.hasOwn(scope.functions, called) ? scope.functions[called] : undefined;
      if (helper === undefined) {
        const known = Object.keys(scope.functions).join(", ");
        throw new ExpressionError(`functions.${called} does not exist; there are ${known}`);
      }
      const given = values.map((value) => scope.budget.handled(value(scope)));
      return scope.budget.handled(helper(...given));
    };
  }

  const expression = alternatives();
  take(SPACE);
  return { expression, end: at };
}

/** Own properties only: what JavaScript gives to every object is not part of anyone's data. */
function property(object: Value, key: Value): Value {
  if (typeof object !== "object" || object === null || (typeof key !== "string" && typeof key !== "number")) {
    return undefined;
  }
  return Object.hasOwn(object, key) ? (object as { readonly [key: string]: Json })[key] : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

function unescaped(source: string): string {
  return source.replace(/\\(.)/gs, (_, character: string) => ESCAPES[character] ?? character);
}
