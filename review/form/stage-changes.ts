import { isSame } from "../json-value";
import { codeSpan, shorten } from "../markdown/markdown-text";
import { conditionText } from "./conditions";
import { type FieldChange, fieldChanges } from "./field-changes";
import { ENDING, type FormGraph, fieldsOf, nodeOf, type Stage } from "./form-graph";
import type { KeptAnswers } from "./kept-answers";
import { shortChange } from "./wording";

/** A stage that the plan adds, removes or changes. */
export interface StageChange {
  readonly id: string;
  readonly alias: string;
  readonly change: "added" | "removed" | "changed";
  readonly before?: Stage;
  readonly after?: Stage;
  readonly fields: readonly FieldChange[];
  /** What else there is to say, each a sentence of Markdown without its full stop. */
  readonly notes: readonly string[];
  /** Whether it is shown under another condition than before. */
  readonly hasOtherCondition: boolean;
  /** Whether it only goes by another name in the dashboard, which no user sees. */
  readonly isQuiet: boolean;
}

/** One side of the change: a form, its stages, and where its answers go. */
export interface Side {
  readonly graph: FormGraph;
  readonly stages: readonly Stage[];
  readonly kept: KeptAnswers;
}

/** Stages by the id of their step, never by their place: those that stay in the new order, then those that go. */
export function stageChanges(before: Side | undefined, after: Side | undefined): readonly StageChange[] {
  const then = new Map(before?.stages.map((stage) => [stage.id, stage]));
  const now = new Map(after?.stages.map((stage) => [stage.id, stage]));
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
  const now = (after?.stages ?? []).map(({ id }) => id);
  const then = (before?.stages ?? []).map(({ id }) => id).filter((id) => now.includes(id));
  const places = now.filter((id) => then.includes(id)).map((id) => then.indexOf(id));
  const staying = new Set(longestRise(places));
  return places.filter((place) => !staying.has(place)).map((place) => then[place] ?? "");
}

/** When a stage is shown, as Markdown. */
export function whenShown({ rules }: Stage): string {
  return rules.map(({ condition }) => conditionText(condition)).join(", or ");
}

function added(stage: Stage, after: Side | undefined): StageChange {
  return {
    id: stage.id,
    alias: stage.alias,
    change: "added",
    after: stage,
    fields: fieldChanges([], stage.step.components, keysOf(stage, stage, after, after)),
    notes: stage.rules.length === 0 ? [] : [`Shown while ${whenShown(stage)}`],
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
    notes: stage.rules.length === 0 ? [] : [`It was shown while ${whenShown(stage)}`],
    hasOtherCondition: false,
    isQuiet: false,
  };
}

function changed(old: Stage, stage: Stage, before: Side, after: Side): readonly StageChange[] {
  const fields = fieldChanges(old.step.components, stage.step.components, keysOf(old, stage, before, after));
  const [then, now] = [whenShown(old), whenShown(stage)];
  const hasOtherCondition = then !== now || !isSame(conditionsOf(old), conditionsOf(stage));
  const notes = [
    ...(hasOtherCondition ? [`Shown while: ${then || "no rule leads here"} → ${now || "no rule leads here"}`] : []),
    ...orderNote(old, stage),
    ...newFieldNote(fields, hasOtherCondition),
    ...(nextOf(old, before) === nextOf(stage, after)
      ? []
      : [`Leads to ${nextOf(old, before)} → ${nextOf(stage, after)}`]),
  ];
  const alias = old.alias === stage.alias ? [] : [`Called ${shortChange(old.alias, stage.alias)} in the dashboard`];
  const isQuiet = fields.length === 0 && notes.length === 0;
  if (isQuiet && alias.length === 0) {
    return [];
  }
  return [
    {
      id: stage.id,
      alias: stage.alias,
      change: "changed",
      before: old,
      after: stage,
      fields,
      notes: [...notes, ...alias],
      hasOtherCondition,
      isQuiet,
    },
  ];
}

function conditionsOf({ rules }: Stage): readonly unknown[] {
  return rules.map(({ condition }) => condition);
}

function keysOf(old: Stage, stage: Stage, before: Side | undefined, after: Side | undefined) {
  return {
    before: (id: string) => before?.kept.keysOf(old.step, id) ?? [],
    after: (id: string) => after?.kept.keysOf(stage.step, id) ?? [],
  };
}

function orderNote(old: Stage, stage: Stage): readonly string[] {
  const [then, now] = [old, stage].map(({ step }) => step.components.map(({ id }) => id));
  const keptThen = then?.filter((id) => now?.includes(id));
  const keptNow = now?.filter((id) => then?.includes(id));
  if (isSame(keptThen, keptNow)) {
    return [];
  }
  return [`Order: ${keptThen?.map(codeSpan).join(", ")} → ${keptNow?.map(codeSpan).join(", ")}`];
}

/** What nobody expects: a stage waits for its key, not for its fields. */
function newFieldNote(fields: readonly FieldChange[], hasOtherCondition: boolean): readonly string[] {
  const added = fields.filter(({ change, after }) => change === "added" && after?.category !== "BLOCK");
  const required = fields.filter(({ before, after }) => before?.isRequired === false && after?.isRequired === true);
  const names = [...added, ...required].map(({ id }) => codeSpan(id)).join(", ");
  if (names === "" || hasOtherCondition) {
    return [];
  }
  return [`Who has answered this stage before is not asked for ${names}`];
}

function nextOf({ step }: Stage, { graph }: Side): string {
  if (step.next === undefined) {
    return "nothing";
  }
  if (step.next === ENDING) {
    return "the ending";
  }
  const node = nodeOf(graph, step.next);
  return codeSpan(shorten(node?.alias ?? step.next, 40));
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
