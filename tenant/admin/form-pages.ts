import type { FormNode, NodePointer, StepNode } from "auth0-forms";
import { html } from "hono/html";
import { flowsIn, formsIn } from "../documents/collections";
import type { Form } from "../documents/form";
import { fieldsOf, nodeOf, stepOf } from "../documents/form";
import type { Store } from "../documents/store";
import { customFieldPage } from "../forms/custom-field-page";
import type { Html } from "../forms/fields/field-type";
import { formStylesheet } from "../forms/form-stylesheet";
import type { Services } from "../management/family";
import { facts, json, more, table, time } from "./elements";
import { conditionText, formGraph } from "./form-graph";
import { graphPictures } from "./graph-picture";
import { withoutSecrets } from "./hidden-values";
import { type Page, ROOT } from "./layout";
import { actionPath, flowPath, formPath } from "./paths";
import { renderersOf } from "./stages";
import { stepName } from "./step-name";
import { stepPreview } from "./step-preview";

export function formsPage({ store }: Services): Page {
  return {
    title: "Forms",
    section: "forms",
    content: table({
      caption: "Forms",
      columns: ["Form", "Steps", "Languages", "Changed"],
      rows: formsIn(store)
        .list()
        .map((form) => [
          html`<a href="${formPath(form.id)}">${form.name}</a>`,
          stepsOf(form).length,
          localesOf(form).join(", "),
          time(form.updated_at),
        ]),
      empty: "There are no forms yet.",
    }),
  };
}

/** @param locale the language of the previews */
export function formPage({ store }: Services, id: string, locale: string | undefined): Page | undefined {
  const form = formsIn(store).get(id);
  if (form === undefined) {
    return undefined;
  }
  const steps = stepsOf(form);
  const graph = formGraph(form, (flowId) => flowsIn(store).get(flowId)?.name);
  return {
    title: form.name,
    section: "forms",
    content: html`<section aria-labelledby="steps"><h2 id="steps">Steps</h2>
<p>As someone sees them who has answered nothing yet. Nothing is posted from here.</p>
${languages(form, locale)}
<div class="previews">${steps.map((step) => preview(form, step, locale))}</div>
${steps.length === 0 ? html`<p class="empty">This form has no steps.</p>` : ""}
</section>
<section aria-labelledby="graph"><h2 id="graph">Graph</h2>
${graphPictures(graph, `Graph of the form ${form.name}; the list of nodes below says the same`)}
</section>
<section aria-labelledby="nodes"><h2 id="nodes">Nodes</h2>
<dl class="nodes">
<div><dt>Start</dt><dd>${target(form, form.start?.next_node)}</dd></div>
${(form.nodes ?? []).map((node) => html`<div><dt>${nodeName(form, node)}</dt><dd>${nodeFacts(form, node, store)}</dd></div>\n`)}
<div><dt>Ending</dt><dd>${ending(form, store)}</dd></div>
</dl>
</section>
<section aria-labelledby="facts"><h2 id="facts">Facts</h2>
${facts({
  "Rendered by": renderers(form, store),
  Languages: localesOf(form).join(", "),
  "Hidden fields": form.start?.hidden_fields?.map(({ key }) => key).join(", "),
  Created: time(form.created_at),
  Changed: time(form.updated_at),
  Id: html`<code>${form.id}</code>`,
})}</section>
<section aria-labelledby="document"><h2 id="document">Document</h2>
${more("As the Management API returns it; what is secret is masked", json(withoutSecrets(form), "Document of the form"))}
</section>`,
  };
}

/** The page in a frame of the form's page; undefined where there is no such step. @throws ExpressionError */
export function previewPage(
  { store, clock }: Services,
  formId: string,
  stepId: string,
  locale: string | undefined,
): string | undefined {
  const form = formsIn(store).get(formId);
  const step = form === undefined ? undefined : stepOf(form, stepId);
  if (form === undefined || step === undefined) {
    return undefined;
  }
  const stylesheet = `${formPath(formId)}/style.css`;
  const frames = `${formPath(formId)}/custom`;
  return stepPreview({ form, step, locale, assets: `${ROOT}/assets`, stylesheet, frames, clock });
}

/** The page in the frame of a CUSTOM field. */
export function previewFrame({ store }: Services, formId: string, fieldId: string): string | undefined {
  const form = formsIn(store).get(formId);
  const stylesheet = `${formPath(formId)}/style.css`;
  return form && customFieldPage(form, fieldId, { assets: `${ROOT}/assets`, stylesheet });
}

export function previewStylesheet({ store }: Services, formId: string): string | undefined {
  const form = formsIn(store).get(formId);
  return form === undefined ? undefined : formStylesheet(form);
}

function stepsOf({ nodes = [] }: Form): readonly StepNode[] {
  return nodes.filter((node) => node.type === "STEP");
}

function localesOf(form: Form): readonly string[] {
  return [...new Set([form.languages?.primary ?? "en", ...Object.keys(form.translations ?? {})])];
}

function languages(form: Form, shown: string | undefined): Html | "" {
  const locales = localesOf(form);
  if (locales.length === 1) {
    return "";
  }
  return html`<ul class="choices" aria-label="Language of the previews">${locales.map(
    (locale) =>
      html`<li><a href="${formPath(form.id)}?locale=${encodeURIComponent(locale)}#steps"${
        locale === (shown ?? locales[0]) ? html` aria-current="true"` : ""
      }>${locale}</a></li>`,
  )}</ul>`;
}

function preview(form: Form, step: StepNode, locale: string | undefined): Html {
  const query = locale === undefined ? "" : `?locale=${encodeURIComponent(locale)}`;
  const path = `${formPath(form.id)}/steps/${encodeURIComponent(step.id)}${query}`;
  const name = stepName(form, step.id);
  return html`<figure id="${nodeId(step.id)}">
<figcaption>${name} <a href="${path}">by itself</a></figcaption>
<iframe src="${path}" title="Preview of the step ${name}" sandbox="allow-scripts" loading="lazy" height="${heightOf(step)}"></iframe>
</figure>
`;
}

/** About as high as the page in it: nobody outside may ask a page without an origin. */
function heightOf({ config }: StepNode): number {
  const components = config?.components ?? [];
  const heights = components.map(({ category, type }) =>
    category === "BLOCK" ? (type.endsWith("_BUTTON") ? 70 : 90) : 110,
  );
  return Math.min(760, 120 + heights.reduce((sum, height) => sum + height, 0));
}

function nodeFacts(form: Form, node: FormNode, store: Store): Html {
  switch (node.type) {
    case "STEP":
      return html`${
        fieldsOf(node)
          .map(({ id, type, label, required }) => `${label ?? id} (${type}${required === true ? ", required" : ""})`)
          .join(", ") || "no fields"
      }; ${target(form, node.config?.next_node)}`;
    case "FLOW":
      return html`${flowLink(node.config.flow_id, store)}; ${target(form, node.config.next_node)}`;
    case "ROUTER":
      return html`<ol>${(node.config?.rules ?? []).map(
        ({ id, alias, condition, next_node }) =>
          html`<li>${alias ?? id}: <code class="wrap">${conditionText(condition)}</code> ${target(form, next_node)}</li>`,
      )}<li>otherwise ${target(form, node.config?.fallback)}</li></ol>`;
  }
}

function ending({ ending }: Form, store: Store): Html {
  const flowId = ending?.after_submit?.flow_id;
  return html`${flowId === undefined ? "" : html`${flowLink(flowId, store)}; `}${
    ending?.redirection === undefined ? "" : html`goes to <code class="wrap">${ending.redirection.target}</code>; `
  }${ending?.resume_flow === true ? "the login goes on" : "the login does not go on"}`;
}

function target(form: Form, id: NodePointer | undefined): Html {
  if (id === undefined) {
    return html`→ nowhere`;
  }
  const node = nodeOf(form, id);
  if (node === undefined) {
    return html`→ Ending`;
  }
  return node.type === "STEP"
    ? html`→ <a href="#${nodeId(id)}">${nodeName(form, node)}</a>`
    : html`→ ${nodeName(form, node)}`;
}

function nodeName(form: Form, { type, alias, id }: FormNode): string {
  return type === "STEP" ? `Step ${stepName(form, id)}` : `${{ FLOW: "Flow", ROUTER: "Router" }[type]} ${alias ?? id}`;
}

function nodeId(id: string): string {
  return `node-${id}`;
}

function flowLink(id: string, store: Store): Html {
  const flow = flowsIn(store).get(id);
  return flow === undefined ? html`<code>${id}</code> (missing)` : html`<a href="${flowPath(id)}">${flow.name}</a>`;
}

/** The Actions that show the form at a login. */
function renderers(form: Form, store: Store): Html | string {
  const actions = renderersOf(form, store);
  return actions.length === 0
    ? "no Action that is bound"
    : html`${actions.map(({ id, name }) => html`<a href="${actionPath(id)}">${name}</a> `)}`;
}
