import { ENDING, type NodePointer } from "auth0-forms";
import { isKnownBefore } from "./asking";
import { type Condition, grouped, isEqualTo } from "./condition";
import { type FlowDefinition, isFlow } from "./flow";
import { type Coordinates, layout } from "./layout";
import { ownFlowId, type Saving, savingOf } from "./saving";
import { type IdentifiedComponent, laterId, type Stage, type Step } from "./stage";

const ROUTER_ID = "router";
const FLOW_ID = "save_answers";

export interface RouterNode {
  readonly id: string;
  readonly type: "ROUTER";
  readonly alias: string;
  readonly coordinates: Coordinates;
  readonly config: { readonly rules: readonly Rule[]; readonly fallback: NodePointer };
}

export interface Rule {
  readonly id: string;
  readonly alias: string;
  readonly condition: Condition;
  readonly next_node: NodePointer;
}

export interface FlowNode {
  readonly id: string;
  readonly type: "FLOW";
  readonly alias: string;
  readonly coordinates: Coordinates;
  readonly config: { readonly flow_id: string; readonly next_node: NodePointer };
}

export interface StepNode {
  readonly id: string;
  readonly type: "STEP";
  readonly alias: string;
  readonly coordinates: Coordinates;
  readonly config: { readonly components: readonly object[]; readonly next_node: NodePointer };
}

export type Node = RouterNode | FlowNode | StepNode;

/** The graph of a form, as the Forms API takes it. */
export interface FormDocument {
  readonly start: { readonly next_node: NodePointer; readonly coordinates: Coordinates };
  readonly nodes: readonly Node[];
  readonly ending: { readonly resume_flow: true; readonly coordinates: Coordinates };
}

/** Ids of the flows (`af_…`) that a form leads to. */
export interface FlowIds {
  /** Of the one that saves the answers of many stages. */
  readonly shared?: string;
  readonly of?: (definition: FlowDefinition) => string;
}

/**
 * The graph of the stages: a router shows the first one that is due, its steps lead to the flows behind it and to the one
 * that saves the answers, and the login resumes. Where nothing is due, the router goes straight to the ending. One stage
 * that is always due needs no router.
 *
 * The ids of a stage's nodes come from the stage's own id, and they stand at the end of the nodes: an added stage changes
 * the router and adds its nodes, nothing else.
 *
 * Where one login shows several, a further router stands behind each stage but the last. What lies in `context` is from
 * before the form, so that it goes by what the Action says alone: none is shown twice.
 *
 * @param isActionDeciding whether the Action says in `vars.stage` which stage is due, as there is more to it than a router can tell
 * @param stagesPerLogin how many stages one login shows at most; where it is more than 1, the Action decides
 * @see https://auth0.com/docs/customize/forms/nodes
 */
export function formDocument(
  stages: readonly Stage[],
  flowIds: FlowIds,
  saving: Saving = savingOf(stages),
  isActionDeciding = false,
  stagesPerLogin = 1,
): FormDocument {
  const [only] = stages;
  const isTold = isActionDeciding && (only?.condition === undefined || isKnownBefore(only.condition));
  const needsRouter = stages.length !== 1 || (only?.condition !== undefined && !isTold);
  return {
    start: { next_node: needsRouter || only === undefined ? ROUTER_ID : entryOf(only), coordinates: layout.start },
    nodes: [
      ...(needsRouter ? [router(stages, (isActionDeciding || stagesPerLogin > 1) && stages.length > 1)] : []),
      ...(saving.shared.length > 0 && stagesPerLogin === 1 ? [sharedFlow(flowIds.shared ?? "")] : []),
      ...stages.flatMap((stage, row) =>
        chain(stage, row, saving, flowIds, stagesPerLogin > 1 ? stages.slice(row + 1) : undefined),
      ),
    ],
    ending: { resume_flow: true, coordinates: layout.ending },
  };
}

/** Where a button of a stage may lead to: to its own steps, to the beginning of another stage, or out of the form. */
export function nodePointers(stage: Stage, stages: readonly Stage[]): readonly NodePointer[] {
  return [...new Set([...stage.steps.map(stepId), ...stages.map(entryOf), ENDING])];
}

function router(stages: readonly Stage[], isActionDeciding: boolean): RouterNode {
  const conditionOf = ({ id, condition }: Stage) =>
    isActionDeciding ? grouped(isEqualTo("vars.stage", id)) : condition;
  const always = stages.find((stage) => conditionOf(stage) === undefined);
  return {
    id: ROUTER_ID,
    type: "ROUTER",
    alias: "Check missing data",
    coordinates: layout.router,
    config: {
      rules: stages.flatMap((stage) => {
        const condition = conditionOf(stage);
        const rule = { id: `missing_${stage.id}`, alias: stage.alias, next_node: entryOf(stage) };
        return condition === undefined ? [] : [{ ...rule, condition }];
      }),
      fallback: always === undefined ? ENDING : entryOf(always),
    },
  };
}

function sharedFlow(flowId: string): FlowNode {
  return {
    id: FLOW_ID,
    type: "FLOW",
    alias: "Save the answers",
    coordinates: layout.flow,
    config: { flow_id: flowId, next_node: ENDING },
  };
}

function savesShared(stage: Stage, { shared, own }: Saving): boolean {
  return shared.length > 0 && !own.has(stage) && stage.components.some(({ answer }) => (answer?.to ?? []).length > 0);
}

/** A node that does not know yet what stands behind it. */
type Link = (coordinates: Coordinates, next: NodePointer) => Node;

/**
 * The nodes of one stage, each leading to the next.
 *
 * @param behind the stages that may follow in the same login; undefined where none does
 */
function chain(
  stage: Stage,
  row: number,
  saving: Saving,
  flowIds: FlowIds,
  behind: readonly Stage[] | undefined,
): readonly Node[] {
  const own = saving.own.get(stage);
  const isShared = savesShared(stage, saving);
  const flowNode = (id: string, alias: string, flowId: string | undefined): [string, Link][] =>
    flowId === undefined
      ? []
      : [[id, (coordinates, next_node) => flowNodeOf(id, alias, coordinates, flowId, next_node)]];
  const idOf = (flow: FlowDefinition | string | undefined) => (isFlow(flow) ? (flowIds.of?.(flow) ?? "") : flow);
  // A flow that was made elsewhere has a name that is not known here.
  const named = (id: string, flow: FlowDefinition | string | undefined) =>
    flowNode(id, isFlow(flow) ? flow.name : id, idOf(flow));
  const saves = behind !== undefined && isShared ? (flowIds.shared ?? "") : idOf(own);
  const next = behind !== undefined && behind.length > 0 ? nextId(stage) : ENDING;
  const links: readonly [string, Link][] = [
    ...named(beforeId(stage), stage.before),
    ...stage.steps.map((step): [string, Link] => [
      stepId(step),
      (coordinates, next_node) => stepNode(step, coordinates, next_node, next, flowIds),
    ]),
    ...named(`after_${stage.id}`, stage.after),
    ...flowNode(ownFlowId(stage), "Save the answers", saves),
    ...(next === ENDING ? [] : [nextRouter(stage, behind ?? [])]),
  ];
  const last = behind === undefined && isShared ? FLOW_ID : ENDING;
  return links.map(([, link], index) => link(layout.ofStage(row, index), links[index + 1]?.[0] ?? last));
}

function flowNodeOf(id: string, alias: string, coordinates: Coordinates, flow_id: string, next_node: string): FlowNode {
  return { id, type: "FLOW", alias, coordinates, config: { flow_id, next_node } };
}

/** Shows the stage that the Action has told to be the one behind this. */
function nextRouter(stage: Stage, behind: readonly Stage[]): [string, Link] {
  const id = nextId(stage);
  const rules = behind.map((other) => ({
    id: `${id}_${other.id}`,
    alias: other.alias,
    condition: grouped(isEqualTo(`vars.after_${stage.id}`, other.id)),
    next_node: entryOf(other),
  }));
  return [
    id,
    (coordinates, fallback) => ({
      id,
      type: "ROUTER",
      alias: "Check what is asked next",
      coordinates,
      config: { rules, fallback },
    }),
  ];
}

function nextId({ id }: Stage): string {
  return `next_${id}`;
}

/** @param later where the button leads with which the stage is put off */
function stepNode(
  step: Step,
  coordinates: Coordinates,
  next_node: NodePointer,
  later: NodePointer,
  flowIds: FlowIds,
): StepNode {
  const components = step.components.map((component) =>
    sent(component.id === laterId(step) ? leadingTo(component, later) : component, flowIds),
  );
  return { id: stepId(step), type: "STEP", alias: step.alias, coordinates, config: { components, next_node } };
}

/** The node that a stage begins with. */
export function entryOf(stage: Stage): NodePointer {
  const [first] = stage.steps;
  return stage.before !== undefined || first === undefined ? beforeId(stage) : stepId(first);
}

function beforeId({ id }: Stage): string {
  return `before_${id}`;
}

function stepId({ id }: Step): string {
  return `step_${id}`;
}

function leadingTo(button: IdentifiedComponent, next_node: NodePointer): IdentifiedComponent {
  return { ...button, config: { ...button.config, next_node } };
}

/** A component as it is sent: with the id of the flow that its button runs, and without what is ours. */
function sent({ answer: _answer, ...component }: IdentifiedComponent, flowIds: FlowIds): object {
  const flow = component.config?.flow_id;
  return isFlow(flow) ? { ...component, config: { ...component.config, flow_id: flowIds.of?.(flow) } } : component;
}
