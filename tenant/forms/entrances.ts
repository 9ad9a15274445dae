import type { Form } from "../documents/form";
import { componentsOf } from "../documents/form";
import { Course } from "./course";
import { fieldTypeOf } from "./fields";
import type { Journey, JourneyServices } from "./journey";
import { maskedFields } from "./step-components";

type Values = Journey["fields"];

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
    sent: [],
  };
}

function withoutForm(services: JourneyServices, journey: Journey): Journey {
  const error = `form ${JSON.stringify(journey.formId)} does not exist`;
  services.record({ type: "forms_submission_failed", form_id: journey.formId, journey_id: journey.id, error });
  return { ...journey, position: { at: "failed", message: error } };
}
