import { type Figure, type Goal, quartiles, ratiosTo, type SectionHead } from "./figure";

/** A figure on a line of its own: `synth, article as published 640 ms (raw bindings 570 ms, 1.12)`. */
export function figureLine(section: string, { name, unit, values, peer }: Figure): string {
  const compared = peer && ` (${peer.name} ${median(peer.values)} ${unit}, ${ratio(ratiosTo(peer, values).median)})`;
  return `${section}, ${name} ${median(values)} ${unit}${compared ?? ""}`;
}

/** A figure for other programs, with its quartiles. */
export function figureJson(section: string, { name, unit, values, peer, goal }: Figure): object {
  return {
    ...{ section, name, unit, value: quartiles(values) },
    ...(peer && { peer: { name: peer.name, value: quartiles(peer.values) }, ratio: ratiosTo(peer, values) }),
    ...(goal && { goal: goalText(goal) }),
  };
}

/** A section of RESULTS.md. @param measured when, where and under which load */
export function sectionMarkdown(
  { title, about }: SectionHead,
  figures: readonly Figure[],
  plots: readonly string[],
  measured: string,
): string {
  return [
    `## ${title}\n`,
    `${about}\n`,
    "| | here | peer | ratio | goal |",
    "| --- | --- | --- | --- | --- |",
    ...figures.map(row),
    ...(plots.length > 0 ? ["", ...plots.map((plot) => `![${plot.replace(/\.svg$/, "")}](plots/${plot})`)] : []),
    `\nMeasured ${measured}`,
  ].join("\n");
}

function row({ name, unit, values, peer, goal }: Figure): string {
  const cells = [
    name,
    // Where there is a ratio, its spread says more than that of two times which rise and fall together.
    `${median(values)} ${unit}${peer ? "" : spread(quartiles(values), shown)}`,
    peer ? `${peer.name} ${median(peer.values)} ${unit}` : "",
    peer ? `${ratio(ratiosTo(peer, values).median)}${spread(ratiosTo(peer, values), ratio)}` : "",
    goal
      ? `${goalText(goal)} ${goal.of === "ratio" ? "" : unit}`.trim() + (isMet(goal, values, peer) ? "" : ": missed")
      : "",
  ];
  return `| ${cells.join(" | ")} |`;
}

function goalText({ of, is, limit }: Goal): string {
  return of === "ratio" ? `ratio ${is} ${ratio(limit)}` : `${is} ${shown(limit)}`;
}

function isMet({ of, is, limit }: Goal, values: readonly number[], peer: Figure["peer"]): boolean {
  // As it is shown: 1.052 is 1.05.
  const reached = of === "value" || peer === undefined ? quartiles(values).median : ratiosTo(peer, values).median;
  const rounded = of === "ratio" ? Number(ratio(reached)) : reached;
  return is === "at most" ? rounded <= limit : rounded >= limit;
}

function spread({ lower, upper }: { lower: number; upper: number }, text: (value: number) => string): string {
  return text(lower) === text(upper) ? "" : ` (${text(lower)}–${text(upper)})`;
}

function median(values: readonly number[]): string {
  return shown(quartiles(values).median);
}

/** Three digits, and no fewer than a whole number has. */
export function shown(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function ratio(value: number): string {
  return Math.abs(value) >= 0.1 ? value.toFixed(2) : String(Number(value.toPrecision(2)));
}
