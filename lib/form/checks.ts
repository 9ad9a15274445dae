import { Token } from "cdktf";
import { type Problems, shown } from "../validation-error";
import type { IdentifiedComponent, Stage } from "./stage";

/** Auth0 does not publish its pattern for the ids of nodes and components; all ids seen in tenants match this one. */
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]*$/;
/** @see https://auth0.com/docs/customize/forms/nodes/routers */
const MAX_RULES = 10;
const MAX_NAME = 150;
const MAX_ALIAS = 150;
const MAX_LANGUAGE = 55;
const MAX_RICH_TEXT = 10_000;
const MAX_HINT = 500;
const MAX_PLACEHOLDER = 500;
const MAX_BUTTON_TEXT = 150;

interface Place {
  readonly stage: Stage;
  readonly component: IdentifiedComponent;
}

/** Adds what Auth0 would refuse in the stages, and what would never work in them. */
export function checkStages(stages: readonly Stage[], problems: Problems): void {
  if (stages.length === 0) problems.add("there is no stage; give at least one");
  if (stages.length > MAX_RULES) {
    problems.add(
      `a router has at most ${MAX_RULES} rules, got ${stages.length} stages; leave some out or put them into a second form`,
    );
  }
  for (const id of repeated(stages.map((stage) => stage.id))) {
    problems.add(`stage ${shown(id)} is there more than once; give each stage an id of its own`);
  }
  for (const stage of stages) checkStage(stage, problems);

  const places = stages.flatMap((stage) => stage.components.map((component) => ({ stage, component })));
  checkUnique(places, ({ component }) => component.id, "component id", "give one of them another id", problems);
  checkUnique(
    places,
    ({ component }) => component.answer?.metadataKey,
    "user_metadata key",
    "the later answer would overwrite the earlier one: give one of them another metadataKey",
    problems,
  );
}

/** Adds what Auth0 would refuse in a name: of a form, a flow, a Vault connection, a client or an Action. */
export function checkName(what: string, name: string, problems: Problems): void {
  checkText(what, name, { min: 1, max: MAX_NAME }, problems);
}

/** Adds what Auth0 would refuse in the languages of a form. */
export function checkLanguages(languages: { primary: string; default?: string }, problems: Problems): void {
  checkText("languages.primary", languages.primary, { min: 1, max: MAX_LANGUAGE }, problems);
  if (languages.default !== undefined) {
    checkText("languages.default", languages.default, { min: 1, max: MAX_LANGUAGE }, problems);
  }
}

/** Adds what Auth0 would refuse in a key of `user_metadata`, and what Forms can not refer to. */
function checkMetadataKey(what: string, key: string, problems: Problems): void {
  if (!IDENTIFIER.test(key)) {
    problems.add(
      `${what} must be letters, digits and "_", a letter first (Auth0 refuses "." and "$"), got ${shown(key)}; choose another key`,
    );
  }
}

function checkStage(stage: Stage, problems: Problems): void {
  const where = `stage ${shown(stage.id)}`;
  checkIdentifier(where, stage.id, problems);
  checkMetadataKey(`${where}: the key that it waits for`, stage.metadataKey, problems);
  checkText(`${where}: alias`, stage.alias, { min: 1, max: MAX_ALIAS }, problems);
  for (const component of stage.components) checkComponent(where, component, problems);

  const fields = stage.components.filter((component) => component.category !== "BLOCK");
  if (fields.length === 0) problems.add(`${where} has no field; add one, or leave the stage out`);
  const written = fields.flatMap((component) => component.answer?.metadataKey ?? []);
  if (fields.length > 0 && !written.includes(stage.metadataKey)) {
    problems.add(
      `${where} waits for ${shown(stage.metadataKey)}, which none of its fields writes, so it would be shown at every login; ` +
        `its fields write ${written.length === 0 ? "nothing" : written.map(shown).join(", ")}`,
    );
  }
  if (!stage.components.some((component) => component.type === "NEXT_BUTTON")) {
    problems.add(`${where} has no next button, so nobody could leave it; add nextButton()`);
  }
}

function checkComponent(stage: string, component: IdentifiedComponent, problems: Problems): void {
  const where = `${stage}: ${component.type} ${shown(component.id)}`;
  checkIdentifier(where, component.id, problems);
  if (component.label !== undefined) checkText(`${where}: label`, component.label, { min: 1 }, problems);
  if (component.hint !== undefined) checkText(`${where}: hint`, component.hint, { min: 1, max: MAX_HINT }, problems);
  if (component.answer !== undefined) {
    checkMetadataKey(`${where}: metadataKey`, component.answer.metadataKey, problems);
  }
  const config = component.config ?? {};
  switch (component.type) {
    case "RICH_TEXT":
      checkText(`${where}: content`, config.content, { min: 0, max: MAX_RICH_TEXT }, problems);
      break;
    case "NEXT_BUTTON":
      checkText(`${where}: text`, config.text, { min: 0, max: MAX_BUTTON_TEXT }, problems);
      break;
    case "TEXT":
    case "TEL":
      checkInput(where, config, problems);
      break;
    case "DROPDOWN":
      checkInput(where, config, problems);
      checkOptions(where, config, problems);
      break;
  }
}

function checkInput(where: string, config: Readonly<Record<string, unknown>>, problems: Problems): void {
  if (config.placeholder !== undefined) {
    checkText(`${where}: placeholder`, config.placeholder, { min: 1, max: MAX_PLACEHOLDER }, problems);
  }
  if (typeof config.default_value === "string") {
    checkText(`${where}: defaultValue`, config.default_value, { min: 1 }, problems);
  }
  checkLength(`${where}: minLength`, config.min_length, problems);
  checkLength(`${where}: maxLength`, config.max_length, problems);
  const { min_length: min, max_length: max } = config;
  if (isKnownNumber(min) && isKnownNumber(max) && min > max) {
    problems.add(`${where}: minLength ${min} is above maxLength ${max}; no answer could pass`);
  }
}

function checkOptions(where: string, config: Readonly<Record<string, unknown>>, problems: Problems): void {
  const { options } = config;
  if (!Array.isArray(options)) return;
  if (options.length === 0) problems.add(`${where} has no options; give at least one`);
  for (const [index, { value, label }] of options.entries()) {
    checkText(`${where}: options[${index}].value`, value, { min: 1 }, problems);
    checkText(`${where}: options[${index}].label`, label, { min: 1 }, problems);
  }
  const values: string[] = options.map(({ value }) => value);
  for (const value of repeated(values)) {
    problems.add(`${where}: option ${shown(value)} is there more than once; leave one out`);
  }
  const chosen = config.default_value === undefined ? [] : [config.default_value].flat();
  if (config.multiple === false && chosen.length > 1) {
    problems.add(`${where}: defaultValue has ${chosen.length} values, but only one can be chosen; set multiple`);
  }
  for (const value of chosen) {
    if (isKnown(value) && !values.includes(String(value)) && values.every(isKnown)) {
      problems.add(`${where}: defaultValue must be one of ${values.map(shown).join(", ")}, got ${shown(value)}`);
    }
  }
}

function checkIdentifier(where: string, id: string, problems: Problems): void {
  if (!IDENTIFIER.test(id)) {
    problems.add(`${where}: id must be letters, digits and "_", a letter first, got ${shown(id)}; choose another id`);
  }
}

function checkText(what: string, value: unknown, limits: { min: number; max?: number }, problems: Problems): void {
  if (typeof value !== "string") {
    problems.add(`${what} must be a text, got ${shown(value)}`);
    return;
  }
  if (!isKnown(value)) return;
  const { min, max } = limits;
  const allowed = max === undefined ? `${min} or more characters` : `${min} to ${max} characters`;
  if (value.length < min || (max !== undefined && value.length > max)) {
    problems.add(`${what} must have ${allowed}, got ${value.length} in ${shown(value)}`);
  }
  // A lone half of a surrogate pair can not be sent as UTF-8: it would come back as another character, a diff for ever.
  if (/\p{Surrogate}/u.test(value)) problems.add(`${what} is not well-formed Unicode, got ${shown(value)}`);
}

function checkLength(what: string, value: unknown, problems: Problems): void {
  if (value === undefined || !isKnown(value)) return;
  if (!Number.isInteger(value) || Number(value) < 1) {
    problems.add(`${what} must be an integer of 1 or more, got ${shown(value)}; raise it or leave it out`);
  }
}

function checkUnique(
  places: readonly Place[],
  keyOf: (place: Place) => string | undefined,
  what: string,
  advice: string,
  problems: Problems,
): void {
  for (const key of repeated(places.flatMap((place) => keyOf(place) ?? []))) {
    const found = places.filter((place) => keyOf(place) === key);
    const stages = [...new Set(found.map(({ stage }) => shown(stage.id)))].join(" and ");
    problems.add(`${what} ${shown(key)} is there ${found.length} times, in stage ${stages}; ${advice}`);
  }
}

function repeated(values: readonly string[]): Set<string> {
  return new Set(values.filter((value, index) => values.indexOf(value) !== index));
}

function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value);
}

function isKnownNumber(value: unknown): value is number {
  return typeof value === "number" && isKnown(value);
}
