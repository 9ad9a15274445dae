import { isObject } from "../fields";
import { type Problems, shown } from "../validation-error";
import type { Condition } from "./condition";
import { pathOf, profilePart } from "./destination";
import type { Moment } from "./moment";
import type { SavedAnswer } from "./saved-answer";
import { writesOf } from "./saving";
import type { Stage } from "./stage";
import type { StageMoment } from "./stage-moment";

/**
 * Whether the Action says which stage is shown: the router can not tell of moments, and who saves has to know. Of one stage
 * alone the Action shows the form or does not, and the form needs no router.
 *
 * @param isActionSaving whether the Action saves the answers
 */
export function isActionDeciding(stages: readonly Stage[], ask: Moment | undefined, isActionSaving = false): boolean {
  return (
    ask !== undefined ||
    isActionSaving ||
    (stages.length === 1 && stages.every(isToldByAction)) ||
    stages.some((stage) => stage.ask !== undefined || stage.version !== undefined)
  );
}

/** Whether the Action knows as well as the form's router whether a stage is due; what waits for one key is left to the router. */
function isToldByAction({ condition, metadataKey }: Stage): boolean {
  return metadataKey === undefined && condition !== undefined && isKnownBefore(condition);
}

function isKnownBefore(condition: Condition): boolean {
  return condition.operands.every((operand) => {
    if (isObject(operand) && "operator" in operand) {
      return isKnownBefore(operand as unknown as Condition);
    }
    const isExpression = typeof operand === "string" && operand.includes("{{");
    return (
      TOLD.has(condition.operator) && (!isExpression || /^\{\{context\.(user|organization|client)\./.test(operand))
    );
  });
}

/** The operators that the Action has. */
const TOLD: ReadonlySet<string> = new Set(["EQ", "NEQ", "HAS_NO_VALUE"]);

/** The keys of `user_metadata` to look for, where that is all there is to it. */
export function metadataKeysOf(stages: readonly Stage[], ask: Moment | undefined): readonly string[] | undefined {
  const keys = stages.map(({ metadataKey }) => metadataKey);
  const isPlain = !isActionDeciding(stages, ask) && keys.every((key) => key !== undefined);
  return isPlain ? (keys as readonly string[]) : undefined;
}

export function stageMoments(stages: readonly Stage[]): readonly StageMoment[] {
  return stages.map(({ id, condition, ask }) => ({ id, condition, ask }));
}

const FIELD = /^\{\{\s*fields\.([A-Za-z]\w*)((?:\.\w+)*)\s*\}\}$/;

/** What the Action saves of the stages: what is no field as a whole, or a part of one, has to be a constant. */
export function savedAnswers(stages: readonly Stage[]): readonly SavedAnswer[] {
  return stages.flatMap((stage) =>
    writesOf(stage).flatMap(({ to, value }): SavedAnswer[] => {
      const place = { stage: stage.id, to: pathOf(to) as SavedAnswer["to"] };
      if (profilePart(to) === "profile") {
        return [];
      }
      const [, field, path = ""] = (typeof value === "string" && FIELD.exec(value)) || [];
      if (field === undefined) {
        return [{ ...place, value }];
      }
      return [path === "" ? { ...place, field } : { ...place, field, path: path.split(".").slice(1) }];
    }),
  );
}

/** Adds what a flow can write and the Action can not: attributes of the profile, and what only who went on has agreed to. */
export function checkSavedByAction(stages: readonly Stage[], problems: Problems): void {
  for (const stage of stages) {
    const { id, alsoSave, components } = stage;
    const savesAnswer = components.some(({ answer }) => (answer?.to ?? []).length > 0);
    const canBePutOff = components.some(({ type }) => type === "JUMP_BUTTON");
    if (Object.keys(alsoSave).length > 0 && canBePutOff && !savesAnswer) {
      problems.add(
        `stage ${shown(id)} can be put off, and the Action could not tell that from going on, so that it would write ` +
          `${Object.keys(alsoSave).map(shown).join(", ")} all the same; save one of its answers as well, or leave saveBy out`,
      );
    }
    for (const { to } of writesOf(stage).filter(({ to }) => profilePart(to) === "profile")) {
      problems.add(
        `stage ${shown(stage.id)}: ${shown(to)} can not be written by an Action, which writes metadata alone; ` +
          `leave saveBy out, or save it elsewhere`,
      );
    }
  }
}
