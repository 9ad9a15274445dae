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
  const fields = { ...answerShapes(components), ...shapesOf(hiddenKeys(hiddenFields)) };
  return expressionScope(fields, {}, new Set(Object.keys(messages?.custom ?? {})));
}

const BY_ACTION = "let an Action of your own give it, by sourceFile";

/** What a stage's condition can read: the router stands before all that is asked, and before all flows. */
export function scopeAtRouter(
  scope: ExpressionScope,
  givenVars: readonly string[],
  { hiddenFields }: WhatIsRead,
): ExpressionScope {
  const fields = shapesOf(hiddenKeys(hiddenFields));
  return {
    ...scope,
    roots: { ...scope.roots, vars: shapesOf(givenVars), fields },
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

/** What is none is told where the fields are checked. */
function hiddenKeys(fields: unknown): readonly string[] {
  return Array.isArray(fields) ? fields.map((field) => field?.key).filter((key) => typeof key === "string") : [];
}

function shapesOf(names: readonly string[]): { readonly [name: string]: Shape } {
  return Object.fromEntries(names.map((name) => [name, "any"]));
}
