import type { Finding, Section } from "../finding";
import { codeSpan, details, shorten, table } from "../markdown/markdown-text";
import type { Profiling, ProfilingChange } from "../profiling";
import type { FieldChange } from "./field-changes";
import { formFindings } from "./form-findings";
import { formGraph, stagesOf } from "./form-graph";
import { settingChanges } from "./form-settings";
import { isChanged, journeysOf, journeysTable, loginsText, stageNames } from "./journeys";
import { KeptAnswers } from "./kept-answers";
import { diagrams, type Mark } from "./mermaid";
import { movedStages, type Side, type StageChange, stageChanges } from "./stage-changes";
import { quoted } from "./wording";

/** What there is to say of one form. */
export interface FormReview {
  /** Name of the form, as plain text. */
  readonly title: string;
  readonly findings: readonly Finding[];
  /** In the order in which they are to be read. */
  readonly markdown: readonly Section[];
  /** The same for programs. */
  readonly json: FormReviewJson;
  readonly changedSteps: readonly ChangedStep[];
}

export interface ChangedStep {
  readonly id: string;
  readonly alias: string;
  readonly change: Mark;
}

/** What `--json` holds of a form; its texts are Markdown. */
export interface FormReviewJson {
  readonly form: string;
  readonly stages: readonly {
    readonly id: string;
    readonly alias: string;
    readonly change: Mark;
    readonly fields: readonly { readonly id: string; readonly change: Mark; readonly texts: readonly string[] }[];
    readonly notes: readonly string[];
  }[];
  /** Ids of the steps in the order in which they are asked; only where that is another. */
  readonly order?: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly settings: readonly string[];
  readonly metadataKeys: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly logins: readonly { readonly who: string; readonly before?: string; readonly after?: string }[];
}

const IMPORTANCE = { logins: 90, order: 85, stage: 80, settings: 60, form: 50 };
const MARKS: Readonly<Record<Mark, string>> = { added: "+", removed: "−", changed: "~" };

/** Reads a form before and after: who is asked what and when, what is kept, what is lost. Never throws on odd forms. */
export function reviewForm(change: ProfilingChange): FormReview {
  const { before, after } = change;
  const [then, now] = [before, after].map((profiling) => profiling && sideOf(profiling));
  const canCompare = [then, now].every((side) => side === undefined || side.graph.isKnown);
  const allStages = canCompare ? stageChanges(then, now) : [];
  const stages = allStages.filter(({ isQuiet }) => !isQuiet);
  const settings =
    before === undefined || after === undefined ? [] : [...renamedStages(allStages), ...settingChanges(before, after)];
  const moved = canCompare ? movedStages(then, now) : [];
  const changedSteps = stages.map(({ id, alias, change: kind }) => ({ id, alias, change: kind }));
  const findings = formFindings(change, { before: then, after: now }, stages);
  const isAnything =
    before === undefined || after === undefined || [stages, settings, moved, findings].some(({ length }) => length > 0);
  return {
    title: (after ?? before)?.form.name ?? "",
    findings,
    markdown: [
      ...(canCompare ? loginsSection(change, isAnything) : []),
      ...orderSection(change, then, now, moved),
      ...(after === undefined ? removedSection(stages) : stages.map(stageSection)),
      ...settingsSection(settings),
      ...(isAnything ? formSection(change, changedSteps) : []),
    ],
    json: json(change, then, now, stages, settings, moved),
    changedSteps,
  };
}

function sideOf(profiling: Profiling): Side {
  const graph = formGraph(profiling.form);
  return { graph, stages: stagesOf(graph), kept: new KeptAnswers(profiling, graph) };
}

function loginsSection(change: ProfilingChange, isAnything: boolean): readonly Section[] {
  const journeys = journeysOf(change);
  const { before, after } = change;
  const section = (...parts: readonly string[]): readonly Section[] => [
    { heading: "Who is asked what, login by login", body: parts.join("\n\n"), importance: IMPORTANCE.logins },
  ];
  const notes = actionNotes(after ?? before);
  if (before === undefined || after === undefined) {
    return section(journeysTable(journeys, change), ...notes);
  }
  const changed = journeys.filter(isChanged);
  if (changed.length === 0) {
    const [first] = journeys;
    const text = `As before. A user with nothing answered: ${loginsText(first?.after, stageNames(after))}.`;
    return isAnything ? section(text, ...notes) : [];
  }
  const others = changed.length < journeys.length ? ["Every other user is asked as before."] : [];
  return section(journeysTable(changed, change), ...others, ...notes);
}

/** On what the table rests. */
function actionNotes(profiling: Profiling | undefined): readonly string[] {
  const { action, isActionUnknown } = profiling ?? {};
  if (isActionUnknown) {
    return ["Which Action shows the form is known only after the apply: this is what the form asks whenever one does."];
  }
  if (action === undefined || !action.isBound || action.metadataKeys !== undefined) {
    return [];
  }
  return [
    `When the Action ${codeSpan(action.name)} shows the form can not be told: this is what the form asks whenever it does.`,
  ];
}

function orderSection(
  change: ProfilingChange,
  then: Side | undefined,
  now: Side | undefined,
  moved: readonly string[],
): readonly Section[] {
  if (moved.length === 0 || change.before === undefined || change.after === undefined) {
    return [];
  }
  const line = (profiling: Profiling, side: Side | undefined) => {
    const names = stageNames(profiling);
    return (side?.stages ?? []).map(({ id }) => names.get(id) ?? codeSpan(id)).join(", ");
  };
  const body = table(
    ["", "order of the stages"],
    [
      ["before", line(change.before, then)],
      ["after", line(change.after, now)],
    ],
  );
  return [{ heading: "Another order", body, importance: IMPORTANCE.order }];
}

function stageSection({ id, alias, change, fields, notes }: StageChange): Section {
  const rows = fields.map((field) => [MARKS[field.change], fieldName(field), field.texts.join("<br>")]);
  const body = [
    ...(rows.length === 0 ? [] : [table(["", "field", change === "changed" ? "change" : "what it is"], rows)]),
    ...notes.map((note) => `${note}.`),
  ];
  return {
    heading: `${MARKS[change]} Stage ${quoted(alias, 60)} ${change}`,
    body: body.join("\n\n"),
    importance: IMPORTANCE.stage,
    step: id,
  };
}

function fieldName({ id, before, after }: FieldChange): string {
  const label = (after ?? before)?.label;
  return label === undefined ? codeSpan(shorten(id, 60)) : `${quoted(label, 60)}<br>${codeSpan(shorten(id, 60))}`;
}

/** Where all of it goes, the questions that were asked are enough. */
function removedSection(stages: readonly StageChange[]): readonly Section[] {
  if (stages.length === 0) {
    return [];
  }
  const rows = stages.map(({ alias, fields }) => [
    quoted(alias, 60),
    fields.map(({ id }) => codeSpan(shorten(id, 60))).join(", ") || "nothing",
  ]);
  return [{ heading: "No longer asked", body: table(["stage", "fields"], rows), importance: IMPORTANCE.stage }];
}

function renamedStages(stages: readonly StageChange[]): readonly string[] {
  return stages
    .filter(({ isQuiet }) => isQuiet)
    .flatMap(({ id, notes }) =>
      notes.map((note) => `step ${codeSpan(shorten(id, 60))}: ${note.charAt(0).toLowerCase()}${note.slice(1)}`),
    );
}

function settingsSection(settings: readonly string[]): readonly Section[] {
  if (settings.length === 0) {
    return [];
  }
  return [
    {
      heading: "Rest of the form",
      body: settings.map((line) => `- ${line}`).join("\n"),
      importance: IMPORTANCE.settings,
    },
  ];
}

function formSection(change: ProfilingChange, changedSteps: readonly ChangedStep[]): readonly Section[] {
  const drawn = diagrams(change, new Map(changedSteps.map(({ id, change: mark }) => [id, mark])));
  const parts = drawn.map(({ title, markdown, isFolded }) => {
    if (isFolded) {
      return details(title, markdown);
    }
    return title === "" ? markdown : `${title}:\n\n${markdown}`;
  });
  return parts.length === 0 ? [] : [{ heading: "The form", body: parts.join("\n\n"), importance: IMPORTANCE.form }];
}

function json(
  change: ProfilingChange,
  then: Side | undefined,
  now: Side | undefined,
  stages: readonly StageChange[],
  settings: readonly string[],
  moved: readonly string[],
): FormReviewJson {
  const { before, after } = change;
  const order = (side: Side | undefined) => (side?.stages ?? []).map(({ id }) => id);
  const keys = (side: Side | undefined) => [...(side?.kept.keys().keys() ?? [])].sort();
  return {
    form: (after ?? before)?.form.name ?? "",
    stages: stages.map(({ id, alias, change: kind, fields, notes }) => ({
      id,
      alias,
      change: kind,
      fields: fields.map((field) => ({ id: field.id, change: field.change, texts: field.texts })),
      notes,
    })),
    ...(moved.length > 0 && { order: { before: order(then), after: order(now) } }),
    settings,
    metadataKeys: { before: keys(then), after: keys(now) },
    logins: journeysOf(change).map((journey) => ({
      who: journey.who,
      ...(before && { before: loginsText(journey.before, stageNames(before)) }),
      ...(after && { after: loginsText(journey.after, stageNames(after)) }),
    })),
  };
}
