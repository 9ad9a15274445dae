import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { AnyNode, Position } from "acorn";
import { ActionSource } from "./action-source";
import { shown } from "./shown";
import {
  assignedTo,
  isFunction,
  isMember,
  isStaticMember,
  isVariable,
  mayBeFunction,
  SyntaxTree,
  staticKey,
  staticName,
} from "./syntax-tree";
import type { Problems } from "./validation-error";

const HANDLERS = ["onExecutePostLogin", "onContinuePostLogin"];

/**
 * The source of somebody's own Action.
 *
 * Nothing of it runs. Handlers are looked for where `exports` and `module.exports` are written to: where those go other
 * ways, such as into a function, nothing is said of them. Secrets are looked for as `event.secrets.NAME`,
 * `event.secrets["NAME"]` and `{ NAME } = event.secrets`: a name that is computed can not be seen.
 *
 * @throws Error that says why the file can not be read, with the line of a syntax error
 */
export function readActionFile(file: string): ActionSource {
  const name = basename(file);
  const [code, tree] = readProgram(file, name);
  const constants = tree.constants().map(({ name, init: { start, end } }) => ({ name, start, end }));
  return new ActionSource(name, code, constants, (secrets, problems) => {
    checkHandlers(name, tree, problems);
    checkSecrets(name, tree, secrets, problems);
  });
}

function readProgram(file: string, name: string): [code: string, tree: SyntaxTree] {
  let code: string;
  try {
    code = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`Action source ${shown(file)} can not be read: ${(error as Error).message}`);
  }
  try {
    return [code, new SyntaxTree(code)];
  } catch (error) {
    throw new Error(`Action source ${name} has a syntax error ${placeAndReason(error)}`);
  }
}

function checkHandlers(name: string, tree: SyntaxTree, problems: Problems): void {
  const exported = exportedNames(tree);
  for (const handler of HANDLERS) {
    if (exported === undefined || exported.has(handler)) {
      continue;
    }
    problems.add(
      `Action source ${name} does not export ${handler}; add exports.${handler} = async (event, api) => { … }`,
    );
  }
}

function checkSecrets(name: string, tree: SyntaxTree, secrets: readonly string[], problems: Problems): void {
  const given = secrets.length === 0 ? "none" : secrets.join(", ");
  for (const secret of usedSecrets(tree)) {
    if (secrets.includes(secret)) {
      continue;
    }
    problems.add(`Action source ${name} uses event.secrets.${secret}, which it is not given; its secrets are ${given}`);
  }
}

/** The names of what is exported and may be a function; undefined where reading can not tell them all. */
function exportedNames(tree: SyntaxTree): ReadonlySet<string> | undefined {
  const names = { exports: new Set<string>(), "module.exports": new Set<string>() };
  let isReplaced = false;
  let isSame = false;
  for (const node of tree.nodes) {
    const object = exportsObject(node, tree);
    if (object === undefined) {
      if (isVariable(node, "module", tree) && !isStaticMember(tree.parentOf(node))) {
        return undefined;
      }
      continue;
    }
    const found = namesOfUse(node, tree);
    if (found === undefined) {
      return undefined;
    }
    for (const name of found) {
      names[object].add(name);
    }
    const value = assignedTo(node, tree);
    isReplaced ||= value !== undefined && object === "module.exports";
    isSame ||= value !== undefined && (object === "exports" || exportsObject(value, tree) === "exports");
  }
  // What `exports` was given is lost with `module.exports = {…}`, unless both are made the same again.
  return isReplaced && !isSame ? names["module.exports"] : new Set([...names.exports, ...names["module.exports"]]);
}

function exportsObject(node: AnyNode | undefined, tree: SyntaxTree): "exports" | "module.exports" | undefined {
  if (isMember(node, "module", "exports")) {
    return "module.exports";
  }
  return isVariable(node, "exports", tree) ? "exports" : undefined;
}

/** What a use of `exports` or `module.exports` exports; undefined where reading can not tell. */
function namesOfUse(node: AnyNode, tree: SyntaxTree): readonly string[] | undefined {
  const parent = tree.parentOf(node);
  switch (parent?.type) {
    case "MemberExpression": {
      const name = staticName(parent);
      if (name === undefined) {
        return undefined;
      }
      const value = assignedTo(parent, tree);
      return value !== undefined && mayBeFunction(value) ? [name] : [];
    }
    case "AssignmentExpression":
      if (parent.left !== node) {
        return exportsObject(parent.left, tree) === undefined ? undefined : [];
      }
      return node.type === "Identifier" ? [] : namesOfValue(parent.right, tree);
    case "CallExpression": {
      // As TypeScript writes it, of `__esModule`.
      const [, key] = isMember(parent.callee, "Object", "defineProperty") ? parent.arguments : [];
      return key?.type === "Literal" ? [String(key.value)] : undefined;
    }
    default:
      return undefined;
  }
}

/** What `module.exports` has once it is this; undefined where reading can not tell. */
function namesOfValue(value: AnyNode, tree: SyntaxTree): readonly string[] | undefined {
  if (value.type === "AssignmentExpression") {
    return namesOfValue(value.right, tree);
  }
  if (exportsObject(value, tree) !== undefined || isFunction(value) || value.type === "Literal") {
    return [];
  }
  if (value.type !== "ObjectExpression") {
    return undefined;
  }
  const names: string[] = [];
  for (const property of value.properties) {
    if (property.type === "SpreadElement") {
      return undefined;
    }
    const name = staticKey(property);
    if (name === undefined) {
      return undefined;
    }
    if (mayBeFunction(property.value)) {
      names.push(name);
    }
  }
  return names;
}

/**
 * The names that are taken out of `event.secrets`. A variable counts as the secrets where it is never anything else.
 */
function usedSecrets(tree: SyntaxTree): ReadonlySet<string> {
  const used = new Set<string>();
  const holders = new Map<string, boolean>();
  const bind = (target: AnyNode | null, isSecrets: boolean): void => {
    switch (target?.type) {
      case "Identifier":
        holders.set(target.name, isSecrets && (holders.get(target.name) ?? true));
        break;
      case "AssignmentPattern":
        bind(target.left, isSecrets);
        break;
      case "RestElement":
        bind(target.argument, isSecrets);
        break;
      case "ArrayPattern":
        for (const element of target.elements) {
          bind(element, false);
        }
        break;
      case "ObjectPattern":
        for (const property of target.properties) {
          if (property.type === "RestElement") {
            bind(property, isSecrets);
            continue;
          }
          const name = staticKey(property);
          if (isSecrets && name !== undefined) {
            used.add(name);
          }
          bind(property.value, !isSecrets && name === "secrets");
        }
        break;
    }
  };
  for (const node of tree.nodes) {
    if (node.type === "VariableDeclarator") {
      bind(node.id, isEventSecrets(node.init));
    } else if (node.type === "AssignmentExpression") {
      bind(node.left, isEventSecrets(node.right));
    } else if (node.type === "CatchClause") {
      bind(node.param ?? null, false);
    } else if (isFunction(node)) {
      for (const param of node.params) {
        bind(param, false);
      }
    }
  }
  for (const node of tree.nodes) {
    if (node.type !== "MemberExpression") {
      continue;
    }
    const name = staticName(node);
    const isHolder = node.object.type === "Identifier" && holders.get(node.object.name) === true;
    if (name !== undefined && (isHolder || isEventSecrets(node.object))) {
      used.add(name);
    }
  }
  return new Set([...used].filter((name) => !(name in Object.prototype)));
}

/** `event.secrets`, whatever the event is called. */
function isEventSecrets(node: AnyNode | null | undefined): boolean {
  if (node?.type === "ChainExpression") {
    return isEventSecrets(node.expression);
  }
  if (node?.type !== "MemberExpression" || staticName(node) !== "secrets") {
    return false;
  }
  const { object } = node;
  return object.type === "Identifier" || (object.type === "MemberExpression" && staticName(object) === "event");
}

/** Of a parser's error, whose message ends with line and column. */
function placeAndReason(error: unknown): string {
  const { message, loc } = error as Error & { loc?: Position };
  const reason = message.replace(/ \(\d+:\d+\)$/, "");
  const advice = reason.includes("sourceType: module")
    ? "an Action is a CommonJS module: use require and exports"
    : reason;
  return `${loc === undefined ? "" : `at line ${loc.line}: `}${advice}`;
}
