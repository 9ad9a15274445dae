import { isAskingKnown, type ProfilingChange } from "../profiling";
import { fieldsOf } from "./form-graph";
import { existingUser, newSteps } from "./journeys";
import type { Answering } from "./login";

/**
 * How many fields an existing user is asked anew: those of the steps that none of their logins asked before.
 *
 * @param answering what they have answered of what they were asked until now
 * @default "every field"
 */
export function newQuestions(change: ProfilingChange, answering?: Answering): number {
  const { before, after } = change;
  if (after === undefined) {
    return 0;
  }
  // Of whom such an Action asks anything nobody can say.
  if (after.isActionUnknown || (after.action !== undefined && !isAskingKnown(after))) {
    return 0;
  }
  return newSteps(change, existingUser(before, answering))
    .map((id) => after.graph.nodes.get(id))
    .reduce((sum, node) => sum + (node?.type === "STEP" ? fieldsOf(node).length : 0), 0);
}
