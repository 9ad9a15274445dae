import { isIdentifier, isKnown, isList } from "../checks";
import { adviceOn, isObject } from "../fields";
import { nearest } from "../nearest";
import { shown } from "../shown";
import type { Problems } from "../validation-error";
import type { Component } from "./component";
import { nameOf, placeOf, SECRETS } from "./component-checks";
import { expressionsIn } from "./expression";
import { type ExpressionScope, FUNCTIONS, type Shape } from "./expression-scope";
import type { IdentifiedComponent } from "./stage";

/** What Auth0 takes as it is: code and what describes it, with braces of its own; a flow is checked by itself. */
const NOT_EVALUATED: ReadonlySet<string> = new Set(["code", "css", "schema", "flow_id"]);
const MAX_NAMES = 12;

/**
 * Adds what is wrong with the expressions in the texts of a value: braces without their like, what is no expression, and
 * what reads or calls what there is not. Tokens pass.
 *
 * @param where what the value is, e.g. `flow "save": changes`
 * @param value a text, or anything with texts in it
 */
export function checkExpressions(where: string, value: unknown, scope: ExpressionScope, problems: Problems): void {
  checkTexts(value, scope, (path, problem) => {
    problems.add(`${placeOf(path, where)} ${problem}`);
  });
}

/** Adds what is wrong with the expressions of a component, and with that of its answer. */
export function checkComponentExpressions(
  where: string,
  component: IdentifiedComponent,
  scope: ExpressionScope,
  problems: Problems,
): void {
  const { label, hint, config, answer } = component;
  const evaluated = isKnown(config) && isObject(config) ? withoutCode(config) : undefined;
  checkTexts({ label, hint, config: evaluated }, inside(component, scope), (path, problem) => {
    problems.add(`${where}: ${nameOf(component, path)} ${problem}`);
  });
  // Where there can be no answer, or its id is none, that is told, and its expression follows from it.
  if (component.category !== "BLOCK" && isIdentifier(component.id)) {
    checkExpressions(`${where}: value`, answer?.value, scope, problems);
  }
}

/** While a person waits to press the button of a RESEND_BUTTON again, one more thing can be read. */
function inside({ type }: Component, scope: ExpressionScope): ExpressionScope {
  return type === "RESEND_BUTTON" ? { ...scope, roots: { ...scope.roots, remaining_seconds: {} } } : scope;
}

function withoutCode(config: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !NOT_EVALUATED.has(name)));
}

type Add = (path: readonly string[], problem: string) => void;

function checkTexts(
  value: unknown,
  scope: ExpressionScope,
  add: Add,
  path: readonly string[] = [],
  parents: readonly unknown[] = [],
): void {
  if (typeof value === "string") {
    for (const problem of problemsOf(value, scope, SECRETS.has(path.at(-1) ?? ""))) {
      add(path, problem);
    }
  } else if (isKnown(value) && (isList(value) || isObject(value)) && !parents.includes(value)) {
    for (const [key, member] of Object.entries(value as object)) {
      checkTexts(member, scope, add, [...path, key], [...parents, value]);
    }
  }
}

function* problemsOf(text: string, scope: ExpressionScope, isSecret: boolean): Generator<string> {
  const { expressions, broken } = expressionsIn(text);
  // In a secret, braces are characters as others.
  for (const { source, reason, advice } of isSecret ? [] : broken) {
    yield `holds ${shown(source)}, which ${reason}; ${advice}`;
  }
  for (const { source, paths, functions, messages } of expressions) {
    const missing = [
      ...paths.map((path) => missingOnPath(path, scope)),
      ...functions.map((name) => missingName("functions", name, FUNCTIONS)),
      ...messages.map((key) => missingMessage(key, scope)),
    ];
    for (const what of missing) {
      if (what !== undefined) {
        yield `holds ${shown(source)}, but there is no ${what}`;
      }
    }
  }
}

function missingOnPath(path: readonly string[], { roots, advice }: ExpressionScope): string | undefined {
  const [root = ""] = path;
  if (!Object.hasOwn(roots, root)) {
    return missingRoot(root, roots);
  }
  let shape: Shape = roots;
  for (const [index, name] of path.entries()) {
    if (shape === "any") {
      return undefined;
    }
    const parent = path.slice(0, index).join(".");
    const elsewhere = advice?.[`${parent}.${name}`];
    if (elsewhere !== undefined) {
      return `${parent}.${name} in this login; ${elsewhere}`;
    }
    const problem = missingName(parent, name, Object.keys(shape), advice?.[parent]);
    if (problem !== undefined) {
      const isAttribute = parent === "context.user" && nearest(name, Object.keys(shape)) === undefined;
      return isAttribute ? `${parent}.${name}; did you mean ${shown(`user_metadata.${name}`)}?` : problem;
    }
    shape = shape[name] ?? "any";
  }
  return undefined;
}

function missingRoot(name: string, roots: ExpressionScope["roots"]): string | undefined {
  if (name === "actions") {
    return "actions outside of flows; keep the value by STORE_VARS and read it from vars";
  }
  if (name === "custom_vars") {
    return "custom_vars but in a mail or message that has some; give them to it: custom_vars: { … }";
  }
  if (isObject(roots.fields) && Object.hasOwn(roots.fields, name)) {
    return `${name}; did you mean ${shown(`fields.${name}`)}?`;
  }
  return isObject(roots.context) && Object.hasOwn(roots.context, name)
    ? `${name}; did you mean ${shown(`context.${name}`)}?`
    : missingName("", name, Object.keys(roots));
}

function missingMessage(key: string, { messages }: ExpressionScope): string | undefined {
  const problem = messages === "any" ? undefined : missingName("", key, [...messages]);
  return problem === undefined ? undefined : `message ${problem}`;
}

function missingName(parent: string, name: string, names: readonly string[], advice?: string): string | undefined {
  if (names.includes(name)) {
    return undefined;
  }
  const rest = names.length - MAX_NAMES;
  const known = `there is ${names.slice(0, MAX_NAMES).join(", ") || "nothing"}${rest > 0 ? ` and ${rest} more` : ""}`;
  const otherwise = advice === undefined ? known : names.length === 0 ? advice : `${known}; ${advice}`;
  return `${parent === "" ? name : `${parent}.${name}`}; ${adviceOn(name, names, otherwise)}`;
}
