import { html } from "hono/html";
import { attributes, type Html } from "../forms/fields/field-type";
import { CONTENT_SECURITY_POLICY, layout } from "../forms/layout";
import type { PageLanguage } from "./page-texts";

/** Path under which the files of the pages are served. */
export const ASSETS = "/u/assets";

/**
 * Headers of every page that a person sees during a login.
 *
 * @param leadsTo where a form of the page may lead in the end, but for the tenant itself: a browser asks the policy about every redirect
 */
export function pageHeaders(leadsTo: readonly string[] = []): Readonly<Record<string, string>> {
  return {
    "cache-control": "no-store",
    "content-security-policy": `${CONTENT_SECURITY_POLICY}; connect-src 'self'; form-action ${["'self'", ...leadsTo].join(" ")}`,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}

/** A URL as a source of a Content-Security-Policy: its origin, or its scheme where that has no origin. */
export function policySource(url: string): string {
  if (!URL.canParse(url)) {
    return "'self'";
  }
  const { origin, protocol } = new URL(url);
  return origin === "null" ? protocol : origin;
}

export interface PageField {
  readonly name: string;
  readonly label: string;
  readonly type: "email" | "text" | "password";
  readonly autocomplete: string;
  readonly value?: string;
  readonly hint?: Html;
  readonly problem?: string | undefined;
  readonly hasFocus: boolean;
}

export interface FormPage {
  readonly language: PageLanguage;
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly fields: readonly PageField[];
  /** What is wrong with all of it. */
  readonly error?: string | undefined;
  readonly button: string;
  /** What else one may do. */
  readonly footer?: Html;
}

/** A page with a form of a few lines, in the looks of the forms that Actions render. */
export function formPage({ language, title, lead, action, hidden, fields, error, button, footer }: FormPage): string {
  const { locale, texts } = language;
  const wrong = fields.filter(({ problem }) => problem !== undefined);
  const isWrong = error !== undefined || wrong.length > 0;
  const content = html`<form class="af-form" method="post" action="${action}" novalidate accept-charset="utf-8">
${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="af-component af-richText"><h1>${title}</h1>
<p>${lead}</p></div>
${
  isWrong
    ? html`<div id="af-error" class="af-scenarioMessage af-scenarioMessage-error" role="alert" tabindex="-1">
<p>${error ?? texts.check}</p>
${wrong.length === 0 ? "" : html`<ul>${wrong.map(({ name, label, problem }) => html`<li><a href="#${name}">${label}: ${problem}</a></li>`)}</ul>`}
</div>`
    : ""
}
${fields.map((one) => field(one, texts.required))}
<div class="af-component"><button type="submit" name="action" value="next" class="af-button af-nextButton"><span class="af-button-text">${button}</span></button></div>
${footer === undefined ? "" : html`<p class="af-component">${footer}</p>`}
</form>`;
  return layout({ title: isWrong ? `${texts.error}: ${title}` : title, locale, assets: ASSETS }, content);
}

function field({ name, label, type, autocomplete, value, hint, problem, hasFocus }: PageField, required: string): Html {
  const described = `${hint === undefined ? "" : `${name}-hint `}${name}-error`;
  const input = attributes({
    id: name,
    name,
    type,
    class: "af-stringField-input",
    autocomplete,
    required: true,
    value,
    autofocus: hasFocus,
    autocapitalize: "none",
    spellcheck: "false",
    "aria-describedby": described,
    "aria-invalid": problem === undefined ? undefined : "true",
  });
  return html`<div${attributes({
    class: `af-component af-field${problem === undefined ? "" : " af-field-invalid"}`,
    "data-checks": JSON.stringify([{ kind: "required", message: required }]),
  })}><label class="af-field-label" for="${name}"><span class="af-fieldLabel-text">${label}</span></label><input${input}>${
    hint === undefined ? "" : html`<div id="${name}-hint" class="af-field-hint af-richText">${hint}</div>`
  }
<p${attributes({ id: `${name}-error`, class: "af-field-error", hidden: problem === undefined })}>${problem ?? ""}</p></div>`;
}

export interface MessagePage {
  readonly language: PageLanguage;
  readonly title: string;
  readonly said: string;
  /** For the one who builds the login. */
  readonly details?: string | undefined;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

/** A page that tells something: mostly that a login cannot go on. */
export function messagePage({ language, title, said, details, links = [] }: MessagePage): string {
  const { locale, texts } = language;
  const content = html`<div class="af-form">
<div class="af-component af-richText"><h1>${title}</h1>
<p>${said}</p></div>
${
  details === undefined
    ? ""
    : html`<div class="af-scenarioMessage af-scenarioMessage-error"><p>${texts.details}</p><p class="af-scenarioMessage-cause">${details}</p></div>`
}
${links.map(({ href, text }) => html`<p class="af-component"><a href="${href}">${text}</a></p>`)}
</div>`;
  return layout({ title, locale, assets: ASSETS }, content);
}
