import type { Json } from "auth0-forms/schema";
import { areWhole } from "./checks";
import { treeOf, writesOf } from "./saving";
import type { Stage } from "./stage";

/**
 * What stages save, as the `changes` of {@link updateUser}: for a flow of one's own, which then writes what is asked.
 *
 * Stages in which something is wrong save nothing: the construct that gets them tells of it.
 *
 * @example updateUser("save", { changes: changesOf(articleStages()) })
 */
export function changesOf(stages: readonly Stage[]): { [key: string]: Json } {
  return areWhole(stages) ? treeOf(stages.flatMap(writesOf)) : {};
}
