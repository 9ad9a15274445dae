import { ENDING } from "auth0-forms";
import { isSame, textOf } from "../json-value";
import type { Profiling } from "../profiling";
import { type FieldChange, fieldChanges } from "./field-changes";
import { type FormGraph, fieldsOf, type Stage, type Target, targetOf } from "./form-graph";
import { KeptAnswers } from "./kept-answers";
import { isAnyMoment, type Moment } from "./schedule";

/** A stage that the plan adds, removes or changes. */
export interface StageChange {
  readonly id: string;
  readonly alias: string;
  readonly change: "added" | "removed" | "changed";
  readonly before?: Stage;
  readonly after?: Stage;
  readonly fields: readonly FieldChange[];
  readonly notes: readonly StageNote[];
  /** Whether it is shown under another condition than before. */
  readonly hasOtherCondition: boolean;
  /** Whether it only goes by another name in the dashboard, which no user sees. */
  readonly isQuiet: boolean;
}

/** What else there is to say of a stage. */
export type StageNote =
  | { readonly what: "shown-while" | "was-shown-while"; readonly conditions: readonly unknown[] }
  | { readonly what: "shown-otherwise"; readonly before: readonly unknown[]; readonly after: readonly unknown[] }
  | { readonly what: "asked-when"; readonly moment: Moment }
  | { readonly what: "asked-otherwise"; readonly before: Moment; readonly after: Moment }
  /** By which button somebody leaves the form without an answer. */
  | { readonly what: "put-off" | "no-put-off"; readonly button: string }
  | { readonly what: "order"; readonly before: readonly string[]; readonly after: readonly string[] }
  /** Fields that nobody is asked for who has answered the stage before. */
  | { readonly what: "not-asked-for"; readonly fields: readonly string[] }
  | { readonly what: "leads-to"; readonly before: Target; readonly after: Target }
  /** In the dashboard, which no user sees. */
  | { readonly what: "called"; readonly before: string; readonly after: string };

/** One side of the change: a form, and where its answers go. */
export interface Side {
  readonly graph: FormGraph;
  readonly kept: KeptAnswers;
}

export function sideOf(profiling: Profiling): Side {
  return { graph: profiling.graph, kept: new KeptAnswers(profiling) };
}

/** Stages by the id of their step, never by their place: those that stay in the new order, then those that go. */
export function stageChanges(before: Side | undefined, after: Side | undefined): readonly StageChange[] {
  const then = new Map(before?.graph.stages.map((stage) => [stage.id, stage]));
  const now = new Map(after?.graph.stages.map((stage) => [stage.id, stage]));
  const kept = [...now.values()].flatMap((stage) => {
    const old = then.get(stage.id);
    if (old === undefined || before === undefined || after === undefined) {
      return [added(stage, after)];
    }
    return changed(old, stage, before, after);
  });
  const removed = [...then.values()].filter(({ id }) => !now.has(id)).map((stage) => gone(stage, before));
  return [...kept, ...removed];
}

/** Ids of the stages that are asked in another order than before, and no more of them than it takes. */
export function movedStages(before: Side | undefined, after: Side | undefined): readonly string[] {
  const now = (after?.graph.stages ?? []).map(({ id }) => id);
  const then = (before?.graph.stages ?? []).map(({ id }) => id).filter((id) => now.includes(id));
  const places = now.filter((id) => then.includes(id)).map((id) => then.indexOf(id));
  const staying = new Set(longestRise(places));
  return places.filter((place) => !staying.has(place)).map((place) => then[place] ?? "");
}

function added(stage: Stage, after: Side | undefined): StageChange {
  return {
    id: stage.id,
    alias: stage.alias,
    change: "added",
    after: stage,
    fields: fieldChanges([], stage.step.components, keysOf(stage, stage, after, after)),
    notes: [
      ...(stage.rules.length === 0 ? [] : [{ what: "shown-while", conditions: conditionsOf(stage) } as const]),
      ...momentsOf(stage).map((moment) => ({ what: "asked-when", moment }) as const),
      ...laterButtons(stage).map((button) => ({ what: "put-off", button }) as const),
    ],
    hasOtherCondition: false,
    isQuiet: false,
  };
}

function gone(stage: Stage, before: Side | undefined): StageChange {
  return {
    id: stage.id,
    alias: stage.alias,
    change: "removed",
    before: stage,
    // What was asked, not how it was put.
    fields: fieldChanges(fieldsOf(stage.step), [], keysOf(stage, stage, before, before)),
    notes: stage.rules.length === 0 ? [] : [{ what: "was-shown-while", conditions: conditionsOf(stage) }],
    hasOtherCondition: false,
    isQuiet: false,
  };
}

function changed(old: Stage, stage: Stage, before: Side, after: Side): readonly StageChange[] {
  const fields = fieldChanges(old.step.components, stage.step.components, keysOf(old, stage, before, after));
  const hasOtherCondition = !isSame(conditionsOf(old), conditionsOf(stage));
  const notes: StageNote[] = [
    ...(hasOtherCondition ? [conditionNote(old, stage)] : []),
    ...momentNote(old, stage),
    ...laterNote(old, stage),
    ...orderNote(old, stage),
    ...(hasOtherCondition ? [] : newFieldNote(fields)),
    ...nextNote(nextOf(old, before), nextOf(stage, after)),
  ];
  const isQuiet = fields.length === 0 && notes.length === 0;
  if (isQuiet && old.alias === stage.alias) {
    return [];
  }
  if (old.alias !== stage.alias) {
    notes.push({ what: "called", before: old.alias, after: stage.alias });
  }
  const { id, alias } = stage;
  return [{ id, alias, change: "changed", before: old, after: stage, fields, notes, hasOtherCondition, isQuiet }];
}

/** The conditions of which one has to hold for the stage to be shown. */
export function conditionsOf({ rules }: Stage): readonly unknown[] {
  return rules.map(({ condition }) => condition);
}

/** When people are asked, as the rules say that lead to the stage. */
export function momentsOf({ rules }: Stage): readonly Moment[] {
  return rules.flatMap(({ moment }) => (moment === undefined || !isAnyMoment(moment) ? [] : [moment]));
}

function momentNote(old: Stage, stage: Stage): readonly StageNote[] {
  const [[before = {}], [after = {}]] = [momentsOf(old), momentsOf(stage)];
  return isSame(before, after) ? [] : [{ what: "asked-otherwise", before, after }];
}

/** What the buttons say by which somebody leaves the form and has answered nothing. */
function laterButtons({ step }: Stage): readonly string[] {
  return step.components
    .filter(({ type, config }) => type === "JUMP_BUTTON" && config.next_node === ENDING)
    .map(({ id, config }) => textOf(config.text) ?? id);
}

function laterNote(old: Stage, stage: Stage): readonly StageNote[] {
  const [[then], [now]] = [laterButtons(old), laterButtons(stage)];
  if ((then === undefined) === (now === undefined)) {
    return [];
  }
  return now === undefined ? [{ what: "no-put-off", button: then ?? "" }] : [{ what: "put-off", button: now }];
}

function keysOf(old: Stage, stage: Stage, before: Side | undefined, after: Side | undefined) {
  return {
    before: (id: string) => before?.kept.keysOf(old.step, id) ?? [],
    after: (id: string) => after?.kept.keysOf(stage.step, id) ?? [],
  };
}

function conditionNote(old: Stage, stage: Stage): StageNote {
  return { what: "shown-otherwise", before: conditionsOf(old), after: conditionsOf(stage) };
}

function orderNote(old: Stage, stage: Stage): readonly StageNote[] {
  const [then, now] = [old, stage].map(({ step }) => step.components.map(({ id }) => id)) as [string[], string[]];
  const before = then.filter((id) => now.includes(id));
  const after = now.filter((id) => then.includes(id));
  return isSame(before, after) ? [] : [{ what: "order", before, after }];
}

/** What nobody expects: a stage waits for its key, not for its fields. */
function newFieldNote(fields: readonly FieldChange[]): readonly StageNote[] {
  const added = fields.filter(({ change, after }) => change === "added" && after?.category !== "BLOCK");
  const required = fields.filter(({ before, after }) => before?.isRequired === false && after?.isRequired === true);
  const ids = [...added, ...required].map(({ id }) => id);
  return ids.length === 0 ? [] : [{ what: "not-asked-for", fields: ids }];
}

function nextNote(before: Target, after: Target): readonly StageNote[] {
  return isSame(before, after) ? [] : [{ what: "leads-to", before, after }];
}

function nextOf({ step }: Stage, { graph }: Side): Target {
  return targetOf(graph, step.next);
}

/** The longest run of rising numbers in a list, which may leave others out. */
function longestRise(numbers: readonly number[]): readonly number[] {
  const runs: number[][] = [];
  for (const number of numbers) {
    const best = runs.filter((run) => (run.at(-1) ?? -1) < number).reduce<number[]>(longer, []);
    runs.push([...best, number]);
  }
  return runs.reduce<number[]>(longer, []);
}

function longer(one: number[], other: number[]): number[] {
  return other.length > one.length ? other : one;
}
