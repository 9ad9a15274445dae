import { hasMoments } from "../form/asking";
import { letsInUnsaved } from "../form/flow-writes";
import type { FormReview, Mark } from "../form/form-review";
import { isChanged, type Journey } from "../form/journeys";
import { isAnyMoment } from "../form/schedule";
import type { StageChange } from "../form/stage-changes";
import { nameIn, stageNames } from "../form/stage-names";
import { isAskingKnown, type Profiling, type ProfilingChange } from "../profiling";
import type { FormChange } from "../stack-review";
import { fieldTexts } from "./field-text";
import { journeyText, stageText, whoText } from "./login-text";
import { ESSENTIAL } from "./markdown";
import { codeSpan, details, table } from "./markdown-text";
import { diagrams } from "./mermaid";
import { atMost, momentText } from "./moment-text";
import { type Section, section } from "./section";
import { fieldName, noteText, settingText } from "./stage-text";
import { quoted } from "./wording";

const IMPORTANCE = { logins: ESSENTIAL, order: 85, stage: 80, settings: 60, form: 50 };
const MARKS: Readonly<Record<Mark, string>> = { added: "+", removed: "−", changed: "~" };

/** What there is to read of a form, in the order in which it is to be read. */
export function formSections({ change, review }: FormChange): readonly Section[] {
  return [
    ...(review.isKnown ? loginsSection(change, review) : []),
    ...orderSection(change, review),
    ...(change.after === undefined ? removedSection(review.stages) : review.stages.map(stageSection)),
    ...settingsSection(review),
    ...(review.isChanged ? formSection(change, review) : []),
  ];
}

function loginsSection(change: ProfilingChange, review: FormReview): readonly Section[] {
  const { before, after } = change;
  const { journeys } = review;
  const logins = (...parts: readonly string[]): readonly Section[] => [
    section("Who is asked what, login by login", parts.join("\n\n"), IMPORTANCE.logins),
  ];
  const notes = [...actionNotes(after ?? before), ...unboundNotes(after), ...savingNotes(after)];
  if (before === undefined || after === undefined) {
    return logins(journeysTable(journeys, change), ...notes);
  }
  const changed = journeys.filter(isChanged);
  const [first] = journeys;
  if (changed.length === 0) {
    const asked = first === undefined ? "nothing" : journeyText(first, "after", after);
    const text = `As before. A user with nothing answered: ${asked}.`;
    return review.isChanged ? logins(text, ...notes) : [];
  }
  const isOver = journeys.every((journey) => journeyText(journey, "after", after) === "nothing");
  const rest = isOver
    ? "Nobody else is asked anything either."
    : "Every other user is asked as before, or goes on in the middle of such a row.";
  const others = changed.length < journeys.length ? [rest] : [];
  return logins(journeysTable(changed, change), ...others, ...notes);
}

function journeysTable(journeys: readonly Journey[], { before, after }: ProfilingChange): string {
  const rows = journeys.map((journey) => [
    whoText(journey.who),
    ...(before === undefined ? [] : [journeyText(journey, "before", before)]),
    journeyText(journey, "after", after),
  ]);
  return table(["A user with", ...(before === undefined ? [] : ["before"]), "after"], rows);
}

/** Who saves, and what an outage of that means for logins. */
function savingNotes(profiling: Profiling | undefined): readonly string[] {
  const { action, flows } = profiling ?? {};
  const { moment, stages = [], saves = [] } = action?.schedule ?? {};
  const letsIn = letsInUnsaved(flows?.values() ?? []);
  // The Action remembers that the flow has asked.
  const isRemembered = [moment, ...stages.map((stage) => stage.moment)].some((one) => one?.atMostEvery !== undefined);
  const again = isRemembered ? "when it is time again" : "at the next login";
  return [
    ...(letsIn === true ? [`Where saving fails, people get in, and are asked again ${again}.`] : []),
    ...(letsIn === false ? ["Where saving fails, nobody gets past the form."] : []),
    ...(saves.length > 0
      ? ["The Action saves the answers when the login ends. Where that fails, people get in, and are asked again."]
      : []),
  ];
}

/** How much people are asked and when, whatever the stage, and how the table counts that. */
function momentNotes(profiling: Profiling): readonly string[] {
  const { moment, stagesPerLogin = 1 } = profiling.action?.schedule ?? {};
  const stages = stagesPerLogin === 1 ? [] : [`One login asks ${atMost(stagesPerLogin)} stages.`];
  if (!hasMoments(profiling)) {
    return stages;
  }
  return [
    ...stages,
    ...(moment !== undefined && isAnyMoment(moment) ? [`People are asked ${momentText(moment)}.`] : []),
    "The table counts from the sign-up, for somebody who is among those that are asked and logs in often. Who has answered before has waited long enough.",
  ];
}

/** On what the table rests. */
function actionNotes(profiling: Profiling | undefined): readonly string[] {
  const { action, isActionUnknown } = profiling ?? {};
  if (isActionUnknown) {
    return ["Which Action shows the form is known only after the apply: this is what the form asks whenever one does."];
  }
  if (action === undefined || !action.isBound) {
    return [];
  }
  if (profiling !== undefined && isAskingKnown(profiling)) {
    return momentNotes(profiling);
  }
  return [
    `When the Action ${codeSpan(action.name)} shows the form can not be told: this is what the form asks whenever it does.`,
  ];
}

/** Why nobody is asked anything. */
function unboundNotes(profiling: Profiling | undefined): readonly string[] {
  const { action, isActionUnknown } = profiling ?? {};
  if (profiling === undefined || isActionUnknown || action?.isBound) {
    return [];
  }
  const name = `the Action ${codeSpan(action?.name ?? "")}`;
  const unbound =
    action?.leftOutBy === undefined
      ? `${name} is not bound to the post-login trigger`
      : `${codeSpan(action.leftOutBy)} sets the whole list of the post-login trigger and leaves ${name} out`;
  const why = action === undefined ? "no Action of it does" : unbound;
  return [`As far as this plan tells, no login shows the form: ${why}.`];
}

function orderSection({ before, after }: ProfilingChange, { order }: FormReview): readonly Section[] {
  if (order === undefined || before === undefined || after === undefined) {
    return [];
  }
  const line = ({ graph }: Profiling, ids: readonly string[]) => {
    const names = stageNames(graph);
    return ids.map((id) => stageText(nameIn(names, id))).join(", ");
  };
  const rows = [
    ["before", line(before, order.before)],
    ["after", line(after, order.after)],
  ];
  return [section("Another order", table(["", "order of the stages"], rows), IMPORTANCE.order)];
}

function stageSection({ id, alias, change, fields, notes }: StageChange): Section {
  const rows = fields.map((field) => [MARKS[field.change], fieldName(field), fieldTexts(field).join("<br>")]);
  const body = [
    ...(rows.length === 0 ? [] : [table(["", "field", change === "changed" ? "change" : "what it is"], rows)]),
    ...notes.map((note) => `${noteText(note)}.`),
  ];
  const heading = `${MARKS[change]} Stage ${quoted(alias, 60)} ${change}`;
  return section(heading, body.join("\n\n"), IMPORTANCE.stage, id);
}

/** Where all of it goes, the questions that were asked are enough. */
function removedSection(stages: readonly StageChange[]): readonly Section[] {
  const rows = stages.map(({ alias, fields }) => [
    quoted(alias, 60),
    fields.map(({ id }) => quoted(id, 60)).join(", ") || "nothing",
  ]);
  return rows.length === 0 ? [] : [section("No longer asked", table(["stage", "fields"], rows), IMPORTANCE.stage)];
}

function settingsSection({ settings }: FormReview): readonly Section[] {
  const lines = [...new Set(settings.map((setting) => `- ${settingText(setting)}`))];
  return lines.length === 0 ? [] : [section("Rest of the form", lines.join("\n"), IMPORTANCE.settings)];
}

function formSection(change: ProfilingChange, { changedSteps }: FormReview): readonly Section[] {
  const marks = new Map(changedSteps.map(({ id, change: mark }) => [id, mark]));
  const parts = diagrams(change, marks).map(({ title, markdown, isFolded }) => {
    if (isFolded) {
      return details(title, markdown);
    }
    return title === "" ? markdown : `${title}:\n\n${markdown}`;
  });
  return parts.length === 0 ? [] : [section("The form", parts.join("\n\n"), IMPORTANCE.form)];
}
