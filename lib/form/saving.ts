import { ENDING, MAX_NAME_CHARACTERS } from "auth0-forms";
import type { Json } from "auth0-forms/schema";
import { isObject } from "../fields";
import { allOf, hasNoValue } from "./condition";
import { type Destination, type ProfilePart, pathOf, profilePart } from "./destination";
import { expressionsIn } from "./expression";
import { type FlowDefinition, flow } from "./flow";
import { booleanCondition, type FlowAction, updateUser } from "./flow-action";
import type { IdentifiedComponent, Stage } from "./stage";

/** What a stage writes at one place of the profile. */
export interface Write {
  readonly to: Destination;
  /** A constant, or an expression. */
  readonly value: Json;
  /** Whether there is always a value: an answer that may be left empty drops out of the flow's request. */
  readonly isCertain: boolean;
}

/** How the answers of all stages are saved. */
export interface Saving {
  /** What one flow writes for many stages, as in Auth0's own template. */
  readonly shared: readonly Write[];
  /** The flows of stages that write otherwise. */
  readonly own: ReadonlyMap<Stage, FlowDefinition>;
}

/** Nothing is saved by a flow: the Action does it, or nobody. */
export const SAVES_NOTHING: Saving = { shared: [], own: new Map() };

interface SavingOptions {
  /** Whether the login goes on where nothing can be saved. */
  readonly allowFailure?: boolean;
  /** How many stages one run of the form shows at most. */
  readonly stagesPerLogin?: number;
  /** Ids of flows that a stage has for itself, be it that one for all could save its answers: `save_answers_<stage>`. */
  readonly alone?: ReadonlySet<string>;
}

export function savingOf(
  stages: readonly Stage[],
  { allowFailure = true, stagesPerLogin = 1, alone = new Set() }: SavingOptions = {},
): Saving {
  const all = stages.flatMap(writesOf);
  // What was entered before a stage was put off would be saved with the answers of the next one.
  const isHalfAnswered = ({ steps, components }: Stage) =>
    stagesPerLogin > 1 && steps.length > 1 && components.some(({ type }) => type === "JUMP_BUTTON");
  const isAlone = (stage: Stage) => isHalfAnswered(stage) || alone.has(ownFlowId(stage));
  const shared = stages.filter((stage) => isShared(stage) && !isAlone(stage));
  const own = stages
    .filter((stage) => writesOf(stage).length > 0 && !shared.includes(stage))
    .map((stage) => [stage, ownFlow(stage, all, allowFailure)] as const);
  return { shared: shared.flatMap(writesOf), own: new Map(own) };
}

export function writesOf(stage: Stage): readonly Write[] {
  const canBeSkipped = stage.steps.length > 1 && stage.components.some(jumpsOverSteps);
  const answers = stage.components.flatMap(({ id, answer, required }) =>
    (answer?.to ?? []).map((to) => ({
      to,
      value: answer?.value ?? "",
      isCertain: required === true && !canBeSkipped && isWhole(answer?.value, id),
    })),
  );
  const others = Object.entries(stage.alsoSave).flatMap(([to, value]) =>
    value === undefined ? [] : [{ to: to as Destination, value, isCertain: !isComputed(value) }],
  );
  return [...answers, ...others];
}

/** A jump neither checks nor keeps what was entered; one to the ending saves nothing at all. */
function jumpsOverSteps({ type, config }: IdentifiedComponent): boolean {
  return type === "JUMP_BUTTON" && config?.next_node !== ENDING;
}

/** All of a field, or of a phone number what each has: a part of anything else may be missing. */
function isWhole(value: string | undefined, id: string): boolean {
  return value === `{{fields.${id}}}` || value === `{{fields.${id}.international_number}}`;
}

/** Whether a value reads what may not be there. */
function isComputed(value: Json): boolean {
  return typeof value === "string" && expressionsIn(value).expressions.some(({ paths }) => paths.length > 0);
}

/** Of a shared flow the answers of other stages drop out: what it writes must be one level of one object, never empty. */
function isShared(stage: Stage): boolean {
  const writes = writesOf(stage);
  return (
    Object.keys(stage.alsoSave).length === 0 &&
    writes.some(({ isCertain }) => isCertain) &&
    writes.every(({ to }) => profilePart(to) === "user_metadata" && !isNested(to))
  );
}

function isNested(to: Destination): boolean {
  return pathOf(to).length > 2;
}

/** The flow that saves the answers of this stage and no other. */
export function ownFlowId({ id }: Pick<Stage, "id">): string {
  return `save_answers_${id}`;
}

function ownFlow(stage: Stage, all: readonly Write[], allowFailure: boolean): FlowDefinition {
  const actions = updates(writesOf(stage).map(keepingNested), all, allowFailure);
  return flow(ownFlowId(stage), {
    name: `Save the answers of ${stage.id}`.slice(0, MAX_NAME_CHARACTERS),
    actions,
  });
}

/** An object is written as a whole: what is not answered now keeps its value. */
function keepingNested(write: Write): Write {
  return isNested(write.to) && !write.isCertain ? { ...write, value: keeping(write) ?? write.value } : write;
}

/** What the form has for a place, or else what lies there already. */
function keeping({ to, value }: Write): string | undefined {
  const inner = typeof value === "string" ? /^\{\{([^{}]+)\}\}$/.exec(value)?.[1] : undefined;
  return inner === undefined ? undefined : `{{${inner.trim()} ?? context.user.${to}}}`;
}

/**
 * The actions that write. Metadata that is sent empty tells the Management API to erase all of it, so what may be left all
 * empty is only sent where something was answered.
 *
 * @see https://auth0.com/docs/manage-users/user-accounts/metadata/manage-metadata-api
 */
function updates(writes: readonly Write[], all: readonly Write[], allowFailure: boolean): readonly FlowAction[] {
  const byPart = new Map<ProfilePart, readonly Write[]>();
  for (const write of writes) {
    byPart.set(profilePart(write.to), [...(byPart.get(profilePart(write.to)) ?? []), write]);
  }
  const parts = [...byPart.entries()];
  const certain = parts.filter(([, of]) => of.some(({ isCertain }) => isCertain)).flatMap(([, of]) => of);
  const update = (id: string, of: readonly Write[]) =>
    updateUser(id, { changes: treeOf([...siblings(of, all), ...of]) }, { allowFailure });
  return [
    ...(certain.length === 0 ? [] : [update("update_user", certain)]),
    ...parts
      .filter(([, of]) => !of.some(({ isCertain }) => isCertain))
      .map(([part, of]) =>
        booleanCondition(`is_${part}_empty`, {
          if: allOf(...of.map(({ value }) => hasNoValue(String(value)))),
          else: [update(`update_${part}`, of)],
        }),
      ),
  ];
}

/** What other stages wrote into the same objects, be it in the same run of the form, of which the profile knows nothing. */
function siblings(writes: readonly Write[], all: readonly Write[]): readonly Write[] {
  const objectOf = ({ to }: Write) => pathOf(to).slice(0, 2).join(".");
  const objects = new Set(writes.filter(({ to }) => isNested(to)).map(objectOf));
  return all
    .filter((write) => objects.has(objectOf(write)) && !writes.some(({ to }) => to === write.to))
    .map((write) => ({ ...write, value: keeping(write) ?? `{{context.user.${write.to}}}`, isCertain: false }));
}

interface Tree {
  [key: string]: Json | Tree;
}

/** The body of the update: `{ user_metadata: { job_title: "{{fields.job_title}}" }, given_name: "{{fields.first}}" }`. */
export function treeOf(writes: readonly Pick<Write, "to" | "value">[]): { [key: string]: Json } {
  const changes: Tree = {};
  for (const { to, value } of writes) {
    const path = pathOf(to);
    let place = changes;
    for (const key of path.slice(0, -1)) {
      // a value in the way is one of stages in which something is wrong
      const former = Object.hasOwn(place, key) ? place[key] : undefined;
      const inner: Tree = isObject(former) ? (former as Tree) : {};
      place[key] = inner;
      place = inner;
    }
    place[path.at(-1) ?? to] = value;
  }
  return changes as { [key: string]: Json };
}
