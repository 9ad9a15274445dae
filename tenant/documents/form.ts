import {
  type ComponentOf,
  type ComponentType,
  ENDING,
  type FormComponent,
  type FormDocument,
  type FormNode,
  type NodePointer,
  type StepNode,
} from "auth0-forms";

/** A form as it was sent; what is empty is not kept. */
export interface Form extends FormDocument {
  readonly id: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A way out of a node. */
export interface Exit {
  readonly to: NodePointer;
  /** When it is taken; without one: always. */
  readonly label?: string;
}

export function nodeOf(form: Form, id: NodePointer | undefined): FormNode | undefined {
  return form.nodes?.find((node) => node.id === id);
}

export function stepOf(form: Form, id: string | undefined): StepNode | undefined {
  const node = nodeOf(form, id);
  return node?.type === "STEP" ? node : undefined;
}

/** What a node is called in errors. */
export function placeOf({ type, alias, id }: FormNode): string {
  return `${type.toLowerCase()} ${JSON.stringify(alias ?? id)}`;
}

/** The components of all steps, as they are written. */
export function componentsOf(form: Form): readonly FormComponent[] {
  return (form.nodes ?? []).flatMap((node) => (node.type === "STEP" ? (node.config?.components ?? []) : []));
}

/** The FIELDs and WIDGETs of a step: what a person answers there. */
export function fieldsOf(step: StepNode): readonly FormComponent[] {
  return (step.config?.components ?? []).filter(({ category }) => category !== "BLOCK");
}

export function hiddenFieldsOf(form: Form): readonly { readonly key: string; readonly value?: string }[] {
  return form.start?.hidden_fields ?? [];
}

export function exitsOf(node: FormNode): readonly Exit[] {
  switch (node.type) {
    case "STEP":
      return [
        ...exit(node.config?.next_node),
        ...ofType(node, "JUMP_BUTTON").flatMap(({ config }) => exit(config.next_node, config.text)),
      ];
    case "FLOW":
      return exit(node.config.next_node);
    case "ROUTER":
      return [
        ...(node.config?.rules ?? []).flatMap(({ id, alias, next_node }) => exit(next_node, alias ?? id)),
        ...exit(node.config?.fallback, "otherwise"),
      ];
  }
}

/** Whether every pointer leads to a node that is there, or to the ending. */
export function leadsSomewhere({ nodes = [], start }: Form): boolean {
  const places = new Set([ENDING, ...nodes.map(({ id }) => id)]);
  return [...exit(start?.next_node), ...nodes.flatMap(exitsOf)].every(({ to }) => places.has(to));
}

/** The flows that the nodes run, each once. */
export function flowsOf({ nodes = [] }: Form): ReadonlySet<string> {
  return new Set(nodes.flatMap(flowsOfNode));
}

function flowsOfNode(node: FormNode): readonly string[] {
  switch (node.type) {
    case "STEP":
      return ofType(node, "RESEND_BUTTON").map(({ config }) => config.flow_id);
    case "FLOW":
      return [node.config.flow_id];
    case "ROUTER":
      return [];
  }
}

function ofType<T extends ComponentType>(step: StepNode, type: T): readonly ComponentOf<T>[] {
  return (step.config?.components ?? []).filter((component) => component.type === type) as unknown as ComponentOf<T>[];
}

function exit(to: NodePointer | undefined, label?: string): readonly Exit[] {
  return to === undefined ? [] : [{ to, ...(label !== undefined && { label }) }];
}
