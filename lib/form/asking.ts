import type { Json } from "auth0-forms/schema";
import { shown } from "../shown";
import type { Problems } from "../validation-error";
import type { Condition } from "./condition";
import { pathOf, profilePart } from "./destination";
import type { Moment } from "./moment";
import { isConstant, type SavedAnswer } from "./saved-answer";
import { writesOf } from "./saving";
import type { Stage } from "./stage";
import type { StageMoment } from "./stage-moment";

/**
 * Whether the Action says which stage is shown: the router can not tell of moments, and who saves has to know. Of one stage
 * alone the Action shows the form or does not, and the form needs no router.
 *
 * @param isActionSaving whether the Action saves the answers
 */
export function isActionDeciding(
  stages: readonly Stage[],
  ask: Moment | undefined,
  isActionSaving: boolean,
  stagesPerLogin: number,
): boolean {
  return (
    ask !== undefined ||
    isActionSaving ||
    stagesPerLogin > 1 ||
    (stages.length === 1 && stages.every(isToldByAction)) ||
    stages.some((stage) => stage.ask !== undefined || stage.version !== undefined)
  );
}

/** Whether the Action knows as well as the form's router whether a stage is due; what waits for one key is left to the router. */
function isToldByAction({ condition, metadataKey }: Stage): boolean {
  return metadataKey === undefined && condition !== undefined && isKnownBefore(condition);
}

/** Names of the `vars` that this library's Action gives the form. */
export function varsGiven(
  stages: readonly Stage[],
  ask: Moment | undefined,
  isActionSaving: boolean,
  stagesPerLogin: number,
): readonly string[] {
  if (stages.length < 2 || !isActionDeciding(stages, ask, isActionSaving, stagesPerLogin)) {
    return [];
  }
  return ["stage", ...(stagesPerLogin > 1 ? stages.map(({ id }) => `after_${id}`) : [])];
}

/** What the Action knows of what a form's `context` has, as its own code says. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  user: [
    ...["user_id", "username", "name", "given_name", "family_name", "nickname", "email", "email_verified"],
    ...["phone_number", "phone_verified", "picture", "user_metadata", "app_metadata", "created_at"],
  ],
  organization: ["id", "name", "display_name", "metadata"],
  client: ["client_id", "name"],
};
/** The operators that the Action has. */
const TOLD: ReadonlySet<string> = new Set(["EQ", "NEQ", "HAS_NO_VALUE"]);

/** Whether the Action can tell a condition before the form is shown. */
export function isKnownBefore({ operator, operands }: Condition): boolean {
  if (operator === "AND" || operator === "OR") {
    return operands.every((operand) => isKnownBefore(operand as Condition));
  }
  return TOLD.has(operator) && operands.every(isKnownOperand);
}

function isKnownOperand(operand: unknown): boolean {
  if (typeof operand !== "string" || !operand.includes("{{")) {
    return true;
  }
  const [, root = "", key = ""] = /^\{\{context\.(\w+)\.(\w+)(?:\.\w+)*\}\}$/.exec(operand) ?? [];
  return KNOWN[root]?.includes(key) === true;
}

/** Adds stages whose condition only a router could tell, where the Action has to say which stage is due. */
export function checkKnownBefore(stages: readonly Stage[], problems: Problems): void {
  for (const { id, condition } of stages) {
    if (condition !== undefined && !isKnownBefore(condition)) {
      problems.add(
        `stage ${shown(id)}: its condition is for the form's router, but the Action has to say which stage is due, as there are ` +
          "moments, versions or answers that it saves; use hasNoValue and isEqualTo of user, organization and client, or a form of its own",
      );
    }
  }
}

/** The keys of `user_metadata` to look for, where the stages wait for nothing else. */
export function metadataKeysOf(stages: readonly Stage[]): readonly string[] | undefined {
  const keys = stages.flatMap(({ metadataKey }) => metadataKey ?? []);
  return keys.length === stages.length ? keys : undefined;
}

export function stageMoments(stages: readonly Stage[]): readonly StageMoment[] {
  return stages.map(({ id, condition, ask }) => ({ id, condition, ask }));
}

const FIELD = /^\{\{\s*fields\.([A-Za-z]\w*)((?:\.\w+)*)\s*\}\}$/;

function fieldOf(value: Json): RegExpExecArray | null {
  return FIELD.exec(typeof value === "string" ? value : "");
}

/** What the Action saves of the stages: what is no field as a whole, or a part of one, has to be a constant. */
export function savedAnswers(stages: readonly Stage[], stagesPerLogin: number): readonly SavedAnswer[] {
  return stages.flatMap((stage) => {
    const agreed = canBePutOff(stage, stages, stagesPerLogin) ? agreedBy(stage) : undefined;
    return writesOf(stage).flatMap(({ to, value }): SavedAnswer[] => {
      const place = { stage: stage.id, to: pathOf(to) as SavedAnswer["to"] };
      if (profilePart(to) === "profile") {
        return [];
      }
      const [, field, path = ""] = fieldOf(value) ?? [];
      if (field === undefined) {
        return [agreed === undefined ? { ...place, value } : { ...place, value, with: agreed }];
      }
      return [path === "" ? { ...place, field } : { ...place, field, path: path.split(".").slice(1) }];
    });
  });
}

/** The field without which nobody leaves the last step of a stage. */
function agreedBy({ steps }: Stage): string | undefined {
  return steps.at(-1)?.components.find(({ required }) => required === true)?.id;
}

/** Whether somebody can leave the form without going on from a stage; of several in one login a button of another will do. */
function canBePutOff(stage: Stage, stages: readonly Stage[], stagesPerLogin: number): boolean {
  const shown = stagesPerLogin > 1 ? stages : [stage];
  return shown.some(({ components }) => components.some(({ type }) => type === "JUMP_BUTTON"));
}

/** Adds what a flow can write and the Action can not: attributes of the profile, and what only who went on has agreed to. */
export function checkSavedByAction(stages: readonly Stage[], stagesPerLogin: number, problems: Problems): void {
  for (const stage of stages) {
    const { id, alsoSave } = stage;
    const constants = Object.keys(alsoSave);
    if (constants.length > 0 && canBePutOff(stage, stages, stagesPerLogin) && agreedBy(stage) === undefined) {
      problems.add(
        `stage ${shown(id)} can be put off, and the Action could not tell that from going on, so that it would write ` +
          `${constants.map(shown).join(", ")} all the same; make a field of its last step required, or leave saveBy out`,
      );
    }
    for (const { to, value } of writesOf(stage)) {
      const where = `stage ${shown(id)}: ${shown(to)}`;
      if (profilePart(to) === "profile") {
        problems.add(
          `${where} can not be written by an Action, which writes metadata alone; leave saveBy out, or save it elsewhere`,
        );
      } else if (fieldOf(value) === null && !isConstant(value)) {
        problems.add(
          `${where} is written an expression, but the Action evaluates {{functions.now()}} alone; leave saveBy out`,
        );
      }
    }
  }
}
