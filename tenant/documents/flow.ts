import type { FlowAction } from "auth0-forms";
import type { Json } from "./json";

/** A flow: what is done with the answers of a form. */
export interface Flow {
  readonly id: string;
  readonly name: string;
  readonly actions?: readonly FlowAction[];
  readonly created_at: string;
  readonly updated_at: string;
  readonly executed_at?: string;
}

/** One run of a flow. */
export interface FlowExecution {
  readonly id: string;
  readonly flow_id: string;
  readonly trace_id: string;
  readonly journey_id?: string;
  readonly status: string;
  /** Input and output of each action; shown when it is asked for. */
  readonly debug: object;
  readonly created_at: string;
  readonly updated_at: string;
  readonly started_at?: string;
  readonly ended_at?: string;
}

/** The `params` of a FLOW/BOOLEAN_CONDITION. */
export interface ConditionParams {
  readonly if?: Json;
  readonly then?: readonly FlowAction[];
  readonly else?: readonly FlowAction[];
}

/** The `params` of an action as those of a condition: the API lets nothing but actions through as `then` and `else`. */
export function conditionParams(params: FlowAction["params"] = {}): ConditionParams {
  return params as unknown as ConditionParams;
}
