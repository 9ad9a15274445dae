import type { FlowAction } from "auth0-forms";
import { AUTH0_ACTIONS } from "./auth0";
import { FlowActionError } from "./flow-action-error";
import { JSON_ACTIONS } from "./json";
import { FLOW_ACTIONS } from "./logic";
import { NOTIFICATION_ACTIONS, NOTIFICATION_TEMPLATES } from "./notifications";
import { OTP_ACTIONS } from "./one-time-password";
import type { RunAction } from "./run-action";

const BY_TYPE: ReadonlyMap<string, Readonly<Record<string, RunAction>>> = new Map([
  ["AUTH0", { ...AUTH0_ACTIONS, ...NOTIFICATION_ACTIONS }],
  ["FLOW", FLOW_ACTIONS],
  ["JSON", JSON_ACTIONS],
  ["OTP", OTP_ACTIONS],
]);

/** How an action is run. @throws FlowActionError for one that needs a service that the local tenant does not have */
export function runnerOf({ type, action }: FlowAction): RunAction {
  const actions = BY_TYPE.get(type) ?? {};
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (run === undefined) {
    throw new FlowActionError(`the local tenant does not run ${type}/${action}`);
  }
  return run;
}

/** The parameters that are templates of the action's own, and not expressions of the flow. */
export function templatesOf({ type, action }: FlowAction): readonly string[] {
  return type === "AUTH0" && Object.hasOwn(NOTIFICATION_TEMPLATES, action)
    ? (NOTIFICATION_TEMPLATES[action] ?? [])
    : [];
}
