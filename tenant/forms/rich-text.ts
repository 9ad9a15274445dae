import { html, raw } from "hono/html";
import sanitize from "sanitize-html";
import type { Scope } from "./expression";
import type { Html } from "./fields/field-type";
import { interpolate } from "./interpolation";

const ALIGNMENTS = ["left", "center", "right", "justify"];

/** What formats text and can neither run, post nor leave its place. */
const ALLOWED: sanitize.IOptions = {
  allowedTags: [
    ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "section", "header", "footer", "blockquote", "pre"],
    ...["ul", "ol", "li", "dl", "dt", "dd", "br", "hr", "a", "b", "strong", "i", "em", "u", "s", "del", "ins", "small"],
    ...["sub", "sup", "mark", "code", "kbd", "abbr", "time", "figure", "figcaption", "img", "details", "summary"],
    ...["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"],
  ],
  allowedAttributes: {
    "*": ["class", "title", "lang", "dir"],
    a: ["href", "target", "rel"],
    img: ["src", "alt", "width", "height"],
    th: ["colspan", "rowspan", "scope"],
    td: ["colspan", "rowspan"],
    time: ["datetime"],
  },
  allowedSchemes: ["https", "http", "mailto", "tel"],
  allowedSchemesByTag: { img: ["https", "data"] },
  allowProtocolRelative: false,
  transformTags: {
    "*": (tagName, attribs) => ({ tagName, attribs: withAlignmentClass(attribs) }),
    a: (tagName, attribs) => ({
      tagName,
      // A link in a form opens beside it, so that no answer is lost.
      attribs: { ...withAlignmentClass(attribs), target: "_blank", rel: "noopener noreferrer" },
    }),
  },
};

/** HTML of a form without anything that could do harm. */
export function sanitizedHtml(content: string): Html {
  return html`${raw(sanitize(content, ALLOWED))}`;
}

/** What HTML loses where it is shown: elements, handlers, styles and addresses that could do harm, or that need an origin. */
export function lostIn(content: string): readonly string[] {
  const lost = new Set<string>();
  const allowed = new Set(ALLOWED.allowedTags || []);
  sanitize(content, {
    ...ALLOWED,
    onOpenTag: (name, attribs) => {
      if (!allowed.has(name)) {
        lost.add(`<${name}>`);
      }
      for (const [attribute, value] of Object.entries(attribs)) {
        const isStyle = attribute === "style" && !/^\s*text-align:\s*[a-z]+\s*;?\s*$/.test(value);
        if (attribute.startsWith("on") || isStyle) {
          lost.add(attribute);
        } else if (/^\s*(javascript|vbscript):/i.test(value)) {
          lost.add(`${attribute}="javascript:"`);
        }
      }
    },
  });
  return [...lost];
}

/** HTML with its expressions filled in; their values are text, never HTML. */
export function interpolateHtml(content: string, scope: Scope): string {
  // Editors write the quotes of `{{t('key')}}` as entities.
  const decoded = content.replace(/\{\{.*?\}\}/gs, decodedEntities);
  return interpolate(decoded, scope, (value) => String(html`${value}`));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#34;": '"',
  "&#39;": "'",
  "&apos;": "'",
  "&nbsp;": " ",
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};

function decodedEntities(expression: string): string {
  return expression.replace(/&[#a-z0-9]+;/g, (entity) => ENTITIES[entity] ?? entity);
}

/** The pages allow no inline style; the alignment that editors write so becomes a class. */
function withAlignmentClass({ style, ...attribs }: sanitize.Attributes): sanitize.Attributes {
  const alignment = /text-align:\s*([a-z]+)/.exec(style ?? "")?.[1];
  if (alignment === undefined || !ALIGNMENTS.includes(alignment)) {
    return attribs;
  }
  return { ...attribs, class: [attribs.class, `af-align-${alignment}`].filter(Boolean).join(" ") };
}
