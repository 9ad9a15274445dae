import type { Problem } from "../problem";
import { type Frame, framePath, hasStep, isChanged, MOMENTS, SCHEMES } from "./frames";
import { Html, html } from "./html";
import type { Person } from "./person";
import type { GoodState, ShownState } from "./shown-state";
import { type Form, tenantPages } from "./tenant-pages";

const SIZES = { phone: { width: 390, height: 720 }, desktop: { width: 1024, height: 760 } } as const;

/** What of each step is shown; empty texts for all of it. */
export interface View {
  readonly locale: string;
  readonly scheme: string;
  readonly size: string;
}

export interface PreviewPage {
  readonly state: ShownState;
  readonly view: View;
  readonly person: Person;
  /** `user_metadata` of that person; undefined where what was typed is none. */
  readonly metadata: object | undefined;
  /** What is wrong with what was typed. */
  readonly typedProblem: string | undefined;
  /** Whether anybody has answered yet. */
  readonly isAnswered: boolean;
  /** Address of the tenant's own pages. */
  readonly tenantPages: string;
}

/** The page with every step of every form. */
export function previewPage(given: PreviewPage): string {
  const { state } = given;
  const { forms } = state.good;
  const gone = (state.before?.forms ?? []).filter(({ id }) => forms.every((form) => form.id !== id));
  const hasProblems = state.problems.length > 0;
  return document(
    hasProblems ? "Problems: preview" : "Preview",
    html`<header><h1>Preview</h1>
<p role="status" class="${hasProblems ? "bad" : "good"}">${
      hasProblems
        ? `What was saved last is not here: ${count(state.problems.length, "problem")}. Below is the last good state.`
        : state.version === 0
          ? "The first deploy is under way."
          : "This is what was saved last."
    }</p>
<p><a href="${given.tenantPages}/_tenant/">Pages of the tenant</a></p></header>
<main data-version="${state.version}">
${hasProblems ? problemList(state.problems) : ""}
${controls(given)}
${forms.map((form) => formSection(form, given))}
${gone.map((form) => html`<section><h2>${form.name}</h2><p>This form is gone.</p></section>`)}
${forms.length === 0 && state.version > 0 ? html`<p>The tenant has no forms.</p>` : ""}
</main>`,
  );
}

/** The page at which a login of {@link Logins} ends. */
export function loggedInPage(email: string, metadata: object, problem: string | undefined): string {
  return document(
    "Logged in",
    html`<main><h1>${problem === undefined ? "Logged in" : "The login has failed"}</h1>
${problem === undefined ? "" : html`<p class="bad">${problem}</p>`}
<p>The login of ${email} has ended. What the tenant keeps of them now, as <code>user_metadata</code>:</p>
<pre tabindex="0" role="region" aria-label="user_metadata">${JSON.stringify(metadata, undefined, 2)}</pre>
<form method="post" action="/log-in"><input type="hidden" name="as" value="typed">
<input type="hidden" name="metadata" value="${JSON.stringify(metadata)}"><button>Log in once more, known by this</button></form>
<p><a href="/">Preview</a></p></main>`,
  );
}

/** A page that says what is wrong. */
export function problemPage(text: string): string {
  return document(
    "Problem",
    html`<main><h1>Problem</h1><p class="bad">${text}</p><p><a href="/">Preview</a></p></main>`,
  );
}

function document(title: string, body: Html): string {
  return String(html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/preview.css"><script src="/assets/preview.js" defer></script></head>
<body>${body}</body></html>
`);
}

function problemList(problems: readonly Problem[]): Html {
  return html`<section aria-labelledby="problems" class="problems"><h2 id="problems">Problems</h2><ul>${problems.map(
    ({ path, what, remedy, place }) => html`<li><code>${path}</code>
${what.includes("\n") ? html`<pre>${what}</pre>` : html`<p class="what">${what}</p>`}
${remedy === undefined ? "" : html`<p><strong>What to do:</strong> ${remedy}</p>`}
${place === undefined ? "" : html`<p>In <code>${place}</code></p>`}</li>`,
  )}</ul></section>`;
}

function controls({ state, view, person, typedProblem, isAnswered }: PreviewPage): Html {
  const locales = [...new Set(state.good.forms.flatMap(localesOf))];
  return html`<form class="controls" method="get" action="/">
<fieldset><legend>Shown</legend>
${choice("locale", "Language", locales, view.locale)}
${choice("scheme", "Scheme", SCHEMES, view.scheme)}
${choice("size", "Size", Object.keys(SIZES), view.size)}
</fieldset>
<fieldset><legend>Log in as</legend>
${radio("new", "a new person", person)}
${radio("answered", isAnswered ? "who has answered so far" : "who has answered so far (nobody yet)", person, !isAnswered)}
${radio("typed", "one with this user_metadata", person)}
<label class="visually-hidden" for="metadata">user_metadata, as JSON</label>
<textarea id="metadata" name="metadata" rows="3" spellcheck="false"${
    typedProblem === undefined ? "" : new Html(' aria-invalid="true" aria-describedby="typed-problem"')
  }>${person.metadata}</textarea>
${typedProblem === undefined ? "" : html`<p id="typed-problem" class="bad">${typedProblem}</p>`}
</fieldset>
<p class="buttons"><button>Show the steps</button>
<button formmethod="post" formaction="/log-in" formtarget="_blank">Log in, in a new tab</button></p>
</form>`;
}

function choice(name: string, label: string, values: readonly string[], chosen: string): Html {
  const option = (value: string, text: string) =>
    html`<option value="${value}"${value === chosen ? new Html(" selected") : ""}>${text}</option>`;
  return html`<label>${label} <select name="${name}">${option("", "all")}${values.map((one) => option(one, one))}</select></label>`;
}

function radio(as: Person["as"], label: string, person: Person, isDisabled = false): Html {
  const marks = `${person.as === as ? " checked" : ""}${isDisabled ? " disabled" : ""}`;
  return html`<label><input type="radio" name="as" value="${as}"${new Html(marks)}> ${label}</label>`;
}

function formSection(form: Form, given: PreviewPage): Html {
  const { state, view } = given;
  const before = state.before?.forms.find(({ id }) => id === form.id);
  const steps = [...new Map([...stepsOf(before), ...stepsOf(form)]).entries()];
  const locales = localesOf(form).filter((locale) => view.locale === "" || view.locale === locale);
  const id = `form-${form.id}`;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${form.name}</h2>
<div class="graphs">${graphFigures(form, state)}</div>
${steps.flatMap(([step, name]) => locales.map((locale) => stepSection(form, step, name, locale, given)))}
</section>`;
}

function graphFigures(form: Form, { good, before }: ShownState): readonly Html[] {
  const former = before?.forms.find(({ id }) => id === form.id);
  const pictures = (state: GoodState, shown: Form) =>
    tenantPages().formPictures(shown, (flow) => state.flows.get(flow));
  const figure = (caption: string, shown: string) =>
    html`<figure class="graph-figure"><figcaption>${caption}</figcaption>
${new Html(shown)}</figure>`;
  const now = pictures(good, form);
  const then = before && former && pictures(before, former);
  return then === undefined || then === now
    ? [figure("Graph", now)]
    : [figure("Graph before", then), figure("Graph after", now)];
}

function stepSection(form: Form, step: string, name: string, locale: string, given: PreviewPage): Html {
  const { state } = given;
  const isNow = hasStep(state.good, form.id, step);
  const isOther = isChanged(state, form.id, step, locale);
  const change = !isOther ? "" : !isNow ? "removed" : hasStep(state.before, form.id, step) ? "changed" : "new";
  const moments = MOMENTS.filter((moment) =>
    moment === "after" ? isNow : isOther && hasStep(state.before, form.id, step),
  );
  return html`<section class="step"><h3>${name} <span class="locale">${locale}</span>${
    change === "" ? "" : html` <span class="change">${change}</span>`
  }</h3>
${moments.map(
  (
    moment,
  ) => html`${moments.length > 1 || moment === "before" ? html`<h4>${moment === "before" ? "Before" : "After"}</h4>` : ""}
<div class="frames" lang="${locale}">${framesOf({ moment, form: form.id, step, locale }, name, given)}</div>`,
)}</section>`;
}

function framesOf(frame: Omit<Frame, "scheme">, name: string, { state, view, metadata }: PreviewPage): readonly Html[] {
  const query = metadata === undefined ? "" : `?metadata=${encodeURIComponent(JSON.stringify(metadata))}`;
  const sizes = Object.entries(SIZES).filter(([size]) => view.size === "" || view.size === size);
  const schemes = SCHEMES.filter((scheme) => view.scheme === "" || view.scheme === scheme);
  return sizes.flatMap(([size, { width, height }]) =>
    schemes.map((scheme) => {
      const title = `${name}, ${frame.locale}, ${frame.moment === "before" ? "before, " : ""}${size}, ${scheme}`;
      const path = `${framePath(state.version, { ...frame, scheme })}${query}`;
      return html`<figure class="frame ${size}"><figcaption>${size}, ${scheme} <a href="${path}" aria-label="${title}, by itself">by itself</a></figcaption>
<div class="screen"><iframe src="${path}" title="${title}" width="${width}" height="${height}" sandbox="allow-scripts" loading="lazy"></iframe></div></figure>
`;
    }),
  );
}

function stepsOf(form: Form | undefined): readonly (readonly [id: string, name: string])[] {
  return (form?.nodes ?? []).filter(({ type }) => type === "STEP").map(({ id, alias }) => [id, alias ?? id] as const);
}

function localesOf({ languages, translations }: Form): readonly string[] {
  return [...new Set([languages?.primary ?? "en", ...Object.keys(translations ?? {})])];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
