import type { Node } from "../lib/form/document";
import { isSame } from "./equal";
import { given, isObject, type SourceObject } from "./source";

/** What the nodes are called, in the order of the file, as far as they are called otherwise; nothing where none is. */
export function overridesOf(
  made: readonly Node[],
  nodeOf: ReadonlyMap<string, SourceObject | undefined>,
  nodes: readonly SourceObject[],
  isLaidOut: boolean,
): SourceObject | undefined {
  const overrides = nodes.flatMap((node) => {
    const own = made.find(({ id }) => nodeOf.get(id) === node);
    return own === undefined ? [] : [[own.id, overrideOf(own, node, isLaidOut)] as const];
  });
  // What is not named stands behind what is, as it is made.
  const isNeeded = (count: number) => {
    const named = new Set(overrides.slice(0, count).map(([id]) => id));
    const rest = made.filter(({ id }) => !named.has(id)).map((node) => [node.id, {}]);
    return !isSame(rest, overrides.slice(count));
  };
  let count = 0;
  while (count < overrides.length && isNeeded(count)) {
    count += 1;
  }
  return count === 0 ? undefined : Object.fromEntries(overrides.slice(0, count));
}

function overrideOf(own: Node, node: SourceObject, isLaidOut: boolean): SourceObject {
  const rules = rulesOf(node.config);
  const called = rulesOf(own.config).map((rule, index) => [String(rule.id), calledOf(rule, rules[index])] as const);
  const others = called.filter(([, override]) => Object.keys(override).length > 0);
  return given({
    ...calledOf(own, node),
    coordinates: isLaidOut && isSame(own.coordinates, node.coordinates) ? undefined : node.coordinates,
    rules: others.length > 0 ? Object.fromEntries(others) : undefined,
  });
}

function calledOf(own: Pick<Node, "id" | "alias"> | SourceObject, { id, alias = "" }: SourceObject = {}): SourceObject {
  return given({ id: id === own.id ? undefined : id, alias: alias === own.alias ? undefined : alias });
}

function rulesOf(config: unknown): readonly SourceObject[] {
  return ((isObject(config) ? config.rules : undefined) ?? []) as readonly SourceObject[];
}
