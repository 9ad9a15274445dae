import type { FlowActionParams, FlowActionType } from "auth0-forms";
import { isKnown } from "../checks";
import { checkFields, type FieldsOf, isObject, other } from "../fields";
import { Problems } from "../validation-error";
import { FAULTS } from "./component";
import { type Condition, grouped } from "./condition";

export interface FlowActionOptions {
  /**
   * Name in the dashboard's editor, at most 100 characters.
   *
   * @default - the id
   */
  readonly alias?: string;
  /**
   * Whether the flow goes on where the action fails.
   *
   * @default false
   */
  readonly allowFailure?: boolean;
  /**
   * Whether Auth0 keeps the action's output out of its logs of flow executions.
   *
   * @default false
   */
  readonly maskOutput?: boolean;
}

const OPTIONS: FieldsOf<FlowActionOptions> = { alias: other, allowFailure: other, maskOutput: other };

/**
 * One action of a flow, as Auth0's API takes it. A plain value: it is checked by the construct that gets it.
 *
 * What it gives is `{{actions.<id>.…}}` in the actions behind it.
 *
 * @see https://auth0.com/docs/customize/forms/flows/actions
 */
export interface FlowAction {
  readonly id: string;
  readonly type: string;
  readonly action: string;
  readonly alias?: string;
  readonly allow_failure?: boolean;
  readonly mask_output?: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  readonly [FAULTS]?: readonly string[];
}

/** Of Auth0's own actions these go through a Vault connection, which the construct has. */
const CONNECTED: ReadonlySet<string> = new Set(["CREATE_USER", "GET_USER", "UPDATE_USER", "SEND_REQUEST"]);
const OF_ONE_USER: ReadonlySet<string> = new Set(["GET_USER", "UPDATE_USER"]);

type LeftOut = "connection_id" | "user_id";
/** Params in which what the construct knows may be left out. */
type Params<Type, P> = Type extends "AUTH0" ? Omit<P, LeftOut & keyof P> & Partial<Pick<P, LeftOut & keyof P>> : P;

/**
 * Any action that Auth0 has, with its params as Auth0's API names them.
 *
 * Of an AUTH0 action `connection_id` may be left out: then it is the construct's Vault connection; and `user_id`: then it is
 * who logs in.
 *
 * @param id letters, digits and `_`, a letter first
 * @example flowAction("HTTP", "SEND_REQUEST", "tell_crm", { url: "https://crm.example.com/people", method: "POST" })
 */
export function flowAction<T extends keyof FlowActionType, A extends keyof FlowActionType[T] & string>(
  type: T,
  action: A,
  id: string,
  params: Params<T, FlowActionParams<T, A>>,
  options?: FlowActionOptions,
): FlowAction {
  return made(type, action, id, params as object, options);
}

function made(
  type: string,
  action: string,
  id: string,
  params: object = {},
  options: FlowActionOptions = {},
): FlowAction {
  const problems = new Problems();
  const given = checkFields<FlowActionOptions>("", options, OPTIONS, problems, "option");
  return {
    id,
    type,
    action,
    alias: given.alias,
    allow_failure: given.allowFailure ?? false,
    mask_output: given.maskOutput ?? false,
    params: params as Readonly<Record<string, unknown>>,
    ...(problems.all.length > 0 && { [FAULTS]: problems.all }),
  };
}

function of<T extends keyof FlowActionType, A extends keyof FlowActionType[T] & string>(type: T, action: A) {
  return (id: string, params: Params<T, FlowActionParams<T, A>>, options?: FlowActionOptions): FlowAction =>
    flowAction(type, action, id, params, options);
}

/**
 * Changes the user's profile: `{ changes: { user_metadata: { plan: "{{fields.plan}}" } } }`.
 *
 * @example updateUser("save", { changes: { user_metadata: { plan: "{{fields.plan}}" } } })
 */
export const updateUser = of("AUTH0", "UPDATE_USER");
/**
 * Reads the user: `{{actions.<id>.…}}` is the profile.
 *
 * @example getUser("user", {})
 */
export const getUser = of("AUTH0", "GET_USER");
/** @example createUser("invite", { payload: { connection: "staff", email: "{{fields.email}}" } }) */
export const createUser = of("AUTH0", "CREATE_USER");
/**
 * Calls the Management API: `{ pathname: "/roles", method: "GET" }`.
 *
 * @example sendManagementRequest("roles", { pathname: "/roles", method: "GET" })
 */
export const sendManagementRequest = of("AUTH0", "SEND_REQUEST");
/**
 * `{ to, subject, body, custom_vars: { code: "{{actions.generate.code}}" } }`; the body may use `{{custom_vars.code}}`.
 *
 * @example sendEmail("mail", { to: "{{context.user.email}}", subject: "Welcome", body: "<p>Hello</p>" })
 */
export const sendEmail = of("AUTH0", "SEND_EMAIL");
/** @example sendSms("sms", { to: "{{context.user.phone_number}}", message: "Hello" }) */
export const sendSms = of("AUTH0", "SEND_SMS");
/** @example makeCall("call", { to: "{{context.user.phone_number}}", message: "Hello" }) */
export const makeCall = of("AUTH0", "MAKE_CALL");
/**
 * `{ url, method, headers, payload }`, with `connection_id` where it needs a Vault connection.
 *
 * @example sendHttpRequest("tell_crm", { url: "https://crm.example.com/people", method: "POST" })
 */
export const sendHttpRequest = of("HTTP", "SEND_REQUEST");
/**
 * Makes a code of `length` digits (1 to 10) for a `reference`: `{{actions.<id>.code}}`.
 *
 * @example generateCode("code", { reference: "{{context.user.email}}", length: 6 })
 */
export const generateCode = of("OTP", "GENERATE_CODE");
/**
 * `{{actions.<id>.valid}}` is true where `code` is the one that was made for the `reference`.
 *
 * @example verifyCode("check", { reference: "{{context.user.email}}", code: "{{fields.typed}}" })
 */
export const verifyCode = of("OTP", "VERIFY_CODE");
/** @example verifyEmail("check", { email: "{{fields.email}}" }) */
export const verifyEmail = of("EMAIL", "VERIFY_EMAIL");
/**
 * Ends the flow: the person stays on the step, and reads the message (at most 2,048 characters).
 *
 * @example errorMessage("wrong", { message: "That is not the code." })
 */
export const errorMessage = of("FLOW", "ERROR_MESSAGE");
/**
 * `{{vars.<name>}}` from here on.
 *
 * @example storeVars("remember", { vars: { plan: "{{fields.plan}}" } })
 */
export const storeVars = of("FLOW", "STORE_VARS");
/**
 * `{{actions.<id>.result}}` is what the `input` has among the `cases`, or the `fallback`.
 *
 * @example mapValue("region", { input: "{{fields.country}}", cases: { DE: "eu", US: "us" }, fallback: "eu" })
 */
export const mapValue = of("FLOW", "MAP_VALUE");
/** @example returnJson("answer", { payload: { plan: "{{fields.plan}}" } }) */
export const returnJson = of("FLOW", "RETURN_JSON");
/**
 * Waits: `{ number: 2, units: "SECONDS" }`.
 *
 * @example delayFlow("wait", { number: 2, units: "SECONDS" })
 */
export const delayFlow = of("FLOW", "DELAY_FLOW");
/** @example doNothing("nothing") */
export const doNothing = (id: string, options?: FlowActionOptions): FlowAction =>
  flowAction("FLOW", "DO_NOTHING", id, {}, options);
/** @example createJson("person", { object: { name: "{{fields.name}}" } }) */
export const createJson = of("JSON", "CREATE_JSON");
/** @example parseJson("answer", { json: "{{actions.ask.body}}" }) */
export const parseJson = of("JSON", "PARSE_JSON");
/** @example serializeJson("text", { object: { name: "{{fields.name}}" } }) */
export const serializeJson = of("JSON", "SERIALIZE_JSON");
/** @example decodeJwt("claims", { token: "{{vars.token}}" }) */
export const decodeJwt = of("JWT", "DECODE_JWT");
/** @example signJwt("token", { connection_id: "ac_…", payload: { plan: "{{fields.plan}}" } }) */
export const signJwt = of("JWT", "SIGN_JWT");
/** @example verifyJwt("claims", { connection_id: "ac_…", token: "{{vars.token}}" }) */
export const verifyJwt = of("JWT", "VERIFY_JWT");

export interface BooleanConditionParams {
  readonly if: Condition;
  /** What runs where the condition holds. */
  readonly then?: readonly FlowAction[];
  /** What runs otherwise. */
  readonly else?: readonly FlowAction[];
}

/**
 * Goes one way or the other: `booleanCondition("is_valid", { if: isEqualTo("actions.verify.valid", true), else: [errorMessage(…)] })`.
 *
 * @example
 * ```ts
 * booleanCondition("is_right", {
 *   if: isEqualTo("actions.check.valid", true),
 *   else: [errorMessage("wrong", { message: "That is not the code." })],
 * })
 * ```
 */
export function booleanCondition(id: string, params: BooleanConditionParams, options?: FlowActionOptions): FlowAction {
  const condition = params?.if && grouped(params.if);
  return made("FLOW", "BOOLEAN_CONDITION", id, { ...params, if: condition }, options);
}

/**
 * An action as the Forms API takes it, where no other function can say it.
 *
 * @example rawAction({ id: "wait", type: "FLOW", action: "DELAY_FLOW", params: { number: 2, units: "SECONDS" } })
 */
export function rawAction(action: FlowAction): FlowAction {
  return action;
}

/** The actions, and those within them. */
export function allActions(actions: readonly FlowAction[]): readonly FlowAction[] {
  return actions.flatMap((action) => [action, ...waysOf(action).flatMap(([, way]) => allActions(way))]);
}

/** Names of what the actions keep in `vars`; undefined where they are not known. */
export function storedVars(actions: readonly FlowAction[]): readonly string[] | undefined {
  const kept = allActions(actions)
    .filter(({ action }) => action === "STORE_VARS")
    .map(({ params }) => params.vars);
  return kept.every((vars) => isKnown(vars) && isObject(vars))
    ? kept.flatMap((vars) => Object.keys(vars as object))
    : undefined;
}

/** Whether an action is left that the construct's Vault connection has to be given to. */
export function needsConnection(actions: readonly FlowAction[]): boolean {
  return allActions(actions).some((action) => isConnected(action) && action.params?.connection_id === undefined);
}

/** The actions with what the construct knows: its Vault connection, and who logs in. */
export function connected(actions: readonly FlowAction[], connectionId: string | undefined): readonly FlowAction[] {
  return actions.map((action) => {
    // What has none is refused, or is to stay as it is in a tenant.
    if (action.params === undefined) {
      return action;
    }
    const ways = waysOf(action).map(([name, way]) => [name, connected(way, connectionId)]);
    const { connection_id = connectionId, user_id = "{{context.user.user_id}}" } = action.params;
    const params = {
      ...action.params,
      ...(isConnected(action) && { connection_id }),
      ...(action.type === "AUTH0" && OF_ONE_USER.has(action.action) && { user_id }),
      ...Object.fromEntries(ways),
    };
    return { ...action, params };
  });
}

function isConnected({ type, action }: FlowAction): boolean {
  return type === "AUTH0" && CONNECTED.has(action);
}

function waysOf({ params }: FlowAction): readonly (readonly [string, readonly FlowAction[]])[] {
  return ["then", "else"].flatMap((name) => {
    const way: unknown = params?.[name];
    return Array.isArray(way) ? [[name, way as readonly FlowAction[]] as const] : [];
  });
}
