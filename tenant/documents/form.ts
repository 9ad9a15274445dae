import type { Json } from "./json";

/** A form as it was sent; what is empty is not kept. */
export interface Form {
  readonly id: string;
  readonly name: string;
  readonly messages?: { readonly errors?: Record<string, string>; readonly custom?: Record<string, string> };
  readonly languages?: { readonly primary?: string; readonly default?: string };
  readonly translations?: Record<string, { readonly [key: string]: Json }>;
  readonly nodes?: readonly FormNode[];
  readonly start?: {
    readonly hidden_fields?: readonly { readonly key: string; readonly value?: string }[];
    readonly next_node?: string;
    readonly coordinates?: { readonly x: number; readonly y: number };
  };
  readonly ending?: {
    readonly redirection?: { readonly delay?: number; readonly target: string };
    readonly after_submit?: { readonly flow_id?: string };
    readonly coordinates?: { readonly x: number; readonly y: number };
    readonly resume_flow?: true;
  };
  readonly style?: { readonly css?: string };
  readonly created_at: string;
  readonly updated_at: string;
}

export type FormNode = StepNode | FlowNode | RouterNode;

export interface StepNode {
  readonly id: string;
  readonly type: "STEP";
  readonly alias?: string;
  readonly config?: { readonly components?: readonly FormComponent[]; readonly next_node?: NodePointer };
}

export interface FlowNode {
  readonly id: string;
  readonly type: "FLOW";
  readonly alias?: string;
  readonly config: { readonly flow_id: string; readonly next_node?: NodePointer };
}

export interface RouterNode {
  readonly id: string;
  readonly type: "ROUTER";
  readonly alias?: string;
  readonly config?: { readonly rules?: readonly RouterRule[]; readonly fallback?: NodePointer };
}

export interface RouterRule {
  readonly id: string;
  readonly alias?: string;
  readonly condition: Json;
  readonly next_node?: NodePointer;
}

export interface FormComponent {
  readonly id: string;
  readonly category: "BLOCK" | "FIELD" | "WIDGET";
  readonly type: string;
  readonly config?: { readonly [key: string]: Json };
  readonly label?: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly sensitive?: boolean;
}

/** Where a node leads to: another node's id, or `$ending`. */
export type NodePointer = string;
