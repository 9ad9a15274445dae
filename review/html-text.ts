import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parseFragment } from "parse5";

/** What nobody reads. */
const UNREAD = new Set(["script", "style", "template"]);
/** What ends a line. */
const BLOCKS = /^(?:h\d|p|div|li|ul|ol|tr)$/;

/** What a person reads of HTML. */
export function htmlText(html: string): string {
  const read: string[] = [];
  const open: (DefaultTreeAdapterTypes.Node | string)[] = [parseFragment(html)];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node === "string") {
      read.push(node);
      continue;
    }
    if (defaultTreeAdapter.isTextNode(node)) {
      read.push(node.value);
      continue;
    }
    const tag = defaultTreeAdapter.isElementNode(node) ? node.tagName : "";
    const children = "childNodes" in node && !UNREAD.has(tag) ? node.childNodes : [];
    open.push(tag === "br" || BLOCKS.test(tag) ? "\n" : UNREAD.has(tag) ? " " : "");
    for (const child of children.toReversed()) {
      open.push(child);
    }
  }
  return read
    .join("")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ *\n\s*/g, "\n")
    .trim();
}

/** The text with the characters that its entities stand for. */
export function withoutEntities(html: string): string {
  return html.replace(
    /&(amp|lt|gt|quot|apos|nbsp|colon|sol|bsol|period|tab|newline|lpar|rpar|commat|#\d{1,7}|#x[\da-f]{1,6});/gi,
    (entity, name: string) => character(name) ?? entity,
  );
}

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", commat: "@" },
  ...{ colon: ":", sol: "/", bsol: "\\", period: ".", tab: "\t", newline: "\n", lpar: "(", rpar: ")" },
};

function character(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (!lower.startsWith("#")) {
    return NAMED[lower];
  }
  const code = lower.startsWith("#x") ? Number.parseInt(lower.slice(2), 16) : Number.parseInt(lower.slice(1), 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
