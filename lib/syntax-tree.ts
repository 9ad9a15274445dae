import {
  type AnyNode,
  type AssignmentProperty,
  type Expression,
  type MemberExpression,
  Parser,
  type Property,
} from "acorn";

/** What Node 22 reads, in which Auth0 runs Actions. */
const ECMA_VERSION = 2025;

/** What the parser calls for what may stand in itself, with what one call takes of the depth. acorn's types do not name it. */
const NESTED = { parseStatement: 1, parseMaybeAssign: 1, parseMaybeUnary: 1, parseBindingAtom: 1, parseExprOp: 0.25 };
const MAX_DEPTH = 500;
/** In the words of acorn, which says so where the stack has ended. */
const TOO_DEEP = "Not enough stack space to parse input";

interface Reading {
  depth?: number;
  readonly start: number;
  raise(position: number, message: string): never;
}

/**
 * A parser that refuses what is nested too deep, long before the stack ends: a regular expression that is compiled close to
 * its end takes the whole process along, and nothing can catch that.
 */
const ActionParser = Parser.extend((Base) => {
  class Bounded extends Base {}
  const methods = Base.prototype as unknown as Readonly<Record<string, (...given: unknown[]) => unknown>>;
  for (const [name, taken] of Object.entries(NESTED)) {
    const read = methods[name];
    if (read === undefined) {
      throw new Error(`acorn has no ${name}`);
    }
    Object.defineProperty(Bounded.prototype, name, {
      value(this: Reading, ...given: unknown[]): unknown {
        this.depth = (this.depth ?? 0) + taken;
        if (this.depth > MAX_DEPTH) {
          this.raise(this.start, TOO_DEEP);
        }
        const node = read.apply(this, given);
        this.depth -= taken;
        return node;
      },
    });
  }
  return Bounded;
});

/** A program's nodes, in the order in which they stand, and what each is part of. */
export class SyntaxTree {
  readonly nodes: readonly AnyNode[];
  private readonly parents = new Map<AnyNode, AnyNode>();

  /** @throws SyntaxError with its place, for what Node 22 could not load as a CommonJS module */
  constructor(code: string) {
    const program = ActionParser.parse(code, { ecmaVersion: ECMA_VERSION, sourceType: "commonjs" });
    const nodes: AnyNode[] = [];
    const left: AnyNode[] = [program];
    for (let node = left.pop(); node !== undefined; node = left.pop()) {
      nodes.push(node);
      const parts = Object.values(node).flat().filter(isNode);
      for (const part of parts) {
        this.parents.set(part, node);
      }
      left.push(...parts.reverse());
    }
    this.nodes = nodes;
  }

  /** The constants at the top of the program, in the order in which they stand. */
  constants(): { readonly name: string; readonly init: Expression }[] {
    const [program] = this.nodes;
    return this.nodes.flatMap((node) =>
      node.type === "VariableDeclaration" && node.kind === "const" && this.parentOf(node) === program
        ? node.declarations.flatMap(({ id, init }) => (id.type === "Identifier" && init ? { name: id.name, init } : []))
        : [],
    );
  }

  parentOf(node: AnyNode): AnyNode | undefined {
    return this.parents.get(node);
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Whether it is that variable, and no name of a property. */
export function isVariable(node: AnyNode | undefined, name: string, tree: SyntaxTree): boolean {
  if (node?.type !== "Identifier" || node.name !== name) {
    return false;
  }
  const parent = tree.parentOf(node);
  switch (parent?.type) {
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "Property":
      return parent.value === node || parent.computed;
    case "MethodDefinition":
    case "PropertyDefinition":
      return parent.value === node || parent.computed;
    default:
      return true;
  }
}

export function isMember(node: AnyNode | undefined, object: string, name: string): boolean {
  return (
    node?.type === "MemberExpression" &&
    node.object.type === "Identifier" &&
    node.object.name === object &&
    staticName(node) === name
  );
}

export function isStaticMember(node: AnyNode | undefined): boolean {
  return node?.type === "MemberExpression" && staticName(node) !== undefined;
}

/** The value that is assigned to it; undefined where none is. */
export function assignedTo(node: AnyNode, tree: SyntaxTree): AnyNode | undefined {
  const parent = tree.parentOf(node);
  return parent?.type === "AssignmentExpression" && parent.left === node ? parent.right : undefined;
}

export function isFunction(node: AnyNode) {
  return (
    node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression"
  );
}

/** Whether it may be one when it runs; a text, a number, a list or an object is none. */
export function mayBeFunction({ type }: AnyNode): boolean {
  return !["Literal", "TemplateLiteral", "ObjectExpression", "ArrayExpression", "UnaryExpression"].includes(type);
}

/** The name of a member, `x.name` or `x["name"]`; undefined where it is computed. */
export function staticName({ computed, property }: MemberExpression): string | undefined {
  return nameOf(property, computed);
}

/** The name of a property of an object or a pattern; undefined where it is computed. */
export function staticKey({ computed, key }: Property | AssignmentProperty): string | undefined {
  return nameOf(key, computed);
}

function nameOf(node: AnyNode, computed: boolean): string | undefined {
  if (node.type === "Identifier") {
    return computed ? undefined : node.name;
  }
  if (node.type === "TemplateLiteral" && node.expressions.length === 0) {
    return node.quasis[0]?.value.cooked ?? undefined;
  }
  return node.type === "Literal" ? String(node.value) : undefined;
}
