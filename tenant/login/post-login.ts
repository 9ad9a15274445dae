import type { Json as ActionJson, Command } from "../actions/command";
import { runAction } from "../actions/run-action";
import type { Action, ActionVersion } from "../documents/action";
import { clockAhead } from "../documents/clock";
import { actionsIn, actionVersionsIn, formsIn, triggerBindingsIn } from "../documents/collections";
import type { Json } from "../documents/json";
import type { Store } from "../documents/store";
import type { User } from "../documents/user";
import type { Journey } from "../forms/journey";
import type { Services } from "../management/family";
import { type Login, postLoginEvent } from "./login-event";
import { keepLogin, loginsIn, type RanAction } from "./login-log";
import { setMetadata } from "./users";

type Claims = Readonly<Record<string, ActionJson>>;
export type Render = Extract<Command, { type: "render" }>;

/** How far a login has come in the Actions of the post-login trigger. Plain JSON, to be kept while a form is shown. */
export interface PostLoginState {
  /** Of the `LoginRecord` that tells of it. */
  readonly recordId: string;
  /** The Actions that were bound when the login began, in order. */
  readonly actionIds: readonly string[];
  /** Of the Action that runs or that has rendered. */
  readonly index: number;
  /** As it was when the login began, with what Actions have set: what a form writes is not in it, as at Auth0. */
  readonly user: User;
  readonly idTokenClaims: Claims;
  readonly accessTokenClaims: Claims;
  readonly addedScopes: readonly string[];
  readonly removedScopes: readonly string[];
  readonly transactionMetadata: Readonly<Record<string, string | number | boolean>>;
  readonly render?: Render;
  readonly journey?: Journey;
}

/** What an Action or the last of them has led to. */
export type PostLoginResult =
  | { readonly at: "done"; readonly state: PostLoginState }
  | { readonly at: "form"; readonly state: PostLoginState & { readonly render: Render } }
  | { readonly at: "denied"; readonly code: string; readonly reason: string }
  | { readonly at: "failed"; readonly action: string; readonly error: string };

/** For all Actions of a login together, once before and once after each form. */
const BUDGET_MILLISECONDS = 20_000;

/** The Actions that the post-login trigger runs now. */
export function startState(store: Store, user: User, recordId: string): PostLoginState {
  const bindings = triggerBindingsIn(store).get("post-login")?.bindings ?? [];
  return {
    recordId,
    actionIds: bindings.map(({ action_id }) => action_id),
    index: 0,
    user,
    idTokenClaims: {},
    accessTokenClaims: {},
    addedScopes: [],
    removedScopes: [],
    transactionMetadata: {},
  };
}

/** Runs the Actions from the one at which the state stands, to a form, to a refusal or to their end. */
export async function runPostLogin(services: Services, login: Login, start: PostLoginState): Promise<PostLoginResult> {
  const { store } = services;
  let budget = BUDGET_MILLISECONDS;
  let state = start;
  // An Action that has rendered goes on where its form has ended.
  let handler: RanAction["handler"] = state.render === undefined ? "onExecutePostLogin" : "onContinuePostLogin";
  for (; state.index < state.actionIds.length; state = { ...state, index: state.index + 1 }) {
    const action = actionsIn(store).get(state.actionIds[state.index] ?? "");
    const version = actionVersionsIn(store).get(action?.deployed_version_id ?? "");
    // Who deletes an Action under a running login takes it out of that login too.
    if (action === undefined || version === undefined) {
      state = withoutForm(state);
      handler = "onExecutePostLogin";
      continue;
    }
    const result = await run(services, login, state, { action, version, handler, budget });
    budget -= result.milliseconds;
    if ("error" in result) {
      return { at: "failed", action: action.name, error: result.error };
    }
    state = await carriedOut(services, withoutForm(state), result.commands);
    const deny = result.commands.find((command) => command.type === "deny");
    if (deny !== undefined) {
      return { at: "denied", code: deny.code, reason: deny.reason };
    }
    const render = result.commands.find((command) => command.type === "render");
    if (render !== undefined) {
      return { at: "form", state: { ...state, render } };
    }
    handler = "onExecutePostLogin";
  }
  return { at: "done", state };
}

function withoutForm({ render, journey, ...state }: PostLoginState): PostLoginState {
  return state;
}

type Ran = { readonly milliseconds: number } & ({ readonly commands: readonly Command[] } | { readonly error: string });

interface Step {
  readonly action: Action;
  readonly version: ActionVersion;
  readonly handler: RanAction["handler"];
  readonly budget: number;
}

async function run(
  { store, clock }: Services,
  login: Login,
  state: PostLoginState,
  { action, version, handler, budget }: Step,
): Promise<Ran> {
  const event = postLoginEvent({ ...login, user: state.user }, state.transactionMetadata);
  const prompt = state.journey && loadForms().promptOf(formsIn(store).get(state.journey.formId), state.journey);
  let began = clock();
  const result = await runAction({
    handler,
    code: version.code,
    secrets: Object.fromEntries(version.secrets.map(({ name, value }) => [name, value])),
    event: { ...event, ...(prompt !== undefined && { prompt }) },
    timeoutMilliseconds: Math.max(1, budget),
    begins: () => {
      began = clock();
    },
    clockAheadMilliseconds: clockAhead(),
  });
  const milliseconds = clock().getTime() - began.getTime();
  const error = result.ok ? undefined : result.error;
  const ran: RanAction = {
    action_id: action.id,
    name: action.name,
    handler,
    ran_at: began.toISOString(),
    milliseconds,
    console: result.console,
    commands: result.ok ? result.commands.map(({ type }) => type) : [],
    ...(error !== undefined && { error }),
  };
  const record = loginsIn(store).get(state.recordId);
  if (record !== undefined) {
    keepLogin(store, { ...record, actions: [...record.actions, ran], updated_at: clock().toISOString() });
  }
  return result.ok ? { milliseconds, commands: result.commands } : { milliseconds, error: result.error };
}

// Most logins, and all of machines, need none of what shows forms.
function loadForms(): typeof import("../forms/entrances") {
  return require("../forms/entrances");
}

/** What the commands of one Action make of the login; metadata are written at once. */
async function carriedOut(
  services: Services,
  start: PostLoginState,
  commands: readonly Command[],
): Promise<PostLoginState> {
  let state = start;
  for (const command of commands) {
    state = { ...state, ...(await changeBy(services, state, command)) };
  }
  return state;
}

async function changeBy(services: Services, state: PostLoginState, command: Command): Promise<Partial<PostLoginState>> {
  switch (command.type) {
    case "setUserMetadata":
    case "setAppMetadata": {
      const kind = command.type === "setUserMetadata" ? "user_metadata" : "app_metadata";
      await setMetadata(services, state.user.user_id, kind, command.key, command.value as Json);
      return { user: { ...state.user, [kind]: withValue(state.user[kind] ?? {}, command.key, command.value) } };
    }
    case "setIdTokenClaim":
      return { idTokenClaims: { ...state.idTokenClaims, [command.name]: command.value } };
    case "setAccessTokenClaim":
      return { accessTokenClaims: { ...state.accessTokenClaims, [command.name]: command.value } };
    case "addScope":
      return { addedScopes: [...state.addedScopes, command.scope] };
    case "removeScope":
      return { removedScopes: [...state.removedScopes, command.scope] };
    case "setTransactionMetadata":
      return { transactionMetadata: withValue(state.transactionMetadata, command.key, command.value) };
    case "deny":
    case "render":
      return {};
  }
}

/** A value of null removes the key. */
function withValue<T>(values: Readonly<Record<string, T>>, key: string, value: T | null): Record<string, T> {
  const { [key]: _, ...others } = values;
  return value === null ? others : { ...others, [key]: value };
}
