import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html, parse, parseFragment, serializeOuter } from "parse5";
import { withoutEntities } from "./html-text";

/** What a browser does with an address. */
export type Use = "link" | "image" | "form" | "script" | "frame" | "base" | "redirection" | "address";

/** An address on another host that stands in a text. */
export interface Contact {
  readonly use: Use;
  /**
   * With its port where it has one of its own, with its scheme where that is not `https`, which is all of it where an
   * application has no host; with an expression in it where it depends on one, behind `/…` where one only goes with it.
   */
  readonly host: string;
}

/** What a text makes a browser do that takes it for HTML. */
export interface Markup {
  /** All hosts that it leads to or loads from, each once for each use. */
  readonly contacts: readonly Contact[];
  /** Code that is run: scripts, event handlers, addresses that are code. */
  readonly code: readonly string[];
  readonly css: readonly string[];
}

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** Its scheme is looked for backwards from the slashes: from each letter on, a long text would be read again and again. */
const ADDRESS = /(?<=(\b[a-z][a-z\d+.-]*:)?)[\\/]{2}[^\s"'<>()`,;]+|\b(?:mailto|tel|sms):(?![\\/]{2})[^\s"'<>()`,;]+/gi;
const HERE = "here.invalid";

/** As browsers read it, wherever it is put into a page: what only one of them would find is found. */
export function markupIn(text: string): Markup {
  const elements = elementsIn(text);
  const contacts = elements.flatMap((element) =>
    attributesOf(element).flatMap(([name, value]) => contactsOf(element.tagName.toLowerCase(), name, value, element)),
  );
  return {
    contacts: unique([...contacts, ...addressesIn(text, contacts)]),
    code: unique(elements.flatMap(codeOf)),
    css: unique(elements.flatMap(cssOf)),
  };
}

/** All hosts of addresses that stand in a text that is no HTML. */
export function contactsIn(text: string): readonly Contact[] {
  return unique(addressesIn(text, []));
}

/** @param known what is not to be told once more */
function addressesIn(text: string, known: readonly Contact[]): Contact[] {
  const hosts = new Set(known.map(({ host }) => host));
  return [...withoutEntities(withoutCssEscapes(text)).matchAll(ADDRESS)].flatMap(([rest, scheme = ""]): Contact[] => {
    const address = `${scheme}${rest}`;
    return contactAt("address", address).filter(
      ({ host }) => (/^[a-z]/i.test(address) || host.includes(".")) && !hosts.has(host),
    );
  });
}

/** What a part of a page stands in. */
const CONTEXT = defaultTreeAdapter.createElement("div", html.NS.HTML, []);

/** In a page; as a page; where scripts do not run; and where a `select` may hold anything, as in newer browsers. */
function readingsOf(text: string): Node[] {
  const inPage = (part: string, scriptingEnabled = true) => parseFragment(CONTEXT, part, { scriptingEnabled });
  return [
    inPage(text),
    ...(/<(?:html|head|body|frame)/i.test(text) ? [parse(text)] : []),
    ...(/<noscript/i.test(text) ? [inPage(text, false)] : []),
    ...(/<select/i.test(text) ? [inPage(text.replace(/<(\/?)select/gi, "<$1div"))] : []),
  ];
}

/** With what stands in `template` and `srcdoc`. */
function elementsIn(text: string): readonly Element[] {
  const open = text.includes("<") ? readingsOf(text) : [];
  const elements: Element[] = [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (defaultTreeAdapter.isElementNode(node)) {
      elements.push(node);
      const inner = node.attrs.find(({ name }) => name === "srcdoc")?.value;
      if (inner !== undefined && inner.length < text.length) {
        open.push(...readingsOf(inner));
      }
    }
    if ("content" in node) {
      open.push(node.content);
    }
    for (const child of "childNodes" in node ? node.childNodes : []) {
      open.push(child);
    }
  }
  return elements.reverse();
}

function attributesOf({ attrs }: Element): readonly (readonly [name: string, value: string])[] {
  return attrs.map(({ prefix, name, value }) => [(prefix ? `${prefix}:${name}` : name).toLowerCase(), value]);
}

const USES: Readonly<Record<string, Use>> = {
  "a href": "link",
  "a xlink:href": "link",
  "area href": "link",
  "form action": "form",
  "script src": "script",
  "script href": "script",
  "script xlink:href": "script",
  "iframe src": "frame",
  "frame src": "frame",
  "embed src": "frame",
  "object data": "frame",
  "base href": "base",
  "image href": "image",
  "image xlink:href": "image",
  "feimage href": "image",
  "feimage xlink:href": "image",
};
const OF_ANY_ELEMENT: Readonly<Record<string, Use>> = {
  formaction: "form",
  src: "image",
  srcset: "image",
  imagesrcset: "image",
  poster: "image",
  background: "image",
  lowsrc: "image",
};
/** Attributes that hold more than one address. */
const LISTS = new Set(["srcset", "imagesrcset", "ping", "archive", "attributionsrc"]);
const ADDRESSES =
  /^(?:(?:xlink:)?href|data|action|cite|ping|content|codebase|code|classid|archive|profile|longdesc|usemap|manifest|icon|dynsrc|attributionsrc)$/;

function contactsOf(tag: string, name: string, value: string, element: Element): readonly Contact[] {
  const refresh =
    tag === "meta" && name === "content" ? /^[\s\d.]*[;,\s]\s*(?:url\s*=)?\s*["']?(.*)/is.exec(value) : null;
  if (refresh !== null && isRefresh(element)) {
    return contactAt("redirection", refresh[1] ?? "");
  }
  const use = USES[`${tag} ${name}`] ?? OF_ANY_ELEMENT[name];
  if (use !== undefined || ADDRESSES.test(name)) {
    const addresses = LISTS.has(name) ? value.split(/[\s,]+/) : [value];
    return addresses.flatMap((address) => contactAt(use ?? "address", address));
  }
  // Any other may be CSS, or read by a script.
  return addressesIn(value, []);
}

function isRefresh(element: Element): boolean {
  return attributesOf(element).some(([name, value]) => name === "http-equiv" && /^\s*refresh\s*$/i.test(value));
}

/** Where an address leads to, and which expressions it takes along. */
export function contactAt(use: Use, address: string): readonly Contact[] {
  const host = hostOf(address);
  if (host === undefined) {
    return [];
  }
  const sent = [...new Set(address.match(EXPRESSION) ?? [])].filter((expression) => !host.includes(expression));
  return [{ use, host }, ...(sent.length === 0 ? [] : [{ use, host: `${host}/…${sent.join("")}` }])];
}

function codeOf(element: Element): readonly string[] {
  const tag = element.tagName.toLowerCase();
  const attributes = attributesOf(element)
    .filter(([name, value]) => isCode(tag, name, value))
    .map(([name, value]) => `<${tag} ${name}="${value}">`);
  return tag === "script" ? [serializeOuter(element), ...attributes] : attributes;
}

function isCode(tag: string, name: string, value: string): boolean {
  if (/^on[a-z]/.test(name) || name === "srcdoc") {
    return true;
  }
  // Browsers drop white space and control characters from addresses; lists of values are of animations.
  const addresses = value.replace(/[\s\p{Cc}]/gu, "").split(/[;,]|url=/i);
  return (
    addresses.some((address) => /^["']?(?:javascript|vbscript):/i.test(address)) ||
    (/^["']?data:(?!image\/(?!svg))/i.test(addresses[0] ?? "") && tag !== "img")
  );
}

function cssOf(element: Element): readonly string[] {
  const texts = element.childNodes.map((node) => (defaultTreeAdapter.isTextNode(node) ? node.value : ""));
  const attributes = attributesOf(element).filter(([name]) => /^(?:style|class|hidden)$/.test(name));
  return [
    ...(element.tagName.toLowerCase() === "style" ? [texts.join("")] : []),
    ...attributes.map(([, value]) => value),
  ];
}

/** What is known at the login only. */
const EXPRESSION = /\{\{[^{}]*\}\}|\{%[^%]*%\}/g;
/** All that a host can stand in: what comes before a path. */
const AUTHORITY = /^\s*(?:[a-z][a-z\d+.-]*:)?[\\/]*((?:\{\{[^{}]*\}\}|\{%[^%]*%\}|[^\\/?#])*)/i;

function hostOf(address: string): string | undefined {
  const authority = AUTHORITY.exec(address)?.[1]?.replace(/^.*@/s, "") ?? "";
  // No parser may read what is no host yet.
  if (/\{\{|\{%|‹redacted\d+›/.test(authority)) {
    return authority;
  }
  try {
    const { protocol, host, hostname, pathname } = new URL(address.trim(), `https://${HERE}/`);
    switch (protocol) {
      case "mailto:":
        return /@([^?&]+)/.exec(pathname.replace(/%40/g, "@"))?.[1]?.toLowerCase();
      case "tel:":
      case "sms:":
        return `${protocol}${pathname}`;
      default:
        if (hostname === "") {
          return pathname.startsWith("/") ? protocol : undefined;
        }
        return hostname === HERE ? undefined : `${protocol === "https:" ? "" : `${protocol}//`}${host}`;
    }
  } catch {
    return /^\s*(?:[a-z][a-z\d+.-]*:)?[\\/]{2,}([^\\/?#]+)/i.exec(address)?.[1];
  }
}

/** As CSS reads it: any character may be written as its number, or as itself behind a `\`. */
function withoutCssEscapes(text: string): string {
  return text
    .replace(/\\([\da-f]{1,6})(?:\r\n|\s)?/gi, (whole, digits) => {
      const code = Number.parseInt(digits, 16);
      return code === 0 || code > 0x10ffff ? whole : String.fromCodePoint(code);
    })
    .replace(/\\(?:\r\n|\n|\f)/g, "");
}

function unique<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
