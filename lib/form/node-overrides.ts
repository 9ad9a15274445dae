import { MAX_ALIAS_CHARACTERS } from "auth0-forms";
import { checkIdentifier, checkText, repeated } from "../checks";
import { adviceOn, checkFields, type FieldsOf, isObject, other } from "../fields";
import { kind, shown } from "../shown";
import type { Problems } from "../validation-error";
import type { FormDocument, Node } from "./document";
import type { Coordinates } from "./layout";
import { checkCoordinates } from "./node-checks";

/** What a rule of a router is called. */
export interface RuleOverride {
  /** @default - the id that it has otherwise */
  readonly id?: string;
  /**
   * Name in the dashboard's editor, at most 150 characters; an empty text for none. It goes before the alias of the stage or the
   * step.
   *
   * @default - the one that it has otherwise
   */
  readonly alias?: string;
}

/** What a node is called, and where it stands: what is left out stays as it is otherwise. */
export interface NodeOverride extends RuleOverride {
  /**
   * Place in the dashboard's editor.
   *
   * @default - the one that it has otherwise
   */
  readonly coordinates?: Coordinates;
  /**
   * Of a router its rules, by the ids that they have otherwise.
   *
   * @default - they are called as they are otherwise
   */
  readonly rules?: Readonly<Record<string, RuleOverride>>;
}

/** Nodes by the ids that they have otherwise: `router`, `step_job_title`, `save_answers`. */
export type NodeOverrides = Readonly<Record<string, NodeOverride>>;

const RULE_OVERRIDE: FieldsOf<RuleOverride> = { id: other, alias: other };
const NODE_OVERRIDE: FieldsOf<NodeOverride> = { ...RULE_OVERRIDE, coordinates: other, rules: other };

/** Adds all that is wrong with what the nodes of a form are to be called. */
export function checkNodeOverrides(overrides: unknown, { nodes }: FormDocument, problems: Problems): void {
  const known = problems.all.length;
  eachOverride("nodeOverrides", overrides, NODE_OVERRIDE, nodes, problems, ({ coordinates, rules }, path, node) => {
    if (coordinates !== undefined) {
      checkCoordinates(`${path}.coordinates`, coordinates, problems);
    }
    if (rules !== undefined) {
      eachOverride(`${path}.rules`, rules, RULE_OVERRIDE, node.type === "ROUTER" ? node.config.rules : [], problems);
    }
  });
  if (problems.all.length > known) {
    return;
  }
  const called = (all: readonly { readonly id: string }[], by: unknown, place: string) => {
    for (const id of repeated(all.map((one) => (by as NodeOverride["rules"])?.[one.id]?.id ?? one.id))) {
      problems.add(`${place}: two of them would have the id ${shown(id)}; give one of them another one`);
    }
  };
  called(nodes, overrides, "nodeOverrides");
  for (const node of nodes) {
    if (node.type === "ROUTER") {
      called(node.config.rules, (overrides as NodeOverrides)[node.id]?.rules, `nodeOverrides.${node.id}.rules`);
    }
  }
}

function eachOverride<Override extends NodeOverride, Named extends { readonly id: string }>(
  path: string,
  overrides: unknown,
  fields: FieldsOf<Override>,
  named: readonly Named[],
  problems: Problems,
  check?: (override: NodeOverride, path: string, named: Named) => void,
): void {
  if (!isObject(overrides)) {
    problems.add(`${path} must be an object by ids, got ${kind(overrides)}`);
    return;
  }
  const ids = named.map(({ id }) => id);
  for (const [id, override] of Object.entries(overrides)) {
    const one = named.find((candidate) => candidate.id === id);
    if (one === undefined) {
      const advice = adviceOn(id, ids, `those are ${ids.join(", ") || "none"}`);
      problems.add(`${path} has ${shown(id)}, which the stages do not make; ${advice}`);
      continue;
    }
    const given = checkFields<NodeOverride>(`${path}.${id}`, override, fields, problems);
    if (given.id !== undefined) {
      checkIdentifier(`${path}.${id}.id`, given.id, problems);
    }
    if (given.alias !== undefined) {
      checkText(`${path}.${id}.alias`, given.alias, { min: 0, max: MAX_ALIAS_CHARACTERS }, problems);
    }
    check?.(given, `${path}.${id}`, one);
  }
}

/**
 * The same graph with its nodes called otherwise, and in the order in which they are named here, the others behind them: what
 * leads to a node follows it.
 *
 * @param isLaidOut whether what is given no place keeps its own
 */
export function withNodeOverrides(
  { start, nodes, ending }: FormDocument,
  overrides: NodeOverrides,
  places: Places,
  isLaidOut: boolean,
) {
  const idOf = (pointer: unknown) => (typeof pointer === "string" ? (overrides[pointer]?.id ?? pointer) : pointer);
  const order = Object.keys(overrides);
  const rank = ({ id }: Node) => (id in overrides ? order.indexOf(id) : order.length);
  const placed = (own: Coordinates, given: Coordinates | undefined) => given ?? (isLaidOut ? own : undefined);
  return {
    start: { next_node: idOf(start.next_node), coordinates: placed(start.coordinates, places.start) },
    nodes: [...nodes]
      .sort((one, another) => rank(one) - rank(another))
      .map((node) => {
        const override = overrides[node.id] ?? {};
        return {
          ...called(node, override),
          type: node.type,
          coordinates: placed(node.coordinates, override.coordinates),
          config: leadingBy(idOf, node, override.rules),
        };
      }),
    ending: { ...ending, coordinates: placed(ending.coordinates, places.ending) },
  };
}

/** Null is not given, as everywhere. */
function called(own: { readonly id: string; readonly alias: string }, { id, alias }: RuleOverride = {}): object {
  return { id: id ?? own.id, alias: (alias ?? own.alias) || undefined };
}

interface Places {
  readonly start?: Coordinates;
  readonly ending?: Coordinates;
}

function leadingBy(idOf: (pointer: unknown) => unknown, node: Node, overrides: NodeOverride["rules"]): object {
  if (node.type === "ROUTER") {
    const { rules, fallback } = node.config;
    return {
      rules: rules.map((rule) => ({
        ...called(rule, overrides?.[rule.id]),
        condition: rule.condition,
        next_node: idOf(rule.next_node),
      })),
      fallback: idOf(fallback),
    };
  }
  const { next_node, ...config } = node.config;
  if ("components" in config) {
    return { components: config.components.map((one) => buttonBy(idOf, one)), next_node: idOf(next_node) };
  }
  return { ...config, next_node: idOf(next_node) };
}

function buttonBy(idOf: (pointer: unknown) => unknown, component: object): object {
  const { config } = component as { readonly config?: { readonly next_node?: unknown } };
  return config?.next_node === undefined
    ? component
    : { ...component, config: { ...config, next_node: idOf(config.next_node) } };
}
