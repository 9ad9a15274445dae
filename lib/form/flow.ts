import { FLOW_ID } from "auth0-forms";
import { isKnown } from "../checks";
import { type FieldsOf, other } from "../fields";
import { shown } from "../shown";
import type { Problems } from "../validation-error";
import { FAULTS, readOptions } from "./component";
import type { FlowAction } from "./flow-action";

export interface FlowOptions {
  /** What runs, in this order: at least one action. */
  readonly actions: readonly FlowAction[];
  /**
   * Name of the flow in the tenant, 1 to 150 characters.
   *
   * @default - the id
   */
  readonly name?: string;
}

const FLOW: FieldsOf<FlowOptions> = { actions: other, name: other };

/**
 * A flow that a stage runs before or behind its steps, that a resend button runs, or that the form runs at its end.
 *
 * A plain value; the same one at several places is one flow in the tenant.
 */
export interface FlowDefinition {
  /** Construct id of the flow below that of the profiling: another id is another flow in the tenant. */
  readonly id: string;
  readonly name: string;
  readonly actions: readonly FlowAction[];
  readonly [FAULTS]?: readonly string[];
}

/**
 * A flow of typed actions.
 *
 * @param id letters, digits and `_`, a letter first
 * @example flow("send_code", { actions: [generateCode("code", { reference: "{{context.user.email}}", length: 6 })] })
 */
export function flow(id: string, options: FlowOptions): FlowDefinition {
  const [given, faults] = readOptions(options, FLOW);
  return {
    id,
    name: given.name ?? id,
    actions: given.actions as readonly FlowAction[],
    ...(faults && { [FAULTS]: faults }),
  };
}

export function isFlow(value: unknown): value is FlowDefinition {
  return typeof value === "object" && value !== null && "actions" in value && "id" in value;
}

const FLOW_ID_FORM = new RegExp(String(FLOW_ID.pattern));

/** Adds what is neither a flow nor the id of one. */
export function checkFlowOrId(what: string, value: unknown, problems: Problems): void {
  const isId = typeof value === "string" && FLOW_ID_FORM.test(value);
  if (!isFlow(value) && !isId && isKnown(value)) {
    problems.add(`${what} must be a flow, or the id of one (af_…), got ${shown(value)}; make it by flow()`);
  }
}
