import { html } from "hono/html";
import { attributes, type Html } from "../forms/fields/field-type";

/** A page of the tenant, by its first heading. */
export interface Page {
  readonly title: string;
  /** Which of the sections it belongs to. */
  readonly section?: Section;
  readonly content: Html;
}

/** Path under which the pages are mounted. */
export const ROOT = "/_tenant";

const SECTIONS = {
  overview: { name: "Overview", path: `${ROOT}/` },
  users: { name: "Users", path: `${ROOT}/users` },
  forms: { name: "Forms", path: `${ROOT}/forms` },
  flows: { name: "Flows", path: `${ROOT}/flows` },
  outbox: { name: "Outbox", path: `${ROOT}/outbox` },
  actions: { name: "Actions", path: `${ROOT}/actions` },
  logins: { name: "Logins", path: `${ROOT}/logins` },
  applications: { name: "Applications", path: `${ROOT}/applications` },
  logs: { name: "Logs", path: `${ROOT}/logs` },
} as const;

export type Section = keyof typeof SECTIONS;

/** Nothing inline, no script, no other origin; frames only for the previews of steps. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'";

/** The frame around every page: what the tenant is called, where one can go, what one looks at. */
export function layout(domain: string, { title, section, content }: Page): string {
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · ${domain}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${ROOT}/assets/admin.css">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<div class="width">
<p class="tenant">Local tenant <span>${domain}</span></p>
<nav aria-label="Sections">
<ul>
${Object.entries(SECTIONS).map(
  ([id, { name, path }]) =>
    html`<li><a${attributes({ href: path, "aria-current": id === section ? "true" : undefined })}>${name}</a></li>`,
)}
</ul>
</nav>
</div>
</header>
<main id="content" class="width" tabindex="-1">
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`);
}
