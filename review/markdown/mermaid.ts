import { ENDING } from "auth0-forms";
import { type Edge, edgesOf, type FormNode, fieldsOf, nodeOf } from "../form/form-graph";
import type { Mark } from "../form/form-review";
import { isSame } from "../json-value";
import type { Profiling, ProfilingChange } from "../profiling";
import { conditionText } from "./condition-text";
import { codeBlock, shorten, visible } from "./markdown-text";

/** A diagram, and what it shows. */
export interface Diagram {
  /** Plain text; empty where the diagram is the only one. */
  readonly title: string;
  /** Markdown: a fence that GitHub draws. */
  readonly markdown: string;
  readonly isFolded: boolean;
}

/** Colour alone is no mark. */
const SIGNS: Readonly<Record<Mark, string>> = { added: "+ ", removed: "− ", changed: "~ " };

/** Dark text on a light ground, which is read on a light page as well as on a dark one. */
const CLASSES: Readonly<Record<Mark, string>> = {
  added: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328,stroke-width:2px",
  changed: "fill:#fff8c5,stroke:#9a6700,color:#1f2328,stroke-width:2px",
  removed: "fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-width:2px,stroke-dasharray:5 4",
};

/** GitHub draws nothing of a text above 50,000 characters. */
const LONGEST = 20_000;
const MOST_FIELDS = 8;
const NAME_LENGTH = 40;

/** The form before and after, as far as there is something to see. */
export function diagrams(change: ProfilingChange, changedSteps: ReadonlyMap<string, Mark>): readonly Diagram[] {
  const { before, after } = change;
  const [then, now] = [before, after].map((profiling) => profiling && new Drawing(profiling));
  if (now === undefined) {
    return then === undefined ? [] : [then.diagram("The form that is removed", new Map(), [], true)];
  }
  if (then === undefined) {
    return [now.diagram("", new Map(), [], false)];
  }

  const nodes = marks(then, now, changedSteps);
  const newEdges = now.edgeTexts.filter((text) => !then.edgeTexts.includes(text));
  const oldEdges = then.edgeTexts.filter((text) => !now.edgeTexts.includes(text));
  const isSameShape =
    newEdges.length === 0 && oldEdges.length === 0 && ![...nodes.values()].some((mark) => mark !== "changed");
  if (isSameShape) {
    return [now.diagram(nodes.size === 0 ? "The form, unchanged" : "", nodes, [], nodes.size === 0)];
  }
  return [
    now.diagram("The form after", nodes, newEdges, false),
    then.diagram("The form before", nodes, oldEdges, true, "removed"),
  ];
}

/** What is drawn in a label: everything that Mermaid, Markdown or HTML could read otherwise goes by its number. */
export function mermaidText(text: string, length = NAME_LENGTH): string {
  const shown = shorten(visible(text).trim(), length) || "(no text)";
  const escaped = shown.replace(/[!-+/:-@[-`{-~]/g, (character) => `#${character.charCodeAt(0)};`);
  // Mermaid takes them for lists, which it does not draw.
  return escaped.replace(/^(\d+)\./, "$1#46;").replace(/^-/, "#45;");
}

class Drawing {
  readonly edgeTexts: readonly string[];
  private readonly ids: ReadonlyMap<string, string>;

  constructor(readonly profiling: Profiling) {
    this.ids = new Map([...this.graph.nodes.keys()].map((id, index) => [id, `n${index + 1}`]));
    this.edgeTexts = this.edges().map(({ key }) => key);
  }

  get graph(): Profiling["graph"] {
    return this.profiling.graph;
  }

  diagram(
    title: string,
    nodes: ReadonlyMap<string, Mark>,
    edges: readonly string[],
    isFolded: boolean,
    edgeMark: Mark = "added",
  ): Diagram {
    if (!this.graph.isKnown) {
      return { title, isFolded, markdown: "*What the nodes of the form are can not be told.*" };
    }
    const drawn = [MOST_FIELDS, 0]
      .map((fields) => this.text(nodes, edges, edgeMark, fields))
      .find((text) => text.length <= LONGEST);
    const markdown =
      drawn === undefined
        ? `*The form has ${this.graph.nodes.size} nodes: too many to draw.*`
        : codeBlock(drawn, "mermaid");
    return { title, isFolded, markdown };
  }

  private text(nodes: ReadonlyMap<string, Mark>, edges: readonly string[], edgeMark: Mark, fields: number): string {
    const lines = [...this.graph.nodes.values()].map((node) => this.node(node, nodes.get(node.id), fields));
    const arrows = this.edges().map(({ from, to, label, key }) => {
      const sign = edges.includes(key) ? SIGNS[edgeMark] : "";
      const text = `${sign}${label}`.trim();
      return `  ${from} -->${text === "" ? "" : `|"${text}"|`} ${to}`;
    });
    const used = new Set([...this.graph.nodes.keys()].map((id) => nodes.get(id)).filter((mark) => mark !== undefined));
    const classes = (["added", "changed", "removed"] as const).filter((mark) => used.has(mark));
    return [
      "flowchart LR",
      '  start(["Start"])',
      ...lines,
      '  ending(["Ending"])',
      ...(arrows.some((arrow) => arrow.endsWith(" nowhere")) ? ['  nowhere["not there"]'] : []),
      ...arrows,
      ...classes.map((mark) => `  classDef ${mark} ${CLASSES[mark]}`),
    ].join("\n");
  }

  private node(node: FormNode, mark: Mark | undefined, fields: number): string {
    const name = `${mark === undefined ? "" : SIGNS[mark]}${mermaidText(node.alias)}`;
    const text = [name, ...this.lines(node, fields)].join("<br>");
    const [open, close] = { STEP: ["[", "]"], FLOW: ["[[", "]]"], ROUTER: ["{{", "}}"], UNKNOWN: ["[/", "/]"] }[
      node.type
    ] as [string, string];
    return `  ${this.ids.get(node.id)}${open}"${text}"${close}${mark === undefined ? "" : `:::${mark}`}`;
  }

  private lines(node: FormNode, most: number): readonly string[] {
    if (node.type !== "STEP") {
      return [];
    }
    const fields = fieldsOf(node);
    const shown = fields
      .slice(0, most)
      .map(({ id, label, isRequired }) => `· ${mermaidText(label ?? id)}${isRequired ? "#42;" : ""}`);
    const rest = fields.length - shown.length;
    return rest === 0
      ? shown
      : [...shown, `${shown.length === 0 ? "" : "… "}${rest} ${shown.length === 0 ? "fields" : "more"}`];
  }

  private edges(): readonly {
    readonly from: string;
    readonly to: string;
    readonly label: string;
    readonly key: string;
  }[] {
    const nodes = [...this.graph.nodes.values()];
    const all = [
      { from: "start", id: "", edge: { kind: "next", to: this.graph.start } as Edge },
      ...nodes.flatMap((node) =>
        edgesOf(node).map((edge) => ({ from: this.ids.get(node.id) ?? "", id: node.id, edge })),
      ),
    ];
    return all
      .filter(({ edge }) => edge.kind !== "fallback" || edge.to !== undefined)
      .map(({ from, id, edge }) => {
        const label = labelOf(edge);
        return { from, to: this.target(edge.to), label, key: JSON.stringify([id, edge.to, label]) };
      });
  }

  private target(pointer: string | undefined): string {
    if (pointer === ENDING) {
      return "ending";
    }
    return nodeOf(this.graph, pointer) === undefined ? "nowhere" : (this.ids.get(pointer ?? "") ?? "nowhere");
  }
}

function labelOf({ kind, rule }: Edge): string {
  if (kind === "rule" && rule !== undefined) {
    return mermaidText(
      conditionText(rule.condition, (text) => text),
      50,
    );
  }
  if (kind === "fallback") {
    return "otherwise";
  }
  return kind === "jump" ? "button" : "";
}

function marks(then: Drawing, now: Drawing, changedSteps: ReadonlyMap<string, Mark>): ReadonlyMap<string, Mark> {
  const ids = new Set([...then.graph.nodes.keys(), ...now.graph.nodes.keys()]);
  const found = [...ids].map((id) => {
    const [old, node] = [then.graph.nodes.get(id), now.graph.nodes.get(id)];
    if (old === undefined) {
      return [id, "added"] as const;
    }
    if (node === undefined) {
      return [id, "removed"] as const;
    }
    const isChanged =
      node.type === "STEP" ? changedSteps.has(id) : !isSame(comparable(old, then), comparable(node, now));
    return [id, isChanged ? "changed" : undefined] as const;
  });
  return new Map(found.filter((entry): entry is readonly [string, Mark] => entry[1] !== undefined));
}

/** Where it stands in the editor is nothing that anybody meets, and a flow is the same whatever its id will be. */
function comparable(node: FormNode, { profiling }: Drawing): object {
  const { coordinates: _, ...rest } = node;
  if (rest.type !== "FLOW" || rest.flowId === undefined) {
    return rest;
  }
  return { ...rest, flowId: profiling.flows.get(rest.flowId)?.address ?? rest.flowId };
}
