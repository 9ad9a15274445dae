import { ENDING } from "auth0-forms";
import { objectOf } from "../json-value";
import type { Profiling } from "../profiling";
import {
  afterAsking,
  afterWait,
  askingOf,
  type ShownStages,
  varsOf,
  type Wait,
  waitsText,
  waitUntilAsked,
} from "./asking";
import { holds } from "./conditions";
import type { Cause, Doubt, Stuck } from "./doubt";
import { afterFlow, type Metadata } from "./flow-writes";
import { type FormComponent, type FormNode, fieldsOf, nodeOf, type RouterNode, type StepNode } from "./form-graph";
import type { Told } from "./schedule";
import { atNextLogin, stateText, type UserState } from "./user-state";

/** Which fields a person answers. */
export type Answering = "every field" | "required fields";

/** What one login asks. */
export interface Login {
  /** Ids of the steps that are shown, first to last. */
  readonly steps: readonly string[];
  /** Why it can not be told how it goes on from here. */
  readonly doubt?: Cause;
  /** Why the person gets no further. */
  readonly stuck?: Stuck;
  /** Whether the form is opened. */
  readonly isOpened: boolean;
  /** Of which all is erased. */
  readonly erases?: Metadata;
  /** What passes before, where people are not asked at once. */
  readonly wait?: Wait;
  readonly user: UserState;
}

/** How often one node may be passed in a login: flows may change what routers ask, but not for ever. */
const MOST_PASSES = 25;
/** Logins of one person: a form that asks longer asks for ever, or nearly. */
const MOST_LOGINS = 30;

/** Logins one after the other, until one asks nothing or it is clear how they go on. */
export interface Logins {
  readonly logins: readonly Login[];
  /** Index of the login from which on they repeat themselves, where they do. */
  readonly repeatsFrom?: number;
}

export function loginsOf(
  profiling: Profiling | undefined,
  first: UserState,
  answering: Answering = "every field",
): Logins {
  const logins: Login[] = [];
  const states: string[] = [];
  let user = first;
  while (logins.length < MOST_LOGINS) {
    const login = nextLogin(profiling, user, answering);
    logins.push(login);
    if (login.doubt !== undefined || login.stuck !== undefined || login.steps.length === 0) {
      return { logins };
    }
    states.push(stateOf(profiling, user));
    const repeatsFrom = states.indexOf(stateOf(profiling, login.user));
    if (repeatsFrom !== -1) {
      return { logins, repeatsFrom };
    }
    user = login.user;
  }
  return { logins };
}

/** What a login depends on, and what people still wait for. */
function stateOf(profiling: Profiling | undefined, user: UserState): string {
  return stateText(user) + (profiling === undefined ? "" : waitsText(profiling, user));
}

/** The next login that asks anything, of somebody who logs in often. */
function nextLogin(profiling: Profiling | undefined, user: UserState, answering: Answering): Login {
  const wait = profiling === undefined ? undefined : waitUntilAsked(profiling, user);
  if (wait === undefined || (wait.logins === 0 && wait.minutes === 0)) {
    return loginOf(profiling, user, answering);
  }
  return { ...loginOf(profiling, { ...user, past: afterWait(user.past, wait) }, answering), wait };
}

/** One login, as it is at once. */
export function loginOf(
  profiling: Profiling | undefined,
  user: UserState,
  answering: Answering = "every field",
): Login {
  if (profiling === undefined) {
    return { steps: [], isOpened: false, user };
  }
  const asking = askingOf(profiling, user);
  if (!asking.isOpened) {
    return { steps: [], isOpened: false, user };
  }
  if ("doubt" in asking) {
    return { steps: [], doubt: asking.doubt, isOpened: true, user };
  }
  return new Walk(profiling, answering, user, asking.stages).login();
}

/** Where a node leads to, or why it does not go on there. */
type Passage = { readonly to?: string } | Halt;
type Halt = { readonly doubt: Cause } | { readonly stuck: Stuck };

/** The way of one login through the form. */
class Walk {
  private readonly steps: string[] = [];
  private erases: Metadata | undefined;
  /** What the Action tells the form. */
  private readonly vars: ReturnType<typeof varsOf>;

  constructor(
    private readonly profiling: Profiling,
    private readonly answering: Answering,
    private user: UserState,
    private readonly shown: ShownStages,
  ) {
    this.vars = varsOf(shown);
  }

  login(): Login {
    const outcome = this.outcome();
    const user = Object.keys(outcome).length > 0 ? this.user : afterAsking(this.profiling, this.shown.ids, this.user);
    return { ...outcome, steps: this.steps, isOpened: true, erases: this.erases, user: atNextLogin(user) };
  }

  /** Goes from node to node, to the ending or to where it does not go on. */
  private outcome(): Partial<Halt> {
    const { graph } = this.profiling;
    if (!graph.isKnown) {
      return { doubt: { what: "nodes" } };
    }
    const states = new Map<string, Set<string>>();
    let pointer = graph.start;
    let last: string | undefined;
    while (pointer !== ENDING) {
      const node = nodeOf(graph, pointer);
      if (node === undefined) {
        return { stuck: { what: "leads-nowhere", node: last, to: pointer } };
      }
      last = node.alias;
      const seen = states.get(node.id) ?? new Set();
      const state = stateText(this.user);
      if (seen.has(state)) {
        return { stuck: { what: "circle", node: node.alias } };
      }
      if (seen.size === MOST_PASSES) {
        return { stuck: { what: "endless", node: node.alias } };
      }
      states.set(node.id, seen.add(state));
      const next = this.passed(node);
      if ("stuck" in next || "doubt" in next) {
        return next;
      }
      pointer = next.to;
    }
    return this.ended();
  }

  private passed(node: FormNode): Passage {
    switch (node.type) {
      case "ROUTER":
        return this.routed(node);
      case "STEP": {
        this.steps.push(node.id);
        const reason = cannotBeLeft(node);
        this.answer(node);
        return reason ?? { to: node.next };
      }
      case "FLOW": {
        const stuck = this.run(node.flowId);
        return stuck === undefined ? { to: node.next } : { stuck };
      }
      case "UNKNOWN":
        return { doubt: { what: "node-type", node: node.alias, type: node.name } };
    }
  }

  private routed(router: RouterNode): Passage {
    for (const { condition, told, next } of router.rules) {
      const decided = told === undefined ? holds(condition, this.user) : this.isTold(told);
      if (typeof decided === "object") {
        return { doubt: decided.because };
      }
      if (decided) {
        return { to: next };
      }
    }
    return { to: router.fallback };
  }

  private isTold({ variable, stage }: Told): boolean | Doubt {
    const told = this.vars.get(variable);
    return typeof told === "object" ? told : told === stage;
  }

  private answer(step: StepNode): void {
    const answered = fieldsOf(step)
      .filter(({ isRequired }) => isRequired || this.answering === "every field")
      .map(({ id }) => id);
    this.user = { ...this.user, answered: new Set([...this.user.answered, ...answered]) };
  }

  private run(flowId: string | undefined): Stuck | undefined {
    const flow = this.profiling.flows.get(flowId ?? "");
    const { user, erases, failure } = afterFlow(flow, flowId, this.user);
    this.user = user;
    this.erases ??= erases;
    return failure;
  }

  private ended(): Partial<Halt> {
    const { flowId, resumesLogin } = this.profiling.graph.ending;
    const stuck = flowId === undefined ? undefined : this.run(flowId);
    // Wherever it leads to, the login is left behind.
    return stuck === undefined && resumesLogin ? {} : { stuck: stuck ?? { what: "no-resume" } };
  }
}

function cannotBeLeft({ alias, components }: StepNode): Halt | undefined {
  const field = components.find((one) => one.isRequired && takesNoAnswer(one));
  if (field !== undefined) {
    return { stuck: { what: "no-answer-fits", step: alias, field: field.id } };
  }
  if (components.some(({ type }) => type === "NEXT_BUTTON")) {
    return undefined;
  }
  // Their own code may go on, or a button leads elsewhere.
  const leaves = components.some(
    ({ type, category }) => ["JUMP_BUTTON", "CUSTOM", "PAYMENT"].includes(type) || category === "WIDGET",
  );
  return leaves ? { doubt: { what: "leaving", step: alias } } : { stuck: { what: "no-next-button", step: alias } };
}

/** Whether its limits leave nothing, or there is nothing to choose from. */
function takesNoAnswer({ type, config }: FormComponent): boolean {
  const { min_length, max_length, min_value, max_value, allow_other } = config;
  const options = config.options ?? [];
  const isChoice = ["CARDS", "CHOICE", "DROPDOWN"].includes(type) && objectOf(allow_other).enabled !== true;
  return (
    isAbove(min_length, max_length) ||
    isAbove(min_value, max_value) ||
    (isChoice && Array.isArray(options) && options.length === 0)
  );
}

/** Auth0 gives `null` where there is no limit. */
function isAbove(fewest: unknown, most: unknown): boolean {
  return typeof fewest === "number" && typeof most === "number" && fewest > most;
}
