import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Comparison } from "./recordings-replay";

const README = join(__dirname, "..", "..", "tenant", "README.md");
const HEADING = "## Differences from recordings";
const COLUMNS = "| Recording | Interactions | Difference | Reason |";

/** What one recording differs in, as one row of the README's table. */
export interface Row {
  readonly recording: string;
  readonly interactions: string;
  readonly difference: string;
}

/** One row for each difference of the recording, with all interactions that show it. */
export function rowsOf(recording: string, comparisons: readonly Comparison[]): readonly Row[] {
  const numbers = new Map<string, number[]>();
  for (const { number, differences } of comparisons) {
    for (const difference of differences) {
      numbers.set(difference, [...(numbers.get(difference) ?? []), number]);
    }
  }
  return [...numbers].map(([difference, shown]) => ({ recording, interactions: ranges(shown), difference }));
}

/** The rows of the table, with their reasons. @throws when the table is not there, or a row has no reason */
export function documentedRows(): ReadonlyMap<string, string> {
  const section = readFileSync(README, "utf8").split(HEADING)[1]?.split("\n## ")[0];
  const table = section?.split("\n").filter((line) => line.startsWith("|")) ?? [];
  if (table[0] !== COLUMNS) {
    throw new Error(`tenant/README.md needs the section "${HEADING}" with a table of the columns ${COLUMNS}`);
  }
  const rows = new Map<string, string>();
  for (const line of table.slice(2)) {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
    const [recording = "", interactions = "", difference = "", reason = ""] = cells.slice(1, -1);
    if (reason === "") {
      throw new Error(`tenant/README.md: a difference has no reason: ${line}`);
    }
    rows.set(written({ recording, interactions, difference }), reason);
  }
  return rows;
}

/** A row without its reason, as it stands in the table. */
export function written({ recording, interactions, difference }: Row): string {
  return `| ${recording} | ${interactions} | ${difference.replaceAll("|", "\\|")} |`;
}

/** How many interactions agree, in lines for people. */
export function summary(name: string, comparisons: readonly Comparison[]): string {
  const agreeing = comparisons.filter(({ differences }) => differences.length === 0).length;
  return `${name.padEnd(60)} ${String(agreeing).padStart(4)} of ${String(comparisons.length).padStart(4)} agree`;
}

/** `0–3, 5` */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] === number - 1) {
      last[1] = number;
    } else {
      parts.push([number, number]);
    }
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
