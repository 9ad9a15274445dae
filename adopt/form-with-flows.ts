import type { Code, CodeContext, CodeOfForm, FlowOfTenant, FormOfTenant } from "./code";
import { flowCode, formCode } from "./form-code";

/** A form and the flows that it alone runs, as TypeScript, in the order in which they can stand. */
export interface FormWithFlows {
  /** What the stages name, or the nodes: before them. */
  readonly before: readonly FlowOfForm[];
  /** What saves the answers of the stages: behind them, and before the form. */
  readonly behind: readonly FlowOfForm[];
  readonly form: CodeOfForm;
}

export interface FlowOfForm {
  /** The one that the form has for it. */
  readonly id: string;
  readonly code: Code;
}

/**
 * @param flows what no other form runs, by the ids that the form has for them
 * @param contextOf of a flow by its id, or of the form
 * @param variable that holds the stages
 */
export function formWithFlows(
  form: FormOfTenant,
  flows: Readonly<Record<string, FlowOfTenant>>,
  contextOf: (flow?: string) => CodeContext,
  variable: string,
): FormWithFlows {
  const context = contextOf();
  const code = formCode(form, flows, context, variable);
  const made = Object.entries(flows).map(([id, flow]) => {
    const changes = code.stages?.saved.get(context.flowId(id));
    return { id, isOfStages: changes !== undefined, code: flowCode(flow, contextOf(id), changes) };
  });
  return {
    before: made.filter(({ isOfStages }) => !isOfStages),
    behind: made.filter(({ isOfStages }) => isOfStages),
    form: code,
  };
}
