import { codeSpan, shorten, table } from "../markdown/markdown-text";
import type { Profiling, ProfilingChange } from "../profiling";
import { formGraph, stagesOf } from "./form-graph";
import { type Answering, type Login, type Logins, loginsOf } from "./login";
import { stateText, type UserState, userWith } from "./user-state";

/** A router has at most ten rules. */
const MOST_SHOWN = 12;

/** What the logins of one kind of user ask, before and after. */
export interface Journey {
  /** Who they are, as Markdown. */
  readonly who: string;
  readonly isExistingUser: boolean;
  readonly before?: Logins;
  readonly after?: Logins;
}

/**
 * Users that there are when the plan is applied: those who have answered nothing, those who have answered what the
 * first logins ask until now, those who have answered all of it, and those who have answered only what they had to.
 * What a row says of a later login is not said again.
 */
export function journeysOf({ before, after }: ProfilingChange): readonly Journey[] {
  const nothing = userWith();
  const asked = before && loginsOf(before, nothing);
  const first: Journey = {
    who: "nothing answered",
    isExistingUser: asked === undefined || asked.logins[0]?.steps.length === 0,
    before: asked,
    after: after && loginsOf(after, nothing),
  };
  if (before === undefined || asked === undefined || after === undefined) {
    return [first];
  }

  const answering = asked.logins.filter(({ steps, doubt, stuck }) => steps.length > 0 && !doubt && !stuck);
  const names = stageNames(before);
  // Whoever has answered this many of them is like those before, but for who has answered all.
  const last = answering.length - 1;
  const ends = answering.map((_, index) => index).filter((index) => index < MOST_SHOWN || index === last);
  const later = ends.map((index): Journey => {
    const isLast = index === last;
    const { user } = answering[index] as Login;
    return {
      who: isLast ? "every answer that was asked before" : answersTo(answering.slice(0, index + 1), names),
      isExistingUser: isLast,
      before: loginsOf(before, user),
      after: loginsOf(after, user),
    };
  });
  return [first, ...withCareless(later, before, after)].filter(
    (journey, index, all) => index === 0 || journey.isExistingUser || !isImplied(journey, all[index - 1]),
  );
}

/** Who left out what is optional has a row where it says something else than that of those who answered everything. */
function withCareless(journeys: readonly Journey[], before: Profiling, after: Profiling): readonly Journey[] {
  const user = existingUser(before, "required fields");
  const complete = journeys.at(-1);
  if (complete === undefined || user.metadata.size === 0) {
    return journeys;
  }
  if (stateText(user) === stateText(existingUser(before))) {
    return journeys;
  }
  const required: Journey = {
    who: "only the required answers that were asked before",
    isExistingUser: true,
    before: loginsOf(before, user),
    after: loginsOf(after, user),
  };
  const isSame = [
    [required.before, complete.before],
    [required.after, complete.after],
  ].every(([own, other]) => own !== undefined && other !== undefined && stepsText(own) === stepsText(other));
  if (!isSame) {
    return [...journeys, required];
  }
  return [...journeys.slice(0, -1), { ...complete, who: `${complete.who}, or only the required ones` }];
}

/** What existing users have who answered everything that they were asked, or only what they had to. */
export function existingUser(before: Profiling | undefined, answering?: Answering): UserState {
  return (before && loginsOf(before, userWith(), answering).logins.at(-1)?.user) ?? userWith();
}

/** The steps that a user's logins ask and did not ask before. */
export function newSteps({ before, after }: ProfilingChange, user: UserState): readonly string[] {
  const asked = new Set(loginsOf(before, user).logins.flatMap(({ steps }) => steps));
  const steps = loginsOf(after, user).logins.flatMap((login) => login.steps);
  return [...new Set(steps)].filter((id) => !asked.has(id));
}

/** Whether its logins ask something else than before; another name of a stage is nothing else. */
export function isChanged({ before, after }: Journey): boolean {
  return (before && stepsText(before)) !== (after && stepsText(after));
}

export function journeysTable(journeys: readonly Journey[], { before, after }: ProfilingChange): string {
  const names = [before, after].map((profiling) => (profiling === undefined ? new Map() : stageNames(profiling)));
  const [then = new Map(), now = new Map()] = names;
  const header = ["A user with", ...(before ? ["before"] : []), "after"];
  const rows = journeys.map((journey) => [
    journey.who,
    ...(before ? [loginsText(journey.before, then)] : []),
    loginsText(journey.after, now),
  ]);
  return table(header, rows);
}

/** Logins in one line: `1. Missing Profile Data, 2. Missing Company Data, 3. nothing`. */
export function loginsText(logins: Logins | undefined, names: ReadonlyMap<string, string>): string {
  const all = logins?.logins ?? [];
  const [first] = all;
  if (first === undefined || (all.length === 1 && isNothing(first))) {
    return "nothing";
  }
  const texts = all.map((login) => loginText(login, names));
  const isForEver = logins?.repeatsFrom === all.length - 1;
  // The same again and again is said once.
  const told = isForEver ? texts.slice(0, texts.findLastIndex((text) => text !== texts.at(-1)) + 2) : texts;
  const line = told
    .slice(0, MOST_SHOWN)
    .map((text, index) => `${index + 1}. ${text}`)
    .join(", ");
  if (told.length > MOST_SHOWN) {
    return `${line}, and more`;
  }
  if (isForEver) {
    return `${line}, **and so at every login**`;
  }
  return logins?.repeatsFrom === undefined
    ? line
    : `${line}, **and again from ${logins.repeatsFrom + 1}. on, for ever**`;
}

/** What the stages are called, as Markdown; those that share a name with their ids. */
export function stageNames(profiling: Profiling): ReadonlyMap<string, string> {
  const stages = stagesOf(formGraph(profiling.form));
  const count = (alias: string) => stages.filter((stage) => stage.alias === alias).length;
  return new Map(
    stages.map(({ id, alias }) => {
      const name = codeSpan(shorten(alias, 40));
      return [id, count(alias) === 1 || alias === id ? name : `${name} (${codeSpan(shorten(id, 40))})`];
    }),
  );
}

function isNothing({ steps, doubt, stuck }: Login): boolean {
  return steps.length === 0 && doubt === undefined && stuck === undefined;
}

function loginText({ steps, doubt, stuck, erases }: Login, names: ReadonlyMap<string, string>): string {
  const shown = steps.map((id) => names.get(id) ?? codeSpan(id)).join(" + ");
  const rest = [
    ...(erases ? ["all answers are erased"] : []),
    ...(doubt === undefined ? [] : [`then it depends on ${doubt}`]),
    ...(stuck === undefined ? [] : [`**no further**: ${stuck}`]),
  ];
  if (shown === "") {
    return rest.join("; ").replace(/^then it /, "") || "nothing";
  }
  return [shown, ...rest].join("; ");
}

function answersTo(logins: readonly Login[], names: ReadonlyMap<string, string>): string {
  const stages = logins.flatMap(({ steps }) => steps).map((id) => names.get(id) ?? codeSpan(id));
  if (stages.length <= 2) {
    return `answers to ${stages.join(" and ")}`;
  }
  return `answers to ${stages[0]} … ${stages.at(-1)} (${stages.length} stages)`;
}

/** Whether the row before, read from its second login on, says the same. */
function isImplied(journey: Journey, previous: Journey | undefined): boolean {
  return [
    [journey.before, previous?.before],
    [journey.after, previous?.after],
  ].every(([own, other]) => own !== undefined && other !== undefined && stepsText(own) === stepsText(other, 1));
}

function stepsText({ logins, repeatsFrom }: Logins, from = 0): string {
  const shown = logins.slice(from).map(({ steps, doubt, stuck, erases }) => [steps, doubt, stuck, erases]);
  return JSON.stringify([shown, repeatsFrom !== undefined]);
}
