import type { ProfilingChange } from "../profiling";
import { fieldsOf, formGraph } from "./form-graph";
import { existingUser } from "./journeys";
import { loginsOf } from "./login";

/** How many fields a user is asked who had answered everything: those of the steps that none of their logins asked before. */
export function newQuestions({ before, after }: ProfilingChange): number {
  if (after === undefined) return 0;
  const user = existingUser(before);
  const asked = new Set(loginsOf(before, user).logins.flatMap(({ steps }) => steps));
  const steps = new Set(loginsOf(after, user).logins.flatMap((login) => login.steps));
  const graph = formGraph(after.form);
  return [...steps]
    .filter((id) => !asked.has(id))
    .map((id) => graph.nodes.get(id))
    .reduce((sum, node) => sum + (node?.type === "STEP" ? fieldsOf(node).length : 0), 0);
}
