import type { Profiling } from "../../review/profiling";
import { flow, RESUME, router, rule } from "./form-nodes";
import { type ProfilingOptions, profilingOfForm } from "./reviewed-form";

export interface Others {
  readonly rules?: readonly object[];
  readonly metadata?: object;
  readonly actions?: unknown;
  readonly keys?: readonly string[];
  readonly form?: ProfilingOptions["form"];
  readonly start?: object;
  readonly ending?: object;
}

/** A form of these steps, each of which waits for the key of its own name. */
export function formOf(steps: readonly object[], others: Others = {}): Profiling {
  const ids = (steps as readonly { id: string }[]).map(({ id }) => id);
  const { rules = ids.map((id) => rule(id, id)), keys = ids, form } = others;
  return profilingOfForm(
    {
      start: { next_node: "r", ...others.start },
      nodes: [router("r", rules), ...steps, flow("save")],
      ending: others.ending ?? RESUME,
    },
    {
      metadata: others.metadata ?? Object.fromEntries(ids.map((id) => [id, `{{fields.${id}}}`])),
      metadataKeys: keys,
      form,
      ...("actions" in others && { actions: others.actions }),
    },
  );
}
