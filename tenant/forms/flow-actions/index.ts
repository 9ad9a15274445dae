import type { FlowAction } from "auth0-forms";
import type { ActionAnswer } from "../answers";
import type { Outside } from "../outside";
import { AUTH0_ACTIONS } from "./auth0";
import { EMAIL_ACTIONS } from "./email";
import { FlowActionError } from "./flow-action-error";
import { HTTP_ACTIONS } from "./http";
import { JSON_ACTIONS } from "./json";
import { JWT_ACTIONS } from "./jwt";
import { FLOW_ACTIONS } from "./logic";
import { NOTIFICATION_ACTIONS, NOTIFICATION_TEMPLATES } from "./notifications";
import { OTP_ACTIONS } from "./one-time-password";
import type { ActionOutcome, RunAction } from "./run-action";
import { XML_ACTIONS } from "./xml";

const BY_TYPE: ReadonlyMap<string, Readonly<Record<string, RunAction>>> = new Map([
  ["AUTH0", { ...AUTH0_ACTIONS, ...NOTIFICATION_ACTIONS }],
  ["EMAIL", EMAIL_ACTIONS],
  ["FLOW", FLOW_ACTIONS],
  ["HTTP", HTTP_ACTIONS],
  ["JSON", JSON_ACTIONS],
  ["JWT", JWT_ACTIONS],
  ["OTP", OTP_ACTIONS],
  ["XML", XML_ACTIONS],
]);

/** Whether the tenant runs an action by itself; for all others it needs an answer from the file. */
export function isRun(type: string, action: string): boolean {
  return Object.hasOwn(BY_TYPE.get(type) ?? {}, action);
}

/**
 * How an action is run: by the answer that the file has for it, or by itself.
 *
 * @throws FlowActionError for one that needs a service which nobody answers for
 */
export function runnerOf({ type, action }: FlowAction, outside: Outside): RunAction {
  const name = `${type}/${action}`;
  const answer = outside.outcome(name);
  if (answer !== undefined) {
    return () => answered(answer);
  }
  const run = isRun(type, action) ? BY_TYPE.get(type)?.[action] : undefined;
  if (run === undefined) {
    throw new FlowActionError(
      `the local tenant does not run ${name}; a file can answer for it, --answers FILE with {"action": "${name}", "output": {…}}`,
    );
  }
  return run;
}

function answered(answer: ActionAnswer): ActionOutcome {
  if ("error" in answer) {
    throw new FlowActionError(answer.error);
  }
  return { output: answer.output };
}

/** The parameters that are templates of the action's own, and not expressions of the flow. */
export function templatesOf({ type, action }: FlowAction): readonly string[] {
  return type === "AUTH0" && Object.hasOwn(NOTIFICATION_TEMPLATES, action)
    ? (NOTIFICATION_TEMPLATES[action] ?? [])
    : [];
}
