import { html } from "hono/html";
import type { Html } from "../forms/fields/field-type";

const PER_PAGE = 50;

/** One page of a list that may be long. */
export interface Paged<T> {
  readonly items: readonly T[];
  /** From 1. */
  readonly page: number;
  readonly last: number;
  readonly total: number;
}

/** @param asked the number of the page as an address has it; what is no page is the first or the last */
export function pageOf<T>(all: readonly T[], asked: string): Paged<T> {
  const last = Math.max(1, Math.ceil(all.length / PER_PAGE));
  const page = Math.min(last, Math.max(1, Math.floor(Number(asked)) || 1));
  return { items: all.slice((page - 1) * PER_PAGE, page * PER_PAGE), page, last, total: all.length };
}

/** Which part of the list is shown, and the ways to the others; nothing where one page holds all. */
export function pages({ page, last, total }: Paged<unknown>, address: (page: number) => string): Html | "" {
  if (last === 1) {
    return "";
  }
  const from = (page - 1) * PER_PAGE + 1;
  const way = (to: number, text: string): Html =>
    to < 1 || to > last || to === page ? html`<span>${text}</span>` : html`<a href="${address(to)}">${text}</a>`;
  return html`<p class="pages">${way(1, "First")} ${way(page - 1, "Previous")}
<span class="where">${count(from)} to ${count(Math.min(total, from + PER_PAGE - 1))} of ${count(total)}</span>
${way(page + 1, "Next")} ${way(last, "Last")}</p>`;
}

/** A field to search the list of the page that one is on. */
export function search(label: string, sought: string): Html {
  return html`<form class="search" method="get" role="search">
<label for="q">${label}</label>
<input type="search" id="q" name="q" value="${sought}" autocomplete="off" spellcheck="false">
<button type="submit">Search</button>
</form>`;
}

function count(number: number): string {
  return number.toLocaleString("en");
}
