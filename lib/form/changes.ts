import type { Json } from "auth0-forms/schema";
import { areWhole } from "./checks";
import { savingOf, treeOf, writesOf } from "./saving";
import type { Stage } from "./stage";

/**
 * What stages save, as the `changes` of {@link updateUser}: for a flow of one's own, which then writes what is asked.
 *
 * Of several stages it is what one flow can write for all, as that of `ProgressiveProfiling` does: required answers in one level of
 * `user_metadata`. The others need a flow of their own, since metadata that is sent empty erases all of it: give them alone. Where all
 * that is given may be left empty, nothing here keeps such a request back: put it into a {@link booleanCondition}.
 *
 * Stages in which something is wrong save nothing: the construct that gets them tells of it.
 *
 * @example updateUser("save", { changes: changesOf(articleStages()) })
 */
export function changesOf(stages: readonly Stage[]): { [key: string]: Json } {
  if (!areWhole(stages)) {
    return {};
  }
  const { shared } = savingOf(stages);
  return treeOf(shared.length > 0 ? shared : stages.flatMap(writesOf));
}
