import {
  ENDING,
  type FormComponent,
  type FormNode,
  type NodePointer,
  type RouterNode,
  type StepNode,
} from "auth0-forms";
import type { Form } from "../documents/form";
import { componentsOf, hiddenFieldsOf, nodeOf, placeOf, stepOf } from "../documents/form";
import type { Json } from "../documents/json";
import { ConditionError, holds } from "./condition";
import type { Scope, Value } from "./expression";
import { ExpressionError } from "./expression-error";
import { configText } from "./fields/config";
import { runFlow } from "./flow-execution";
import { interpolate, resolve } from "./interpolation";
import type { Journey, JourneyServices, StepError } from "./journey";
import { LocalizedForm } from "./localized-form";
import { remainingSeconds } from "./resend";
import { contextVariable, formScope } from "./scope";
import { readAnswers, withEntered, withHidden, withoutSecrets } from "./step-answers";
import { lostInHtml, stepComponents } from "./step-components";

/** How often one node may be passed between two pages: flows may change what routers ask, but not for ever. */
const MOST_PASSES = 25;

/** Why a step can not be left, or a journey not go on; the message is for the one who builds the form. */
class JourneyFailure extends Error {
  constructor(
    message: string,
    /** With all that was done until then. */
    readonly journey: Journey,
    /** What a flow has put for the person. */
    readonly text?: string,
    readonly execution?: StepError["execution"],
  ) {
    super(message);
  }
}

/** The way that a journey takes through its form in one request. */
export class Course {
  private readonly localized: LocalizedForm;

  constructor(
    readonly services: JourneyServices,
    readonly form: Form,
    readonly journey: Journey,
  ) {
    this.localized = new LocalizedForm(form, journey.locales);
  }

  async start(prefill: Readonly<Record<string, Json>>): Promise<Journey> {
    const { form } = this;
    const known = new Set([...componentsOf(form).map(({ id }) => id), ...hiddenFieldsOf(form).map(({ key }) => key)]);
    const unknown = Object.keys(prefill).filter((id) => !known.has(id));
    if (unknown.length > 0) {
      this.record("forms_warning", `render fills ${unknown.join(", ")}, which the form does not have`);
    }
    const journey = this.seen(this.journey);
    return this.attempt(journey, async () => {
      const filled = Object.entries(prefill).filter(([id]) => known.has(id));
      const fields = { ...(await this.hiddenValues()), ...Object.fromEntries(filled) };
      return this.follow({ ...journey, fields }, form.start?.next_node, "its start");
    });
  }

  async resumed(): Promise<Journey> {
    const step = this.step();
    if (step === undefined) {
      return this.restarted();
    }
    const journey = this.seen(this.journey);
    // Of a form that has changed, the step may not be one that can be shown.
    return this.attempt({ ...journey, position: { at: "failed", message: "" } }, async () => {
      await this.reading(journey, async (scope) => stepComponents(this.localized, step, scope));
      return journey;
    });
  }

  async submitted(stepId: string, posted: URLSearchParams): Promise<Journey> {
    if (this.step() === undefined) {
      return this.restarted();
    }
    const journey = rewound(this.seen(this.journey), stepId);
    const step = stepOf(this.form, stepId);
    if (journey === undefined || step === undefined) {
      return { ...this.seen(this.journey), error: { said: { key: "out_of_date" } } };
    }
    return this.attempt(journey, () => this.act(journey, step, posted));
  }

  private async act(journey: Journey, step: StepNode, posted: URLSearchParams): Promise<Journey> {
    const written = this.localized.components(step);
    const hidden = hiddenFieldsOf(this.form).map(({ key }) => key);
    const { error: _, ...entered } = withEntered(withHidden(journey, hidden, posted), written, posted);
    // A form that was just changed may not be one that can be read; what was typed is kept nevertheless.
    const components = await this.reading(withoutSecrets(entered, written), async (scope) =>
      stepComponents(this.localized, step, scope),
    );
    const [action, componentId = ""] = (posted.get("action") ?? "next").split(":");
    switch (action) {
      case "previous":
        return previous(withoutSecrets(entered, components));
      // What stands in the step is neither checked nor taken.
      case "jump":
        return this.jump(journey, step, componentId);
      case "resend":
        return this.resend(withoutSecrets(entered, components), components, componentId);
      default:
        return this.next(entered, step, components);
    }
  }

  private async next(journey: Journey, step: StepNode, components: readonly FormComponent[]): Promise<Journey> {
    const reading = readAnswers(journey, components);
    if ("answered" in reading) {
      return this.follow(reading.answered, step.config?.next_node, placeOf(step));
    }
    // The page may not even have shown what is wrong now.
    const isChanged = this.journey.formVersion !== this.form.updated_at;
    const said = { key: isChanged ? "form_changed" : "ERR_INVALID_INPUT" } as const;
    return { ...withoutSecrets(journey, components), error: { said, problems: reading.problems } };
  }

  private async jump(journey: Journey, step: StepNode, componentId: string): Promise<Journey> {
    const button = step.config?.components?.find(({ id, type }) => type === "JUMP_BUTTON" && id === componentId);
    if (button === undefined) {
      throw noButton("JUMP_BUTTON", componentId, journey);
    }
    return this.follow(journey, configText(button, "next_node"), `button ${JSON.stringify(button.id)}`);
  }

  private async resend(journey: Journey, components: readonly FormComponent[], componentId: string): Promise<Journey> {
    const button = components.find(({ id, type }) => type === "RESEND_BUTTON" && id === componentId);
    if (button === undefined) {
      throw noButton("RESEND_BUTTON", componentId, journey);
    }
    const now = this.services.clock();
    if (remainingSeconds(button, journey, now) !== 0) {
      return journey;
    }
    const count = (journey.resends[button.id]?.count ?? 0) + 1;
    const counted = { ...journey, resends: { ...journey.resends, [button.id]: { count, at: now.toISOString() } } };
    return this.run(counted, configText(button, "flow_id") ?? "", `button ${JSON.stringify(button.id)}`);
  }

  /** From a pointer on, over routers and flows, to the next step or to the end. */
  private async follow(start: Journey, first: NodePointer | undefined, from: string): Promise<Journey> {
    let journey = start;
    let pointer = first;
    let place = from;
    const passes = new Map<string, number>();
    while (pointer !== ENDING) {
      const node = this.node(pointer, place, journey);
      const count = (passes.get(node.id) ?? 0) + 1;
      if (count > MOST_PASSES) {
        const circle = [...passes].flatMap(([id, times]) => (times >= MOST_PASSES ? id : [])).slice(0, 10);
        throw new JourneyFailure(`goes round in circles without a step, through ${circle.join(", ")}`, journey);
      }
      passes.set(node.id, count);
      place = placeOf(node);
      if (node.type === "STEP") {
        return this.arrived(sentSince(journey, start, node), node);
      }
      if (node.type === "FLOW") {
        journey = await this.run(journey, node.config.flow_id, place);
      }
      pointer = node.type === "FLOW" ? node.config.next_node : await this.routed(journey, node);
    }
    return this.end(journey);
  }

  private node(pointer: NodePointer | undefined, place: string, journey: Journey): FormNode {
    const node = nodeOf(this.form, pointer);
    if (node !== undefined) {
      return node;
    }
    const lost = pointer === undefined ? "leads nowhere" : `leads to ${JSON.stringify(pointer)}, which is not there`;
    throw new JourneyFailure(`${place} ${lost}`, journey);
  }

  private async arrived(journey: Journey, step: StepNode): Promise<Journey> {
    // A step that could not be shown must not be gone to.
    const components = await this.reading(journey, async (scope) => stepComponents(this.localized, step, scope));
    for (const { component, parts } of lostInHtml(components)) {
      this.record("forms_warning", `${placeOf(step)}: ${component} is shown without ${parts}`);
    }
    const { error: _, ...rest } = journey;
    const left = journey.position.at === "step" && journey.position.id !== step.id ? [journey.position.id] : [];
    const way = [...journey.history, ...left];
    const index = way.indexOf(step.id);
    // Who comes back to a step by another way stands there once.
    return { ...rest, position: { at: "step", id: step.id }, history: index === -1 ? way : way.slice(0, index) };
  }

  private async routed(journey: Journey, router: RouterNode): Promise<NodePointer | undefined> {
    const rule = await this.reading(journey, async (scope) =>
      router.config?.rules?.find(({ id, alias, condition }) =>
        holds(condition, scope, `${placeOf(router)}, rule ${JSON.stringify(alias ?? id)}`),
      ),
    );
    return rule === undefined ? router.config?.fallback : rule.next_node;
  }

  private async run(journey: Journey, flowId: string, place: string): Promise<Journey> {
    const { services } = this;
    const flow = services.flow(flowId);
    if (flow === undefined) {
      throw new JourneyFailure(`${place} runs flow ${JSON.stringify(flowId)}, which does not exist`, journey);
    }
    const { execution, memory, messages, message, error } = await runFlow({
      ...services,
      flow,
      journeyId: journey.id,
      form: this.localized,
      context: contextVariable(await services.context()),
      fields: journey.fields,
      memory: journey,
    });
    services.record(
      error === undefined
        ? { type: "flows_execution_completed", execution }
        : { type: "flows_execution_failed", execution, error },
    );
    for (const sent of messages) {
      services.record({ type: "message_sent", message: sent });
    }
    const remembered = {
      ...journey,
      vars: memory.vars,
      codes: memory.codes,
      sent: [...journey.sent, ...messages.map(({ id, kind, to }) => ({ id, kind, to }))],
    };
    const shown = { flowId, id: execution.id };
    if (error !== undefined) {
      throw new JourneyFailure(error, remembered, undefined, shown);
    }
    if (message === undefined) {
      return remembered;
    }
    throw new JourneyFailure(
      `flow ${JSON.stringify(flow.name)} said ${JSON.stringify(message)}`,
      remembered,
      message,
      shown,
    );
  }

  private async end(journey: Journey): Promise<Journey> {
    const { after_submit, redirection, resume_flow } = this.form.ending ?? {};
    const flowId = after_submit?.flow_id;
    const submitted = flowId === undefined ? journey : await this.run(journey, flowId, "its ending");
    const target =
      redirection && (await this.reading(submitted, async (scope) => interpolate(redirection.target, scope)));
    if (target !== undefined && !(/^https?:\/\//i.test(target) && URL.canParse(target))) {
      throw new JourneyFailure(`its ending leads to ${JSON.stringify(target)}, which is no web address`, submitted);
    }
    const { error: _, ...rest } = submitted;
    const { formId, id } = submitted;
    this.services.record({ type: "forms_submission_succeeded", form_id: formId, journey_id: id });
    return {
      ...rest,
      entered: {},
      position: {
        at: "ended",
        resumes: resume_flow === true,
        ...(target !== undefined && { redirection: { target, delay: redirection?.delay ?? 0 } }),
      },
    };
  }

  /**
   * Tells of a failure on the step from which the person went on, with every answer kept. Before the first step there
   * is nowhere to tell it, and the journey has failed.
   */
  private async attempt(journey: Journey, go: () => Promise<Journey>): Promise<Journey> {
    try {
      return await go();
    } catch (error) {
      const failure = asFailure(error, journey);
      const cause = `form ${JSON.stringify(this.form.name)} (${this.form.id}): ${failure.message}`;
      this.record("forms_submission_failed", cause);
      const { text, execution } = failure;
      const { position, history } = journey;
      if (position.at !== "step") {
        return { ...failure.journey, position: { at: "failed", message: text || cause } };
      }
      // A flow that has nothing to say to the person has failed for a reason that they can do nothing about.
      const told: StepError = text
        ? { said: { text } }
        : { said: { key: "ERR_GENERIC_ERROR" }, cause, ...(execution !== undefined && { execution }) };
      return { ...failure.journey, position, history, error: told };
    }
  }

  /** The step is no longer part of the form: again from the start, with what was answered. */
  private async restarted(): Promise<Journey> {
    const journey: Journey = { ...this.seen(this.journey), position: { at: "failed", message: "" }, history: [] };
    const restarted = await this.attempt(journey, () => this.follow(journey, this.form.start?.next_node, "its start"));
    return restarted.position.at === "step" ? { ...restarted, error: { said: { key: "form_changed" } } } : restarted;
  }

  private async hiddenValues(): Promise<Record<string, Json>> {
    const scope = await this.scope(this.journey);
    const values = hiddenFieldsOf(this.form).map(({ key, value }): readonly [string, Value] => {
      // The dashboard's blank form has a hidden field `state` without a value: the hosted form knows that of its login.
      const written = value ?? (key === "state" ? "{{context.transaction.state}}" : undefined);
      return [key, written === undefined ? undefined : resolve(written, scope)];
    });
    return Object.fromEntries(values.filter((entry): entry is [string, Json] => entry[1] !== undefined));
  }

  /** Reads expressions; one that can not be read fails the journey as it stands then. */
  private async reading<T>(journey: Journey, read: (scope: Scope) => Promise<T>): Promise<T> {
    const scope = await this.scope(journey);
    try {
      return await read(scope);
    } catch (error) {
      throw asFailure(error, journey);
    }
  }

  private async scope({ fields, vars }: Journey): Promise<Scope> {
    const context = contextVariable(await this.services.context());
    return formScope(this.localized, { context, fields, vars }, this.services.clock);
  }

  /** Where the journey stands, as long as that is part of the form. */
  private step(): StepNode | undefined {
    const { position } = this.journey;
    return position.at === "step" ? stepOf(this.form, position.id) : undefined;
  }

  private seen(journey: Journey): Journey {
    return { ...journey, formVersion: this.form.updated_at };
  }

  private record(type: "forms_submission_failed" | "forms_warning", error: string): void {
    this.services.record({ type, form_id: this.form.id, journey_id: this.journey.id, error });
  }
}

/** @throws the error itself where no form can have caused it */
function asFailure(error: unknown, journey: Journey): JourneyFailure {
  if (error instanceof JourneyFailure) {
    return error;
  }
  if (error instanceof ExpressionError || error instanceof ConditionError) {
    return new JourneyFailure(error.message, journey);
  }
  throw error;
}

function noButton(type: string, id: string, journey: Journey): JourneyFailure {
  return new JourneyFailure(`the step has no ${type} ${JSON.stringify(id)}`, journey);
}

/** Who comes to another step is told of what was sent on the way there, and not again of what was sent before. */
function sentSince(journey: Journey, start: Journey, { id }: StepNode): Journey {
  const stays = start.position.at === "step" && start.position.id === id;
  return stays ? journey : { ...journey, sent: journey.sent.slice(start.sent.length) };
}

function previous(journey: Journey): Journey {
  const before = journey.history.at(-1);
  if (before === undefined) {
    return journey;
  }
  return { ...journey, position: { at: "step", id: before }, history: journey.history.slice(0, -1) };
}

/** The journey as if its person had gone back to a step; undefined where they were never there. */
function rewound(journey: Journey, stepId: string): Journey | undefined {
  if (journey.position.at === "step" && journey.position.id === stepId) {
    return journey;
  }
  const index = journey.history.indexOf(stepId);
  if (index === -1) {
    return undefined;
  }
  return { ...journey, position: { at: "step", id: stepId }, history: journey.history.slice(0, index) };
}
