import { ENDING } from "auth0-forms";
import type { Component } from "../lib/form/component";
import type { Destination } from "../lib/form/destination";
import { formDocument } from "../lib/form/document";
import { ownFlowId, type Saving } from "../lib/form/saving";
import { identified, type Stage } from "../lib/form/stage";
import type { FlowOfTenant, Raw } from "./code";
import { componentCode } from "./component-code";
import { isSame } from "./equal";
import { ruleCondition } from "./node-code";
import { overridesOf } from "./overrides-code";
import { Call, type Code, evaluated, given, isObject, type Source, type SourceObject } from "./source";
import { flowOf, type Saves, savedBy, savesOf } from "./stage-saves";
import { awaitedBy, componentsOf, formShape, type StageShape, type StepShape } from "./stage-shape";

/** A form as stages. */
export interface FormOfStages {
  readonly ids: readonly string[];
  /** The stages, each the call that makes it. */
  readonly stages: readonly Source[];
  /** What `ProfileForm` takes of them beside them. */
  readonly props: SourceObject;
  /** What the flows write that save what is asked, by their expressions in {@link FormToRead.flows}. */
  readonly saved: ReadonlyMap<string, Source>;
  readonly raw: readonly Raw[];
}

/** A form that may be made of stages. */
export interface FormToRead {
  /** With expressions in place of what lies outside it. */
  readonly prepared: SourceObject;
  /** The flows that no other form runs, by the expressions of their ids. */
  readonly flows: ReadonlyMap<string, FlowOfTenant>;
  /** What the variable is called that holds the stages. */
  readonly variable: string;
}

/**
 * The ways to read a form as stages, the better one first; or in words, why there is none. Either the flows behind the stages
 * save the answers of their fields, or they are flows like any other, and no field is saved.
 */
export function stagesOf(form: FormToRead): readonly FormOfStages[] | string {
  const { start, nodes } = form.prepared;
  const all = (nodes ?? []) as readonly SourceObject[];
  const shape = formShape(isObject(start) ? start.next_node : undefined, all);
  if (typeof shape === "string") {
    return shape;
  }
  const { stages, router } = shape;
  const ways = [savesOf(stages, form.flows), new Map<StageShape, Saves>()].map((saves) =>
    readBy(saves, stages, router, form),
  );
  const read = ways.filter((way) => typeof way !== "string");
  return read.length > 0 ? read : String(ways.at(-1));
}

function readBy(
  saves: ReadonlyMap<StageShape, Saves>,
  shapes: readonly StageShape[],
  router: SourceObject | undefined,
  { prepared, flows, variable }: FormToRead,
): FormOfStages | string {
  for (const { id, behind } of shapes.filter((shape) => !saves.has(shape))) {
    const [last] = behind.slice(-1);
    if (behind.length > 1) {
      return `behind the step ${quoted(id)} are two flows, and the last does more than to save answers`;
    }
    if (last !== undefined && shapes.filter((shape) => shape.behind.includes(last)).length > 1) {
      const isOthers = !flows.has(flowOf(last)?.text ?? "");
      const why = isOthers ? "is run by another form too" : "does more than to save answers";
      return `the node ${quoted(last.id)} is behind several steps, and its flow ${why}`;
    }
  }
  const unsaid = shapes.find(({ rule }) => rule !== undefined && ruleCondition(rule, []) === undefined);
  if (unsaid !== undefined) {
    return `the condition of rule ${quoted(unsaid.rule?.id)} is none that stages have`;
  }
  const raw: Raw[] = [];
  const idOfNode = new Map(
    shapes.flatMap(({ id, before, steps, next }) => [
      ...steps.map((step) => [step.node.id, `step_${step.id}`] as const),
      ...(before === undefined ? [] : [[before.id, `before_${id}`] as const]),
      // Where several are shown, who puts one off comes to the next.
      ...(next === undefined ? [] : [[next.id, ENDING] as const]),
    ]),
  );
  const stages = shapes.map((shape) => stageCode(shape, saves.get(shape), idOfNode, raw));
  const made = evaluated(stages) as readonly Stage[];
  const stagesPerLogin = shapes.some(({ next }) => next !== undefined) ? shapes.length : undefined;
  const flowOfStage = new Map(
    shapes.flatMap((shape, index) => {
      const flow = saves.get(shape)?.flow;
      return flow === undefined ? [] : [[made[index] as Stage, flow] as const];
    }),
  );
  const saved = savedBy(flowOfStage, { made, stagesPerLogin, flows, variable });
  if (typeof saved === "string") {
    return saved;
  }
  return {
    ids: shapes.map(({ id }) => id),
    stages,
    props: propsOf({ made, stagesPerLogin, saving: saved.saving, flowOfStage, shapes, router, form: prepared }),
    saved: saved.changes,
    raw,
  };
}

function stageCode(
  { id, rule, before, steps, behind }: StageShape,
  saves: Saves | undefined,
  idOfNode: ReadonlyMap<unknown, string>,
  raw: Raw[],
): Source {
  const after = behind.length > (saves === undefined ? 0 : 1) ? behind[0] : undefined;
  const [first] = steps;
  const isOne = steps.length === 1 && first?.id === id;
  const alias = (isOne ? first?.node.alias : undefined) ?? rule?.alias;
  const places = (field: unknown) => saves?.answers.get(String(field)) ?? [];
  const asked = steps.map((step) => componentsCode(step, places, idOfNode, raw));
  const options: SourceObject = {
    alias: alias === id ? undefined : alias,
    before: before && flowOf(before),
    after: after && flowOf(after),
    alsoSave: saves === undefined || Object.keys(saves.others).length === 0 ? undefined : saves.others,
    ...(isOne ? { components: asked[0] } : { steps: steps.map((step, index) => stepCode(step, asked[index])) }),
  };
  if (rule === undefined) {
    return new Call("Stage.always", [id, given(options)]);
  }
  const key = awaitedBy(rule.condition);
  if (key !== undefined && isWritten(key, saves)) {
    const short = key.replace(/^user_metadata\./, "");
    const own = key.split(".").at(-1) === id ? undefined : id;
    return new Call("Stage.untilAnswered", [short, given({ id: own, ...options })]);
  }
  return new Call("Stage.when", [ruleCondition(rule, raw) ?? {}, given({ id, ...options })]);
}

function stepCode({ id, node: { alias } }: StepShape, components: Source | undefined): Source {
  return new Call("step", [id, given({ alias: alias === id ? undefined : alias, components })]);
}

function isWritten(key: Destination, saves: Saves | undefined): boolean {
  return saves !== undefined && (key in saves.others || [...saves.answers.values()].flat().includes(key));
}

/** The components of a step, each with where its answer goes. */
function componentsCode(
  step: StepShape,
  placesOf: (field: unknown) => readonly Destination[],
  idOfNode: ReadonlyMap<unknown, string>,
  raw: Raw[],
): readonly Source[] {
  const { id: own } = step;
  const components = componentsOf(step).map((component) => leadingBy(idOfNode, component));
  const written = (hasIds: boolean, left: Raw[]) =>
    components.map((one) =>
      saving(componentCode(one, left, hasIds || !String(one.id).startsWith(`${own}_`)), one, placesOf(one.id)),
    );
  const isGood = (calls: readonly Source[]) => {
    const made = identified(own, evaluated(calls) as readonly Component[]);
    return isSame(
      made.map(({ answer: _, ...component }) => component),
      evaluated(components),
    );
  };
  const hasIds = !isGood(written(false, []));
  return written(hasIds, raw);
}

function leadingBy(idOfNode: ReadonlyMap<unknown, string>, component: SourceObject): SourceObject {
  const { type, config } = component;
  const pointer = type === "JUMP_BUTTON" && isObject(config) ? idOfNode.get(config.next_node) : undefined;
  return pointer === undefined
    ? component
    : { ...component, config: { ...(config as SourceObject), next_node: pointer } };
}

/** The call with the places of the answer, where they are not those that it has without. */
function saving(call: Source, { category }: SourceObject, places: readonly Destination[]): Source {
  if (category === "BLOCK" || !(call instanceof Call)) {
    return call;
  }
  const [made] = identified("", [evaluated(call) as Component]);
  if (isSame([...(made?.answer?.to ?? [])].sort(), [...places].sort())) {
    return call;
  }
  const [id = "", options] = call.args;
  const [only, ...others] = places;
  const saveTo: Source = only !== undefined && others.length === 0 ? only : places;
  return new Call(call.name, [id, { ...(isObject(options) ? options : {}), saveTo }]);
}

interface StagesRead {
  readonly made: readonly Stage[];
  readonly stagesPerLogin: number | undefined;
  readonly saving: Saving;
  readonly flowOfStage: ReadonlyMap<Stage, Code>;
  readonly shapes: readonly StageShape[];
  readonly router: SourceObject | undefined;
  readonly form: SourceObject;
}

/** What of the form follows from no stage: ids of flows, and what nodes are called where the file has them otherwise. */
function propsOf({ made, stagesPerLogin, saving, flowOfStage, shapes, router, form }: StagesRead): SourceObject {
  const { start, ending } = form;
  const nodes = (form.nodes ?? []) as readonly SourceObject[];
  const isLaidOut = [start, ending, ...nodes].every((one) => isObject(one) && one.coordinates !== undefined);
  const nodeOf = new Map<string, SourceObject | undefined>([["router", router]]);
  for (const { id, before, steps, behind, next } of shapes) {
    for (const step of steps) {
      nodeOf.set(`step_${step.id}`, step.node);
    }
    nodeOf.set(`before_${id}`, before);
    nodeOf.set(`after_${id}`, behind[0]);
    nodeOf.set(`save_answers_${id}`, behind.at(-1));
    nodeOf.set(`next_${id}`, next);
  }
  const own = [...flowOfStage].filter(([stage]) => saving.own.has(stage));
  const [ofMany] = [...flowOfStage].filter(([stage]) => !saving.own.has(stage));
  if (ofMany !== undefined) {
    nodeOf.set("save_answers", shapes[made.indexOf(ofMany[0])]?.behind.at(-1));
  }
  const { nodes: madeNodes } = formDocument(made, {}, saving, false, stagesPerLogin);
  return given({
    stagesPerLogin,
    flowId: ofMany?.[1],
    flowIdOf: own.length === 0 ? undefined : Object.fromEntries(own.map(([stage, flow]) => [ownFlowId(stage), flow])),
    isLaidOut: isLaidOut ? undefined : false,
    nodeOverrides: overridesOf(madeNodes, nodeOf, nodes, isLaidOut),
  });
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? "";
}
