import type { Json } from "auth0-forms/schema";
import { type Problems, shown } from "../validation-error";
import type { Condition } from "./condition";
import { PROFILE_ATTRIBUTES, pathOf, profilePart } from "./destination";
import type { Moment } from "./moment";
import { writesOf } from "./saving";
import type { Stage } from "./stage";

/** When the Action shows a stage. */
export interface StageMoment {
  readonly id: string;
  /** Whenever the moment is right, where there is none. */
  readonly condition?: Condition;
  readonly ask?: Moment;
}

/** What the Action writes once the stage was shown: the value of a field, or a constant. */
export type SavedAnswer = { readonly stage: string; readonly to: readonly string[] } & (
  | { readonly field: string; readonly path?: readonly string[] }
  | { readonly value: Json }
);

/** Whether the router alone can tell which stage is due. */
export function isActionDeciding(stages: readonly Stage[], ask: Moment | undefined): boolean {
  return ask !== undefined || stages.some((stage) => stage.ask !== undefined || stage.version !== undefined);
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

export function savedAnswers(stages: readonly Stage[]): readonly SavedAnswer[] {
  return stages.flatMap((stage) =>
    writesOf(stage).map(({ to, value }): SavedAnswer => {
      const place = { stage: stage.id, to: pathOf(to) };
      const [, field, path = ""] = (typeof value === "string" && FIELD.exec(value)) || [];
      if (field === undefined) {
        return { ...place, value };
      }
      return path === "" ? { ...place, field } : { ...place, field, path: path.split(".").slice(1) };
    }),
  );
}

/** Adds what a flow can write and the Action can not. */
export function checkSavedByAction(stages: readonly Stage[], problems: Problems): void {
  for (const stage of stages) {
    for (const { to, value } of writesOf(stage)) {
      const where = `stage ${shown(stage.id)}: ${shown(to)}`;
      if (profilePart(to) === "profile") {
        problems.add(
          `${where} can not be written by an Action, which writes metadata only; leave saveBy out, or save ` +
            `${PROFILE_ATTRIBUTES.join(", ")} by a flow`,
        );
      }
      if (typeof value === "string" && value.includes("{{") && !FIELD.test(value)) {
        problems.add(`${where} is an expression, which only a flow can fill in, got ${shown(value)}; leave saveBy out`);
      }
    }
  }
}
