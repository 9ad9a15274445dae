/*
 * Text of a plan in GitHub's Markdown. What it says is shown, and it can do nothing: no markup, no HTML, no mention, no
 * link, no invisible or reordering character, no end of the table, fence or `<details>` that it stands in.
 *
 * GitHub looks for mentions, references and emoji in the text that is already rendered, so neither a backslash nor an
 * entity keeps it from them: a space of no width does.
 */

const NO_WIDTH = "&#8203;";

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });
const LONGEST_CHARACTER = 32;

/** A joiner inside of an emoji, or of a word in a script that has them. */
const EMOJI_JOINER = String.raw`(?<=\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})`;
const WORD_JOINER = String.raw`(?<=[^\P{L}\p{Script=Latin}]|\p{M})[\u200c\u200d](?=[^\P{L}\p{Script=Latin}])`;

/** Characters that nobody sees, or that change the order of those around them. */
const HIDDEN_CHARACTER = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\u115f\u1160\u3164\uffa0\u2800\u{e0100}-\u{e01ef}]`;
// Looked at one by one only where there is one of them.
const HIDDEN = new RegExp(`(?=${HIDDEN_CHARACTER})(?!${EMOJI_JOINER}|${WORD_JOINER})${HIDDEN_CHARACTER}`, "gu");

/** The text on one line, with a sign for each line break and hidden characters spelt as `\u{202E}`. */
export function visible(text: string): string {
  return text.replace(/\r\n|[\n\r\u2028\u2029]/g, "⏎").replace(HIDDEN, spelt);
}

/** Inline code: shows the text as it is, also in a table, where an empty text is named as such. */
export function codeSpan(text: string): string {
  const shown = visible(text);
  if (shown === "") {
    return "*(empty)*";
  }
  // A table ends its cell at every bar, in code too, and takes no entity there.
  if (shown.includes("|")) {
    return `<code>${escapeMarkdown(shown)}</code>`;
  }
  const fence = "`".repeat(longestRun(shown) + 1);
  const padding = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** A block of code, whose fence is longer than any in the text. */
export function codeBlock(text: string, language = ""): string {
  const shown = text
    .replace(/\r\n?/g, "\n")
    .replace(HIDDEN, (character) => (/[\n\t]/.test(character) ? character : spelt(character)));
  const fence = "`".repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown.replace(/\n$/, "")}\n${fence}`;
}

/** Plain text in a paragraph, a list or a table. */
export function escapeMarkdown(text: string): string {
  return unlinked(
    visible(text)
      .trim()
      .replace(/[\\`*_[\]~]/g, "\\$&")
      .replace(/[<>&|]/g, (character) => `&#${character.charCodeAt(0)};`)
      .replace(/^(?:[#+\-=]|\d+(?=[.)]))/, (marker) => (/\d/.test(marker) ? `${marker}${NO_WIDTH}` : `\\${marker}`)),
  ).replaceAll("$", "<span>$</span>");
}

/** Plain text as the content of an HTML element, in which GitHub may still look for Markdown. */
export function escapeHtml(text: string): string {
  return unlinked(
    visible(text).replace(/[<>&"'`[\]|*~\\]/g, (character) => `&#${character.charCodeAt(0)};`),
  ).replaceAll("$", "<span>$</span>");
}

/** Markdown as a cell of a table, which has one line. */
export function tableCell(markdown: string): string {
  return markdown.replace(/\s*\n\s*/g, "<br>").replaceAll("|", "&#124;");
}

/** A table of Markdown cells. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(tableCell).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Markdown that is folded away under a plain text. */
export function details(summary: string, body: string): string {
  return `<details><summary>${escapeHtml(summary)}</summary>\n\n${body}\n\n</details>`;
}

/** The text, or as many characters as people count of its beginning and `…`. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) {
    return text;
  }
  const characters: string[] = [];
  // One character can have marks without end, and a text as well: no more of it is looked at than is shown.
  const read = text.slice(0, (length + 1) * LONGEST_CHARACTER);
  for (const { segment } of SEGMENTER.segment(read)) {
    characters.push(segment.slice(0, LONGEST_CHARACTER));
    if (characters.length > length) {
      return `${characters.slice(0, Math.max(0, length - 1)).join("")}…`;
    }
  }
  return read.length < text.length ? `${characters.join("")}…` : characters.join("");
}

function longestRun(text: string): number {
  return [...text.matchAll(/`+/g)].reduce((longest, [run]) => Math.max(longest, run.length), 0);
}

function spelt(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16).toUpperCase()}}`;
}

function unlinked(escaped: string): string {
  return escaped
    .replace(/@(?=[\w-])/g, `@${NO_WIDTH}`)
    .replace(/(?<!&)#(?=\d)/g, `#${NO_WIDTH}`)
    .replace(/\bGH-(?=\d)/gi, (match) => `${match}${NO_WIDTH}`)
    .replace(/:(?=\/\/)/g, `:${NO_WIDTH}`)
    .replace(/\bwww(?=\.)/gi, (match) => `${match}${NO_WIDTH}`)
    .replace(/:(?=[\w+-]+:)/g, `:${NO_WIDTH}`);
}
