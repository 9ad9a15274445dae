import type { Finding } from "../finding";
import type { ProfilingChange } from "../profiling";
import { formFindings } from "./form-findings";
import { type Setting, settingChanges } from "./form-settings";
import { isChanged, type Journey, journeysOf } from "./journeys";
import { newQuestions } from "./questions";
import { movedStages, type Side, type StageChange, sideOf, stageChanges } from "./stage-changes";

export type Mark = "added" | "removed" | "changed";

/** What there is to say of one form. */
export interface FormReview {
  readonly title: string;
  readonly findings: readonly Finding[];
  /** Whether both sides are known, as far as there are two. */
  readonly isKnown: boolean;
  readonly stages: readonly StageChange[];
  readonly settings: readonly Setting[];
  /** Ids of the steps in the order in which they are asked; only where that is another. */
  readonly order?: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly journeys: readonly Journey[];
  /** The keys of `user_metadata` that are written. */
  readonly metadataKeys: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** How many questions existing users are asked who answered everything, and who answered only what they had to. */
  readonly newQuestions: { readonly complete: number; readonly careless: number };
  readonly changedSteps: readonly ChangedStep[];
  /** Whether anything of the form itself is another than before. */
  readonly isChanged: boolean;
  /** Whether there is anything to say at all. */
  readonly isTold: boolean;
}

export interface ChangedStep {
  readonly id: string;
  readonly alias: string;
  readonly change: Mark;
}

/** Reads a form before and after: who is asked what and when, what is kept, what is lost. Never throws on odd forms. */
export function reviewForm(change: ProfilingChange): FormReview {
  const { before, after } = change;
  const [then, now] = [before && sideOf(before), after && sideOf(after)];
  const isKnown = [then, now].every((side) => side === undefined || side.graph.isKnown);
  const allStages = isKnown ? stageChanges(then, now) : [];
  const stages = allStages.filter(({ isQuiet }) => !isQuiet);
  const settings =
    before === undefined || after === undefined
      ? []
      : [...renamedSteps(change), ...calledOtherwise(allStages), ...settingChanges(before, after)];
  const isMoved = isKnown && movedStages(then, now).length > 0;
  const findings = formFindings(change, { before: then, after: now }, stages);
  const journeys = journeysOf(change);
  const isWhole = before === undefined || after === undefined;
  const isAnything = isWhole || isMoved || [stages, settings, findings].some(({ length }) => length > 0);
  return {
    title: (after ?? before)?.form.name ?? "",
    findings,
    isKnown,
    stages,
    settings,
    ...(isMoved && { order: { before: orderOf(then), after: orderOf(now) } }),
    journeys,
    metadataKeys: { before: keysOf(then), after: keysOf(now) },
    newQuestions: { complete: newQuestions(change), careless: newQuestions(change, "required fields") },
    changedSteps: stages.map(({ id, alias, change: mark }) => ({ id, alias, change: mark })),
    isChanged: isAnything,
    isTold: isAnything || (isKnown && journeys.some(isChanged)),
  };
}

/** Of a stage that only goes by another name. */
function calledOtherwise(stages: readonly StageChange[]): readonly Setting[] {
  return stages.flatMap(({ id, isQuiet, before, after }): readonly Setting[] =>
    isQuiet && before !== undefined && after !== undefined
      ? [{ what: "step-called", id, before: before.alias, after: after.alias }]
      : [],
  );
}

function renamedSteps({ renamedSteps: renamed = [] }: ProfilingChange): readonly Setting[] {
  return renamed.map(({ from, to, alias }) => ({ what: "step-renamed", alias, before: from, after: to }));
}

function orderOf(side: Side | undefined): readonly string[] {
  return (side?.graph.stages ?? []).map(({ id }) => id);
}

function keysOf(side: Side | undefined): readonly string[] {
  return [...(side?.kept.keys().keys() ?? [])].sort();
}
