import type { Json } from "../documents/json";
import type { Scope, Value } from "./expression";
import { ExpressionBudget } from "./expression-budget";
import { helperFunctions } from "./helper-functions";
import type { LocalizedForm } from "./localized-form";

/** What the expressions of a form and of its flows can refer to: `context`, `fields`, `vars`, in flows `actions` too. */
export function formScope(
  form: LocalizedForm,
  variables: Readonly<Record<string, Value>>,
  clock: () => Date,
  mask: (value: Json) => Json = (value) => value,
  budget = new ExpressionBudget(),
): Scope {
  return {
    variables,
    functions: helperFunctions(clock, mask, budget),
    message: (key) => form.customMessage(key),
    budget,
  };
}

/** A context as the expressions see it: plain JSON, and for a user without metadata an empty one. */
export function contextVariable(context: object): { [key: string]: Json } {
  const copy: { [key: string]: Json } = JSON.parse(JSON.stringify(context));
  const { user } = copy;
  if (typeof user !== "object" || user === null || Array.isArray(user)) {
    return copy;
  }
  return { ...copy, user: { user_metadata: {}, app_metadata: {}, ...user } };
}
