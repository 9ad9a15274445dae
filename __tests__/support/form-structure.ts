interface Members {
  readonly [key: string]: unknown;
}

interface GraphNode extends Members {
  readonly id: string;
  readonly type: string;
  readonly config: Members & { readonly components?: readonly Members[] };
}

export interface WholeForm {
  readonly form: Members & { readonly nodes: readonly GraphNode[]; readonly start: Members };
  /** By their ids. */
  readonly flows: { readonly [id: string]: { readonly actions?: unknown } };
}

/** Texts that people read, and code: of these only the expressions count. */
const WORDS: ReadonlySet<string> = new Set([
  ...["alias", "name", "label", "hint", "content", "text", "active_text", "button_text", "waiting_text"],
  ...["message", "subject", "body", "css", "code", "value"],
]);
const PLACES: ReadonlySet<string> = new Set(["coordinates", "next_node", "fallback", "connection_id", "ending"]);

/**
 * A form with its flows as one text: what is shown and done in which order, without ids, places and words. Two forms of the
 * same structure have the same text.
 */
export function structureOf({ form, flows }: WholeForm): string {
  const names = new Map<string, string>();
  const renamed = (kind: string, id: unknown) => {
    const text = String(id);
    names.set(text, names.get(text) ?? `${kind}${names.size}`);
    return names.get(text);
  };
  const byId = new Map(form.nodes.map((node) => [node.id, node]));
  const order: GraphNode[] = [];
  const visit = (pointer: unknown) => {
    const node = byId.get(String(pointer));
    if (node === undefined || order.includes(node)) {
      return;
    }
    order.push(node);
    visit(node.config.next_node);
    for (const rule of (node.config.rules ?? []) as readonly Members[]) {
      visit(rule.next_node);
    }
    visit(node.config.fallback);
  };
  visit(form.start.next_node);
  for (const component of order.flatMap(({ config }) => config.components ?? [])) {
    renamed("c", component.id);
  }

  const read = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") {
      const text = WORDS.has(key) ? (value.match(/\{\{.*?\}\}/gs) ?? []).join(" ") : value;
      return [...names]
        .reduce((read, [id, name]) => read.replaceAll(new RegExp(`\\b${id}\\b`, "g"), name), text)
        .replace(/\{\{\s*(.*?)\s*\}\}/gs, "{{$1}}");
    }
    if (Array.isArray(value)) {
      return value.map((item) => read(item, key));
    }
    if (typeof value !== "object" || value === null) {
      return value;
    }
    if (key === "errors" || key === "custom") {
      return Object.keys(value);
    }
    const { id, flow_id, ...rest } = value as Members;
    const entries = Object.entries(rest)
      .filter(([name, member]) => !PLACES.has(name) && !isNothing(member))
      .map(([name, member]) => [name, read(member, name)] as const)
      .filter(([name, member]) => !(WORDS.has(name) && name === "alias") && !isNothing(member));
    const runs = flow_id === undefined ? {} : { runs: actions(flow_id) };
    return Object.fromEntries([...entries, ...Object.entries(runs)].sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const actions = (flowId: unknown): unknown => {
    const own = (flows[String(flowId)]?.actions ?? []) as readonly Members[];
    const ids = allIds(own);
    for (const id of ids) {
      renamed("a", id);
    }
    return read(own);
  };
  const { nodes: _, start, ending, languages: __, translations, ...settings } = form;
  return JSON.stringify(
    {
      ...(read(settings) as object),
      hidden: read((start as Members).hidden_fields),
      languages: Object.keys((translations as object | undefined) ?? {}),
      nodes: order.filter(isNoPlainWay).map((node) => ({ type: node.type, config: read(node.config) })),
      ending: read({ ...(ending as Members), coordinates: undefined }),
    },
    null,
    1,
  );
}

/** A router without a rule leads nowhere but to what follows. */
function isNoPlainWay({ type, config }: GraphNode): boolean {
  return type !== "ROUTER" || ((config.rules ?? []) as readonly unknown[]).length > 0;
}

function allIds(actions: readonly Members[]): readonly unknown[] {
  return actions.flatMap(({ id, params }) => {
    const { then = [], else: otherwise = [] } = (params ?? {}) as { then?: Members[]; else?: Members[] };
    return [id, ...allIds(then), ...allIds(otherwise)];
  });
}

/** What is left out, or as good as that: Auth0 gives neither back. */
function isNothing(value: unknown): boolean {
  const isEmpty =
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
  return value === undefined || value === null || value === false || value === "" || isEmpty;
}
