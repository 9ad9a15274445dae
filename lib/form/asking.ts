import { type Problems, shown } from "../validation-error";
import { pathOf, profilePart } from "./destination";
import type { Moment } from "./moment";
import type { SavedAnswer } from "./saved-answer";
import { writesOf } from "./saving";
import type { Stage } from "./stage";
import type { StageMoment } from "./stage-moment";

/**
 * Whether the Action says which stage is shown: the router can not tell of moments, and who saves has to know.
 *
 * @param isActionSaving whether the Action saves the answers
 */
export function isActionDeciding(stages: readonly Stage[], ask: Moment | undefined, isActionSaving = false): boolean {
  return (
    ask !== undefined ||
    (isActionSaving && stages.length > 1) ||
    stages.some((stage) => stage.ask !== undefined || stage.version !== undefined)
  );
}

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

/** Adds what of the profile a flow can write and the Action can not. */
export function checkSavedByAction(stages: readonly Stage[], problems: Problems): void {
  for (const stage of stages) {
    for (const { to } of writesOf(stage).filter(({ to }) => profilePart(to) === "profile")) {
      problems.add(
        `stage ${shown(stage.id)}: ${shown(to)} can not be written by an Action, which writes metadata alone; ` +
          `leave saveBy out, or save it elsewhere`,
      );
    }
  }
}
