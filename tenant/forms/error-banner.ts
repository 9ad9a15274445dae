import type { FormComponent } from "auth0-forms";
import { html } from "hono/html";
import type { Html } from "./fields/field-type";
import type { Journey, StepError } from "./journey";
import type { LocalizedForm, Message } from "./localized-form";
import { own } from "./own";
import { inputId } from "./shown-field";
import { lostInHtml } from "./step-components";

/** What stands above a step: what is wrong, with links to the fields that are. */
export function errorBanner(
  { said, problems = {}, cause, execution }: StepError,
  components: readonly FormComponent[],
  form: LocalizedForm,
  executionLink: ((flowId: string, executionId: string) => string) | undefined,
): Html {
  const isNotice = "key" in said && said.key === "out_of_date";
  const wrong = components.filter(({ id }) => own(problems, id) !== undefined);
  return html`<div id="af-error" class="af-scenarioMessage af-scenarioMessage-${
    isNotice ? "info" : "error"
  }" role="alert" tabindex="-1" autofocus>
  <p>${"text" in said ? said.text : form.text(said)}</p>
  ${
    wrong.length === 0
      ? ""
      : html`<ul>${wrong.map(
          (component) =>
            html`<li><a href="#${inputId(component)}">${component.label === undefined ? "" : html`${component.label}: `}${form.text(problems[component.id] as Message)}</a></li>`,
        )}</ul>`
  }
  ${
    cause === undefined
      ? ""
      : html`<p class="af-scenarioMessage-cause">${form.text({ key: "only_local" })} ${cause}${
          execution === undefined || executionLink === undefined
            ? ""
            : html` (<a href="${executionLink(execution.flowId, execution.id)}">${form.text({ key: "execution" })}</a>)`
        }</p>`
  }
</div>`;
}

/** Where the messages are that the person waits for: nobody gets them from a local tenant. */
export function sentBanner(
  sent: Journey["sent"],
  form: LocalizedForm,
  outbox: (messageId: string) => string,
): Html | "" {
  if (sent.length === 0) {
    return "";
  }
  return notes(
    form,
    sent.map(({ id, kind, to }) => {
      const said = form.text({ key: `${kind}_sent`, details: { to } });
      return html`<a href="${outbox(id)}" target="_blank" rel="noopener">${said}</a>`;
    }),
  );
}

/** What of the form's HTML is not shown as it was written. */
export function lostBanner(components: readonly FormComponent[], form: LocalizedForm): Html | "" {
  const lost = lostInHtml(components);
  return lost.length === 0
    ? ""
    : notes(
        form,
        lost.map(({ component, parts }) => form.text({ key: "html_lost", details: { component, parts } })),
      );
}

function notes(form: LocalizedForm, said: readonly (Html | string)[]): Html {
  return html`<div class="af-scenarioMessage af-scenarioMessage-info" role="status">${said.map(
    (one) => html`<p class="af-scenarioMessage-cause">${form.text({ key: "only_local" })} ${one}</p>`,
  )}</div>`;
}
