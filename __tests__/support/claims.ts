import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** Where what a document says is shown: a test's file below `__tests__`, and what its name has. */
type Shown = readonly [file: string, test: string];
/**
 * What no test shows of a part of a document: that it tells what to do, that others document it, that nobody knows it, or that it was
 * tried by hand, for it needs a program of somebody else's or takes too long.
 */
type Told = "advice" | "documented by others" | "not known to anybody" | "tried by hand";
/** A part of a document, by words of it that no other part has, and what shows it. */
export type Claim = readonly [quote: string, ...shown: readonly (Shown | Told)[]];

/** Defines the tests of documents: that they say nothing but the claims, in their order, and that what shows each is there. */
export function testClaims(claims: Readonly<Record<string, readonly Claim[]>>): void {
  describe.each(Object.entries(claims))("%s", (document, rows) => {
    const parts = partsOf(readFileSync(join(ROOT, document), "utf8"));

    test("says nothing but what is shown, or is marked as what nothing can show", () => {
      expect(parts.map((part) => rows.filter(([quote]) => part.includes(quote)).map(([quote]) => quote))).toEqual(
        rows.map(([quote]) => [quote]),
      );
    });

    test.each(rows.flatMap(([quote, ...shown]) => shown.filter(isShown).map(([file, name]) => [quote, file, name])))(
      "shows “%s” in %s: %s",
      (_, file = "", name = "") => {
        expect(readFileSync(join(ROOT, "__tests__", file), "utf8")).toContain(name);
      },
    );
  });
}

function isShown(one: Shown | Told): one is Shown {
  return typeof one !== "string";
}

/** Paragraphs, items of lists and tables, each on one line; no headings, bold ones too, no blocks of code, no quotations. */
function partsOf(markdown: string): readonly string[] {
  const text = markdown.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^ *\2 *$/gm, "");
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== "" && !/^[#>]|^\*\*[^*]+\*\*$/.test(part))
    .flatMap((part) => (part.startsWith("|") ? part : part.split(/\n(?=\s*(?:-|\d+\.) )/)))
    .map((part) => part.replace(/\s+/g, " ").trim());
}
