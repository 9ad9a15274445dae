import { ENDING, type FormNode } from "auth0-forms";
import { type Exit, exitsOf, type Form, fieldsOf } from "../documents/form";
import type { Json } from "../documents/json";
import { stepName } from "./step-name";

/** Where a form begins, what it goes through, where it ends. */
export interface FormGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  readonly id: string;
  readonly kind: "START" | FormNode["type"] | "ENDING";
  readonly name: string;
  /** What is in it: the fields of a step, what happens at the end. */
  readonly lines: readonly string[];
}

export interface GraphEdge extends Exit {
  readonly from: string;
}

const START = "$start";

/** @param flowName what a flow is called; undefined where there is none of that id */
export function formGraph(form: Form, flowName: (id: string) => string | undefined): FormGraph {
  const nodes = form.nodes ?? [];
  return {
    nodes: [
      { id: START, kind: "START", name: "Start", lines: [] },
      ...nodes.map((node) => ({
        id: node.id,
        kind: node.type,
        name: node.type === "STEP" ? stepName(form, node.id) : (node.alias ?? node.id),
        lines: linesOf(node, flowName),
      })),
      { id: ENDING, kind: "ENDING", name: "Ending", lines: endingLines(form, flowName) },
    ],
    edges: [
      ...(form.start?.next_node === undefined ? [] : [{ from: START, to: form.start.next_node }]),
      ...nodes.flatMap((node) => exitsOf(node).map((exit) => ({ from: node.id, ...exit }))),
      // A pointer to nothing is refused when the form is sent, so both ends are there.
    ],
  };
}

/** A condition in one line: `{{context.user.user_metadata.job_title}} HAS_NO_VALUE`. */
export function conditionText(condition: Json): string {
  if (typeof condition !== "object" || condition === null || Array.isArray(condition)) {
    return JSON.stringify(condition);
  }
  const { operator, operands } = condition;
  if (typeof operator !== "string" || !Array.isArray(operands)) {
    return JSON.stringify(condition);
  }
  if (operator === "AND" || operator === "OR") {
    const parts = operands.map(conditionText);
    return parts.length === 1
      ? parts.join("")
      : parts.map((part, index) => (isGroup(operands[index] ?? null) ? `(${part})` : part)).join(` ${operator} `);
  }
  const [left, ...others] = operands.map(operandText);
  return [left, operator, ...others].join(" ");
}

function isGroup(operand: Json): boolean {
  if (typeof operand !== "object" || operand === null || Array.isArray(operand)) {
    return false;
  }
  return (operand.operator === "AND" || operand.operator === "OR") && Array.isArray(operand.operands);
}

function operandText(operand: Json): string {
  return typeof operand === "string" && operand.startsWith("{{") ? operand : JSON.stringify(operand);
}

function linesOf(node: FormNode, flowName: (id: string) => string | undefined): readonly string[] {
  switch (node.type) {
    case "STEP":
      return fieldsOf(node).map(({ id, label, required }) => `${label ?? id}${required === true ? " *" : ""}`);
    case "FLOW":
      return [flowLine(node.config.flow_id, flowName)];
    case "ROUTER":
      return [];
  }
}

function endingLines({ ending }: Form, flowName: (id: string) => string | undefined): readonly string[] {
  return [
    ...(ending?.after_submit?.flow_id === undefined ? [] : [flowLine(ending.after_submit.flow_id, flowName)]),
    ...(ending?.redirection === undefined ? [] : [`goes to ${ending.redirection.target}`]),
    ...(ending?.resume_flow === true ? ["the login goes on"] : []),
  ];
}

function flowLine(id: string, flowName: (id: string) => string | undefined): string {
  return flowName(id) ?? `${id} (missing)`;
}
