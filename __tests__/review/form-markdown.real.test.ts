import {
  codeBlock,
  codeSpan,
  details,
  escapeHtml,
  escapeMarkdown,
  shorten,
  table,
  tableCell,
} from "../../review/markdown/markdown-text";
import { packedFile } from "../support/packed-file";

const MARKED = {
  name: "marked",
  version: "18.2.1",
  integrity: "ii4bxCTCqqwpT86XZWgJNs+ZnAIZksmLGYMViWA7PDIXYIeNo1x6cDdX3JOip9NM/cI6p8z57FxliACboTruMA==",
  path: "lib/marked.umd.js",
};

const HOSTILE = [
  "@someone and @some-org/some-team",
  "#123 GH-123 some-org/some-repo#5",
  "https://example.com www.example.com ftp://example.com someone@example.com mailto:someone@example.com",
  "[a link](https://example.com) ![an image](https://example.com/x.png) [ref]: https://example.com",
  "<img src=x onerror=alert(1)><script>alert(1)</script><!-- -->",
  "</details></summary></td></table></code></pre>",
  "a | b || c \\| d `|` \\",
  "`a` ``b`` ```c```",
  "```\ncode\n```\n~~~",
  "**strong** _em_ ~~gone~~ __all__ $x$ $`y`$ :tada: ==",
  "# heading",
  "- item",
  "1. item",
  "1) item",
  "> quote",
  "---",
  "    indented",
  "two\n\nparagraphs\r\nand\u2028more",
  "&lt;b&gt; &amp; &#64;someone &#x3c;",
  "back\\slashes\\\\ \\* \\` \\|",
  "\u202ereversed\u202c \u200bhidden \u0000\u0007",
  "日本語 العربية می\u200cخواهم 👩\u200d💻 e\u0301",
  "",
];

/** As GitHub looks for them, in text that is already rendered. */
const MENTION = /(?:^|\W)@[a-z0-9][a-z0-9-]*/i;
const REFERENCE = /(?:^|\W)(?:#\d|GH-\d)/i;
const EMOJI = /:[\w+-]+:/;
const ADDRESS = /\b(?:https?|ftp):\/\/|\bwww\./i;

interface Marked {
  parse(markdown: string, options: { gfm: boolean }): string;
}

let marked: Marked;

beforeAll(() => {
  ({ marked } = require(packedFile(MARKED)) as { marked: Marked });
}, 100_000);

test.each(HOSTILE)("the text %j is shown and does nothing, wherever it stands", (hostile) => {
  const places = [
    `before ${escapeMarkdown(hostile)} after`,
    escapeMarkdown(hostile),
    `before ${codeSpan(hostile)} after`,
    `- ${escapeMarkdown(hostile)}`,
    table(["name", "value"], [[escapeMarkdown(hostile), codeSpan(hostile)]]),
    details(hostile, codeSpan(hostile)),
  ];

  for (const markdown of places) {
    const html = marked.parse(markdown, { gfm: true });

    expect(tagsOf(html)).toEqual([]);
    const outside = textOf(html.replace(/<code>.*?<\/code>/gs, " "));
    for (const pattern of [MENTION, REFERENCE, EMOJI, ADDRESS]) {
      expect(outside).not.toMatch(pattern);
    }
    expect(withoutSpace(textOf(html))).toContain(withoutSpace(shown(hostile)));
    expect(html).not.toMatch(HIDDEN);
  }
});

test.each(HOSTILE)("the text %j stands in one cell of a table, whatever it holds", (hostile) => {
  const html = marked.parse(table(["a", "b", "c"], [[escapeMarkdown(hostile), codeSpan(hostile), "end"]]), {
    gfm: true,
  });

  expect([...html.matchAll(/<td>/g)]).toHaveLength(3);
  expect(html).toContain("<td>end</td>");
});

test.each(HOSTILE)("code with the text %j ends where its block ends", (hostile) => {
  const html = marked.parse(`${codeBlock(hostile, "js")}\n\nafter`, { gfm: true });

  expect(html).toMatch(/^<pre><code class="language-js">[^<]*<\/code><\/pre>\n<p>after<\/p>\n$/);
});

test("code keeps its lines and tabs, and spells out what reorders it", () => {
  expect(codeBlock("a\r\n\tb\u202e\n")).toBe("```\na\n\tb\\u{202E}\n```");
});

test("a cell of a table with several lines keeps them", () => {
  expect(tableCell("one\n two")).toBe("one<br>two");
});

test("the summary of something folded stands on one line", () => {
  expect(details("a\n\n<b>", "body")).toBe("<details><summary>a⏎⏎&#60;b&#62;</summary>\n\nbody\n\n</details>");
  expect(escapeHtml('"<&>"')).toBe("&#34;&#60;&#38;&#62;&#34;");
});

test("a long text is cut between characters as people count them", () => {
  expect(shorten("👩‍💻👩‍💻👩‍💻", 3)).toBe("👩‍💻👩‍💻👩‍💻");
  expect(shorten("👩‍💻👩‍💻👩‍💻", 2)).toBe("👩‍💻…");
  expect(shorten("abc", 3)).toBe("abc");
});

test("a character with marks without end is cut too", () => {
  expect(shorten(`a${"\u0301".repeat(500)}`, 10).length).toBeLessThan(40);
});

const HIDDEN = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

function tagsOf(html: string): readonly string[] {
  const own = /^<\/?(?:p|ul|li|table|thead|tbody|tr|th|td|code|details|summary|em|span|br)>$/;
  return [...html.matchAll(/<[^>]*>?/g)].map(([tag]) => tag).filter((tag) => !own.test(tag));
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: "<", gt: ">", quot: '"', amp: "&" })[name] ?? "");
}

function shown(text: string): string {
  return text
    .replace(/\r\n|[\n\u2028]/g, "⏎")
    .replace(
      /(?!\n)\p{Cc}|[\u202e\u202c\u200b]/gu,
      (hidden) => `\\u{${hidden.charCodeAt(0).toString(16).toUpperCase()}}`,
    );
}

/** What a browser shows as one space, and the spaces of no width that keep GitHub from linking. */
function withoutSpace(text: string): string {
  return text.replace(/[\s\u200b]/g, "");
}
