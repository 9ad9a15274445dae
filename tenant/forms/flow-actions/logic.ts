import { setTimeout } from "node:timers/promises";
import { textOf } from "../interpolation";
import { objectParam, requiredParam, textParam, wrong } from "./params";
import type { RunAction } from "./run-action";

const UNITS: Readonly<Record<string, number>> = { SECONDS: 1, MINUTES: 60, HOURS: 3600, DAYS: 86_400 };
/** A person waits meanwhile. */
const LONGEST_WAIT_SECONDS = 3;

/**
 * Actions without a service. FLOW/BOOLEAN_CONDITION holds other actions and is run with them.
 *
 * @see https://auth0.com/docs/customize/forms/flows/integrations/logic
 */
export const FLOW_ACTIONS: Readonly<Record<string, RunAction>> = {
  DELAY_FLOW: async ({ params }) => {
    const { units = "SECONDS" } = params;
    const number = typeof params.number === "number" ? params.number : Number(textParam(params, "number"));
    const unit = typeof units === "string" && Object.hasOwn(UNITS, units) ? UNITS[units] : undefined;
    if (unit === undefined) {
      throw wrong("units", `one of ${Object.keys(UNITS).join(", ")}`, units);
    }
    if (!(number >= 0)) {
      throw wrong("number", "a number of 0 or more", params.number);
    }
    const seconds = number * unit;
    await setTimeout(Math.min(seconds, LONGEST_WAIT_SECONDS) * 1000);
    return {
      output: {},
      ...(seconds > LONGEST_WAIT_SECONDS && {
        warning: `the local tenant waited ${LONGEST_WAIT_SECONDS} s of ${seconds} s`,
      }),
    };
  },
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
