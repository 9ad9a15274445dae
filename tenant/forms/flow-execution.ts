import type { FlowAction } from "auth0-forms";
import { conditionParams, type Flow, type FlowExecution } from "../documents/flow";
import { componentsOf } from "../documents/form";
import type { Ids } from "../documents/ids";
import type { Json } from "../documents/json";
import type { Message } from "../documents/message";
import { ConditionError, holds } from "./condition";
import type { Scope } from "./expression";
import { ExpressionBudget } from "./expression-budget";
import { ExpressionError } from "./expression-error";
import { runnerOf, templatesOf } from "./flow-actions";
import { FlowActionError } from "./flow-actions/flow-action-error";
import type { ActionCall, ActionOutcome, FlowMemory, ManagementRequest } from "./flow-actions/run-action";
import { MASK } from "./helper-functions";
import { resolve } from "./interpolation";
import type { LocalizedForm } from "./localized-form";
import type { Outside } from "./outside";
import { formScope } from "./scope";
import { maskedFields, maskedLeaves } from "./step-components";

/** What a flow is run with. */
export interface FlowRun {
  readonly flow: Flow;
  readonly journeyId: string;
  readonly form: LocalizedForm;
  readonly context: { readonly [key: string]: Json };
  readonly fields: Readonly<Record<string, Json>>;
  readonly memory: FlowMemory;
  readonly managementRequest: ManagementRequest;
  readonly outside: Outside;
  readonly vaultConnection: ActionCall["vaultConnection"];
  readonly clock: () => Date;
  readonly ids: Pick<Ids, "uuid">;
}

export interface FlowResult {
  readonly execution: FlowExecution;
  readonly memory: FlowMemory;
  readonly messages: readonly Message[];
  /** Of an ERROR_MESSAGE, for the person. */
  readonly message?: string;
  /** Why it failed, for the one who builds the form. */
  readonly error?: string;
}

/** What an execution shows of one action; input and output without what must not be seen. */
export interface ExecutedAction {
  readonly id: string;
  readonly type: string;
  readonly action: string;
  readonly alias?: string;
  readonly status: "COMPLETED" | "FAILED";
  readonly input: Json;
  readonly output?: Json;
  readonly error?: string;
  /** It went through, but perhaps not as it was meant. */
  readonly warning?: string;
}

/**
 * Runs a flow from its first action to its last, or to one that fails or ends it.
 *
 * What a form or a service can cause is in the result; what is thrown is an error of the tenant.
 */
export async function runFlow(run: FlowRun): Promise<FlowResult> {
  const started = run.clock().toISOString();
  const execution = new Execution(run);
  const end = await execution.runAll(run.flow.actions ?? []);
  const ended = run.clock().toISOString();
  return {
    execution: {
      id: run.ids.uuid(),
      flow_id: run.flow.id,
      trace_id: run.ids.uuid(),
      journey_id: run.journeyId,
      status: end?.error === undefined ? "COMPLETED" : "FAILED",
      debug: { actions: execution.executed },
      created_at: started,
      updated_at: ended,
      started_at: started,
      ended_at: ended,
    },
    memory: execution.memory,
    messages: execution.messages,
    ...end,
  };
}

/** Why a flow ended before its last action. */
interface End {
  readonly message?: string;
  readonly error?: string;
}

class Execution {
  readonly executed: ExecutedAction[] = [];
  readonly messages: Message[] = [];
  memory: FlowMemory;
  /** By the action's id, as they are and as they may be seen. */
  private readonly outputs: Record<string, Json> = {};
  private readonly shownOutputs: Record<string, Json> = {};
  /** What went through `functions.mask`. */
  private readonly masked: Json[] = [];
  private readonly budget = new ExpressionBudget();
  private readonly shownBudget = new ExpressionBudget();

  constructor(readonly run: FlowRun) {
    this.memory = run.memory;
  }

  async runAll(actions: readonly FlowAction[]): Promise<End | undefined> {
    for (const action of actions) {
      const end = isCondition(action) ? await this.branch(action) : await this.runAction(action);
      if (end !== undefined) {
        return end;
      }
    }
    return undefined;
  }

  private async branch(action: FlowAction): Promise<End | undefined> {
    const { if: condition = null, then = [], else: otherwise = [] } = conditionParams(action.params);
    const place = `action ${JSON.stringify(action.id)}`;
    const input = { if: this.shown(condition, () => resolve(condition, this.shownScope())) };
    let result: boolean;
    try {
      result = holds(condition, this.scope(), place);
    } catch (error) {
      return this.failed(action, input, error);
    }
    this.completed(action, input, { result });
    return this.runAll(result ? then : otherwise);
  }

  private async runAction(action: FlowAction): Promise<End | undefined> {
    const { params = {} } = action;
    const input = this.shown(params, () => this.filled(action, this.shownScope()));
    const { context, clock, managementRequest, outside, vaultConnection } = this.run;
    try {
      const outcome = await runnerOf(
        action,
        outside,
      )({
        ...{ context, clock, managementRequest, outside, vaultConnection, memory: this.memory },
        written: params,
        params: this.filled(action, this.scope()),
      });
      this.memory = outcome.memory ?? this.memory;
      if (outcome.message !== undefined) {
        this.send(outcome.message);
      }
      this.completed(action, input, outcome.output, outcome.warning);
      return outcome.stop;
    } catch (error) {
      return this.failed(action, input, error);
    }
  }

  /** The parameters with their expressions filled in, but for templates, which know other variables. */
  private filled(action: FlowAction, scope: Scope): { [key: string]: Json } {
    const templates = new Set(templatesOf(action));
    const entries = Object.entries(action.params ?? {}).map(([name, value]) => [
      name,
      templates.has(name) ? value : resolve(value, scope),
    ]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  private send(message: NonNullable<ActionOutcome["message"]>): void {
    const { ids, flow, form, journeyId, clock } = this.run;
    this.messages.push({
      ...message,
      id: ids.uuid(),
      flow_id: flow.id,
      form_id: form.form.id,
      journey_id: journeyId,
      created_at: clock().toISOString(),
    });
  }

  private completed(action: FlowAction, input: Json, output: Json, warning?: string): void {
    const isMasked = action.mask_output === true || (action.type === "OTP" && action.action === "GENERATE_CODE");
    const shown = isMasked ? maskedLeaves(output) : this.withoutSecrets(output);
    this.outputs[action.id] = output;
    this.shownOutputs[action.id] = shown;
    this.executed.push({
      ...named(action),
      status: "COMPLETED",
      input,
      output: shown,
      ...(warning !== undefined && { warning }),
    });
  }

  /** @throws the error itself where no form can have caused it */
  private failed(action: FlowAction, input: Json, error: unknown): End | undefined {
    if (!(error instanceof FlowActionError || error instanceof ExpressionError || error instanceof ConditionError)) {
      throw error;
    }
    const message = String(this.withoutSecrets(error.message));
    this.executed.push({ ...named(action), status: "FAILED", input, error: message });
    if (action.allow_failure === true) {
      this.outputs[action.id] = { error: { message } };
      this.shownOutputs[action.id] = { error: { message } };
      return undefined;
    }
    const { flow } = this.run;
    return {
      error: `flow ${JSON.stringify(flow.name)} (${flow.id}), action ${JSON.stringify(action.id)} (${action.type}/${action.action}): ${message}`,
    };
  }

  private scope(): Scope {
    const { context, fields, form, clock } = this.run;
    const variables = { context, fields, vars: { ...this.memory.vars }, actions: this.outputs };
    const masking = (value: Json): Json => {
      this.masked.push(value);
      return value;
    };
    return formScope(form, variables, clock, masking, this.budget);
  }

  /** The same expressions in this scope yield nothing that must not be seen. */
  private shownScope(): Scope {
    const { context, form, clock } = this.run;
    const variables = {
      context,
      fields: this.shownFields(),
      vars: maskedLeaves({ ...this.memory.vars }),
      actions: this.shownOutputs,
    };
    return formScope(form, variables, clock, () => MASK, this.shownBudget);
  }

  private shownFields(): Record<string, Json> {
    return maskedFields(componentsOf(this.run.form.form), this.run.fields);
  }

  /** A value as it stands in the execution; what can not be resolved there stands as it was written. */
  private shown(written: Json, shown: () => Json | undefined): Json {
    try {
      return this.withoutSecrets(shown() ?? null);
    } catch {
      return written;
    }
  }

  /** What came back from a service may repeat what was sent to it. */
  private withoutSecrets(value: Json): Json {
    const shownFields = this.shownFields();
    const hidden = Object.entries(this.run.fields).filter(([id, field]) => shownFields[id] !== field);
    const secrets = [...hidden.map(([, field]) => field), ...Object.values(this.memory.vars), ...this.masked];
    return withoutSecrets(value, secretsIn(secrets));
  }
}

function isCondition({ type, action }: FlowAction): boolean {
  return type === "FLOW" && action === "BOOLEAN_CONDITION";
}

function named({ id, type, action, alias }: FlowAction): Pick<ExecutedAction, "id" | "type" | "action" | "alias"> {
  return { id, type, action, ...(alias !== undefined && { alias }) };
}

/** Every text and number in the values, the longest first: one may be part of another. */
function secretsIn(values: readonly Json[]): ReadonlySet<string> {
  const secrets = new Set<string>();
  const collect = (value: Json): void => {
    if (typeof value === "string" || typeof value === "number") {
      secrets.add(String(value));
    } else if (typeof value === "object" && value !== null) {
      Object.values(value).forEach(collect);
    }
  };
  values.forEach(collect);
  secrets.delete("");
  return new Set([...secrets].sort((one, other) => other.length - one.length));
}

/** Within a longer text, shorter secrets than this would hit words that have nothing to do with them. */
const SHORTEST_IN_TEXT = 4;

function withoutSecrets(value: Json, secrets: ReadonlySet<string>): Json {
  if (typeof value === "string") {
    if (secrets.has(value)) {
      return MASK;
    }
    return [...secrets]
      .filter((secret) => secret.length >= SHORTEST_IN_TEXT)
      .reduce((text, secret) => text.replaceAll(secret, MASK), value);
  }
  if (typeof value === "number") {
    return secrets.has(String(value)) ? MASK : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => withoutSecrets(item, secrets));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner, secrets)]));
}
