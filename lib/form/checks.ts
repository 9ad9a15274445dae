import { MAX_ALIAS_CHARACTERS, MAX_ROUTER_RULES } from "auth0-forms";
import {
  checkCount,
  checkIdentifier,
  checkMetadataKey,
  checkText,
  isIdentifier,
  isKnown,
  isList,
  repeated,
} from "../checks";
import { isObject } from "../fields";
import { kind, shown } from "../shown";
import { Problems } from "../validation-error";
import { FAULTS } from "./component";
import { checkSent } from "./component-checks";
import type { Condition } from "./condition";
import { checkCondition } from "./condition-checks";
import { type Destination, described, isDestination, PROFILE_ATTRIBUTES, pathOf } from "./destination";
import { nodePointers } from "./document";
import { checkComponentExpressions, checkExpressions } from "./expression-checks";
import type { ExpressionScope } from "./expression-scope";
import { checkFlowOrId, type FlowDefinition, isFlow } from "./flow";
import { checkFlow } from "./flow-checks";
import { checkJson } from "./json";
import { checkMoment } from "./moment";
import { writesOf } from "./saving";
import { flowsOf, type IdentifiedComponent, type Stage, type Step } from "./stage";
import { scopeAtRouter, scopeBehind, scopeInStage, scopeOf, type WhatIsRead } from "./stage-scopes";
import { checkValues } from "./value-checks";

interface Place {
  readonly stage: { readonly noun: string; readonly id: string };
  readonly component: IdentifiedComponent;
}

/** Adds what Auth0 would refuse in the stages, and what would never work in them. */
export function checkStages(stages: readonly Stage[], problems: Problems, settings: WhatIsRead = {}): void {
  if (!isList(stages)) {
    problems.add(`stages must be a list of stages, got ${kind(stages)}; make them by Stage.untilAnswered`);
    return;
  }
  const before = problems.all.length;
  const wholes = [...stages.entries()].filter(([index, stage]) => isWhole(index, stage, problems));
  if (wholes.length < stages.length) {
    return;
  }
  checkOrderOfStages(stages, settings.stagesPerLogin ?? 1, problems);
  for (const id of repeated(stages.map((stage) => stage.id))) {
    problems.add(`stage ${shown(id)} is there more than once; give each stage an id of its own`);
  }
  const steps = [...new Map(stages.map((stage) => [stage.id, stage])).values()].flatMap((stage) => stage.steps);
  for (const id of repeated(steps.map((step) => step.id))) {
    problems.add(`step ${shown(id)} is there more than once; give each step an id of its own`);
  }
  for (const stage of stages) {
    checkStage(stage, stages, problems);
  }
  const places = stages.flatMap((stage) => stage.components.map((component) => ({ stage, component })));
  checkComponentIds(places, problems);
  const answers = places.flatMap(({ stage, component }) =>
    [component.answer?.to ?? []].flat().map((to) => ({ stage, component, to })),
  );
  // What is no place is told where it stands, and nothing follows from it.
  const arePlaces = [...answers, ...stages.flatMap(writesOf)].every(({ to }) => isDestination(to));
  if (arePlaces) {
    checkUnique(
      answers,
      ({ to }) => to,
      (to) => described(to as Destination),
      "the later answer would overwrite the earlier one: give one of them another metadataKey",
      problems,
    );
    checkOverlaps([...new Set(stages.flatMap(writesOf).map(({ to }) => to))], problems);
  }

  const flows = [...new Set([...stages.flatMap(flowsOf), settings.ending?.afterSubmit].filter(isFlow))];
  const anybodys = scopeOf(
    stages.flatMap(({ components }) => components),
    settings,
  );
  // What the Action gives follows from stages in which nothing is wrong.
  const givenVars = problems.all.length === before ? settings.givenVars?.(stages) : undefined;
  const atRouter = givenVars === undefined ? anybodys : scopeAtRouter(anybodys, givenVars, settings);
  const scope = givenVars === undefined ? anybodys : scopeBehind(anybodys, givenVars, stages, settings);
  for (const stage of stages) {
    const inStage = givenVars === undefined ? scope : scopeInStage(scope, stage, stages, settings);
    for (const component of stage.components) {
      checkComponentExpressions(whereOf(stage, component), component, inStage, problems);
    }
  }
  for (const { id, condition, alsoSave } of stages) {
    checkExpressions(`stage ${shown(id)}: its condition`, condition?.operands, atRouter, problems);
    checkExpressions(`stage ${shown(id)}: alsoSave`, alsoSave, scope, problems);
  }
  checkFlows(flows, scope, problems);
}

/** Adds what is no number of stages, and what the flows of several in one login could not save. */
export function checkStagesPerLogin(count: unknown, stages: readonly Stage[], problems: Problems): void {
  checkCount("stagesPerLogin", count, MAX_ROUTER_RULES, problems);
  if (count === 1) {
    return;
  }
  const objectOf = (to: Destination) => pathOf(to).slice(0, 2).join(".");
  const isNested = (to: Destination) => pathOf(to).length > 2;
  for (const stage of stages) {
    const others = stages.filter((other) => other !== stage).flatMap(writesOf);
    for (const to of Object.keys(stage.alsoSave) as Destination[]) {
      if (isNested(to) && others.some((other) => isNested(other.to) && objectOf(other.to) === objectOf(to))) {
        problems.add(
          `stage ${shown(stage.id)}: ${shown(to)} would be lost, where another stage of the same login writes ` +
            `${shown(objectOf(to))} as a whole; write it elsewhere, or leave stagesPerLogin out`,
        );
      }
    }
  }
}

function isSame(one: Condition | undefined, other: Condition): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function checkOrderOfStages(stages: readonly Stage[], stagesPerLogin: number, problems: Problems): void {
  if (stages.length === 0) {
    problems.add("there is no stage; give at least one");
  }
  if (stages.length > MAX_ROUTER_RULES) {
    problems.add(
      `a router has at most ${MAX_ROUTER_RULES} rules, got ${stages.length} stages; leave some out or put them into a second form`,
    );
  }
  // Of several in one login the next one is shown behind it.
  for (const [index, { id, condition, ask }] of stagesPerLogin === 1 ? [...stages.entries()] : []) {
    const behind = stages.slice(index + 1);
    if (ask !== undefined || behind.length === 0) {
      continue;
    }
    if (condition === undefined) {
      problems.add(
        `stage ${shown(id)} is always due, so that none behind it would be shown; put it last, or give it ask`,
      );
      continue;
    }
    for (const other of behind.filter((other) => other.id !== id && isSame(other.condition, condition))) {
      problems.add(
        `stage ${shown(other.id)} is due where ${shown(id)} is, which is shown first, so that it would never be shown; ` +
          "ask both in one stage, give the first one ask, or give stagesPerLogin",
      );
    }
  }
}

/** Whether all are stages with steps and components, be there in them what may. */
export function areWhole(stages: unknown): stages is readonly Stage[] {
  return (
    Array.isArray(stages) && [...stages.entries()].every(([index, stage]) => isWhole(index, stage, new Problems()))
  );
}

/** Whether it is a stage with steps and components; adds what it is otherwise, and what was wrong with its options. */
function isWhole(index: number, stage: Stage, problems: Problems): boolean {
  if (typeof stage !== "object" || stage === null || !("steps" in stage)) {
    problems.add(`stages[${index}] must be a stage, got ${kind(stage)}; make it by Stage.untilAnswered`);
    return false;
  }
  const where = `stage ${shown(stage.id)}`;
  for (const fault of stage[FAULTS] ?? []) {
    problems.add(`${where}: ${fault}`);
  }
  if (!isList(stage.steps) || stage.steps.length === 0) {
    problems.add(`${where}: steps must be a list of one step or more, got ${kind(stage.steps)}; make them by step()`);
    return false;
  }
  const parts = stage.steps.map((step, place) => {
    const whereOf = step?.id === stage.id ? where : `${where}: step ${shown(step?.id ?? place)}`;
    for (const fault of step?.[FAULTS] ?? []) {
      problems.add(`${whereOf}: ${fault}`);
    }
    if (!isList(step?.components)) {
      problems.add(`${whereOf}: components must be a list of components, got ${kind(step?.components)}; give it`);
    }
    return isList(step?.components);
  });
  return parts.every(Boolean);
}

function checkStage(stage: Stage, stages: readonly Stage[], problems: Problems): void {
  const where = `stage ${shown(stage.id)}`;
  checkIdentifier(`${where}: id`, stage.id, problems);
  checkText(`${where}: alias`, stage.alias, { min: 1, max: MAX_ALIAS_CHARACTERS }, problems);
  for (const step of stage.steps) {
    checkStep(where, step, stage, stages, problems);
  }
  checkDecision(where, stage, stages, problems);
  for (const [name, flow] of Object.entries({ before: stage.before, after: stage.after })) {
    if (flow !== undefined) {
      checkFlowOrId(`${where}: ${name}`, flow, problems);
    }
  }
  checkAlsoSave(where, stage, problems);
  if (stage.ask !== undefined) {
    checkMoment(`${where}: ask`, stage.ask, problems);
  }
}

function checkStep(where: string, step: Step, stage: Stage, stages: readonly Stage[], problems: Problems): void {
  const isOnly = step.id === stage.id;
  if (!isOnly) {
    checkIdentifier(`${where}: step ${shown(step.id)}: id`, step.id, problems);
    checkText(`${where}: step ${shown(step.id)}: alias`, step.alias, { min: 1, max: MAX_ALIAS_CHARACTERS }, problems);
  }
  for (const [index, component] of step.components.entries()) {
    if (component.type === undefined) {
      problems.add(`${where}: components[${index}] is none; make it by text(), phone(), raw() and their like`);
      continue;
    }
    checkComponent(whereOf(stage, component), component, problems);
    checkPointer(where, component, stage, stages, problems);
  }
  if (!step.components.some(({ type }) => type === "NEXT_BUTTON")) {
    const of = isOnly ? "" : `: step ${shown(step.id)}`;
    problems.add(`${where}${of} has no next button, so nobody could leave it; add nextButton()`);
  }
}

/** Adds what is wrong with when the stage is due. */
function checkDecision(where: string, stage: Stage, stages: readonly Stage[], problems: Problems): void {
  const { waitsFor, condition, version } = stage;
  if (waitsFor === undefined) {
    if (condition !== undefined) {
      checkCondition(`${where}: its condition`, condition, problems);
    }
    return;
  }
  const [, ...keys] = typeof waitsFor === "string" && isKnown(waitsFor) ? pathOf(waitsFor) : [undefined, waitsFor];
  for (const key of keys) {
    // It stands in an expression, where Forms would read other characters as operators.
    checkIdentifier(`${where}: the key that it waits for`, key, problems);
  }
  const fields = stage.components.filter((component) => component.category !== "BLOCK");
  if (fields.length === 0) {
    problems.add(`${where} has no field; add one, or leave the stage out`);
  } else if (version === undefined) {
    checkWaitsForItsOwn(where, stage, stages, problems);
  } else if (!fields.some(({ required }) => required === true || !isKnown(required))) {
    problems.add(`${where} could be left without accepting anything; make one of its fields required, such as legal()`);
  } else {
    const ticks = fields.filter(({ type, required }) => type === "LEGAL" && required === true);
    for (const { id, answer } of ticks.filter(({ answer }) => answer?.metadataKey)) {
      problems.add(
        `${where}: LEGAL ${shown(id)} would write its tick to user_metadata, which people can change, beside the version; ` +
          `give it saveTo: [], or saveTo: ${shown(`user_metadata.${answer?.metadataKey}`)} if that is meant`,
      );
    }
  }
}

function checkWaitsForItsOwn(where: string, stage: Stage, stages: readonly Stage[], problems: Problems): void {
  const keyOf = (to: Destination) => to.replace(/^user_metadata\./, "");
  const written = writesOf(stage).map(({ to }) => to);
  const waitsFor = stage.waitsFor as Destination;
  // What is no key is told already.
  if (typeof waitsFor !== "string" || written.includes(waitsFor)) {
    return;
  }
  const other = stages.find((candidate) => writesOf(candidate).some(({ to }) => to === waitsFor));
  const consequence =
    other === undefined ? "it would be shown at every login" : `stage ${shown(other.id)} decides whether it is shown`;
  problems.add(
    `${where} waits for ${shown(keyOf(waitsFor))}, which none of its fields writes, so ${consequence}; ` +
      `its fields write ${written.length === 0 ? "nothing" : written.map(keyOf).map(shown).join(", ")}`,
  );
}

function checkAlsoSave(where: string, { alsoSave, components }: Stage, problems: Problems): void {
  if (!isObject(alsoSave)) {
    problems.add(`${where}: alsoSave must be an object such as { "app_metadata.plan": "free" }, got ${kind(alsoSave)}`);
    return;
  }
  for (const [to, value] of Object.entries(alsoSave)) {
    checkDestination(`${where}: alsoSave`, to, problems);
    if (value !== undefined) {
      checkJson(`${where}: alsoSave: ${to}`, value, problems);
    }
    if (components.some(({ answer }) => [answer?.to ?? []].flat().includes(to as Destination))) {
      problems.add(`${where}: alsoSave writes ${shown(to)}, as one of its fields does; leave one of them out`);
    }
  }
}

function checkDestination(where: string, to: unknown, problems: Problems): void {
  if (!isDestination(to)) {
    problems.add(
      `${where} must be "user_metadata.<key>", "app_metadata.<key>" or one of ${PROFILE_ATTRIBUTES.join(", ")}, ` +
        `got ${shown(to)}; choose another place`,
    );
  }
}

/** Adds what would be written both as a value and as an object. */
function checkOverlaps(places: readonly Destination[], problems: Problems): void {
  for (const inner of places) {
    const outer = places.find((place) => inner.startsWith(`${place}.`));
    if (outer !== undefined) {
      problems.add(
        `${shown(inner)} lies within ${shown(outer)}, which is written as well; write one of them elsewhere`,
      );
    }
  }
}

/** The same value at several places is one flow. */
export function checkFlows(flows: readonly FlowDefinition[], scope: ExpressionScope, problems: Problems): void {
  for (const id of repeated(flows.map((flow) => flow.id))) {
    problems.add(`two flows have the id ${shown(id)}; give one of them another id, or use one value at both places`);
  }
  for (const { id } of flows) {
    if (typeof id === "string" && id.startsWith("save_answers")) {
      problems.add(
        `flow ${shown(id)}: ids that begin with "save_answers" are those of flows that are made; choose another one`,
      );
    }
  }
  for (const flow of flows) {
    checkFlow(flow, scope, problems);
  }
}

function whereOf(stage: Stage, { type, id }: IdentifiedComponent): string {
  return `stage ${shown(stage.id)}: ${type} ${shown(id)}`;
}

export function checkComponent(where: string, component: IdentifiedComponent, problems: Problems): void {
  for (const fault of component[FAULTS] ?? []) {
    problems.add(`${where} ${fault}`);
  }
  checkIdentifier(`${where}: id`, component.id, problems);
  if (component.answer !== undefined) {
    checkAnswer(where, component, component.answer, problems);
  }
  checkSent(where, component, problems);
  checkValues(where, component, problems);
}

function checkAnswer(
  where: string,
  { category }: IdentifiedComponent,
  { metadataKey, saveTo, to }: NonNullable<IdentifiedComponent["answer"]>,
  problems: Problems,
): void {
  if (category === "BLOCK") {
    problems.add(`${where} is a BLOCK, which has no answer; leave metadataKey out`);
  }
  if (saveTo === undefined) {
    checkMetadataKey(`${where}: metadataKey`, metadataKey, problems);
    return;
  }
  if (metadataKey !== undefined) {
    problems.add(`${where} has metadataKey and saveTo; leave one of them out`);
  }
  if (!isList(to)) {
    problems.add(`${where}: saveTo must be a place or a list of places, got ${kind(to)}`);
    return;
  }
  for (const place of to) {
    checkDestination(`${where}: saveTo`, place, problems);
  }
}

/** Adds where a button leads that is no node of the form: Auth0 refuses the form then. */
function checkPointer(
  stage: string,
  { type, id, config }: IdentifiedComponent,
  of: Stage,
  stages: readonly Stage[],
  problems: Problems,
): void {
  const pointer = type === "JUMP_BUTTON" && isKnown(config) ? config?.next_node : undefined;
  const pointers = nodePointers(of, stages);
  if (isKnown(pointer) && isIdentifier(pointer) && !pointers.includes(pointer)) {
    problems.add(
      `${stage}: ${type} ${shown(id)}: config.next_node leads to ${shown(pointer)}, which is no node that it can lead to; ` +
        `those are ${pointers.join(", ")}`,
    );
  }
}

/** Adds the ids that several components of a form have. */
export function checkComponentIds(places: readonly Place[], problems: Problems): void {
  checkUnique(
    places,
    ({ component }) => component.id,
    (id) => `component id ${shown(id)}`,
    "give one of them another id",
    problems,
  );
}

function checkUnique<P extends Place>(
  places: readonly P[],
  keyOf: (place: P) => string | undefined,
  what: (key: string) => string,
  advice: string,
  problems: Problems,
): void {
  for (const key of repeated(places.flatMap((place) => keyOf(place) || []))) {
    const found = places.filter((place) => keyOf(place) === key);
    const stages = [...new Set(found.map(({ stage }) => shown(stage.id)))].join(" and ");
    problems.add(`${what(key)} is there ${found.length} times, in ${found[0]?.stage.noun} ${stages}; ${advice}`);
  }
}
