import type { Json } from "auth0-forms/schema";
import type { Component } from "../lib/form/component";
import { type Destination, isDestination } from "../lib/form/destination";
import { ownFlowId, type Saving, savingOf } from "../lib/form/saving";
import { identified, type Stage } from "../lib/form/stage";
import type { FlowOfTenant } from "./code";
import { isSame } from "./equal";
import { Call, Code, evaluated, isObject, type Source, type SourceObject } from "./source";
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
      ...[before, ...behind.slice(0, -1)].map((node) => flowOf(node)?.text),
      ...steps.flatMap(componentsOf).map(({ config }) => isObject(config) && codeOf(config.flow_id)?.text),
    ]),
  );
  const saves = shapes.flatMap((shape): readonly (readonly [StageShape, Saves])[] => {
    const flow = flowOf(shape.behind.at(-1));
    const definition = flow && flows.get(flow.text);
    // A stage that names it can not stand before it, and what it writes of the stages not behind them.
    if (flow === undefined || definition === undefined || early.has(flow.text)) {
      return [];
    }
    const all = shapes.filter(({ behind }) => flowOf(behind.at(-1))?.text === flow.text);
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

interface StagesToSave {
  readonly made: readonly Stage[];
  readonly stagesPerLogin: number | undefined;
  readonly flows: ReadonlyMap<string, FlowOfTenant>;
  /** What the variable is called that holds the stages. */
  readonly variable: string;
}

interface SavedStages {
  readonly saving: Saving;
  /** What each flow writes, by its expression. */
  readonly changes: ReadonlyMap<string, Source>;
}

/** How these flows save the stages: one many of them, or each its own; or in words, why they do not. */
export function savedBy(
  flowOfStage: ReadonlyMap<Stage, Code>,
  { made, stagesPerLogin, flows, variable }: StagesToSave,
): SavedStages | string {
  const groups = new Map<string, readonly Stage[]>();
  for (const [stage, { text }] of flowOfStage) {
    groups.set(text, [...(groups.get(text) ?? []), stage]);
  }
  const { own } = savingOf(made, { stagesPerLogin });
  // Those of stages that one flow for all could save.
  const able = [...groups].filter(([, stages]) => stages.some((stage) => !own.has(stage)));
  const [ofMany] = (able.length === 1 ? able[0] : able.find(([, stages]) => stages.length > 1)) ?? [];
  const others = [...groups].flatMap(([text, stages]) => (text === ofMany ? [] : stages));
  const changes = new Map<string, Source>();
  for (const [text, stages] of groups) {
    const flow = flows.get(text);
    const ids = stages.map(({ id }) => JSON.stringify(id)).join(", ");
    const some = new Code(`${variable}.filter(({ id }) => [${ids}].includes(id))`, stages);
    // With all of them, one that is added is saved too.
    const lists = text === ofMany || made.length === 1 ? [new Code(variable, made), some] : [some];
    const calls = lists.map((list) => new Call("changesOf", [list]));
    const call = calls.find((one) => isSame(evaluated(one), changesIn(flow)));
    if (call === undefined) {
      return `the flow ${JSON.stringify(flow?.name)} writes otherwise than stages do`;
    }
    changes.set(text, call);
  }
  return { saving: savingOf(made, { stagesPerLogin, alone: new Set(others.map(ownFlowId)) }), changes };
}

/** Expressions of answers, with the ids of their fields. */
function fieldsOf(steps: readonly StepShape[]): ReadonlyMap<unknown, string> {
  const asked = steps.flatMap(componentsOf).filter(({ category }) => category !== "BLOCK");
  const saved = asked.map((component) => ({ ...(evaluated(component) as Component), answer: { saveTo: [] } }));
  return new Map(identified("", saved).map(({ id, answer }) => [answer?.value, id]));
}

/** What a flow writes into the profile of who logs in, by its one action that does. */
function changesIn(flow: FlowOfTenant | undefined): SourceObject | undefined {
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
export function flowOf(node: SourceObject | undefined): Code | undefined {
  return isObject(node?.config) ? codeOf(node.config.flow_id) : undefined;
}

function codeOf(value: Source | undefined): Code | undefined {
  return value instanceof Code ? value : undefined;
}
