import type { Provider } from "oidc-provider";
import { flowExecutionsIn, flowsIn, formsIn, usersIn, vaultConnectionsIn } from "../documents/collections";
import { type Form, fieldsOf, stepOf } from "../documents/form";
import type { Json } from "../documents/json";
import { keepMessage } from "../documents/message";
import { resumeJourney, startJourney, submitStep } from "../forms/entrances";
import type { Journey, JourneyRecord, JourneyServices } from "../forms/journey";
import { own } from "../forms/own";
import { TENANT_NAME } from "./login-event";
import { keepLogin, loginsIn, type ShownForm } from "./login-log";
import type { LoginServices } from "./login-services";
import type { PostLoginState } from "./post-login";
import { vaultRequest } from "./vault-request";

type Interaction = InstanceType<Provider["Interaction"]>;

const KEPT_EXECUTIONS = 500;
/** Of one form in one login. */
const KEPT_ERRORS = 100;

/** The form that a login shows: its journey is kept with the login. */
export class FormJourney {
  readonly services: JourneyServices;
  /** What a journey tells before it has an id under which the log knows it. */
  private readonly told: JourneyRecord[] = [];

  constructor(
    private readonly login: LoginServices,
    private readonly interaction: Interaction,
  ) {
    const { store, clock, ids, outside } = login;
    const { user, recordId } = this.state;
    this.services = {
      form: (id) => formsIn(store).get(id),
      flow: (id) => flowsIn(store).get(id),
      context: () => ({
        user: usersIn(store).get(user.user_id) ?? user,
        client: { client_id: interaction.params.client_id, name: loginsIn(store).get(recordId)?.client_name },
        tenant: { name: TENANT_NAME },
        transaction: { state: interaction.uid, correlation_id: recordId },
      }),
      managementRequest: vaultRequest(login),
      outside,
      vaultConnection: (id) => vaultConnectionsIn(store).get(id),
      record: (entry) => this.told.push(entry),
      clock,
      ids,
    };
  }

  get state(): PostLoginState {
    return this.interaction.prompt.details.postLogin as PostLoginState;
  }

  get formId(): string {
    return this.state.render?.formId ?? "";
  }

  /** Where the person stands, with a form that may have changed; one that could not be shown is tried again. */
  async shown(locales: readonly string[]): Promise<Journey> {
    const { journey, render } = this.state;
    return this.keep(
      journey !== undefined
        ? await resumeJourney(this.services, journey)
        : await startJourney(this.services, {
            formId: this.formId,
            // JSON both: the Action's process told them as such.
            fields: (render?.fields ?? {}) as Record<string, Json>,
            vars: (render?.vars ?? {}) as Record<string, Json>,
            locales,
          }),
    );
  }

  /** Takes what the page of a step has posted. */
  async submitted(stepId: string, posted: URLSearchParams, locales: readonly string[]): Promise<Journey> {
    const journey = this.state.journey ?? (await this.shown(locales));
    return this.keep(await submitStep(this.services, journey, stepId, posted));
  }

  /** Tells of what is wrong with the form at the step that is shown. */
  warn(error: string): void {
    const { journey } = this.state;
    if (journey !== undefined) {
      this.told.push({ type: "forms_warning", form_id: journey.formId, journey_id: journey.id, error });
      this.tell(journey);
    }
  }

  private async keep(journey: Journey): Promise<Journey> {
    // A failure is told of, never kept: once the form is mended, the person goes on with every answer.
    if (journey.position.at !== "failed") {
      this.interaction.prompt.details = { ...this.interaction.prompt.details, postLogin: { ...this.state, journey } };
      await this.interaction.persist();
    }
    this.tell(journey);
    return journey;
  }

  private tell(journey: Journey): void {
    const { store, clock } = this.login;
    const executions = this.told.flatMap((entry) => ("execution" in entry ? [entry.execution] : []));
    const kept = flowExecutionsIn(store);
    for (const execution of executions) {
      kept.put(execution.id, execution);
    }
    kept.keepLast(KEPT_EXECUTIONS);
    for (const entry of this.told) {
      if (entry.type === "message_sent") {
        keepMessage(store, { ...entry.message, user_id: this.state.user.user_id });
      }
    }
    const record = loginsIn(store).get(this.state.recordId);
    if (record !== undefined) {
      const former = record.forms.find(({ journey_id }) => journey_id === journey.id);
      const others = record.forms.filter((form) => form !== former);
      const { position } = journey;
      const definition = formsIn(store).get(journey.formId);
      const name = definition?.name ?? journey.formId;
      const steps = former?.steps ?? [];
      const shown = position.at === "step" && steps.at(-1) !== position.id ? [...steps, position.id] : steps;
      const form: ShownForm = {
        form_id: journey.formId,
        name,
        journey_id: journey.id,
        steps: shown,
        answered: definition === undefined ? [] : answeredIn(definition, shown, journey),
        executions: [...(former?.executions ?? []), ...executions.map(({ id, flow_id }) => ({ id, flow_id }))],
        result: position.at === "step" ? "shown" : position.at,
        errors: [
          ...(former?.errors ?? []),
          ...this.told.flatMap((entry) => ("error" in entry ? [entry.error] : [])),
        ].slice(0, KEPT_ERRORS),
      };
      keepLogin(store, { ...record, forms: [...others, form], updated_at: clock().toISOString() });
    }
    this.told.length = 0;
  }
}

/** The fields of these steps that hold an answer. */
function answeredIn(form: Form, steps: readonly string[], { fields }: Journey): readonly string[] {
  const asked = steps.flatMap((id) => stepOf(form, id) ?? []).flatMap(fieldsOf);
  const hasValue = (value: Json | undefined) => value !== undefined && value !== null && value !== "";
  return [...new Set(asked.map(({ id }) => id).filter((id) => hasValue(own(fields, id))))];
}
