import type { Profiling, ProfilingChange } from "../profiling";

/**
 * The changes, where a form that goes and one that comes are one that is made anew under another address: of the same
 * name, with a step in common, and with no other that could be meant. Each with the forms that the plan leaves beside it.
 */
export function withRemadeForms(changes: readonly ProfilingChange[]): ProfilingChange[] {
  const gone = changes.filter(({ after }) => after === undefined);
  const made = changes.filter(({ before }) => before === undefined);
  const pairs = gone.flatMap((old) => {
    const [found, ...others] = made.filter((one) => isSameForm(old.before, one.after));
    if (found === undefined || others.length > 0) {
      return [];
    }
    const isSure = gone.filter((one) => isSameForm(one.before, found.after)).length === 1;
    return isSure ? [{ old, found }] : [];
  });
  const rest = changes.filter((change) => !pairs.some(({ old, found }) => change === old || change === found));
  const all = [...rest, ...pairs.map(({ old, found }) => ({ ...found, before: old.before }))];
  return all.map((change) => ({
    ...change,
    others: all.flatMap(({ after }) => (after === undefined || after === change.after ? [] : [after])),
  }));
}

/** Whether the form is destroyed and made anew only because its address is another. */
export function isRemade({ before, after }: Pick<ProfilingChange, "before" | "after">): boolean {
  return before !== undefined && after !== undefined && before.form.address !== after.form.address;
}

function isSameForm(one: Profiling | undefined, other: Profiling | undefined): boolean {
  if (one === undefined || other === undefined || one.form.name !== other.form.name) {
    return false;
  }
  const [then, now] = [one.graph, other.graph];
  const steps = new Set(then.stages.map(({ id }) => id));
  // Of a form whose nodes are known only after the apply the name has to do.
  return !then.isKnown || !now.isKnown || now.stages.some(({ id }) => steps.has(id));
}
