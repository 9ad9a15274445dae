import { ENDING, type NodePointer } from "auth0-forms";
import { isList } from "../checks";
import { type FieldsOf, other, requiredOther } from "../fields";
import { type Component, FAULTS, readOptions } from "./component";
import { type Condition, grouped } from "./condition";
import { type FlowDefinition, isFlow } from "./flow";
import { type Coordinates, graphLayout, layout } from "./layout";
import { type IdentifiedComponent, identified } from "./stage";

interface NodeOptions {
  /**
   * Name in the dashboard's editor, 1 to 150 characters.
   *
   * @default - none
   */
  readonly alias?: string;
  /**
   * Place in the dashboard's editor, in pixels, each -999,999 to 999,999.
   *
   * @default - that of the form's own layout, see {@link FormProps.isLaidOut}
   */
  readonly coordinates?: Coordinates;
}

interface NextOption {
  /**
   * Id of the node that it leads to, or `$ending`.
   *
   * @default - it leads nowhere
   */
  readonly next?: NodePointer;
}

export interface StepNodeOptions extends NodeOptions, NextOption {
  /** What the person sees, from top to bottom. Nothing is saved but by flows: `saveTo` and `metadataKey` are refused. */
  readonly components: readonly Component[];
}

export interface FlowNodeOptions extends NodeOptions, NextOption {
  /** Made by {@link flow}, which the form then defines; or the id of another one (`af_…`), such as `flowId` of a `ProfileFlow`. */
  readonly flow: FlowDefinition | string;
}

/** A way out of a router, which is taken where its condition is the first that holds. */
export interface RouterRule extends NextOption {
  /** Letters, digits and `_`, a letter first. */
  readonly id: string;
  /**
   * Name in the dashboard's editor, 1 to 150 characters.
   *
   * @default - none
   */
  readonly alias?: string;
  readonly condition: Condition;
}

export interface RouterNodeOptions extends NodeOptions {
  /**
   * At most 10, tried in this order.
   *
   * @default - none
   */
  readonly rules?: readonly RouterRule[];
  /**
   * Id of the node that it leads to where no condition holds, or `$ending`.
   *
   * @default - it leads nowhere
   */
  readonly fallback?: NodePointer;
}

const NODE: FieldsOf<NodeOptions> = { alias: other, coordinates: other };
const STEP_NODE: FieldsOf<StepNodeOptions> = { ...NODE, components: requiredOther, next: other };
const FLOW_NODE: FieldsOf<FlowNodeOptions> = { ...NODE, flow: requiredOther, next: other };
const ROUTER_NODE: FieldsOf<RouterNodeOptions> = { ...NODE, rules: other, fallback: other };
export const ROUTER_RULE: FieldsOf<RouterRule> = {
  id: requiredOther,
  alias: other,
  condition: requiredOther,
  next: other,
};

/** A node as the Forms API takes it, but for `flow_id`, which may be a token. */
export interface RawNode {
  readonly id: string;
  readonly type: "STEP" | "FLOW" | "ROUTER";
  readonly alias?: string;
  readonly coordinates?: Coordinates;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A node of a form: one screen, a flow that runs, or a router. A plain value: it is checked by the form that gets it. */
export class FormNode {
  /** What was wrong with the options that it was made with: the form that gets it tells of it. */
  readonly [FAULTS]?: readonly string[];

  /** @internal */
  constructor(
    readonly id: string,
    readonly type: "STEP" | "FLOW" | "ROUTER",
    readonly options: NodeOptions & {
      readonly next?: NodePointer;
      readonly flow?: FlowDefinition | string;
      readonly rules?: readonly RouterRule[];
      readonly fallback?: NodePointer;
    },
    /** The components, each with its id; of a step alone. */
    readonly components: readonly IdentifiedComponent[],
    faults: readonly string[] | undefined,
    /** What is sent in place of all that. */
    readonly raw?: RawNode,
  ) {
    this[FAULTS] = faults;
  }

  /** What problems call it. */
  get noun(): string {
    return this.type.toLowerCase();
  }

  /** The node with other components, and all else as it is. */
  withComponents(change: (component: IdentifiedComponent) => IdentifiedComponent): this {
    return Object.assign(Object.create(FormNode.prototype), this, { components: this.components.map(change) });
  }

  /** The ids that it leads to, each with what leads there. */
  get pointers(): readonly (readonly [what: string, id: NodePointer])[] {
    const { next, fallback, rules } = this.options;
    const all: readonly (readonly [string, NodePointer | undefined])[] = [
      ["next", next],
      ["fallback", fallback],
      ...(isList(rules) ? (rules ?? []) : []).map(
        (rule) => [`rule ${JSON.stringify(rule?.id)}: next`, rule?.next] as const,
      ),
      ...this.components
        .filter(({ type }) => type === "JUMP_BUTTON")
        .map(
          ({ id, config }) =>
            [`JUMP_BUTTON ${JSON.stringify(id)}: nextNode`, config?.next_node as NodePointer] as const,
        ),
    ];
    return all.flatMap(([what, id]) => (id == null ? [] : [[what, id] as const]));
  }

  /** The flows that it runs and the form defines. */
  get flows(): readonly FlowDefinition[] {
    return [this.options.flow, ...this.components.map(({ config }) => config?.flow_id)].filter(isFlow);
  }
}

/**
 * One screen.
 *
 * @param id letters, digits and `_`, a letter first
 * @example stepNode("welcome", { components: [richText("<p>Hello</p>"), nextButton()], next: "$ending" })
 */
export function stepNode(id: string, options: StepNodeOptions): FormNode {
  const [{ components, ...given }, faults] = readOptions(options, STEP_NODE);
  return new FormNode(id, "STEP", given, identified(id, components), faults);
}

/**
 * A flow that runs before the form goes on.
 *
 * @param id letters, digits and `_`, a letter first
 * @example flowNode("send", { flow: "af_…", next: "enter_code" })
 */
export function flowNode(id: string, options: FlowNodeOptions): FormNode {
  const [given, faults] = readOptions(options, FLOW_NODE);
  return new FormNode(id, "FLOW", given, [], faults);
}

/**
 * A fork: the first rule whose condition holds says where it goes on.
 *
 * @param id letters, digits and `_`, a letter first
 * @example routerNode("who", { rules: [{ id: "staff", condition: isEqualTo("app_metadata.staff", true), next: "badge" }], fallback: "$ending" })
 */
export function routerNode(id: string, options: RouterNodeOptions): FormNode {
  const [given, faults] = readOptions(options, ROUTER_NODE);
  return new FormNode(id, "ROUTER", given, [], faults);
}

/**
 * A node as the Forms API takes it, where no other function can say it. A `flow_id` is that of a flow that is defined elsewhere.
 *
 * @example rawNode({ id: "router_x1", type: "ROUTER", config: { rules: [], fallback: "$ending" } })
 */
export function rawNode(node: RawNode): FormNode {
  const { id, type, alias, coordinates, config = {} } = node;
  const {
    components = [],
    next_node,
    fallback,
    rules = [],
  } = config as {
    readonly components?: readonly IdentifiedComponent[];
    readonly next_node?: NodePointer;
    readonly fallback?: NodePointer;
    readonly rules?: readonly (Omit<RouterRule, "next"> & { readonly next_node?: NodePointer })[];
  };
  const options = {
    alias,
    coordinates,
    next: next_node,
    fallback,
    rules: isList(rules) ? rules.map(({ next_node: next, ...rule }) => ({ ...rule, next })) : rules,
  };
  return new FormNode(id, type, options, components, undefined, node);
}

export interface GraphOptions {
  /** Id of the node that the form begins with. */
  readonly start: NodePointer;
  readonly coordinates?: { readonly start?: Coordinates; readonly ending?: Coordinates };
  readonly isLaidOut: boolean;
  readonly flowIdOf: (flow: FlowDefinition) => string;
}

/** The nodes as the Forms API takes them. */
export function graphOf(nodes: readonly FormNode[], { start, coordinates, isLaidOut, flowIdOf }: GraphOptions) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const nextOf = (id: string) => (byId.get(id)?.pointers ?? []).map(([, next]) => next);
  const places = graphLayout(start, [...byId.keys()], nextOf);
  const placed = (own: Coordinates | undefined, other: Coordinates) => own ?? (isLaidOut ? other : undefined);
  const idOf = (flow: unknown) => (isFlow(flow) ? flowIdOf(flow) : flow);
  return {
    start: { next_node: start, coordinates: placed(coordinates?.start, layout.start) },
    nodes: nodes.map(
      ({ id, type, options, components, raw }) =>
        raw ?? {
          id,
          type,
          alias: options.alias,
          coordinates: placed(options.coordinates, places.of(id)),
          config: configOf(type, options, components, idOf),
        },
    ),
    ending: { resume_flow: true, coordinates: placed(coordinates?.ending, places.ending) } as const,
  };
}

function configOf(
  type: FormNode["type"],
  { next, flow, rules, fallback }: FormNode["options"],
  components: readonly IdentifiedComponent[],
  idOf: (flow: unknown) => unknown,
): object {
  if (type === "ROUTER") {
    const sent = rules?.map(({ id, alias, condition, next: next_node }) => ({
      id,
      alias,
      condition: grouped(condition),
      next_node,
    }));
    return { rules: sent, fallback };
  }
  if (type === "FLOW") {
    return { flow_id: idOf(flow), next_node: next };
  }
  const sent = components.map(({ answer: _answer, ...component }) =>
    component.config?.flow_id === undefined
      ? component
      : { ...component, config: { ...component.config, flow_id: idOf(component.config.flow_id) } },
  );
  return { components: sent, next_node: next };
}

/** The nodes that no way leads to. */
export function unreachable(nodes: readonly FormNode[], start: NodePointer): readonly FormNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<FormNode>();
  const visit = (id: NodePointer) => {
    const node = byId.get(id);
    if (id !== ENDING && node !== undefined && !seen.has(node)) {
      seen.add(node);
      node.pointers.map(([, next]) => next).forEach(visit);
    }
  };
  visit(start);
  return nodes.filter((node) => !seen.has(node));
}
