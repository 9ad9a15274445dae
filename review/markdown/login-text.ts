import type { Cause, Stuck } from "../form/doubt";
import type { Journey, Who } from "../form/journeys";
import type { Login, Logins } from "../form/login";
import { nameIn, type StageName, stageNames } from "../form/stage-names";
import { sortedJson } from "../json-value";
import type { Profiling } from "../profiling";
import { conditionText } from "./condition-text";
import { codeSpan } from "./markdown-text";
import { minutesText } from "./moment-text";
import { quoted } from "./wording";

/** Logins of one row: more than a router has rules. */
const MOST_SHOWN = 12;

export function stageText({ alias, id }: StageName): string {
  const name = quoted(alias, 40);
  return id === undefined ? name : `${name} (${quoted(id, 40)})`;
}

/** Who it is that the journey is of, behind "a user with". */
export function whoText(who: Who): string {
  switch (who.answered) {
    case "nothing":
      return "nothing answered";
    case "everything":
      return "every answer that was asked before";
    case "required":
      return "only the required answers that were asked before";
    case "everything or required":
      return "every answer that was asked before, or only the required ones";
    case "stages": {
      const stages = who.stages.map(stageText);
      return stages.length <= 2
        ? `answers to ${stages.join(" and ")}`
        : `answers to ${stages[0]} … ${stages.at(-1)} (${stages.length} stages)`;
    }
  }
}

/** What the journey's logins ask on one side of the change: `1. Missing Profile Data, 2. nothing`. */
export function journeyText(journey: Journey, side: "before" | "after", profiling: Profiling | undefined): string {
  const names = profiling === undefined ? new Map<string, StageName>() : stageNames(profiling.graph);
  return loginsText(journey[side], (id) => stageText(nameIn(names, id)));
}

function loginsText(logins: Logins | undefined, stage: (id: string) => string): string {
  const all = logins?.logins ?? [];
  const [first] = all;
  if (first === undefined || (all.length === 1 && isNothing(first))) {
    return "nothing";
  }
  const texts = all.map((login, index) => timedText(login, stage, index === 0));
  const isForEver = logins?.repeatsFrom === all.length - 1;
  // The same again and again is said once.
  const told = isForEver ? texts.slice(0, texts.findLastIndex((text) => text !== texts.at(-1)) + 2) : texts;
  const numbers = numbersOf(all);
  const line = told
    .slice(0, MOST_SHOWN)
    .map(
      (text, index) => `${nothingText(all[index]?.wait?.logins ?? 0, numbers[index] ?? 0)}${numbers[index]}. ${text}`,
    )
    .join(", ");
  if (told.length > MOST_SHOWN) {
    return `${line}, and more`;
  }
  if (isForEver) {
    const { minutes = 0 } = all.at(-1)?.wait ?? {};
    return minutes > 0 ? `${line}, and so every ${minutesText(minutes)}` : `${line}, **and so at every login**`;
  }
  return logins?.repeatsFrom === undefined
    ? line
    : `${line}, **and again from ${numbers[logins.repeatsFrom]}. on, for ever**`;
}

/** Which logins they are, those counted that ask nothing before. */
function numbersOf(logins: readonly Login[]): readonly number[] {
  let number = 0;
  return logins.map(({ wait }) => {
    number += 1 + (wait?.logins ?? 0);
    return number;
  });
}

/** Of logins that ask nothing before one that does. */
function nothingText(logins: number, number: number): string {
  const [first, last] = [number - logins, number - 1];
  return logins === 0 ? "" : `${first === last ? "" : `${first}.–`}${last}. nothing, `;
}

function timedText(login: Login, stage: (id: string) => string, isFirst: boolean): string {
  const text = loginText(login, stage);
  const { minutes = 0 } = login.wait ?? {};
  const since = isFirst ? "after the sign-up" : "later";
  return minutes === 0 ? text : `${text} (${minutesText(minutes)} ${since})`;
}

function isNothing({ steps, doubt, stuck }: Login): boolean {
  return steps.length === 0 && doubt === undefined && stuck === undefined;
}

function loginText({ steps, doubt, stuck, erases }: Login, stage: (id: string) => string): string {
  const shown = steps.map(stage).join(" + ");
  const rest = [
    ...(erases === undefined ? [] : [`all of ${codeSpan(erases)} is erased`]),
    ...(doubt === undefined ? [] : [`then it depends on ${causeText(doubt)}`]),
    ...(stuck === undefined ? [] : [`**no further**: ${stuckText(stuck)}`]),
  ];
  if (shown === "") {
    return rest.join("; ").replace(/^then it /, "") || "nothing";
  }
  return [shown, ...rest].join("; ");
}

/** Stands behind "it depends on". */
export function causeText(cause: Cause): string {
  switch (cause.what) {
    case "condition":
      return `whether ${conditionText(cause.condition)}`;
    case "odd-condition":
      return `the condition ${quoted(sortedJson(cause.condition), 60)}`;
    case "reread":
      return `whether Auth0 reads ${codeSpan(cause.key)} anew in the same login`;
    case "inside-answer":
      return `what stands under ${codeSpan(cause.key)}`;
    case "value":
      return `the value of ${codeSpan(cause.expression)}`;
    case "flow-missing":
      return `what the flow ${codeSpan(cause.flowId)} does, which no plan here holds`;
    case "flow-actions":
      return `the actions of the flow ${codeSpan(cause.flow)}`;
    case "flow-request":
      return `a request of the flow ${codeSpan(cause.flow)}`;
    case "flow-writes":
      return `what the flow ${codeSpan(cause.flow)} writes`;
    case "nodes":
      return "the nodes of the form";
    case "node-type":
      return `${codeSpan(cause.node)}, a node of the type ${codeSpan(cause.type)}`;
    case "leaving":
      return `what people do in ${codeSpan(cause.step)}, which has no next button`;
  }
}

/** A sentence without its full stop. */
export function stuckText(stuck: Stuck): string {
  switch (stuck.what) {
    case "leads-nowhere":
      return stuck.to === undefined
        ? `${placeText(stuck.node)} leads nowhere`
        : `${placeText(stuck.node)} leads to ${codeSpan(stuck.to)}, which is not there`;
    case "circle":
      return `the form goes round in circles through ${codeSpan(stuck.node)}`;
    case "endless":
      return `the form goes on without end from ${codeSpan(stuck.node)}`;
    case "no-answer-fits":
      return `${codeSpan(stuck.field)} in ${codeSpan(stuck.step)} is required, and takes no answer`;
    case "no-next-button":
      return `${codeSpan(stuck.step)} has no next button`;
    case "error-message":
      return `the flow ${codeSpan(stuck.flow)} ends with an error message`;
    case "no-resume":
      return "the ending of the form does not resume the login";
  }
}

function placeText(node: string | undefined): string {
  return node === undefined ? "the start" : codeSpan(node);
}
