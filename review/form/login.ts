import { codeSpan } from "../markdown/markdown-text";
import type { Profiling } from "../profiling";
import { holds } from "./conditions";
import { afterFlow, type FlowResult } from "./flow-writes";
import { ENDING, type FormGraph, fieldsOf, formGraph, nodeOf, type RouterNode, type StepNode } from "./form-graph";
import { atNextLogin, type Doubt, isMissing, metadataAt, stateText, type UserState } from "./user-state";

/** Which fields a person answers. */
export type Answering = "every field" | "required fields";

/** What one login asks. */
export interface Login {
  /** Ids of the steps that are shown, first to last. */
  readonly steps: readonly string[];
  /** Markdown: why it can not be told how it goes on from here. */
  readonly doubt?: string;
  /** Markdown: why the person gets no further. */
  readonly stuck?: string;
  /** Whether the form is opened. */
  readonly isOpened: boolean;
  readonly erases: boolean;
  readonly user: UserState;
}

/** Nodes in one login: more than any form has on one way. */
const MOST_NODES = 500;
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
  const graph = profiling && formGraph(profiling.form);
  const logins: Login[] = [];
  const states: string[] = [];
  let user = first;
  while (logins.length < MOST_LOGINS) {
    const login = loginOf(profiling, user, { graph, answering });
    logins.push(login);
    if (login.doubt !== undefined || login.stuck !== undefined || login.steps.length === 0) {
      return { logins };
    }
    states.push(stateText(user));
    const repeatsFrom = states.indexOf(stateText(login.user));
    if (repeatsFrom !== -1) {
      return { logins, repeatsFrom };
    }
    user = login.user;
  }
  return { logins };
}

export interface LoginOptions {
  /** Of the profiling's form, where the caller has it. */
  readonly graph?: FormGraph;
  /** @default "every field" */
  readonly answering?: Answering;
}

export function loginOf(profiling: Profiling | undefined, user: UserState, options: LoginOptions = {}): Login {
  const { graph, answering = "every field" } = options;
  if (profiling === undefined) {
    return { steps: [], isOpened: false, erases: false, user };
  }
  const opened = isOpened(profiling, user);
  if (opened === false) {
    return { steps: [], isOpened: false, erases: false, user };
  }
  if (opened !== true) {
    return { steps: [], doubt: opened.because, isOpened: true, erases: false, user };
  }
  return new Walk(profiling, graph ?? formGraph(profiling.form), answering, user).login();
}

/** Whether the Action shows the form. */
function isOpened({ action, isActionUnknown }: Profiling, user: UserState): boolean | Doubt {
  if (isActionUnknown) {
    return true;
  }
  if (action === undefined || !action.isBound) {
    return false;
  }
  const { metadataKeys } = action;
  if (metadataKeys === undefined) {
    return true;
  }
  const missing = metadataKeys.map((key) => isMissing(metadataAt(user, [key])));
  if (missing.includes(true)) {
    return true;
  }
  return missing.find((result) => typeof result === "object") ?? false;
}

/** The way of one login through the form. */
class Walk {
  private readonly steps: string[] = [];
  private erases = false;

  constructor(
    readonly profiling: Profiling,
    readonly graph: FormGraph,
    readonly answering: Answering,
    private user: UserState,
  ) {}

  login(): Login {
    if (!this.graph.isKnown) {
      return this.end({ doubt: "the nodes of the form" });
    }
    const passed = new Set<string>();
    let pointer = this.graph.start;
    let place = "the start";
    while (passed.size < MOST_NODES) {
      if (pointer === ENDING) {
        return this.ended();
      }
      const node = nodeOf(this.graph, pointer);
      if (node === undefined) {
        return this.end({ stuck: leadsNowhere(place, pointer) });
      }
      place = codeSpan(node.alias);
      const state = JSON.stringify([node.id, stateText(this.user)]);
      if (passed.has(state)) {
        return this.end({ stuck: `the form goes round in circles through ${place}` });
      }
      passed.add(state);
      if (node.type === "UNKNOWN") {
        return this.end({ doubt: `${place}, a node of the type ${codeSpan(node.name)}` });
      }
      if (node.type === "ROUTER") {
        const routed = this.routed(node);
        if (typeof routed === "object") {
          return this.end({ doubt: routed.because });
        }
        pointer = routed;
        continue;
      }
      if (node.type === "STEP") {
        this.steps.push(node.id);
        const reason = cannotBeLeft(node);
        if (reason !== undefined) {
          return this.end(reason);
        }
        this.answer(node);
      } else {
        const failure = this.run(node.flowId);
        if (failure !== undefined) {
          return this.end({ stuck: failure });
        }
      }
      pointer = node.next;
    }
    return this.end({ stuck: `the form goes on without end from ${place}` });
  }

  private routed(router: RouterNode): string | undefined | Doubt {
    for (const { condition, next } of router.rules) {
      const decided = holds(condition, this.user);
      if (typeof decided === "object") {
        return decided;
      }
      if (decided) {
        return next;
      }
    }
    return router.fallback;
  }

  private answer(step: StepNode): void {
    const answered = fieldsOf(step)
      .filter(({ isRequired }) => isRequired || this.answering === "every field")
      .map(({ id }) => id);
    this.user = { ...this.user, answered: new Set([...this.user.answered, ...answered]) };
  }

  private run(flowId: string | undefined): string | undefined {
    const flow = flowId === undefined ? undefined : this.profiling.flows.get(flowId);
    const result: FlowResult = afterFlow(flow, flowId, this.user);
    this.user = result.user;
    this.erases ||= result.erases === true;
    return result.failure;
  }

  private ended(): Login {
    const { flowId, resumesLogin } = this.graph.ending;
    const failure = flowId === undefined ? undefined : this.run(flowId);
    if (failure !== undefined) {
      return this.end({ stuck: failure });
    }
    // Wherever it leads to, the login is left behind.
    if (!resumesLogin) {
      return this.end({ stuck: "the ending of the form does not resume the login" });
    }
    return this.end({});
  }

  private end(outcome: { readonly doubt?: string; readonly stuck?: string }): Login {
    return { ...outcome, steps: this.steps, isOpened: true, erases: this.erases, user: atNextLogin(this.user) };
  }
}

function cannotBeLeft({
  alias,
  components,
}: StepNode): { readonly stuck: string } | { readonly doubt: string } | undefined {
  if (components.some(({ type }) => type === "NEXT_BUTTON")) {
    return undefined;
  }
  const place = codeSpan(alias);
  // Their own code may go on, or a button leads elsewhere.
  const leaves = components.some(
    ({ type, category }) => ["JUMP_BUTTON", "CUSTOM", "PAYMENT"].includes(type) || category === "WIDGET",
  );
  return leaves
    ? { doubt: `what people do in ${place}, which has no next button` }
    : { stuck: `${place} has no next button` };
}

function leadsNowhere(place: string, pointer: string | undefined): string {
  return pointer === undefined
    ? `${place} leads nowhere`
    : `${place} leads to ${codeSpan(pointer)}, which is not there`;
}
