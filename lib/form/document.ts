import { ENDING, type NodePointer } from "auth0-forms";
import { type Condition, missingFromMetadata } from "./condition";
import { type Coordinates, layout } from "./layout";
import type { IdentifiedComponent, Stage } from "./stage";

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

/** The graph of a form, as the Forms API takes it. */
export interface FormDocument {
  readonly start: { readonly next_node: NodePointer; readonly coordinates: Coordinates };
  readonly nodes: readonly [RouterNode, FlowNode, ...StepNode[]];
  readonly ending: { readonly resume_flow: true; readonly coordinates: Coordinates };
}

/**
 * The form of the stages: the router shows the first stage whose answer is missing, its step leads to the flow that
 * saves the answers, and the login resumes. Where nothing is missing, the router goes straight to the ending.
 *
 * The ids of a stage's nodes come from the stage's own id, and its step stands at the end of the nodes: an added stage
 * changes the router and adds its step, nothing else.
 *
 * @param flowId id of the flow (`af_…`) that writes the answers
 * @see https://auth0.com/docs/customize/forms/nodes
 */
export function formDocument(stages: readonly Stage[], flowId: string): FormDocument {
  return {
    start: { next_node: ROUTER_ID, coordinates: layout.start },
    nodes: [router(stages), flow(flowId), ...stages.map(step)],
    ending: { resume_flow: true, coordinates: layout.ending },
  };
}

/** Where a button of the form may lead to. */
export function nodePointers(stages: readonly Stage[]): readonly NodePointer[] {
  return [ROUTER_ID, FLOW_ID, ...stages.map(stepId), ENDING];
}

function router(stages: readonly Stage[]): RouterNode {
  return {
    id: ROUTER_ID,
    type: "ROUTER",
    alias: "Check missing data",
    coordinates: layout.router,
    config: {
      rules: stages.map((stage) => ({
        id: `missing_${stage.id}`,
        alias: stage.alias,
        condition: missingFromMetadata(stage.metadataKey),
        next_node: stepId(stage),
      })),
      fallback: ENDING,
    },
  };
}

function flow(flowId: string): FlowNode {
  return {
    id: FLOW_ID,
    type: "FLOW",
    alias: "Save the answers",
    coordinates: layout.flow,
    config: { flow_id: flowId, next_node: ENDING },
  };
}

function step(stage: Stage, index: number): StepNode {
  return {
    id: stepId(stage),
    type: "STEP",
    alias: stage.alias,
    coordinates: layout.step(index),
    config: { components: stage.components.map(component), next_node: FLOW_ID },
  };
}

function stepId(stage: Stage): string {
  return `step_${stage.id}`;
}

function component({ answer: _answer, ...sent }: IdentifiedComponent): object {
  return sent;
}
