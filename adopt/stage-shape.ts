import { ENDING } from "auth0-forms";
import { isIdentifier } from "../lib/checks";
import { grouped, hasNoValue, isEqualTo } from "../lib/form/condition";
import type { Destination } from "../lib/form/destination";
import { isSame } from "./equal";
import { isObject, type SourceObject } from "./source";

/** The nodes that a stage would be made of. */
export interface StageShape {
  readonly id: string;
  /** The router's rule that leads to it; absent where it is always due. */
  readonly rule?: SourceObject;
  readonly before?: SourceObject;
  readonly steps: readonly StepShape[];
  /** Flows, of which the last may be that of several stages. */
  readonly behind: readonly SourceObject[];
  /** The router that shows another stage in the same login. */
  readonly next?: SourceObject;
}

export interface StepShape {
  /** Of the step, from which the id of its node would be made. */
  readonly id: string;
  readonly node: SourceObject;
}

export interface FormShape {
  readonly router?: SourceObject;
  readonly stages: readonly StageShape[];
}

/** The shape of a form as a graph of stages; or in words, why it is none. */
export function formShape(start: unknown, nodes: readonly SourceObject[]): FormShape | string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const first = byId.get(start as string);
  const router = first?.type === "ROUTER" ? first : undefined;
  const ways = router === undefined ? [{ entry: start, rule: undefined }] : waysOf(router);
  if (typeof ways === "string") {
    return ways;
  }
  const stages: StageShape[] = [];
  for (const { entry, rule } of ways) {
    const shape = stageShape(entry, rule, byId);
    if (typeof shape === "string") {
      return shape;
    }
    stages.push(shape);
  }
  const reached = new Set([
    router,
    ...stages.flatMap(({ before, steps, behind, next }) => [before, ...steps.map(({ node }) => node), ...behind, next]),
  ]);
  const left = nodes.find((node) => !reached.has(node));
  return left === undefined ? { router, stages } : `the node ${JSON.stringify(left.id)} is of no stage`;
}

interface Way {
  readonly entry: unknown;
  readonly rule: SourceObject | undefined;
}

function waysOf({ id, config }: SourceObject): readonly Way[] | string {
  const { rules = [], fallback } = isObject(config) ? config : {};
  if (!Array.isArray(rules) || rules.length === 0) {
    return `the router ${JSON.stringify(id)} has no rule`;
  }
  const ways: Way[] = (rules as readonly SourceObject[]).map((rule) => ({ entry: rule.next_node, rule }));
  return [...ways, ...(fallback === ENDING ? [] : [{ entry: fallback, rule: undefined }])];
}

/** At most a flow, one step or more, at most two flows, and the router of a login that shows several stages. */
const CHAIN = /^(F?)(S+)(F{0,2})(N?)$/;

function stageShape(
  entry: unknown,
  rule: SourceObject | undefined,
  byId: ReadonlyMap<unknown, SourceObject>,
): StageShape | string {
  const chain: SourceObject[] = [];
  for (let pointer = entry; pointer !== ENDING; ) {
    const node = byId.get(pointer);
    if (node === undefined || chain.includes(node)) {
      return `from the node ${JSON.stringify(entry)} on it does not come to the ending`;
    }
    chain.push(node);
    pointer = node.type === "ROUTER" || !isObject(node.config) ? ENDING : node.config.next_node;
  }
  const types = chain.map(({ type }) => String(type));
  const kinds = chain.map((node, index) => (isNext(node) ? "N" : types[index]?.charAt(0)));
  const [, before, steps, behind] = CHAIN.exec(kinds.join("")) ?? [];
  if (before === undefined || steps === undefined || behind === undefined) {
    const way = types.length === 0 ? "leads to the ending" : `goes by ${types.join(", ")}`;
    return `from ${JSON.stringify(entry)} on it ${way}, where a stage goes by one FLOW or none, by STEPs, and by two FLOWs or less`;
  }
  const own = chain.slice(before.length, before.length + steps.length).map((node) => ({ id: stepIdOf(node), node }));
  const first = before === "" ? undefined : chain[0];
  const last = chain.slice(before.length + steps.length, before.length + steps.length + behind.length);
  const called = toldBy(rule?.condition) ?? stageIdOf([rule, first, ...last]);
  const key = awaitedBy(rule?.condition)?.split(".").at(-1);
  const id = called ?? key ?? own[0]?.id ?? "";
  // Who did not call it after a step has the step called after it.
  const isNamed = called !== undefined || own.length > 1;
  const next = chain.find(isNext);
  return { id, rule, before: first, steps: isNamed ? own : own.map(({ node }) => ({ id, node })), behind: last, next };
}

/** Whether an Action says by it which stage is shown behind another. */
function isNext({ type, config }: SourceObject): boolean {
  return type === "ROUTER" && /"\{\{vars\.after_\w+\}\}"/.test(JSON.stringify(config));
}

/** What an Action calls the stage, where it decides. */
function toldBy(condition: unknown): string | undefined {
  const [, id] = /"\{\{vars\.stage\}\}","(\w+)"/.exec(JSON.stringify(condition) ?? "") ?? [];
  return isIdentifier(id) && isSame(grouped(isEqualTo("vars.stage", id)), condition) ? id : undefined;
}

/** The place in the metadata whose absence alone is the condition. */
export function awaitedBy(condition: unknown): Destination | undefined {
  const [, key] =
    /"\{\{context\.user\.((?:user|app)_metadata\.[\w.]+)\}\}"/.exec(JSON.stringify(condition) ?? "") ?? [];
  return key !== undefined && isSame(grouped(hasNoValue(key)), condition) ? (key as Destination) : undefined;
}

/** The id of the stage that this library has called a rule or a flow's node after. */
function stageIdOf(named: readonly (SourceObject | undefined)[]): string | undefined {
  const ids = named.map((one) => /^(?:missing|before|after|save_answers)_(.+)$/.exec(String(one?.id))?.[1]);
  return ids.find((id) => id !== undefined && isIdentifier(id));
}

function stepIdOf({ id }: SourceObject): string {
  const own = /^step_(.+)$/.exec(String(id))?.[1];
  return own !== undefined && isIdentifier(own) ? own : String(id);
}

export function componentsOf({ node: { config } }: StepShape): readonly SourceObject[] {
  return ((isObject(config) ? config.components : undefined) ?? []) as readonly SourceObject[];
}
