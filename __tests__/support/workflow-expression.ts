/** What an expression can name: paths such as `github.event_name`, in small letters or as written; what is not there is "". */
export type Contexts = Readonly<Record<string, string>>;

/** How the job stands where an expression is asked. */
export interface JobState {
  readonly hasFailed: boolean;
}

type Value = string | boolean;

const TOKEN = /\s*(?:'((?:[^']|'')*)'|(&&|\|\||==|!=|!|\(|\)|,)|([\w.*-]+))/y;

/**
 * What GitHub makes of an expression, as far as this repository's workflows use it: paths, texts, `==`, `!=`, `!`, `&&`,
 * `||`, brackets, and the functions that ask how a job stands.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
export function evaluated(expression: string, contexts: Contexts, { hasFailed }: JobState): Value {
  const tokens = tokensOf(expression);
  let place = 0;

  const take = (...kinds: readonly string[]): boolean => {
    const isThere = kinds.includes(tokens[place]?.sign ?? "");
    place += isThere ? 1 : 0;
    return isThere;
  };
  const or = (): Value => {
    let value = and();
    while (take("||")) {
      const other = and();
      value = isTrue(value) ? value : other;
    }
    return value;
  };
  const and = (): Value => {
    let value = equality();
    while (take("&&")) {
      const other = equality();
      value = isTrue(value) ? other : value;
    }
    return value;
  };
  const equality = (): Value => {
    const value = unary();
    if (take("==")) {
      return same(value, unary());
    }
    return take("!=") ? !same(value, unary()) : value;
  };
  const unary = (): Value => {
    if (take("!")) {
      return !isTrue(unary());
    }
    if (take("(")) {
      const value = or();
      take(")");
      return value;
    }
    const { text, name } = tokens[place++] ?? {};
    if (text !== undefined) {
      return text;
    }
    return name !== undefined && take("(") ? called(name) : (contexts[name ?? ""] ?? "");
  };
  const called = (name: string): Value => {
    take(")");
    const states: Readonly<Record<string, boolean>> = {
      always: true,
      cancelled: false,
      failure: hasFailed,
      success: !hasFailed,
    };
    const state = states[name];
    if (state === undefined) {
      throw new Error(`the runner does not know the function ${name}`);
    }
    return state;
  };
  const value = or();
  if (place !== tokens.length) {
    throw new Error(`the runner does not know the expression ${expression}`);
  }
  return value;
}

/** Whether a job or step with this condition runs: one that asks for no state runs only where nothing has failed. */
export function isRun(condition: string | undefined, contexts: Contexts, state: JobState): boolean {
  const text = (condition ?? "success()").replace(/^\$\{\{\s*|\s*\}\}$/g, "");
  const asksForState = /\b(always|cancelled|failure|success)\(/.test(text);
  return isTrue(evaluated(asksForState ? text : `success() && (${text})`, contexts, state));
}

/** A text with its expressions in `${{ }}` filled in. */
export function filled(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression) =>
    String(evaluated(expression, contexts, { hasFailed: false })),
  );
}

function tokensOf(expression: string) {
  const tokens: { readonly sign?: string; readonly text?: string; readonly name?: string }[] = [];
  const text = expression.trim();
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) {
      throw new Error(`the runner can not read the expression ${text.slice(at)}`);
    }
    const [, quoted, sign, name] = found;
    tokens.push(
      quoted !== undefined
        ? { text: quoted.replaceAll("''", "'") }
        : sign !== undefined
          ? { sign }
          : { name: name ?? "" },
    );
  }
  return tokens;
}

function isTrue(value: Value): boolean {
  return value !== "" && value !== false;
}

/** Texts are equal whatever their letters' case. */
function same(one: Value, other: Value): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}
