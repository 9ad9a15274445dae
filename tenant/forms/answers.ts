import { FLOW_ACTION_NAMES } from "auth0-forms";
import type { Json } from "../documents/json";
import { isTooDeep, MAXIMUM_DEPTH } from "../documents/nesting";

/** What services outside would answer, so that flows that need them go on: the file of `--answers`. */
export interface Answers {
  readonly services: readonly ServiceAnswer[];
  /** By the action, as in `SLACK/POST_MESSAGE`. */
  readonly actions: ReadonlyMap<string, ActionAnswer>;
}

/** The answer to a request; the first that fits is taken. */
export interface ServiceAnswer {
  /** @default - any */
  readonly method?: string;
  /** `*` stands for any text; the query is looked at only where the pattern has one. */
  readonly url: string;
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Json;
}

/** What an action gives, or why it fails; it is not run then. */
export type ActionAnswer = { readonly output: Json } | { readonly error: string };

export const NO_ANSWERS: Answers = { services: [], actions: new Map() };

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/** All but the condition, whose branches are run. */
const ACTIONS = Object.entries(FLOW_ACTION_NAMES)
  .flatMap(([type, names]) => names.map((name) => `${type}/${name}`))
  .filter((name) => name !== "FLOW/BOOLEAN_CONDITION");
const SERVICE_KEYS = ["method", "url", "status", "headers", "body"];
const ACTION_KEYS = ["action", "output", "error"];

type Entry = { readonly [key: string]: Json };

/**
 * Reads what the file says.
 *
 * @returns all that is wrong with it, each `[where] what, got value; what to do`, where anything is
 */
export function readAnswers(file: Json): Answers | { readonly problems: readonly string[] } {
  if (!Array.isArray(file)) {
    return { problems: [`[$] must be a list of answers, got ${shown(file)}; begin it with "["`] };
  }
  const problems: string[] = [];
  const services: ServiceAnswer[] = [];
  const actions = new Map<string, ActionAnswer>();
  file.forEach((entry, index) => {
    const at = `$[${index}]`;
    const tell = (key: string, problem: string): void => void problems.push(`[${at}${key}] ${problem}`);
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
      tell("", `must be an object, got ${shown(entry)}; write {"url": …} or {"action": …}`);
    } else if ("action" in entry === "url" in entry) {
      tell("", `must have either "url" or "action", got ${shown(Object.keys(entry))}; say what it answers`);
    } else if (isTooDeep(entry)) {
      tell("", `is nested deeper than ${MAXIMUM_DEPTH} levels; make it flatter`);
    } else if ("action" in entry) {
      const answer = actionAnswer(entry, tell);
      if (actions.has(answer.action)) {
        tell(".action", `is answered twice, ${shown(answer.action)}; leave one out`);
      }
      actions.set(answer.action, answer.outcome);
    } else {
      services.push(serviceAnswer(entry, tell));
    }
  });
  return problems.length > 0 ? { problems } : { services, actions };
}

type Tell = (key: string, problem: string) => void;

function actionAnswer(entry: Entry, tell: Tell): { readonly action: string; readonly outcome: ActionAnswer } {
  const { action, output = null, error } = entry;
  knowsOnly(entry, ACTION_KEYS, tell);
  if (typeof action !== "string" || !ACTIONS.includes(action)) {
    tell(
      ".action",
      `must be an action of a flow, got ${shown(action)}; write its type and name, as in "SLACK/POST_MESSAGE"`,
    );
  }
  if ("output" in entry === "error" in entry) {
    tell("", `must have either "output" or "error"; say what the action gives, or why it fails`);
  }
  if (error !== undefined && typeof error !== "string") {
    tell(".error", `must be a text, got ${shown(error)}; say why the action fails`);
  }
  return { action: String(action), outcome: "error" in entry ? { error: String(error) } : { output } };
}

function serviceAnswer(entry: Entry, tell: Tell): ServiceAnswer {
  const { method, url, status = 200, headers = {}, body = null } = entry;
  knowsOnly(entry, SERVICE_KEYS, tell);
  if (method !== undefined && !METHODS.includes(method as string)) {
    tell(".method", `must be one of ${METHODS.join(", ")}, got ${shown(method)}; leave it out for any`);
  }
  if (typeof url !== "string" || !/^https?:\/\/[^/]/.test(url)) {
    tell(
      ".url",
      `must be a pattern of an address, got ${shown(url)}; write one as in "https://api.example.com/people/*"`,
    );
  }
  if (typeof status !== "number" || !Number.isInteger(status) || status < 100 || status > 599) {
    tell(".status", `must be a whole number from 100 to 599, got ${shown(status)}; leave it out for 200`);
  }
  const isObject = typeof headers === "object" && headers !== null && !Array.isArray(headers);
  if (!isObject || Object.values(headers).some((value) => typeof value !== "string")) {
    tell(".headers", `must be an object of texts, got ${shown(headers)}; write {"content-type": "text/plain"}`);
  }
  return {
    ...(method !== undefined && { method: method as string }),
    url: url as string,
    status: status as number,
    headers: headers as { readonly [name: string]: string },
    body,
  };
}

function knowsOnly(entry: Entry, keys: readonly string[], tell: Tell): void {
  for (const key of Object.keys(entry)) {
    if (!keys.includes(key)) {
      tell(`.${key}`, `is not known; there are ${keys.join(", ")}`);
    }
  }
}

/** Values of the file may be secrets of somebody: long ones are not repeated. */
function shown(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
