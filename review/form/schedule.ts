import { isObject, type JsonObject, listOf, objectOf, textOf } from "../json-value";
import { placeOf } from "./expressions";

/** What an Action that chooses from stages goes by: which is shown to whom and when, and what it saves itself. */
export interface Schedule {
  /** Of all stages. */
  readonly moment: Moment;
  readonly stages: readonly ScheduledStage[];
  readonly saves: readonly Save[];
  /** Whether the form is told the stage, as `vars.stage`. */
  readonly tellsStage: boolean;
  /** How many stages one login shows at most: the one behind the first is told as `vars.after_<id of the first>`. */
  readonly stagesPerLogin: number;
}

export interface ScheduledStage {
  readonly id: string;
  /** Absent where it is always due. */
  readonly condition?: unknown;
  readonly moment: Moment;
}

/** When people are asked: all that is given has to hold. */
export interface Moment {
  readonly fromLogin?: number;
  readonly afterSignUp?: Duration;
  readonly atMostEvery?: Duration;
  readonly clients?: Filter;
  readonly connections?: Filter;
  readonly organizations?: Filter;
  /** In percent. */
  readonly share?: number;
}

export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
}

export interface Filter {
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** What the Action writes once a stage is done. */
export interface Save {
  /** Id of the stage, as the Action knows it. */
  readonly stage: string;
  /** The place, and the keys in it. */
  readonly to: readonly string[];
  /** Id of the field whose answer it is; absent of a constant. */
  readonly field?: string;
  readonly value?: unknown;
  /** Id of the field without whose answer the constant is not written. */
  readonly with?: string;
}

/** What stands in the Action, of which any may be something else. */
export interface ScheduleDocument {
  readonly stages: unknown;
  readonly moment: unknown;
  readonly saves: unknown;
  readonly tellsStage: unknown;
  readonly stagesPerLogin: unknown;
}

/** Never throws; `undefined` where there are no stages to choose from. */
export function scheduleOf({
  stages,
  moment,
  saves,
  tellsStage,
  stagesPerLogin,
}: ScheduleDocument): Schedule | undefined {
  const all = listOf(stages).filter(isObject);
  if (all.length === 0) {
    return undefined;
  }
  return {
    moment: momentOf(moment),
    stages: all.map(({ id, condition, ask }) => ({ id: String(id), condition, moment: momentOf(ask) })),
    saves: listOf(saves).filter(isObject).map(saveOf),
    tellsStage: tellsStage === true,
    // A form that is told nothing goes by itself.
    stagesPerLogin: (tellsStage === true ? numberOf(stagesPerLogin) : undefined) ?? 1,
  };
}

/** Whether people wait for it, or only some of them are asked. */
export function isAnyMoment(moment: Moment | undefined): boolean {
  return moment !== undefined && Object.keys(moment).length > 0;
}

/** Whether only some people are asked, however long they wait. */
export function isForSome({ clients, connections, organizations, share }: Moment): boolean {
  return [clients, connections, organizations].some((filter) => filter !== undefined) || (share ?? 100) < 100;
}

/** What the Action tells the form: in which of its `vars` which stage stands. */
export interface Told {
  readonly variable: string;
  /** Id of the stage, as the Action knows it. */
  readonly stage: string;
}

/** What the Action has to tell the form, where a condition looks for that and nothing else. */
export function toldIn(condition: unknown): Told | undefined {
  const { operator, operands } = objectOf(condition);
  const [first, second, ...others] = listOf(operands);
  if (operator === "AND" && second === undefined) {
    return toldIn(first);
  }
  const [, variable] = /^\{\{\s*vars\.(stage|after_\w+)\s*\}\}$/.exec(textOf(first) ?? "") ?? [];
  const stage = textOf(second);
  const isTold = operator === "EQ" && others.length === 0 && variable !== undefined && stage !== undefined;
  return isTold ? { variable, stage } : undefined;
}

export function minutesOf({ days = 0, hours = 0, minutes = 0 }: Duration): number {
  return (days * 24 + hours) * 60 + minutes;
}

function momentOf(value: unknown): Moment {
  const { fromLogin, afterSignUp, atMostEvery, clients, connections, organizations, share } = objectOf(value);
  const given = {
    fromLogin: numberOf(fromLogin),
    afterSignUp: durationOf(afterSignUp),
    atMostEvery: durationOf(atMostEvery),
    clients: filterOf(clients),
    connections: filterOf(connections),
    organizations: filterOf(organizations),
    share: numberOf(share),
  };
  return Object.fromEntries(Object.entries(given).filter(([, part]) => part !== undefined));
}

function durationOf(value: unknown): Duration | undefined {
  const { days, hours, minutes } = objectOf(value);
  const given = Object.entries({ days, hours, minutes }).filter(([, part]) => numberOf(part) !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function filterOf(value: unknown): Filter | undefined {
  const { only, except } = objectOf(value);
  const given = Object.entries({ only, except }).filter(([, part]) => Array.isArray(part));
  return given.length === 0
    ? undefined
    : Object.fromEntries(given.map(([name, part]) => [name, listOf(part).map(String)]));
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function saveOf({ stage, to, field, value, with: agreed }: JsonObject): Save {
  return {
    stage: String(stage),
    to: placeOf(listOf(to).map(String)),
    field: textOf(field),
    value,
    with: textOf(agreed),
  };
}
