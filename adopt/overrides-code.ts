import type { Node } from "../lib/form/document";
import { isSame } from "./equal";
import { given, isObject, type SourceObject } from "./source";

/** What the nodes are called, in the order of the file; nothing where they are called so anyhow. */
export function overridesOf(
  made: readonly Node[],
  nodeOf: ReadonlyMap<string, SourceObject | undefined>,
  nodes: readonly SourceObject[],
): SourceObject | undefined {
  const overrides = nodes.flatMap((node) => {
    const own = made.find(({ id }) => nodeOf.get(id) === node);
    return own === undefined ? [] : [[own, node] as const];
  });
  const isAsMade = isSame(
    made.map(({ id, alias, coordinates, config }) => ({ id, alias, coordinates, rules: rulesOf(config) })),
    nodes.map(({ id, alias, coordinates, config }) => ({ id, alias, coordinates, rules: rulesOf(config) })),
  );
  if (isAsMade) {
    return undefined;
  }
  return Object.fromEntries(
    overrides.map(([own, { id, alias, coordinates, config }]) => {
      const [ownRules, rules] = [rulesOf(own.config) ?? [], rulesOf(config) ?? []];
      const named = ownRules.map((rule, index) => {
        const { id: ruleId, alias: name } = rules[index] ?? {};
        return [String(rule.id), given({ id: ruleId === rule.id ? undefined : ruleId, alias: name })] as const;
      });
      const isNamed = named.length > 0 && !isSame(ownRules, rules);
      return [
        own.id,
        given({
          id: id === own.id ? undefined : id,
          alias,
          coordinates,
          rules: isNamed ? Object.fromEntries(named) : undefined,
        }),
      ];
    }),
  );
}

function rulesOf(config: unknown): readonly SourceObject[] | undefined {
  const { rules } = (isObject(config) ? config : {}) as { readonly rules?: readonly SourceObject[] };
  return rules?.map(({ id, alias }) => given({ id, alias }));
}
