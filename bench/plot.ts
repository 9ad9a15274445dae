import { type Figure, quartiles } from "./figure";
import { shown } from "./results";

const WIDTH = 400;
const HEIGHT = 260;
const FRAME = { left: 56, right: 28, top: 30, bottom: 40 };
/** Of a curve's name, below the axes: no curve goes through it there. */
const LINE_HEIGHT = 16;
/** Seen on white as well as on black. */
const COLOURS = ["#3b82f6", "#f59e0b", "#10b981", "#ef4444"];
const INK = "#808080";

type Point = readonly [x: number, y: number];

/** A plot of each axis and unit that a section's figures have, as SVG by the name of its file. */
export function plotsOf(section: string, figures: readonly Figure[]): Map<string, string> {
  const byFile = new Map<string, Figure[]>();
  for (const figure of figures.filter(({ point }) => point !== undefined)) {
    const file = `${section}-${figure.point?.axis}-${figure.unit}.svg`.replace(/[^\w.]+/g, "-");
    byFile.set(file, [...(byFile.get(file) ?? []), figure]);
  }
  return new Map([...byFile].map(([file, points]) => [file, plot(points)]));
}

/** The medians over an axis that, as the values, is logarithmic: what grows in proportion is a straight line. */
function plot(figures: readonly Figure[]): string {
  const measured = new Map<string, Map<number, number[]>>();
  for (const { point, values, peer } of figures) {
    for (const [curve, some = []] of [[point?.curve, values] as const, [peer?.name, peer?.values] as const]) {
      if (curve !== undefined && point !== undefined) {
        const places = measured.get(curve) ?? new Map<number, number[]>();
        // several figures may have the same peer
        measured.set(curve, places.set(point.at, [...(places.get(point.at) ?? []), ...some]));
      }
    }
  }
  const curves = new Map(
    [...measured].map(([curve, at]) => [curve, [...at].map(([x, all]): Point => [x, quartiles(all).median])]),
  );
  const points = [...curves.values()].flat();
  const lowest = Math.min(...points.map(([, y]) => y));
  // What grows by less than a half is to look flat.
  const highest = Math.max(2 * lowest, ...points.map(([, y]) => y));
  const place = {
    x: logarithmic(
      points.map(([x]) => x),
      FRAME.left,
      WIDTH - FRAME.right,
    ),
    y: logarithmic([lowest, highest], HEIGHT - FRAME.bottom, FRAME.top),
  };
  const [{ point, unit } = { point: undefined, unit: "" }] = figures;
  const places = [...new Set(points.map(([x]) => x))];
  const lines = [...curves].map(([curve, line], index) => {
    const colour = COLOURS[index % COLOURS.length];
    const path = line.map(([x, y]) => `${place.x(x)},${place.y(y)}`).join(" ");
    const dots = line.map(([x, y]) => `<circle cx="${place.x(x)}" cy="${place.y(y)}" r="3" fill="${colour}"/>`);
    const legend = text(FRAME.left, HEIGHT + LINE_HEIGHT * (index + 1), `● ${curve}`, "start", colour);
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join("")}${legend}`;
  });
  const height = HEIGHT + LINE_HEIGHT * curves.size + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${unit} over ${point?.axis}</title>`,
    `<path d="M${FRAME.left},${FRAME.top}V${HEIGHT - FRAME.bottom}H${WIDTH - FRAME.right}" fill="none" stroke="${INK}"/>`,
    ...places.map((x) => text(place.x(x), HEIGHT - FRAME.bottom + 16, shown(x), "middle")),
    ...[lowest, highest].map((y) => text(FRAME.left - 6, place.y(y) + 4, shown(y), "end")),
    text((WIDTH + FRAME.left) / 2, HEIGHT - 6, point?.axis ?? "", "middle"),
    text(4, 16, unit, "start"),
    ...lines,
    "</svg>\n",
  ].join("\n");
}

function logarithmic(values: readonly number[], from: number, to: number): (value: number) => number {
  const [lowest, highest] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  return (value) => Math.round(from + ((Math.log(value) - lowest) / (highest - lowest || 1)) * (to - from));
}

function text(x: number, y: number, words: string, anchor: string, colour = INK): string {
  const escaped = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}" font-family="sans-serif" font-size="12">${escaped}</text>`;
}
