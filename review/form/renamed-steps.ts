import { isObject, isSame, type JsonObject } from "../json-value";
import type { Profiling, ProfilingChange, RenamedStep } from "../profiling";
import { type FormGraph, fieldsOf, formGraph, type Stage, targetOf } from "./form-graph";

/**
 * The change, where steps that only have another id have their new one before as well: nothing else of them changes, so
 * nothing else is told. Their fields are the same, and people read the same.
 */
export function withRenamedSteps(change: ProfilingChange): ProfilingChange {
  const { before, after } = change;
  if (before === undefined || after === undefined) {
    return change;
  }
  const renamed = renamedSteps(before.graph, after.graph);
  return renamed.length === 0
    ? change
    : { ...change, before: { ...before, graph: graphWith(before, after, renamed) }, renamedSteps: renamed };
}

function renamedSteps(before: FormGraph, after: FormGraph): readonly RenamedStep[] {
  const gone = before.stages.filter(({ id }) => !after.nodes.has(id));
  const made = after.stages.filter(({ id }) => !before.nodes.has(id));
  return gone.flatMap(({ id: from, ...old }) => {
    const same = made.filter((stage) => isSame(contentOf({ id: from, ...old }, before), contentOf(stage, after)));
    const rivals = gone.filter((stage) => isSame(contentOf(stage, before), contentOf({ id: from, ...old }, before)));
    const [found] = same;
    return found !== undefined && same.length === 1 && rivals.length === 1 && fieldsOf(found.step).length > 0
      ? [{ from, to: found.id, alias: found.alias }]
      : [];
  });
}

/** All that people meet of it; ids of what nobody answers are nothing of that. */
function contentOf({ alias, step, rules }: Stage, graph: FormGraph): object {
  const components = step.components.map((one) => (one.category === "BLOCK" ? { ...one, id: "" } : one));
  return {
    alias,
    components,
    conditions: rules.map(({ condition, moment }) => [condition, moment]),
    next: targetOf(graph, step.next),
  };
}

function graphWith({ form, graph, action }: Profiling, after: Profiling, renamed: readonly RenamedStep[]): FormGraph {
  const ids = new Map(renamed.map(({ from, to }) => [from, to]));
  for (const { from, to } of renamed) {
    const [then, now] = [graph.nodes.get(from), after.graph.nodes.get(to)];
    if (then?.type === "STEP" && now?.type === "STEP") {
      for (const [index, { id }] of then.components.entries()) {
        ids.set(id, now.components[index]?.id ?? id);
      }
    }
  }
  const document = { start: renamedIn(form.start, ids), nodes: renamedIn(form.nodes, ids), ending: form.ending };
  return formGraph(document, action?.schedule);
}

const POINTERS = new Set(["id", "next_node", "fallback"]);

function renamedIn(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => renamedIn(item, ids));
  }
  if (!isObject(value)) {
    return value;
  }
  const members = Object.entries(value satisfies JsonObject).map(([key, part]) => [
    key,
    POINTERS.has(key) && typeof part === "string" ? (ids.get(part) ?? part) : renamedIn(part, ids),
  ]);
  return Object.fromEntries(members);
}
