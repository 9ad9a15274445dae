import type { Json } from "auth0-forms/schema";
import type { Component } from "../lib/form/component";
import { type Destination, isDestination } from "../lib/form/destination";
import { identified } from "../lib/form/stage";
import type { FlowOfTenant } from "./code";
import { Code, evaluated, isObject, type Source, type SourceObject } from "./source";
import { componentsOf, type StageShape, type StepShape } from "./stage-shape";

/** What the flow behind a stage writes: each answer to its places, and what else goes where. */
export interface Saves {
  readonly flow: Code;
  readonly answers: ReadonlyMap<string, readonly Destination[]>;
  readonly others: Readonly<Record<string, Source>>;
}

/** What the flows behind the stages save, as far as they only do that for the stages that lead to them. */
export function savesOf(
  shapes: readonly StageShape[],
  flows: ReadonlyMap<string, FlowOfTenant>,
): ReadonlyMap<StageShape, Saves> {
  const early = new Set(
    shapes.flatMap(({ before, steps, behind }) => [
      ...[before, ...behind.slice(0, -1)].map((node) => node && flowOf(node)?.text),
      ...steps.flatMap(componentsOf).map(({ config }) => isObject(config) && codeOf(config.flow_id)?.text),
    ]),
  );
  const saves = shapes.flatMap((shape): readonly (readonly [StageShape, Saves])[] => {
    const node = shape.behind.at(-1);
    const flow = node && flowOf(node);
    const definition = flow && flows.get(flow.text);
    // A stage that names it can not stand before it, and what it writes of the stages not behind them.
    if (node === undefined || flow === undefined || definition === undefined || early.has(flow.text)) {
      return [];
    }
    const all = runBehind(node, shapes);
    const writes = writesOf(definition);
    const isShared = all.length > 1;
    const fields = fieldsOf(shape.steps);
    const fieldsOfAll = fieldsOf(all.flatMap(({ steps }) => steps));
    if (writes.length === 0 || (isShared && writes.some(([, value]) => !fieldsOfAll.has(value)))) {
      return [];
    }
    const answers = new Map<string, readonly Destination[]>();
    const others: Record<string, Source> = {};
    for (const [to, value] of writes) {
      const field = fields.get(value);
      if (field !== undefined) {
        answers.set(field, [...(answers.get(field) ?? []), to]);
      } else if (!isShared) {
        others[to] = value as Json;
      }
    }
    return [[shape, { flow, answers, others }]];
  });
  return new Map(saves);
}

/** The stages that this node is the last of. */
export function runBehind(node: SourceObject, shapes: readonly StageShape[]): readonly StageShape[] {
  return shapes.filter(({ behind }) => behind.at(-1) === node);
}

/** Expressions of answers, with the ids of their fields. */
function fieldsOf(steps: readonly StepShape[]): ReadonlyMap<unknown, string> {
  const asked = steps.flatMap(componentsOf).filter(({ category }) => category !== "BLOCK");
  const saved = asked.map((component) => ({ ...(evaluated(component) as Component), answer: { saveTo: [] } }));
  return new Map(identified("", saved).map(({ id, answer }) => [answer?.value, id]));
}

/** What a flow writes into the profile of who logs in, by its one action that does. */
export function changesIn(flow: FlowOfTenant | undefined): SourceObject | undefined {
  const updates = (flow?.actions ?? []).filter(({ type, action }) => type === "AUTH0" && action === "UPDATE_USER");
  const { changes, user_id } = (updates[0]?.params ?? {}) as SourceObject;
  return updates.length === 1 && user_id === "{{context.user.user_id}}" && isObject(changes) ? changes : undefined;
}

function writesOf(flow: FlowOfTenant): readonly (readonly [Destination, unknown])[] {
  const writes = leavesOf(changesIn(flow) ?? {}, "");
  return writes.every(([to]) => isDestination(to)) ? (writes as readonly (readonly [Destination, unknown])[]) : [];
}

function leavesOf(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  return isObject(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, member]) => leavesOf(member, path === "" ? key : `${path}.${key}`))
    : [[path, value]];
}

/** The expression of the flow that a node runs. */
export function flowOf({ config }: SourceObject): Code | undefined {
  return isObject(config) ? codeOf(config.flow_id) : undefined;
}

function codeOf(value: Source | undefined): Code | undefined {
  return value instanceof Code ? value : undefined;
}
