import { structuredPatch } from "diff";

/** A unified difference without its two lines of file names. */
export function difference(before: string, after: string): string {
  const { hunks } = structuredPatch("", "", before, after, "", "", { context: 3 });
  return hunks
    .flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ])
    .join("\n");
}
