import { isKnown, repeated } from "../checks";
import { checkFields, type FieldsOf, isText, other } from "../fields";
import { kind, shown } from "../shown";
import type { Problems } from "../validation-error";

/**
 * When people are asked. All that is given has to hold; what is left out is no matter.
 *
 * The Action decides by it at each login, before a page is shown: whoever is not asked waits for nothing.
 */
export interface Moment {
  /**
   * From which login of a person on, an integer of 1 or more: 3 asks nobody at the first and the second login.
   *
   * Auth0 counts a login where someone proves who they are, sign-up included: who still has a session is let in uncounted.
   *
   * @default - from the first login on
   * @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger/post-login-event-object
   */
  readonly fromLogin?: number;
  /**
   * Nobody is asked before so long after the sign-up: `{ days: 7 }`.
   *
   * @default - people are asked from the sign-up on
   */
  readonly afterSignUp?: Duration;
  /**
   * Whoever was asked, and has answered or put it off, is left alone so long: `{ days: 7 }`. The Action remembers it in
   * `app_metadata`, under the key `progressive_profiling`.
   *
   * @default - people are asked at every login
   */
  readonly atMostEvery?: Duration;
  /**
   * Applications that people are asked at, by their client ids.
   *
   * @default - all
   */
  readonly clients?: Filter;
  /**
   * Connections by which people log in, by their names: `Username-Password-Authentication`, `google-oauth2`.
   *
   * @default - all
   */
  readonly connections?: Filter;
  /**
   * Organizations that people log in to, by their ids (`org_…`). Who logs in without one is not among `only`, and not
   * among `except`.
   *
   * @default - all, and none
   */
  readonly organizations?: Filter;
  /**
   * Share of the people who are asked, in percent: 0, or 1 to 100. It goes by the user's id and stays the same at every login: who is
   * among 10 % is among 20 % as well. Another form, and another stage, has others among its share.
   *
   * @default 100
   */
  readonly share?: number;
}

/** A time in one unit: a number above 0. */
export type Duration = { readonly days: number } | { readonly hours: number } | { readonly minutes: number };

/** One or more of a kind, or all others: a text may be a token, as the id of a client that is defined is one. */
export type Filter = { readonly only: readonly string[] } | { readonly except: readonly string[] };

const MOMENT: FieldsOf<Moment> = {
  fromLogin: other,
  afterSignUp: other,
  atMostEvery: other,
  clients: other,
  connections: other,
  organizations: other,
  share: other,
};

const DURATION = { days: other, hours: other, minutes: other };
const FILTER = { only: other, except: other };

/** Adds all that is wrong with a moment, which stands at the path: `ask`, `stages[0].ask`. */
export function checkMoment(path: string, moment: unknown, problems: Problems): void {
  const given = checkFields<Moment>(path, moment, MOMENT, problems);
  const { fromLogin, afterSignUp, atMostEvery, clients, connections, organizations, share } = given;
  checkNumber(`${path}.fromLogin`, fromLogin, "an integer of 1 or more", isCount, problems);
  checkNumber(
    `${path}.share`,
    share,
    "a percentage: 0, or 1 to 100, where 10 is one person in ten",
    isPercentage,
    problems,
  );
  for (const [name, duration] of Object.entries({ afterSignUp, atMostEvery })) {
    checkDuration(`${path}.${name}`, duration, problems);
  }
  for (const [name, filter] of Object.entries({ clients, connections, organizations })) {
    checkFilter(`${path}.${name}`, filter, problems);
  }
}

const isCount = (value: number) => Number.isInteger(value) && value >= 1;
/** Below 1 it would rather be meant as a part of 1. */
const isPercentage = (value: number) => value === 0 || (value >= 1 && value <= 100);
const isAboveZero = (value: number) => value > 0 && Number.isFinite(value);

function checkNumber(
  path: string,
  value: unknown,
  allowed: string,
  isAllowed: (value: number) => boolean,
  problems: Problems,
): void {
  if (value !== undefined && isKnown(value) && (typeof value !== "number" || !isAllowed(value))) {
    problems.add(`${path} must be ${allowed}, got ${shown(value)}; change it, or leave it out`);
  }
}

function checkDuration(path: string, duration: unknown, problems: Problems): void {
  const [unit, value] = only(path, duration, DURATION, "{ days: 7 }", problems);
  if (unit !== undefined) {
    checkNumber(`${path}.${unit}`, value, "a number above 0", isAboveZero, problems);
  }
}

function checkFilter(path: string, filter: unknown, problems: Problems): void {
  const [name, values] = only(path, filter, FILTER, "{ only: […] }", problems);
  if (name === undefined || !isKnown(values)) {
    return;
  }
  if (!Array.isArray(values) || values.length === 0) {
    const got = Array.isArray(values) ? "none" : kind(values);
    problems.add(`${path}.${name} must be a list of one or more texts, got ${got}; give at least one`);
    return;
  }
  for (const [index, value] of values.entries()) {
    if (isKnown(value) && !isText(value)) {
      problems.add(`${path}.${name}[${index}] must be a text of one or more characters, got ${shown(value)}`);
    }
  }
  for (const value of repeated(values)) {
    problems.add(`${path}.${name}: ${shown(value)} is there more than once; leave one out`);
  }
}

/** The one field of an object that has to have one; nothing where it has none or several, or where nothing was given. */
function only(
  path: string,
  value: unknown,
  fields: FieldsOf<Record<string, unknown>>,
  example: string,
  problems: Problems,
): [name: string, value: unknown] | [] {
  if (value === undefined) {
    return [];
  }
  const known = problems.all.length;
  const members = Object.entries(checkFields(path, value, fields, problems));
  const [first, ...others] = members;
  if (problems.all.length > known) {
    return [];
  }
  if (first === undefined || others.length > 0) {
    const got = first === undefined ? "none" : members.map(([name]) => name).join(" and ");
    problems.add(`${path} must have one of ${Object.keys(fields).join(", ")}, got ${got}; write it as ${example}`);
    return [];
  }
  return first;
}
