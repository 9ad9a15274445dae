import { checkIdentifier, isIdentifier, repeated } from "../checks";
import { checkFields, type FieldsOf, other, requiredOther } from "../fields";
import { kind, shown } from "../shown";
import type { Problems } from "../validation-error";
import type { Condition } from "./condition";
import { checkCondition } from "./condition-checks";
import { checkMoment, type Moment } from "./moment";

/** When the Action finds a stage due: its condition holds, and its moment is right. */
export interface StageMoment {
  /** Id of the stage: letters, digits and `_`, a letter first. */
  readonly id: string;
  /**
   * Condition of the form's router. The Action tells AND, OR, EQ, NEQ and HAS_NO_VALUE of what it knows of the user, the
   * client and the organization; what it can not tell counts as due, and the router decides.
   *
   * @default - the stage is due whenever its moment is right
   */
  readonly condition?: Condition;
  /**
   * When people are asked of this stage, beside what holds for all of the form.
   *
   * @default - at every login
   */
  readonly ask?: Moment;
}

const STAGE_MOMENT: FieldsOf<StageMoment> = { id: requiredOther, condition: other, ask: other };

/** Adds all that is wrong with the stages that an Action chooses from. */
export function checkStageMoments(path: string, stages: unknown, problems: Problems): void {
  if (!Array.isArray(stages)) {
    problems.add(`${path} must be a list of stages, got ${kind(stages)}`);
    return;
  }
  if (stages.length === 0) {
    problems.add(`there is no stage in ${path}; give at least one`);
  }
  for (const [index, stage] of stages.entries()) {
    const where = `${path}[${index}]`;
    const { id, condition, ask } = checkFields<StageMoment>(where, stage, STAGE_MOMENT, problems);
    if (id !== undefined) {
      checkIdentifier(`${where}.id`, id, problems);
    }
    if (condition !== undefined) {
      checkCondition(`${where}.condition`, condition, problems);
    }
    if (ask !== undefined) {
      checkMoment(`${where}.ask`, ask, problems);
    }
  }
  for (const id of repeated(stages.map((stage) => stage?.id).filter(isIdentifier))) {
    problems.add(`${path}: stage ${shown(id)} is there more than once; give each stage an id of its own`);
  }
}
