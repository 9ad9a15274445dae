import type { FormComponent } from "auth0-forms";
import { html } from "hono/html";
import type { Html } from "./fields/field-type";
import type { Journey, StepError } from "./journey";
import type { LocalizedForm, Message } from "./localized-form";
import { own } from "./own";
import { inputId } from "./shown-field";

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
  return html`<div class="af-scenarioMessage af-scenarioMessage-info" role="status">${sent.map(
    ({ id, kind, to }) =>
      html`<p class="af-scenarioMessage-cause">${form.text({ key: "only_local" })} <a href="${outbox(id)}" target="_blank" rel="noopener">${form.text({ key: `${kind}_sent`, details: { to } })}</a></p>`,
  )}</div>`;
}
