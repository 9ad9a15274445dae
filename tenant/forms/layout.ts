import { html } from "hono/html";
import { attributes, type Html } from "./fields/field-type";
import { languageOf, languageTag } from "./locale";

export interface Layout {
  readonly title: string;
  readonly locale: string;
  /** Path under which the files of `formAsset` are served, without a slash at its end. */
  readonly assets: string;
  /** Path of a stylesheet to load behind the common one: `formStylesheet` of the form. */
  readonly stylesheet?: string;
  /** Address that the browser goes to after some seconds. */
  readonly refresh?: { readonly target: string; readonly delay: number };
}

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/** A page in the manner of Universal Login: one card in the middle. */
export function layout({ title, locale, assets, stylesheet, refresh }: Layout, content: Html): string {
  const direction = RIGHT_TO_LEFT.has(languageOf(locale)) ? "rtl" : undefined;
  return String(html`<!doctype html>
<html${attributes({ lang: languageTag(locale), dir: direction })}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${refresh === undefined ? "" : html`<meta http-equiv="refresh" content="${refresh.delay};url=${refresh.target}">`}
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets}/form.css">
${stylesheet === undefined ? "" : html`<link rel="stylesheet" href="${stylesheet}">`}
<script src="${assets}/form.js" defer></script>
</head>
<body>
<main class="af-custom-form-container">
${content}
</main>
</body>
</html>
`);
}

/**
 * The Content-Security-Policy under which these pages work: nothing inline, no other origin but for pictures. Frames are those of
 * CUSTOM fields, and can go nowhere else.
 *
 * `form-action` is not in it: a browser applies it also to where the answer to a post redirects, which is the
 * application in the end.
 */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https: data:; font-src 'self'; " +
  "frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";
