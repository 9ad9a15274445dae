import { MAX_ALIAS_CHARACTERS, MAX_ROUTER_RULES } from "auth0-forms";
import { checkIdentifier, checkMetadataKey, checkText, isIdentifier, isKnown, isList, repeated } from "../checks";
import { kind, type Problems, shown } from "../validation-error";
import { FAULTS } from "./component";
import { checkSent } from "./component-checks";
import { nodePointers } from "./document";
import { checkComponentExpressions } from "./expression-checks";
import { answerShapes, expressionScope } from "./expression-scope";
import type { IdentifiedComponent, Stage } from "./stage";
import { checkValues } from "./value-checks";

interface Place {
  readonly stage: Stage;
  readonly component: IdentifiedComponent;
}

/** Adds what Auth0 would refuse in the stages, and what would never work in them. */
export function checkStages(stages: readonly Stage[], problems: Problems): void {
  if (!isList(stages)) {
    problems.add(`stages must be a list of stages, got ${kind(stages)}; make them by Stage.untilAnswered`);
    return;
  }
  const wholes = [...stages.entries()].filter(([index, stage]) => isWhole(index, stage, problems));
  if (wholes.length < stages.length) {
    return;
  }
  if (stages.length === 0) {
    problems.add("there is no stage; give at least one");
  }
  if (stages.length > MAX_ROUTER_RULES) {
    problems.add(
      `a router has at most ${MAX_ROUTER_RULES} rules, got ${stages.length} stages; leave some out or put them into a second form`,
    );
  }
  for (const id of repeated(stages.map((stage) => stage.id))) {
    problems.add(`stage ${shown(id)} is there more than once; give each stage an id of its own`);
  }
  for (const stage of stages) {
    checkStage(stage, stages, problems);
  }

  const places = stages.flatMap((stage) => stage.components.map((component) => ({ stage, component })));
  checkUnique(places, ({ component }) => component.id, "component id", "give one of them another id", problems);
  checkUnique(
    places,
    ({ component }) => component.answer?.metadataKey,
    "user_metadata key",
    "the later answer would overwrite the earlier one: give one of them another metadataKey",
    problems,
  );

  const scope = expressionScope(answerShapes(places.map(({ component }) => component)));
  for (const { stage, component } of places) {
    checkComponentExpressions(whereOf(stage, component), component, scope, problems);
  }
}

/** Whether it is a stage with components; adds what it is otherwise, and what was wrong with its options. */
function isWhole(index: number, stage: Stage, problems: Problems): boolean {
  if (typeof stage !== "object" || stage === null || !("components" in stage)) {
    problems.add(`stages[${index}] must be a stage, got ${kind(stage)}; make it by Stage.untilAnswered`);
    return false;
  }
  const where = `stage ${shown(stage.id)}`;
  for (const fault of stage[FAULTS] ?? []) {
    problems.add(`${where}: ${fault}`);
  }
  if (!isList(stage.components)) {
    problems.add(`${where}: components must be a list of components, got ${kind(stage.components)}; give it`);
    return false;
  }
  return true;
}

function checkStage(stage: Stage, stages: readonly Stage[], problems: Problems): void {
  const where = `stage ${shown(stage.id)}`;
  checkIdentifier(`${where}: id`, stage.id, problems);
  // It stands in an expression, where Forms would read other characters as operators.
  checkIdentifier(`${where}: the key that it waits for`, stage.metadataKey, problems);
  checkText(`${where}: alias`, stage.alias, { min: 1, max: MAX_ALIAS_CHARACTERS }, problems);
  for (const [index, component] of stage.components.entries()) {
    if (component.type === undefined) {
      problems.add(`${where}: components[${index}] is none; make it by text(), phone(), raw() and their like`);
      continue;
    }
    checkComponent(whereOf(stage, component), component, problems);
    checkPointer(where, component, stages, problems);
  }

  const fields = stage.components.filter((component) => component.category !== "BLOCK");
  if (fields.length === 0) {
    problems.add(`${where} has no field; add one, or leave the stage out`);
  } else {
    checkWaitsForItsOwn(where, stage, stages, problems);
    checkNeverEmpty(where, fields, problems);
  }
  if (!stage.components.some((component) => component.type === "NEXT_BUTTON")) {
    problems.add(`${where} has no next button, so nobody could leave it; add nextButton()`);
  }
}

function checkWaitsForItsOwn(where: string, stage: Stage, stages: readonly Stage[], problems: Problems): void {
  const written = writtenKeys(stage);
  if (written.includes(stage.metadataKey)) {
    return;
  }
  const other = stages.find((candidate) => writtenKeys(candidate).includes(stage.metadataKey));
  const consequence =
    other === undefined ? "it would be shown at every login" : `stage ${shown(other.id)} decides whether it is shown`;
  problems.add(
    `${where} waits for ${shown(stage.metadataKey)}, which none of its fields writes, so ${consequence}; ` +
      `its fields write ${written.length === 0 ? "nothing" : written.map(shown).join(", ")}`,
  );
}

/**
 * An answer that is left empty drops out of the flow's request. With all of them gone `user_metadata` is sent empty, and
 * that is how the Management API is told to erase it: https://auth0.com/docs/manage-users/user-accounts/metadata/manage-metadata-api
 */
function checkNeverEmpty(where: string, fields: readonly IdentifiedComponent[], problems: Problems): void {
  const written = fields.filter(({ answer }) => answer !== undefined);
  if (written.length === 0 || written.some(({ required }) => required === true || !isKnown(required))) {
    return;
  }
  problems.add(
    `${where} can be left all empty, and then every answer that the user ever gave is erased; make one of its fields required`,
  );
}

function writtenKeys(stage: Stage): string[] {
  return stage.components.flatMap(({ answer }) => answer?.metadataKey ?? []);
}

function whereOf(stage: Stage, { type, id }: IdentifiedComponent): string {
  return `stage ${shown(stage.id)}: ${type} ${shown(id)}`;
}

function checkComponent(where: string, component: IdentifiedComponent, problems: Problems): void {
  for (const fault of component[FAULTS] ?? []) {
    problems.add(`${where} ${fault}`);
  }
  checkIdentifier(`${where}: id`, component.id, problems);
  if (component.answer !== undefined) {
    checkMetadataKey(`${where}: metadataKey`, component.answer.metadataKey, problems);
    if (component.category === "BLOCK") {
      problems.add(`${where} is a BLOCK, which has no answer; leave metadataKey out`);
    }
  }
  checkSent(where, component, problems);
  checkValues(where, component, problems);
}

/** Adds where a button leads that is no node of the form: Auth0 refuses the form then. */
function checkPointer(
  stage: string,
  { type, id, config }: IdentifiedComponent,
  stages: readonly Stage[],
  problems: Problems,
): void {
  const pointer = type === "JUMP_BUTTON" && isKnown(config) ? config?.next_node : undefined;
  const pointers = nodePointers(stages);
  if (isKnown(pointer) && isIdentifier(pointer) && !pointers.includes(pointer)) {
    problems.add(
      `${stage}: ${type} ${shown(id)}: config.next_node leads to ${shown(pointer)}, which is no node of the form; ` +
        `its nodes are ${pointers.join(", ")}`,
    );
  }
}

function checkUnique(
  places: readonly Place[],
  keyOf: (place: Place) => string | undefined,
  what: string,
  advice: string,
  problems: Problems,
): void {
  for (const key of repeated(places.flatMap((place) => keyOf(place) || []))) {
    const found = places.filter((place) => keyOf(place) === key);
    const stages = [...new Set(found.map(({ stage }) => shown(stage.id)))].join(" and ");
    problems.add(`${what} ${shown(key)} is there ${found.length} times, in stage ${stages}; ${advice}`);
  }
}
