import { textOf } from "../interpolation";
import { objectParam, requiredParam } from "./params";
import type { RunAction } from "./run-action";

/**
 * Actions without a service. FLOW/BOOLEAN_CONDITION holds other actions and is run with them.
 *
 * @see https://auth0.com/docs/customize/forms/flows/integrations/logic
 */
export const FLOW_ACTIONS: Readonly<Record<string, RunAction>> = {
  DO_NOTHING: () => ({ output: {} }),
  ERROR_MESSAGE: ({ params }) => {
    const message = textOf(params.message);
    return { output: { message }, stop: { message } };
  },
  MAP_VALUE: ({ params }) => {
    const input = textOf(requiredParam(params, "input"));
    const cases = params.cases === undefined ? {} : objectParam(params, "cases");
    return { output: { result: (Object.hasOwn(cases, input) ? cases[input] : params.fallback) ?? null } };
  },
  // Auth0 does not document whether the flow goes on behind it; its name says that it returns.
  RETURN_JSON: ({ params }) => ({ output: requiredParam(params, "payload"), stop: {} }),
  STORE_VARS: ({ params, memory }) => ({
    output: {},
    memory: { ...memory, vars: { ...memory.vars, ...objectParam(params, "vars") } },
  }),
};
