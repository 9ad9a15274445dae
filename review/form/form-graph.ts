import { ENDING } from "auth0-forms";
import { isObject, type JsonObject, objectOf } from "../json-value";
import { type Moment, type Schedule, type ScheduledStage, type Told, toldIn } from "./schedule";

/** A form as a graph, read from whatever the plan holds: a form of the dashboard's, or one that Auth0 would refuse. */
export interface FormGraph {
  /** Whether there are nodes to read; they can be known only after the apply. */
  readonly isKnown: boolean;
  /** Where it begins: the id of a node, or `$ending`. */
  readonly start?: string;
  readonly hiddenFields: ReadonlyMap<string, unknown>;
  /** In the order of the form; of several with the same id the others as `id (2)`, to which nothing leads. */
  readonly nodes: ReadonlyMap<string, FormNode>;
  readonly ending: Ending;
  /** In the order in which they are asked; then those that nothing leads to. */
  readonly stages: readonly Stage[];
}

export type FormNode = StepNode | FlowNode | RouterNode | UnknownNode;

interface Node {
  readonly id: string;
  /** What it is called in the dashboard. */
  readonly alias: string;
  readonly coordinates: unknown;
}

export interface StepNode extends Node {
  readonly type: "STEP";
  readonly components: readonly FormComponent[];
  readonly next?: string;
}

export interface FlowNode extends Node {
  readonly type: "FLOW";
  readonly flowId?: string;
  readonly next?: string;
}

export interface RouterNode extends Node {
  readonly type: "ROUTER";
  readonly rules: readonly Rule[];
  /** Where it leads to when no rule holds. */
  readonly fallback?: string;
}

/** A node of a type that Auth0 does not have today. */
export interface UnknownNode extends Node {
  readonly type: "UNKNOWN";
  readonly name: string;
}

export interface Rule {
  readonly id: string;
  readonly alias: string;
  /** Where it is the Action that tells the stage: the condition that this goes by there; absent where it holds always. */
  readonly condition: unknown;
  readonly next?: string;
  /** What the Action has to tell. */
  readonly told?: Told;
  /** When people are asked, where the Action goes by that. */
  readonly moment?: Moment;
}

export interface FormComponent {
  readonly id: string;
  readonly category: string;
  readonly type: string;
  readonly label?: string;
  readonly hint?: string;
  readonly isRequired: boolean;
  readonly isSensitive: boolean;
  readonly config: JsonObject;
}

export interface Ending {
  readonly resumesLogin: boolean;
  /** The flow that runs at the end. */
  readonly flowId?: string;
  readonly target?: string;
}

/** What a person sees at once, and the rules that lead there. */
export interface Stage {
  /** Id of its step. */
  readonly id: string;
  readonly alias: string;
  readonly step: StepNode;
  /**
   * Rules of routers that lead to the step, at once or by flows alone; none where it is shown always or never. Of those for
   * which the Action tells the same stage one.
   */
  readonly rules: readonly Rule[];
  /** What the Action calls the stage that the step belongs to, where it chooses from stages. */
  readonly told?: string;
}

/** Decoded JSON, as the Forms API has it; `undefined` where it can not be known. */
export interface FormDocument {
  readonly start: unknown;
  readonly nodes: unknown;
  readonly ending: unknown;
}

/**
 * Never throws: what is not there or is something else is left out.
 *
 * @param schedule what the Action goes by that shows the form
 */
export function formGraph(document: FormDocument, schedule?: Schedule): FormGraph {
  const start = objectOf(document.start);
  const ending = objectOf(document.ending);
  const graph = {
    isKnown: document.nodes !== undefined && typeof document.nodes !== "string",
    start: text(start.next_node),
    hiddenFields: hiddenFieldsIn(start),
    nodes: byId(objects(document.nodes).map((one, index) => node(one, index, schedule))),
    ending: {
      resumesLogin: ending.resume_flow === true,
      flowId: text(objectOf(ending.after_submit).flow_id),
      target: text(objectOf(ending.redirection).target),
    },
  };
  return { ...graph, stages: stagesOf(graph, schedule) };
}

/** What of a form leads from node to node. */
type Nodes = Pick<FormGraph, "start" | "nodes">;

export function nodeOf(graph: Nodes, pointer: string | undefined): FormNode | undefined {
  return pointer === undefined ? undefined : graph.nodes.get(pointer);
}

/** What a pointer leads to, as people know it. */
export type Target =
  | { readonly to: "nothing" | "ending" }
  | { readonly to: "node" /** Its id where there is no such node. */; readonly alias: string };

export function targetOf(graph: Nodes, pointer: string | undefined): Target {
  if (pointer === undefined) {
    return { to: "nothing" };
  }
  return pointer === ENDING ? { to: "ending" } : { to: "node", alias: nodeOf(graph, pointer)?.alias ?? pointer };
}

/** Where a node leads to, and on what occasion. */
export interface Edge {
  readonly to?: string;
  readonly rule?: Rule;
  readonly kind: "next" | "rule" | "fallback" | "jump";
}

export function edgesOf(node: FormNode): readonly Edge[] {
  switch (node.type) {
    case "STEP":
      return [
        { kind: "next", to: node.next },
        ...node.components
          .filter(({ type }) => type === "JUMP_BUTTON")
          .map(({ config }): Edge => ({ kind: "jump", to: text(config.next_node) })),
      ];
    case "FLOW":
      return [{ kind: "next", to: node.next }];
    case "ROUTER":
      return [
        ...node.rules.map((rule): Edge => ({ kind: "rule", to: rule.next, rule })),
        { kind: "fallback", to: node.fallback },
      ];
    case "UNKNOWN":
      return [];
  }
}

function stagesOf(graph: Nodes, schedule: Schedule | undefined): readonly Stage[] {
  const steps = [...graph.nodes.values()].filter((node) => node.type === "STEP");
  const only = schedule?.stages.length === 1 ? schedule.stages[0] : undefined;
  const rules = rulesByStep(graph, only);
  const told = toldByStep(graph, only);
  const order = new Map(reachableFrom(graph, graph.start).map((id, index) => [id, index]));
  const place = (id: string) => order.get(id) ?? order.size;
  return steps
    .map((step) => ({
      id: step.id,
      alias: step.alias,
      step,
      rules: rules.get(step.id) ?? [],
      told: told.get(step.id),
    }))
    .sort((one, other) => place(one.id) - place(other.id));
}

/** Ids of the nodes that a pointer leads to, itself included, each way to its end before the next. */
export function reachableFrom(graph: Nodes, pointer: string | undefined): readonly string[] {
  const seen = new Set<string>();
  const open = [pointer];
  while (open.length > 0) {
    const found = nodeOf(graph, open.shift());
    if (found === undefined || seen.has(found.id)) {
      continue;
    }
    seen.add(found.id);
    open.unshift(...edgesOf(found).map(({ to }) => to));
  }
  return [...seen];
}

/** FIELDs and WIDGETs, which people answer. */
export function fieldsOf(step: StepNode): readonly FormComponent[] {
  return step.components.filter(({ category }) => category !== "BLOCK");
}

/** By the id of the step that they lead to. */
function rulesByStep(graph: Nodes, only: ScheduledStage | undefined): ReadonlyMap<string | undefined, readonly Rule[]> {
  // What the Action looks for before it shows the form is as good as a router before the first step.
  const first = only === undefined ? [] : [ruleOf(only, graph.start)];
  const rules = [...first, ...rulesOf(graph)];
  const found = new Map<string | undefined, Rule[]>();
  for (const rule of rules) {
    const step = throughFlows(graph, rule.next);
    const others = found.get(step) ?? [];
    if (rule.told === undefined || !others.some(({ told }) => told?.stage === rule.told?.stage)) {
      found.set(step, [...others, rule]);
    }
  }
  return found;
}

function rulesOf(graph: Nodes): readonly Rule[] {
  return [...graph.nodes.values()].flatMap((node) => (node.type === "ROUTER" ? node.rules : []));
}

function ruleOf({ id, condition, moment }: ScheduledStage, next: string | undefined): Rule {
  return { id, alias: id, condition, moment, next };
}

/** What the Action calls the stage of a step: the one that leads there, without another router in between. */
function toldByStep(graph: Nodes, only: ScheduledStage | undefined): ReadonlyMap<string, string> {
  const entrances = rulesOf(graph).map(({ told, next }) => ({ told: told?.stage, next }));
  const all = only === undefined ? entrances : [{ told: only.id, next: graph.start }, ...entrances];
  const found = new Map<string, string>();
  for (const { told, next } of all.filter((entrance) => entrance.told !== undefined)) {
    const seen = new Set<string>();
    for (
      let at = nodeOf(graph, next);
      (at?.type === "STEP" || at?.type === "FLOW") && !seen.has(at.id);
      at = nodeOf(graph, at.next)
    ) {
      seen.add(at.id);
      found.set(at.id, told ?? "");
    }
  }
  return found;
}

function throughFlows(graph: Nodes, pointer: string | undefined): string | undefined {
  const passed = new Set<string>();
  let at = pointer;
  for (let found = nodeOf(graph, at); found?.type === "FLOW" && !passed.has(found.id); found = nodeOf(graph, at)) {
    passed.add(found.id);
    at = found.next;
  }
  return at;
}

function node(source: JsonObject, index: number, schedule: Schedule | undefined): FormNode {
  const id = text(source.id) ?? `node ${index + 1}`;
  const common = { id, alias: text(source.alias) ?? id, coordinates: source.coordinates };
  const config = objectOf(source.config);
  switch (source.type) {
    case "STEP":
      return {
        ...common,
        type: "STEP",
        components: [...byId(objects(config.components).map(component)).values()],
        next: text(config.next_node),
      };
    case "FLOW":
      return { ...common, type: "FLOW", flowId: text(config.flow_id), next: text(config.next_node) };
    case "ROUTER":
      return {
        ...common,
        type: "ROUTER",
        rules: objects(config.rules).map((one, place) => rule(one, place, schedule)),
        fallback: text(config.fallback),
      };
    default:
      return { ...common, type: "UNKNOWN", name: text(source.type) ?? "without type" };
  }
}

function rule({ id, alias, condition, next_node }: JsonObject, index: number, schedule: Schedule | undefined): Rule {
  const known = text(id) ?? `rule ${index + 1}`;
  const common = { id: known, alias: text(alias) ?? known, next: text(next_node) };
  const told = schedule?.tellsStage === true ? toldIn(condition) : undefined;
  const stage = told === undefined ? undefined : schedule?.stages.find((one) => one.id === told.stage);
  return stage === undefined
    ? { ...common, condition, told }
    : { ...common, condition: stage.condition, told, moment: stage.moment };
}

function component(source: JsonObject, index: number): FormComponent {
  return {
    id: text(source.id) ?? `component ${index + 1}`,
    category: text(source.category) ?? "",
    type: text(source.type) ?? "without type",
    label: text(source.label),
    hint: text(source.hint),
    isRequired: source.required === true,
    isSensitive: source.sensitive === true,
    config: objectOf(source.config),
  };
}

function hiddenFieldsIn({ hidden_fields: fields }: JsonObject): ReadonlyMap<string, unknown> {
  const found = byId(objects(fields).map(({ key, value }) => ({ id: String(key), value })));
  return new Map([...found].map(([key, { value }]) => [key, value]));
}

/** Whichever of several with the same id Auth0 would take: all of them are told. */
function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  const numbers = new Map<string, number>();
  for (const item of items) {
    const number = (numbers.get(item.id) ?? 0) + 1;
    numbers.set(item.id, number);
    const id = number === 1 ? item.id : `${item.id} (${number})`;
    found.set(id, { ...item, id });
  }
  return found;
}

function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
