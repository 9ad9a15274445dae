import { html } from "hono/html";
import { layout } from "./layout";
import { LocalizedForm, type Message } from "./localized-form";
import type { StepPage } from "./page";

export interface EndingPage extends Pick<StepPage, "form" | "journey" | "assets" | "stylesheet"> {}

/** The page of a journey that has ended without going on with the login: it thanks, or leads elsewhere. */
export function renderEnding({ form, journey, assets, stylesheet }: EndingPage): string {
  const localized = new LocalizedForm(form, journey.locales);
  const redirection = journey.position.at === "ended" ? journey.position.redirection : undefined;
  const text: Message =
    redirection === undefined
      ? { key: "form_done" }
      : { key: "redirecting", details: { target: new URL(redirection.target).host } };
  const said = localized.text(text);
  const content = html`<p class="af-ending">${
    redirection === undefined ? said : html`<a href="${redirection.target}">${said}</a>`
  }</p>`;
  return layout(
    {
      title: form.name,
      locale: localized.locale,
      assets,
      ...(stylesheet !== undefined && { stylesheet }),
      ...(redirection !== undefined && { refresh: redirection }),
    },
    content,
  );
}
