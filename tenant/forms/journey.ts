import type { Flow, FlowExecution } from "../documents/flow";
import type { Form } from "../documents/form";
import type { Ids } from "../documents/ids";
import type { Json } from "../documents/json";
import { Course } from "./course";
import { fieldTypeOf } from "./fields";
import type { Entered } from "./fields/field-type";
import type { ManagementRequest, OneTimeCode } from "./flow-actions/run-action";
import { componentsOf } from "./form-parts";
import type { Message } from "./localized-form";
import { maskedFields } from "./step-components";

type Values = Readonly<Record<string, Json>>;

/** How far a person has come in a form. Plain JSON, to be kept between requests where the browser can not change it. */
export interface Journey {
  readonly id: string;
  readonly formId: string;
  /** `updated_at` of the form when it was last looked at. */
  readonly formVersion: string;
  /** The languages that the browser asks for, best first. */
  readonly locales: readonly string[];
  readonly position: Position;
  /** The steps that led to the present one, first to last. */
  readonly history: readonly string[];
  /** The answers and the hidden fields. */
  readonly fields: Values;
  readonly vars: Values;
  /** What was typed but is no answer yet, by component: shown again, never used. */
  readonly entered: Readonly<Record<string, Entered>>;
  /** Of OTP/GENERATE_CODE, by reference. */
  readonly codes: Readonly<Record<string, OneTimeCode>>;
  /** Uses of RESEND_BUTTONs, by component. */
  readonly resends: Readonly<Record<string, { readonly count: number; readonly at: string }>>;
  readonly error?: StepError;
}

export type Position =
  | { readonly at: "step"; readonly id: string }
  | {
      readonly at: "ended";
      /** Whether the login goes on. */
      readonly resumes: boolean;
      /** Where the browser goes instead, after some seconds. */
      readonly redirection?: { readonly target: string; readonly delay: number };
    }
  /** There is no step to show it on. Mostly for the one who builds the form, unless a flow has put it for the person. */
  | { readonly at: "failed"; readonly message: string };

/** Why a step is shown other than because it is next. */
export interface StepError {
  /** What the person is told. */
  readonly said: Message | { readonly text: string };
  /** What is wrong with the fields, by component. */
  readonly problems?: Readonly<Record<string, Message>>;
  /** What went wrong, for the one who builds the form. */
  readonly cause?: string;
  readonly execution?: { readonly flowId: string; readonly id: string };
}

/**
 * What the expressions of a form see as `context`: user, client, tenant, transaction and, where there are some,
 * organization and custom_domain.
 *
 * @see https://auth0.com/docs/customize/forms/variables#context-variables
 */
export type JourneyContext = Readonly<Record<string, unknown>>;

/** What happened; those that Auth0 has too go by the names of its tenant log. */
export type JourneyRecord =
  | { readonly type: "flows_execution_completed"; readonly execution: FlowExecution }
  | { readonly type: "flows_execution_failed"; readonly execution: FlowExecution; readonly error: string }
  | { readonly type: "forms_submission_succeeded"; readonly form_id: string; readonly journey_id: string }
  | {
      readonly type: "forms_submission_failed" | "forms_warning";
      readonly form_id: string;
      readonly journey_id: string;
      readonly error: string;
    };

/** What a journey needs of the tenant. */
export interface JourneyServices {
  readonly form: (id: string) => Form | undefined;
  readonly flow: (id: string) => Flow | undefined;
  /** Read whenever it is needed, so that a router behind a flow sees what the flow wrote. */
  readonly context: () => JourneyContext | Promise<JourneyContext>;
  readonly managementRequest: ManagementRequest;
  readonly record: (entry: JourneyRecord) => void;
  readonly clock: () => Date;
  readonly ids: Pick<Ids, "uuid">;
}

export interface StartOptions {
  readonly formId: string;
  /** `fields` of `api.prompt.render`. */
  readonly fields?: Values;
  /** `vars` of `api.prompt.render`. */
  readonly vars?: Values;
  /** See `preferredLocales`. */
  readonly locales?: readonly string[];
}

/** Begins a form, and goes to its first step or, where nothing is to be asked, to its end. */
export async function startJourney(services: JourneyServices, options: StartOptions): Promise<Journey> {
  const empty = emptyJourney(services.ids.uuid(), options.formId, options.locales ?? []);
  const journey = { ...empty, vars: options.vars ?? {} };
  const form = services.form(journey.formId);
  return form === undefined
    ? withoutForm(services, journey)
    : new Course(services, form, journey).start(options.fields ?? {});
}

/** The journey as it stands now, to be asked before a page is shown: the form may have changed or gone. */
export async function resumeJourney(services: JourneyServices, journey: Journey): Promise<Journey> {
  if (journey.position.at !== "step") {
    return journey;
  }
  const form = services.form(journey.formId);
  return form === undefined ? withoutForm(services, journey) : new Course(services, form, journey).resumed();
}

/**
 * Takes what the page of a step posted: the answers, and which button was pressed.
 *
 * A step that was left behind, in another tab or by the browser's back button, is answered again, and the journey goes
 * on from there. A step that was never reached, or a journey that is over, stays as it is.
 */
export async function submitStep(
  services: JourneyServices,
  journey: Journey,
  stepId: string,
  posted: URLSearchParams,
): Promise<Journey> {
  if (journey.position.at !== "step") {
    return journey;
  }
  const form = services.form(journey.formId);
  return form === undefined
    ? withoutForm(services, journey)
    : new Course(services, form, journey).submitted(stepId, posted);
}

/** A journey that stands on a step without a way there: to show what the step looks like. */
export function previewJourney(form: Form, stepId: string, locales: readonly string[] = []): Journey {
  return {
    ...emptyJourney("preview", form.id, locales),
    formVersion: form.updated_at,
    position: { at: "step", id: stepId },
  };
}

/** What the Action gets as `event.prompt` when the login goes on; passwords are masked. */
export function promptOf(form: Form | undefined, journey: Journey): { id: string; fields: Values; vars: Values } {
  const passwords = form === undefined ? [] : componentsOf(form).filter((field) => fieldTypeOf(field)?.isSecret);
  return { id: journey.formId, fields: maskedFields(passwords, journey.fields), vars: journey.vars };
}

function emptyJourney(id: string, formId: string, locales: readonly string[]): Journey {
  return {
    id,
    formId,
    formVersion: "",
    locales,
    position: { at: "failed", message: "the form was not begun" },
    history: [],
    fields: {},
    vars: {},
    entered: {},
    codes: {},
    resends: {},
  };
}

function withoutForm(services: JourneyServices, journey: Journey): Journey {
  const error = `form ${JSON.stringify(journey.formId)} does not exist`;
  services.record({ type: "forms_submission_failed", form_id: journey.formId, journey_id: journey.id, error });
  return { ...journey, position: { at: "failed", message: error } };
}
