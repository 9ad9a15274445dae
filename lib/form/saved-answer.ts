import type { Json } from "auth0-forms/schema";
import { checkIdentifier, checkMetadataKey, isKnown } from "../checks";
import { checkFields, type FieldsOf, other, requiredOther } from "../fields";
import { kind, shown } from "../shown";
import { canonicalJson } from "../terraform-text";
import type { Problems } from "../validation-error";
import { MEMORY_KEY } from "./destination";
import { checkJson } from "./json";

interface Saved {
  /**
   * Where it is written: `["user_metadata", "phone"]`, `["app_metadata", "consents", "terms"]`. In an object, what else
   * stands there stays.
   */
  readonly to: readonly [property: "user_metadata" | "app_metadata", key: string, ...path: string[]];
  /** Id of the stage that it belongs to: it is written where that stage was shown. */
  readonly stage: string;
}

/** An answer that the Action writes once its stage is answered; one that was left empty is not written. */
export interface SavedField extends Saved {
  /** Id of the field. */
  readonly field: string;
  /**
   * Part of the answer: `["international_number"]` of a phone number with a country.
   *
   * @default - all of it
   */
  readonly path?: readonly string[];
}

/** What the Action writes beside the answers of a stage. */
export interface SavedValue extends Saved {
  /** A constant, or `"{{functions.now()}}"`: the time, in ISO 8601. */
  readonly value: Json;
  /**
   * Id of a field without which nothing is written: who has put the stage off has not answered it.
   *
   * @default - it is written whenever the stage was shown
   */
  readonly with?: string;
}

export type SavedAnswer = SavedField | SavedValue;

const SAVED: FieldsOf<SavedField & SavedValue> = {
  field: other,
  path: other,
  value: other,
  with: other,
  to: requiredOther,
  stage: requiredOther,
};

const NOW = "{{functions.now()}}";

/**
 * Adds all that is wrong with what an Action saves.
 *
 * @param stageIds of the stages that it chooses from
 */
export function checkSavedAnswers(
  path: string,
  saves: unknown,
  stageIds: readonly unknown[],
  problems: Problems,
): void {
  if (!Array.isArray(saves)) {
    problems.add(`${path} must be a list of what is saved, got ${kind(saves)}`);
    return;
  }
  const places = new Map<string, string>();
  for (const [index, save] of saves.entries()) {
    const where = `${path}[${index}]`;
    const { to, stage } = checkSavedAnswer(where, save, problems);
    if (stage !== undefined && !stageIds.includes(stage)) {
      const known = stageIds.map(shown).join(", ");
      problems.add(`${where}.stage must be the id of a stage, got ${shown(stage)}; the stages are ${known}`);
    }
    const place = JSON.stringify([stage, to]);
    const before = places.get(place);
    if (before !== undefined) {
      problems.add(`${where} is written where ${before} is, over it; leave one out`);
    }
    places.set(place, where);
  }
}

function checkSavedAnswer(where: string, save: unknown, problems: Problems): { to?: unknown; stage?: unknown } {
  const given = checkFields<SavedField & SavedValue>(where, save, SAVED, problems);
  const hasValue = typeof save === "object" && save !== null && "value" in save && save.value !== undefined;
  if ((given.field !== undefined) === hasValue) {
    problems.add(`${where} must have a field or a value; give one of them`);
  }
  if (given.field !== undefined) {
    checkIdentifier(`${where}.field`, given.field, problems);
  }
  if (given.with !== undefined) {
    checkIdentifier(`${where}.with`, given.with, problems);
  }
  if (given.path !== undefined && !isTexts(given.path)) {
    problems.add(`${where}.path must be a list of one or more keys, got ${kind(given.path)}`);
  }
  if (hasValue) {
    checkValue(`${where}.value`, (save as SavedValue).value, problems);
  }
  if (given.to !== undefined) {
    checkPlace(`${where}.to`, given.to, problems);
  }
  return given;
}

/** Whether the Action can write it: it evaluates one expression alone. */
export function isConstant(value: Json): boolean {
  return value === NOW || !canonicalJson(value).includes("{{");
}

function checkValue(where: string, value: Json, problems: Problems): void {
  if (checkJson(where, value, problems) && !isConstant(value)) {
    problems.add(`${where} has an expression, but the Action evaluates ${NOW} alone; let a flow save it`);
  }
}

function checkPlace(where: string, to: unknown, problems: Problems): void {
  const [property, ...keys] = isTexts(to) ? to : [];
  if ((property !== "user_metadata" && property !== "app_metadata") || keys.length === 0) {
    problems.add(
      `${where} must be ["user_metadata" or "app_metadata", key, …], got ${shown(to)}; an Action writes nothing else`,
    );
    return;
  }
  for (const [index, key] of keys.entries()) {
    checkMetadataKey(`${where}[${index + 1}]`, key, problems);
  }
  if (property === "app_metadata" && keys[0] === MEMORY_KEY) {
    problems.add(`${where}: the key ${shown(MEMORY_KEY)} is the Action's own; choose another one`);
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string" && isKnown(item));
}
