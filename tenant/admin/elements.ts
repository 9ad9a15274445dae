import { html } from "hono/html";
import { attributes, type Html } from "../forms/fields/field-type";

type Content = Html | string | number | undefined;

/** What a thing is, as pairs of a name and a value; without those that have none. */
export function facts(pairs: Readonly<Record<string, Content>>): Html {
  const known = Object.entries(pairs).filter(([, value]) => value !== undefined);
  return html`<dl class="facts">${known.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
  )}</dl>`;
}

export interface Table {
  /** For those who do not see where it stands. */
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Content[])[];
  /** What is said where there are no rows. */
  readonly empty: string;
}

/**
 * A table, whose rows become cards where the screen is narrow.
 *
 * The roles say what the elements are already: a browser forgets that when they are laid out in another way.
 */
export function table({ caption, columns, rows, empty }: Table): Html {
  if (rows.length === 0) {
    return html`<p class="empty">${empty}</p>`;
  }
  return html`<div class="table"><table role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(
    (column) => html`<th role="columnheader" scope="col">${column}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">
${rows.map(
  (row) => html`<tr role="row">${row.map(
    (cell, index) =>
      html`<td${attributes({ role: "cell", "data-column": columns[index] })}><div class="cell">${cell}</div></td>`,
  )}</tr>
`,
)}
</tbody>
</table></div>`;
}

/** A moment, as the clock of this machine shows it. */
export function time(iso: string | undefined): Html | undefined {
  if (iso === undefined) {
    return undefined;
  }
  const moment = new Date(iso);
  const shown = Number.isNaN(moment.getTime()) ? iso : moment.toLocaleString("sv-SE");
  return html`<time datetime="${iso}">${shown}</time>`;
}

/** A value as JSON, to be read. */
export function json(value: unknown, name: string): Html {
  return code(JSON.stringify(value, undefined, 2), name);
}

/** Text as it was written; who has no mouse can scroll it too. */
export function code(text: string, name: string): Html {
  return html`<pre tabindex="0" role="region" aria-label="${name}"><code>${text}</code></pre>`;
}

/** How something stands: `good`, `bad` or neither. */
export function state(text: string, kind?: "good" | "bad"): Html {
  return html`<span${attributes({ class: kind === undefined ? "state" : `state ${kind}` })}>${text}</span>`;
}

/** More of something, which is seen when it is asked for. */
export function more(summary: Content, content: Html): Html {
  return html`<details><summary>${summary}</summary>${content}</details>`;
}
