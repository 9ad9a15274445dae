import type { Profiling } from "../profiling";
import { holds } from "./conditions";
import type { Cause } from "./doubt";
import { isAnyMoment, type Moment, minutesOf, type Save, type Schedule, type ScheduledStage } from "./schedule";
import { ANSWER, isMissing, type Past, type UserState, type Value, valueAt } from "./user-state";

/** What the Action makes of a login: whether it shows the form, and of which stage. */
export type Asking =
  | { readonly isOpened: false }
  | { readonly isOpened: true; readonly stage?: string }
  | { readonly isOpened: true; readonly doubt: Cause };

/** What has to pass until somebody is asked. */
export interface Wait {
  /** Logins that ask nothing. */
  readonly logins: number;
  readonly minutes: number;
}

export function askingOf({ action, isActionUnknown }: Profiling, user: UserState): Asking {
  if (isActionUnknown) {
    return { isOpened: true };
  }
  if (action === undefined || !action.isBound) {
    return { isOpened: false };
  }
  return action.schedule === undefined ? byKeys(action.metadataKeys, user) : bySchedule(action.schedule, user);
}

function byKeys(metadataKeys: readonly string[] | undefined, user: UserState): Asking {
  if (metadataKeys === undefined) {
    return { isOpened: true };
  }
  const missing = metadataKeys.map((key) => isMissing(valueAt(user, [key])));
  if (missing.includes(true)) {
    return { isOpened: true };
  }
  const doubt = missing.find((result) => typeof result === "object");
  return doubt === undefined ? { isOpened: false } : { isOpened: true, doubt: doubt.because };
}

/** The first stage whose condition and moment hold. */
function bySchedule(schedule: Schedule, user: UserState): Asking {
  const now = schedule.stages.filter((stage) => isOver(waitFor(schedule, stage, user.past)));
  for (const stage of now) {
    const isDue = stage.condition === undefined || holds(stage.condition, user);
    if (typeof isDue === "object") {
      return { isOpened: true, doubt: isDue.because };
    }
    if (isDue) {
      return { isOpened: true, stage: shownStage(schedule, stage) };
    }
  }
  return { isOpened: false };
}

/** What the Action knows of the stage, once the form is done. */
function shownStage({ tellsStage, stages }: Schedule, { id }: ScheduledStage): string | undefined {
  return tellsStage || stages.length === 1 ? id : undefined;
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
export function afterAsking({ action }: Profiling, stage: string | undefined, user: UserState): UserState {
  const { schedule } = action ?? {};
  const past = { ...user.past, logins: user.past.logins + 1 };
  if (schedule === undefined) {
    return { ...user, past };
  }
  const saves = schedule.saves.filter((save) => save.stage === stage && isAgreed(save, user));
  const metadata = new Map(user.metadata);
  for (const { to, field, value } of saves) {
    const [place = "", ...path] = to;
    metadata.set(place, withMember(metadata.get(place), path, field === undefined ? constant(value) : ANSWER));
  }
  const asked = new Map(past.asked).set("", past.minutes);
  return { ...user, metadata, past: { ...past, asked: stage === undefined ? asked : asked.set(stage, past.minutes) } };
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
