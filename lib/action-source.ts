import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { AnyNode, Position } from "acorn";
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
import { canonicalJson, literal } from "./terraform-text";
import { type Problems, shown } from "./validation-error";

/** @see https://auth0.com/docs/customize/actions/limitations */
const MAX_BYTES = 100 * 1024;
const HANDLERS = ["onExecutePostLogin", "onContinuePostLogin"];

/** What a stack gives to an Action, by name. */
type Values = Readonly<Record<string, unknown>>;

/**
 * The source of a post-login Action, and the values that its stack puts in: into the constants of their names at its top,
 * `const FORM_ID = "…";`. What has no constant there the source finds in `event.secrets`.
 *
 * Terraform reads code back, and sees when it is not what it should be. It does not see that of secrets, for Auth0 never
 * gives them back.
 */
export class ActionSource {
  private readonly name: string;
  private readonly code: string;
  private readonly tree: SyntaxTree;
  private readonly constants: ReturnType<SyntaxTree["constants"]>;

  /** @throws Error that says why the file can not be read, with the line of a syntax error */
  constructor(file: string) {
    this.name = basename(file);
    try {
      this.code = readFileSync(file, "utf8");
    } catch (error) {
      throw new Error(`Action source ${shown(file)} can not be read: ${(error as Error).message}`);
    }
    try {
      this.tree = new SyntaxTree(this.code);
    } catch (error) {
      throw new Error(`Action source ${this.name} has a syntax error ${placeAndReason(error)}`);
    }
    this.constants = this.tree.constants();
  }

  /**
   * Adds what would fail in Auth0: a missing handler, a secret that is used but not given, more than 100 kB of code.
   *
   * Nothing of the source runs. Handlers are looked for where `exports` and `module.exports` are written to: where those go
   * other ways, such as into a function, nothing is said of them. Secrets are looked for as `event.secrets.NAME`,
   * `event.secrets["NAME"]` and `{ NAME } = event.secrets`: a name that is computed can not be seen.
   *
   * @param values by name, what the source may take
   */
  check(values: Values, problems: Problems): void {
    const code = this.filled(
      values,
      (text) => text,
      (value) => JSON.stringify(value) ?? "",
    );
    const bytes = Buffer.byteLength(code);
    if (bytes > MAX_BYTES) {
      problems.add(`Action source ${this.name} has ${bytes} bytes, but Auth0 takes at most ${MAX_BYTES}; shorten it`);
    }
    checkHandlers(this.name, this.tree, problems);
    checkSecrets(this.name, this.tree, this.secretsOf(values), problems);
  }

  /** The code with its values, as text for Terraform. */
  codeWith(values: Values): string {
    return this.filled(values, literal, canonicalJson);
  }

  /** The names of the values that the source finds in `event.secrets`. */
  secretsOf(values: Values): string[] {
    return Object.keys(values).filter((name) => !this.constants.some((constant) => constant.name === name));
  }

  private filled(values: Values, asText: (part: string) => string, asValue: (value: unknown) => string): string {
    let text = "";
    let end = 0;
    for (const { name, init } of this.constants) {
      if (name in values) {
        text += asText(this.code.slice(end, init.start)) + asValue(values[name]);
        end = init.end;
      }
    }
    return text + asText(this.code.slice(end));
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
    const name = property.type === "Property" ? staticKey(property) : undefined;
    if (name === undefined) {
      return undefined;
    }
    if (property.type === "Property" && mayBeFunction(property.value)) {
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
