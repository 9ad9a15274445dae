import { entryOf } from "./document";
import { answerShapes, type ExpressionScope, expressionScope, type Shape } from "./expression-scope";
import { isFlow } from "./flow";
import { storedVars } from "./flow-action";
import type { FormSettings } from "./settings";
import { type IdentifiedComponent, namedFlowsOf, type Stage } from "./stage";

/** What expressions can read of the form as a whole. */
export type WhatIsRead = Pick<FormSettings, "hiddenFields" | "messages" | "ending"> & {
  readonly stagesPerLogin?: number;
  /** Names of the `vars` that the Action gives, which gives no `fields`; without it, the Action may be anybody's. */
  readonly givenVars?: (stages: readonly Stage[]) => readonly string[];
};

/** What the expressions of a form can refer to. */
export function scopeOf(
  components: readonly IdentifiedComponent[],
  { hiddenFields, messages }: WhatIsRead,
): ExpressionScope {
  return expressionScope(fieldsOf(components, hiddenFields), {}, new Set(Object.keys(messages?.custom ?? {})));
}

function fieldsOf(components: readonly IdentifiedComponent[], hiddenFields: unknown): { readonly [id: string]: Shape } {
  return { ...answerShapes(components), ...shapesOf(hiddenKeys(hiddenFields)) };
}

const BY_ACTION = "let an Action of your own give it, by sourceFile";

/** What a stage's condition can read: the router stands before all that is asked, and before all flows. */
export function scopeAtRouter(
  scope: ExpressionScope,
  givenVars: readonly string[],
  { hiddenFields }: WhatIsRead,
): ExpressionScope {
  return {
    ...scope,
    roots: { ...scope.roots, vars: shapesOf(givenVars), fields: fieldsOf([], hiddenFields) },
    advice: { vars: BY_ACTION, fields: `answers come behind it; ${BY_ACTION}` },
  };
}

/** What can be read behind the router: what flows keep, too. */
export function scopeBehind(
  scope: ExpressionScope,
  givenVars: readonly string[],
  stages: readonly Stage[],
  { ending }: WhatIsRead,
): ExpressionScope {
  const flows = [...stages.flatMap(namedFlowsOf), ending?.afterSubmit].filter((flow) => flow !== undefined);
  // Of one that was made elsewhere nothing is known.
  const kept = flows.map((flow) => (isFlow(flow) ? storedVars(flow.actions) : undefined));
  const all = kept.includes(undefined) ? undefined : kept.flatMap((names) => names ?? []);
  return {
    ...scope,
    roots: { ...scope.roots, vars: all === undefined ? "any" : shapesOf([...givenVars, ...all]) },
    advice: { vars: `keep it by storeVars() in a flow that runs before, or ${BY_ACTION}` },
  };
}

/** What the texts of a stage can read: its own answers, and those of stages that people can come from in the same login. */
export function scopeInStage(
  scope: ExpressionScope,
  stage: Stage,
  stages: readonly Stage[],
  { hiddenFields, stagesPerLogin = 1 }: WhatIsRead,
): ExpressionScope {
  const asked = askedBefore(stage, stages, stagesPerLogin);
  if (asked.length === stages.length) {
    return scope;
  }
  const fields = fieldsOf(componentsOf(asked), hiddenFields);
  const others = Object.keys(answerShapes(componentsOf(stages))).filter((id) => !Object.hasOwn(fields, id));
  const advice = others.map((id) => [
    `fields.${id}`,
    `read it where it is saved, such as {{context.user.user_metadata.${id}}}`,
  ]);
  return { ...scope, roots: { ...scope.roots, fields }, advice: { ...scope.advice, ...Object.fromEntries(advice) } };
}

function componentsOf(stages: readonly Stage[]): readonly IdentifiedComponent[] {
  return stages.flatMap(({ components }) => components);
}

/** A stage, and those that one login can show before it. */
function askedBefore(stage: Stage, stages: readonly Stage[], stagesPerLogin: number): readonly Stage[] {
  const found = new Set([stage]);
  // Those that are added are looked at as well.
  for (const one of found) {
    const before = stagesPerLogin > 1 ? stages.slice(0, stages.indexOf(one)) : [];
    for (const other of [...before, ...stages.filter((from) => leadsTo(from, one))]) {
      found.add(other);
    }
  }
  return [...found];
}

function leadsTo({ components }: Stage, stage: Stage): boolean {
  return components.some(({ type, config }) => type === "JUMP_BUTTON" && config?.next_node === entryOf(stage));
}

/** What is none is told where the fields are checked. */
function hiddenKeys(fields: unknown): readonly string[] {
  return Array.isArray(fields) ? fields.map((field) => field?.key).filter((key) => typeof key === "string") : [];
}

function shapesOf(names: readonly string[]): { readonly [name: string]: Shape } {
  return Object.fromEntries(names.map((name) => [name, "any"]));
}
