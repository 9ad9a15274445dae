import type { FlowNode, Form, FormComponent, FormNode, NodePointer, RouterNode, StepNode } from "../documents/form";

export function nodeOf(form: Form, id: NodePointer | undefined): FormNode | undefined {
  return form.nodes?.find((node) => node.id === id);
}

export function stepOf(form: Form, id: string | undefined): StepNode | undefined {
  const node = nodeOf(form, id);
  return node?.type === "STEP" ? node : undefined;
}

/** The components of all steps, as they are written. */
export function componentsOf(form: Form): readonly FormComponent[] {
  return (form.nodes ?? []).flatMap((node) => (node.type === "STEP" ? (node.config?.components ?? []) : []));
}

export function hiddenFieldsOf(form: Form): readonly { readonly key: string; readonly value?: string }[] {
  return form.start?.hidden_fields ?? [];
}

/** What a node is called in errors. */
export function placeOf({ type, alias, id }: StepNode | FlowNode | RouterNode): string {
  return `${type.toLowerCase()} ${JSON.stringify(alias ?? id)}`;
}
