import type { FormComponent } from "auth0-forms";
import { html } from "hono/html";
import type { Form } from "../documents/form";
import { stepOf } from "../documents/form";
import { block } from "./blocks";
import { errorBanner, lostBanner, sentBanner } from "./error-banner";
import { fieldTypeOf } from "./fields";
import { configText } from "./fields/config";
import type { Html } from "./fields/field-type";
import type { Journey, JourneyContext } from "./journey";
import { layout } from "./layout";
import { LocalizedForm } from "./localized-form";
import { contextVariable, formScope } from "./scope";
import { shownField } from "./shown-field";
import { stepComponents } from "./step-components";

export interface StepPage {
  readonly form: Form;
  /** Stands on a step of the form: see `resumeJourney`. */
  readonly journey: Journey;
  readonly context: JourneyContext;
  /** Where the page posts to: `submitStep` takes it from there. */
  readonly action: string;
  /** Posted along, e.g. the login's state and the CSRF token. */
  readonly hidden: Readonly<Record<string, string>>;
  /** Path under which the files of `formAsset` are served. */
  readonly assets: string;
  /** Path under which `formStylesheet` of the form is served. */
  readonly stylesheet?: string;
  /** Path under which the frames of CUSTOM fields are served: see `customFieldPage`. */
  readonly frames?: string;
  readonly clock: () => Date;
  /** Where the execution of a flow can be looked at. */
  readonly executionLink?: (flowId: string, executionId: string) => string;
  /** Where a message that a flow has sent can be read. */
  readonly messageLink?: (messageId: string) => string;
}

/** The page of the step on which a journey stands. @throws ExpressionError */
export function renderStep(page: StepPage): string {
  const { form, journey, clock } = page;
  const step = stepOf(form, journey.position.at === "step" ? journey.position.id : undefined);
  if (step === undefined) {
    throw new Error(`the journey stands on no step of form ${form.id}`);
  }
  const localized = new LocalizedForm(form, journey.locales);
  const variables = { context: contextVariable(page.context), fields: journey.fields, vars: journey.vars };
  const components = stepComponents(localized, step, formScope(localized, variables, clock));
  const now = clock();
  const pageTitle = journey.error === undefined ? form.name : `${localized.text({ key: "error" })}: ${form.name}`;
  const content = html`<form class="af-form" method="post" action="${page.action}" novalidate accept-charset="utf-8">
${Object.entries(page.hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${title(form, components)}
${defaultButton(components)}
${journey.error === undefined ? "" : errorBanner(journey.error, components, localized, page.executionLink)}
${page.messageLink === undefined ? "" : sentBanner(journey.sent, localized, page.messageLink)}
${lostBanner(components, localized)}
${components.map((component) => {
  const type = fieldTypeOf(component);
  return type === undefined
    ? block(component, journey, now)
    : shownField(component, type, journey, localized, page.frames);
})}
</form>`;
  const { assets, stylesheet } = page;
  return layout(
    { title: pageTitle, locale: localized.locale, assets, ...(stylesheet !== undefined && { stylesheet }) },
    content,
  );
}

/** A page has a first heading, though the texts of forms begin with second ones; it need not be seen. */
function title({ name }: Form, components: readonly FormComponent[]): Html | "" {
  const isThere = components.some((component) => /<h1[\s>]/i.test(configText(component, "content") ?? ""));
  return isThere ? "" : html`<h1 class="af-visuallyHidden">${name}</h1>`;
}

/** Enter presses the first button of a form: that must not be one that leaves the step without its answers. */
function defaultButton(components: readonly FormComponent[]): Html | "" {
  const buttons = components.filter(({ type }) => type.endsWith("_BUTTON"));
  return buttons[0]?.type !== "NEXT_BUTTON" && buttons.some(({ type }) => type === "NEXT_BUTTON")
    ? html`<button type="submit" name="action" value="next" class="af-visuallyHidden" tabindex="-1" aria-hidden="true"></button>`
    : "";
}
