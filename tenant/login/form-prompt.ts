import { formsIn } from "../documents/collections";
import { CUSTOM_FIELD_POLICY, customFieldPage } from "../forms/custom-field-page";
import { renderEnding } from "../forms/ending-page";
import { formStylesheet } from "../forms/form-stylesheet";
import type { Journey } from "../forms/journey";
import { renderStep } from "../forms/page";
import { FormJourney } from "./form-journey";
import type { LoginServices } from "./login-services";
import { ASSETS, pageHeaders } from "./page";
import { endRecord } from "./post-login-prompt";
import { formPath, headersOf, message, type PageContext, type Visit } from "./visit";

const MAX_PROBLEM_CHARACTERS = 500;

/** Shows the step at which a login stands in the form that an Action has rendered. */
export async function showForm(visit: Visit): Promise<Response> {
  const { services, context, interaction, locales } = visit;
  const formJourney = new FormJourney(services, interaction);
  if (context.req.param("form") !== formJourney.formId) {
    return context.redirect(formPath(interaction), 303);
  }
  const journey = await formJourney.shown(locales);
  return (await over(visit, journey)) ?? shown(visit, formJourney, journey);
}

/** Takes what a step has posted. What comes of it is shown by a request of its own, so that a reload posts nothing twice. */
export async function takeForm(visit: Visit, posted: URLSearchParams): Promise<Response> {
  const { services, context, interaction, locales } = visit;
  const formJourney = new FormJourney(services, interaction);
  const journey = await formJourney.submitted(posted.get("step") ?? "", posted, locales);
  return (await over(visit, journey)) ?? context.redirect(formPath(interaction), 303);
}

/** Takes what went wrong in the browser, for the log. */
export function takeProblem({ services, context, interaction }: Visit, posted: URLSearchParams): Response {
  new FormJourney(services, interaction).warn((posted.get("problem") ?? "").slice(0, MAX_PROBLEM_CHARACTERS));
  return context.body(null, 204);
}

/** The form's own colours and CSS. */
export function formStyle(context: PageContext, { store }: LoginServices): Response {
  const definition = formsIn(store).get(context.req.param("form") ?? "");
  return definition === undefined
    ? context.body(null, 404)
    : context.body(formStylesheet(definition), 200, {
        "content-type": "text/css; charset=utf-8",
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
      });
}

/** The page in the frame of a CUSTOM field. */
export function formFrame(context: PageContext, { store }: LoginServices): Response {
  const { form = "", field = "" } = context.req.param();
  const definition = formsIn(store).get(form);
  const stylesheet = `/u/custom-prompt/${encodeURIComponent(form)}/style.css`;
  const page = definition && customFieldPage(definition, field, { assets: ASSETS, stylesheet });
  return page === undefined
    ? context.body(null, 404)
    : (context.html(page, 200, {
        "content-security-policy": CUSTOM_FIELD_POLICY,
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
      }) as Response);
}

async function shown(visit: Visit, formJourney: FormJourney, journey: Journey): Promise<Response> {
  const { services, oidc, context, interaction, language, hidden } = visit;
  const { position } = journey;
  const { recordId } = formJourney.state;
  const definition = formsIn(services.store).get(journey.formId);
  if (position.at === "failed" || definition === undefined) {
    const details = position.at === "failed" ? position.message : undefined;
    endRecord(services, recordId, "failed", details);
    const { texts } = language;
    const links = [
      { href: formPath(interaction), text: texts.try_again },
      ...oidc.links.to(String(interaction.params.client_id), texts),
    ];
    return message(context, 500, { language, title: texts.oops, said: texts.form_failed, details, links });
  }
  const path = `/u/custom-prompt/${encodeURIComponent(journey.formId)}`;
  const common = { form: definition, journey, assets: ASSETS, stylesheet: `${path}/style.css` };
  if (position.at === "ended") {
    endRecord(services, recordId, "failed", "the form ended without going on with the login");
    return context.html(renderEnding(common), 200, pageHeaders());
  }
  const page = renderStep({
    ...common,
    context: await formJourney.services.context(),
    action: `${path}?state=${hidden.state}`,
    hidden: { ...hidden, step: position.id },
    clock: services.clock,
    frames: `${path}/custom`,
    messageLink: (id) => `/_tenant/outbox/${encodeURIComponent(id)}`,
    executionLink: (flow, id) => `/_tenant/flows/${encodeURIComponent(flow)}/executions/${encodeURIComponent(id)}`,
  });
  return context.html(page, 200, headersOf(interaction));
}

/** Back to the login where the form is done. */
async function over({ context, interaction }: Visit, { position }: Journey): Promise<Response | undefined> {
  if (position.at !== "ended" || !position.resumes) {
    return undefined;
  }
  interaction.result = interaction.lastSubmission;
  await interaction.persist();
  return context.redirect(interaction.returnTo, 303);
}
