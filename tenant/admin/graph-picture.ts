import { Graph, layout } from "@dagrejs/dagre";
import { html } from "hono/html";
import type { Html } from "../forms/fields/field-type";
import type { FormGraph, GraphEdge, GraphNode } from "./form-graph";
import { shortened, textWidth } from "./text-width";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** With its middle. */
interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

interface Line {
  readonly points: readonly Point[];
  readonly label: Point;
}

/** Where everything stands. */
interface Arrangement {
  readonly width: number;
  readonly height: number;
  readonly box: (node: GraphNode) => Box;
  readonly line: (edge: GraphEdge) => Line;
}

const KINDS: Readonly<Record<GraphNode["kind"], string>> = {
  START: "",
  STEP: "Step",
  FLOW: "Flow",
  ROUTER: "Router",
  ENDING: "",
};

// In pixels; the sizes of type are those of the stylesheet.
const KIND_SIZE = 12;
const NAME_SIZE = 14;
const TEXT_SIZE = 13;
const LINE = 20;
const PADDING = 14;
const MARGIN = 4;

/** The graph of a form: one picture for most screens, and a narrower one for those that are narrow; a stylesheet chooses. */
export function graphPictures(graph: FormGraph, title: string): Html {
  return html`${[WIDE, NARROW].map(
    (room) =>
      html`<div class="scroll ${room.name}" tabindex="0" role="group" aria-label="${title}">${graphPicture(graph, title, room)}</div>\n`,
  )}`;
}

interface Room {
  readonly maxText: number;
  readonly nodeGap: number;
  readonly name: string;
}

const WIDE: Room = { maxText: 200, nodeGap: 36, name: "wide" };
const NARROW: Room = { maxText: 118, nodeGap: 12, name: "narrow" };

/**
 * The graph of a form as an SVG picture, for a page that loads the stylesheet of these pages.
 *
 * The coordinates in the form are those of the dashboard's editor, whose boxes are as large as the steps in them; here
 * a box is small, so the places are found anew. From top to bottom or from left to right: whichever is narrower.
 */
export function graphPicture(graph: FormGraph, title: string, room = WIDE): Html {
  const down = arrange(graph, "TB", room);
  const across = arrange(graph, "LR", room);
  const { width, height, box, line } = down.width <= across.width ? down : across;
  return html`<svg class="graph" role="img" aria-label="${title}" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs><marker id="arrow-${room.name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>
${graph.edges.map((edge) => html`<path class="edge" d="${curve(line(edge).points)}" marker-end="url(#arrow-${room.name})"/>\n`)}
${graph.nodes.map((node) => boxPicture(node, box(node), room))}
${graph.edges.map((edge) => (edge.label === undefined ? "" : labelPicture(edge.label, line(edge).label, room)))}
</svg>`;
}

function arrange({ nodes, edges }: FormGraph, direction: "TB" | "LR", room: Room): Arrangement {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction,
    nodesep: room.nodeGap,
    ranksep: 34,
    edgesep: (room.nodeGap * 2) / 3,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  // Backwards, as it puts what comes last first: what a node leads to shall stand in the order in which it names it.
  for (const node of nodes.toReversed()) {
    graph.setNode(node.id, { ...sizeOf(node, room) });
  }
  for (const [index, { from, to, label }] of [...edges.entries()].toReversed()) {
    const size = label === undefined ? {} : { width: textWidth(shown(label, room), TEXT_SIZE) + 12, height: LINE };
    graph.setEdge(from, to, { ...size, labelpos: "c" }, String(index));
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as Partial<Box>;
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    box: ({ id }) => graph.node(id) as Box,
    line: (edge) => {
      const found = graph.edge(edge.from, edge.to, String(edges.indexOf(edge))) as Point & Pick<Line, "points">;
      return { points: found.points, label: found };
    },
  };
}

function sizeOf({ kind, name, lines }: GraphNode, room: Room): Pick<Box, "width" | "height"> {
  const widths = [
    textWidth(KINDS[kind], KIND_SIZE),
    textWidth(shortened(name, room.maxText, NAME_SIZE), NAME_SIZE) * 1.06, // it is bold
    ...lines.map((line) => textWidth(shown(line, room), TEXT_SIZE)),
  ];
  const rows = (KINDS[kind] === "" ? 0 : 1) + 1 + lines.length;
  return { width: Math.ceil(Math.max(...widths)) + 2 * PADDING, height: rows * LINE + 2 * PADDING - 6 };
}

function boxPicture({ kind, name, lines }: GraphNode, { x, y, width, height }: Box, room: Room): Html {
  const texts = [
    ...(KINDS[kind] === "" ? [] : [{ type: "kind", text: KINDS[kind] }]),
    { type: "name", text: shortened(name, room.maxText, NAME_SIZE) },
    ...lines.map((line) => ({ type: "line", text: shown(line, room) })),
  ];
  const left = x - width / 2;
  const top = y - height / 2;
  return html`<g class="${kind.toLowerCase()}"><title>${[name, ...lines].join(", ")}</title>
<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="8"/>
${texts.map(
  ({ type, text }, index) =>
    html`<text class="${type}" x="${round(left + PADDING)}" y="${round(top + PADDING + 11 + index * LINE)}">${text}</text>\n`,
)}</g>
`;
}

function labelPicture(label: string, { x, y }: Point, room: Room): Html {
  return html`<text class="label" x="${round(x)}" y="${round(y + 4)}"><title>${label}</title>${shown(label, room)}</text>\n`;
}

function shown(text: string, room: Room): string {
  return shortened(text, room.maxText, TEXT_SIZE);
}

/** Through the middles of the straight lines, so that the corners are round; straight at both ends. */
function curve(points: readonly Point[]): string {
  const [first, ...others] = points;
  const last = others.pop();
  if (first === undefined || last === undefined) {
    return "";
  }
  const bends = others.map((point, index) => {
    const next = others[index + 1] ?? last;
    const end = index === others.length - 1 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${place(point)} ${place(end)}`;
  });
  return [`M${place(first)}`, ...(bends.length === 0 ? [`L${place(last)}`] : bends)].join(" ");
}

function place({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
