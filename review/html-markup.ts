import { withoutEntities } from "./html-text";

/** What a browser does with an address. */
export type Use = "link" | "image" | "form" | "script" | "frame" | "base" | "address";

/** An address on another host that stands in a text. */
export interface Contact {
  readonly use: Use;
  readonly host: string;
}

interface Element {
  readonly tag: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

/** As browsers read it, a little more generously: what is no tag to them may be one here. */
const TAG = /<([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
const ADDRESS = /(?:\b[a-z][a-z\d+.-]*:)?[\\/]{2}[^\s"'<>()`,;]+|\bmailto:[^\s"'<>()`,;]+/gi;
const HERE = "here.invalid";

/** All hosts that a text leads to or loads from, each once for each use. */
export function contactsIn(text: string): readonly Contact[] {
  const ofAttributes = elementsIn(text).flatMap(({ tag, attributes }) =>
    attributes.flatMap(([name, value]): Contact[] => {
      const use = useOf(tag, name);
      const host = use === undefined ? undefined : hostOf(value);
      return use === undefined || host === undefined ? [] : [{ use, host }];
    }),
  );
  const known = new Set(ofAttributes.map(({ host }) => host));
  const others = [...withoutEntities(withoutCssEscapes(text)).matchAll(ADDRESS)].flatMap(([address]): Contact[] => {
    const host = hostOf(address);
    const isMeant = host !== undefined && (/^[a-z]/i.test(address) || host.includes("."));
    return isMeant && !known.has(host) ? [{ use: "address", host }] : [];
  });
  return unique([...ofAttributes, ...others]);
}

/** Code that a browser runs of a text: scripts, event handlers, addresses that are code. */
export function codeIn(html: string): readonly string[] {
  const scripts = [...html.matchAll(/<script\b[^>]*>.*?(?:<\/script\s*>|$)/gis)].map(([script]) => script);
  const attributes = elementsIn(html).flatMap(({ tag, attributes: all }) =>
    all
      .filter(([name, value]) => isCode(tag, name.toLowerCase(), value))
      .map(([name, value]) => `<${tag} ${name}="${value}">`),
  );
  return unique([...scripts, ...attributes]);
}

/** CSS that stands in a text. */
export function cssIn(html: string): readonly string[] {
  const sheets = [...html.matchAll(/<style\b[^>]*>(.*?)(?:<\/style\s*>|$)/gis)].map(([, css = ""]) => css);
  const attributes = elementsIn(html).flatMap(({ attributes: all }) =>
    all.filter(([name]) => /^(?:style|class|hidden)$/i.test(name)).map(([, value]) => value),
  );
  return unique([...sheets, ...attributes]);
}

function elementsIn(html: string): readonly Element[] {
  return [...html.matchAll(TAG)].map(([, tag = "", rest = ""]) => ({
    tag: tag.toLowerCase(),
    attributes: [...rest.matchAll(ATTRIBUTE)].map(([, name = "", one, two, three]) => [
      name,
      withoutEntities(one ?? two ?? three ?? ""),
    ]),
  }));
}

const USES: Readonly<Record<string, Use>> = {
  "a href": "link",
  "area href": "link",
  "form action": "form",
  "script src": "script",
  "iframe src": "frame",
  "frame src": "frame",
  "embed src": "frame",
  "object data": "frame",
  "base href": "base",
};

function useOf(tag: string, name: string): Use | undefined {
  const attribute = name.toLowerCase();
  if (attribute === "formaction") {
    return "form";
  }
  const isAddress = /^(?:href|xlink:href|src|srcset|poster|background|data|action|cite|ping|content)$/.test(attribute);
  const isImage = ["src", "srcset", "poster", "background"].includes(attribute);
  return USES[`${tag} ${attribute}`] ?? (isImage ? "image" : isAddress ? "address" : undefined);
}

function isCode(tag: string, name: string, value: string): boolean {
  if (/^on[a-z]/.test(name) || name === "srcdoc") {
    return true;
  }
  // Browsers drop white space and control characters from addresses.
  const address = value.replace(/[\s\p{Cc}]/gu, "");
  return /^(?:javascript|vbscript):/i.test(address) || (/^data:/i.test(address) && tag !== "img");
}

function hostOf(address: string): string | undefined {
  try {
    const { protocol, hostname, pathname } = new URL(address.trim(), `https://${HERE}/`);
    if (protocol === "mailto:") {
      return /@([^?&]+)/.exec(pathname)?.[1]?.toLowerCase();
    }
    return hostname === HERE || hostname === "" ? undefined : hostname;
  } catch {
    return /^\s*(?:[a-z][a-z\d+.-]*:)?[\\/]{2,}([^\\/?#]+)/i.exec(address)?.[1];
  }
}

function withoutCssEscapes(text: string): string {
  return text.replace(/\\([\da-f]{2,6})\s?/gi, (whole, digits) => {
    const code = Number.parseInt(digits, 16);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}

function unique<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
