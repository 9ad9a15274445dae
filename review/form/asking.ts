import type { Profiling } from "../profiling";
import { holds } from "./conditions";
import type { Cause, Doubt } from "./doubt";
import { isAnyMoment, type Moment, minutesOf, type Save, type Schedule, type ScheduledStage } from "./schedule";
import { ANSWER, isMissing, type Past, type UserState, type Value, valueAt } from "./user-state";

/** What the Action makes of a login: whether it shows the form, and of which stages. */
export type Asking =
  | { readonly isOpened: false }
  | { readonly isOpened: true; readonly stages: ShownStages }
  | { readonly isOpened: true; readonly doubt: Cause };

/** What the Action knows to be shown, in the order in which it is. */
export interface ShownStages {
  readonly ids: readonly string[];
  /** Why it can not be told which comes then, or none. */
  readonly doubt?: Doubt;
}

const UNTOLD: ShownStages = { ids: [] };

/** By the name of the variable what stands in it, as the Action tells the form. */
export function varsOf({ ids, doubt }: ShownStages): ReadonlyMap<string, string | Doubt> {
  const told = doubt === undefined ? ids : [...ids, doubt];
  return new Map(told.map((stage, index) => [index === 0 ? "stage" : `after_${ids[index - 1]}`, stage]));
}

/** What has to pass until somebody is asked. */
export interface Wait {
  /** Logins that ask nothing. */
  readonly logins: number;
  readonly minutes: number;
}

export function askingOf({ action, isActionUnknown }: Profiling, user: UserState): Asking {
  if (isActionUnknown) {
    return { isOpened: true, stages: UNTOLD };
  }
  if (action === undefined || !action.isBound) {
    return { isOpened: false };
  }
  return action.schedule === undefined ? byKeys(action.metadataKeys, user) : bySchedule(action.schedule, user);
}

function byKeys(metadataKeys: readonly string[] | undefined, user: UserState): Asking {
  if (metadataKeys === undefined) {
    return { isOpened: true, stages: UNTOLD };
  }
  const missing = metadataKeys.map((key) => isMissing(valueAt(user, [key])));
  if (missing.includes(true)) {
    return { isOpened: true, stages: UNTOLD };
  }
  const doubt = missing.find((result) => typeof result === "object");
  return doubt === undefined ? { isOpened: false } : { isOpened: true, doubt: doubt.because };
}

/** The first stages whose condition and moment hold, as many as one login shows. */
function bySchedule(schedule: Schedule, user: UserState): Asking {
  const { ids, doubt } = dueStages(schedule, user);
  if (ids.length === 0) {
    return doubt === undefined ? { isOpened: false } : { isOpened: true, doubt: doubt.because };
  }
  const isKnown = schedule.tellsStage || schedule.stages.length === 1;
  return { isOpened: true, stages: isKnown ? { ids, doubt } : UNTOLD };
}

function dueStages(schedule: Schedule, user: UserState): ShownStages {
  const ids: string[] = [];
  for (const { id, condition } of schedule.stages.filter((stage) => isOver(waitFor(schedule, stage, user.past)))) {
    const isDue = condition === undefined || holds(condition, user);
    if (typeof isDue === "object") {
      return { ids, doubt: isDue };
    }
    if (isDue) {
      ids.push(id);
    }
    if (ids.length >= schedule.stagesPerLogin) {
      break;
    }
  }
  return { ids };
}

/** How long it takes at least until the Action asks anything; nothing where it asks at once, or never. */
export function waitUntilAsked({ action }: Profiling, user: UserState): Wait {
  const { schedule } = action ?? {};
  if (schedule === undefined || action?.isBound !== true) {
    return { logins: 0, minutes: 0 };
  }
  const waits = schedule.stages
    .filter(({ condition }) => condition === undefined || holds(condition, user) !== false)
    .map((stage) => waitFor(schedule, stage, user.past))
    // Who logs in often is asked as soon as the time has come.
    .sort((one, other) => one.minutes - other.minutes || one.logins - other.logins);
  return waits[0] ?? { logins: 0, minutes: 0 };
}

/** The stages' waits, as far as there are any: of two users who wait for the same the same. */
export function waitsText({ action }: Profiling, { past }: UserState): string {
  const { schedule } = action ?? {};
  const waits = schedule?.stages.map((stage) => waitFor(schedule, stage, past)) ?? [];
  return waits.every(isOver) ? "" : JSON.stringify(waits);
}

export function afterWait(past: Past, { logins, minutes }: Wait): Past {
  return { ...past, logins: past.logins + logins, minutes: past.minutes + minutes };
}

/** The user once the form is done: what the Action has written, and that it has asked. */
export function afterAsking({ action }: Profiling, shown: readonly string[], user: UserState): UserState {
  const { schedule } = action ?? {};
  const past = { ...user.past, logins: user.past.logins + 1 };
  if (schedule === undefined) {
    return { ...user, past };
  }
  const saves = schedule.saves.filter((save) => shown.includes(save.stage) && isAgreed(save, user));
  const metadata = new Map(user.metadata);
  for (const { to, field, value } of saves) {
    const [place = "", ...path] = to;
    metadata.set(place, withMember(metadata.get(place), path, field === undefined ? constant(value) : ANSWER));
  }
  const asked = new Map([...past.asked, ...["", ...shown].map((id) => [id, past.minutes] as const)]);
  return { ...user, metadata, past: { ...past, asked } };
}

function isAgreed({ field, with: agreed }: Save, { answered }: UserState): boolean {
  return [field, agreed].every((id) => id === undefined || answered.has(id));
}

/** Of an expression, such as the time, it is only known that there is something. */
function constant(json: unknown): Value {
  return typeof json === "string" && json.includes("{{") ? ANSWER : { kind: "literal", json };
}

function withMember(before: Value | undefined, [key, ...rest]: readonly string[], value: Value): Value {
  if (key === undefined) {
    return value;
  }
  const members = new Map(before?.kind === "object" ? before.members : []);
  return { kind: "object", members: members.set(key, withMember(members.get(key), rest, value)) };
}

function isOver({ logins, minutes }: Wait): boolean {
  return logins === 0 && minutes === 0;
}

function waitFor({ moment }: Schedule, { id, moment: own }: ScheduledStage, past: Past): Wait {
  const waits = [[moment, past.asked.get("")] as const, [own, past.asked.get(id)] as const].map(([one, asked]) =>
    waitOf(one, asked, past),
  );
  return {
    logins: Math.max(...waits.map(({ logins }) => logins)),
    minutes: Math.max(...waits.map(({ minutes }) => minutes)),
  };
}

function waitOf({ fromLogin = 1, afterSignUp = {}, atMostEvery }: Moment, asked: number | undefined, past: Past): Wait {
  const since = asked === undefined || atMostEvery === undefined ? 0 : asked + minutesOf(atMostEvery);
  return {
    // This login counts.
    logins: Math.max(0, fromLogin - past.logins - 1),
    minutes: Math.max(0, Math.max(minutesOf(afterSignUp), since) - past.minutes),
  };
}

/** Whether the form goes by moments at all. */
export function hasMoments({ action }: Profiling): boolean {
  const { schedule } = action ?? {};
  return schedule !== undefined && [schedule, ...schedule.stages].some(({ moment }) => isAnyMoment(moment));
}
