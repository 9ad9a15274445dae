import { CREATE_FLOW } from "auth0-forms";
import { FAULTS } from "../lib/form/component";
import { checkAgainst, placeOf } from "../lib/form/component-checks";
import { type Condition, grouped } from "../lib/form/condition";
import { connected, type FlowAction } from "../lib/form/flow-action";
import type { Raw } from "./code";
import { camelCased } from "./component-code";
import { isSame, minimal } from "./equal";
import { Call, evaluated, isObject, type Source, type SourceObject } from "./source";

/** The functions that have a name of their own. */
const TYPED: Readonly<Record<string, string>> = {
  "AUTH0 UPDATE_USER": "updateUser",
  "AUTH0 GET_USER": "getUser",
  "AUTH0 CREATE_USER": "createUser",
  "AUTH0 SEND_REQUEST": "sendManagementRequest",
  "AUTH0 SEND_EMAIL": "sendEmail",
  "AUTH0 SEND_SMS": "sendSms",
  "AUTH0 MAKE_CALL": "makeCall",
  "HTTP SEND_REQUEST": "sendHttpRequest",
  "OTP GENERATE_CODE": "generateCode",
  "OTP VERIFY_CODE": "verifyCode",
  "EMAIL VERIFY_EMAIL": "verifyEmail",
  "FLOW BOOLEAN_CONDITION": "booleanCondition",
  "FLOW ERROR_MESSAGE": "errorMessage",
  "FLOW STORE_VARS": "storeVars",
  "FLOW MAP_VALUE": "mapValue",
  "FLOW RETURN_JSON": "returnJson",
  "FLOW DELAY_FLOW": "delayFlow",
  "FLOW DO_NOTHING": "doNothing",
  "JSON CREATE_JSON": "createJson",
  "JSON PARSE_JSON": "parseJson",
  "JSON SERIALIZE_JSON": "serializeJson",
  "JWT DECODE_JWT": "decodeJwt",
  "JWT SIGN_JWT": "signJwt",
  "JWT VERIFY_JWT": "verifyJwt",
};

/** The Vault connection that an action needs and a construct can give it; nothing where no action does. */
export function connectionOf(actions: readonly Source[]): Source | undefined {
  for (const action of actions) {
    const { type, params } = isObject(action) ? action : {};
    const { connection_id, then = [], else: otherwise = [] } = isObject(params) ? params : {};
    const inner = [then, otherwise].flatMap((way) => (Array.isArray(way) ? (way as readonly Source[]) : []));
    const found = (type === "AUTH0" ? connection_id : undefined) ?? connectionOf(inner);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/**
 * The call that makes an action, be it `rawAction`.
 *
 * @param connection Vault connection that the flow gives to its actions
 */
export function actionCode(action: SourceObject, connection: Source | undefined, raw: Raw[]): Source {
  const target = evaluated(action) as FlowAction;
  const problem = schemaProblem(target);
  const inner: Raw[] = [];
  const call = problem === undefined ? typedAction(action, connection, inner) : undefined;
  if (call !== undefined) {
    raw.push(...inner);
    return call;
  }
  raw.push({
    what: `action ${JSON.stringify(target.id)}`,
    why: problem ?? `${target.type} ${target.action} has what no option says, or lacks what every option gives`,
  });
  return new Call("rawAction", [action]);
}

function schemaProblem(action: FlowAction): string | undefined {
  let found: string | undefined;
  checkAgainst(CREATE_FLOW, { name: "flow", actions: [action] }, (path, problem) => {
    found ??= `${placeOf(path.slice(2))} ${problem}`;
  });
  return found;
}

function typedAction(action: SourceObject, connection: Source | undefined, raw: Raw[]): Source | undefined {
  const { id = "", type = "", action: name = "", params = {}, ...options } = action;
  if (!isObject(params)) {
    return undefined;
  }
  const helper = TYPED[`${String(type)} ${String(name)}`];
  const own = name === "BOOLEAN_CONDITION" ? wayParams(id, params, connection, raw) : params;
  if (own === undefined) {
    return undefined;
  }
  const target = evaluated(action);
  const connectionId = evaluated(connection) as string | undefined;
  const called = ({
    params: given,
    options: rest,
  }: {
    readonly params: SourceObject;
    readonly options: SourceObject;
  }) => {
    const tail = Object.keys(rest).length > 0 ? [rest] : [];
    if (helper === "doNothing") {
      return new Call(helper, [id, ...tail]);
    }
    return helper === undefined
      ? new Call("flowAction", [type, name, id, given, ...tail])
      : new Call(helper, [id, given, ...tail]);
  };
  const isGood = (parts: { readonly params: SourceObject; readonly options: SourceObject }) => {
    const made = evaluated(called(parts)) as FlowAction;
    return made[FAULTS] === undefined && isSame(connected([made], connectionId)[0], target);
  };
  const parts = { params: own, options: camelCased(options) };
  if (!isGood(parts)) {
    return undefined;
  }
  const known = Object.fromEntries(Object.entries(own).filter(([key]) => key === "connection_id" || key === "user_id"));
  const others = Object.fromEntries(Object.entries(own).filter(([key]) => !(key in known)));
  const kept = minimal(known, (left) => isGood({ ...parts, params: { ...left, ...others } }));
  const least = { ...parts, params: { ...kept, ...others } };
  return called({ ...least, options: minimal(parts.options, (left) => isGood({ ...least, options: left })) });
}

function wayParams(
  id: Source,
  params: SourceObject,
  connection: Source | undefined,
  raw: Raw[],
): SourceObject | undefined {
  const condition = conditionCode(params.if, `the condition of action ${JSON.stringify(id)}`, raw);
  const ways = ["then", "else"].flatMap((name) => {
    const way = params[name];
    return Array.isArray(way)
      ? [[name, (way as readonly SourceObject[]).map((one) => actionCode(one, connection, raw))] as const]
      : [];
  });
  return condition === undefined ? undefined : { ...params, if: condition, ...Object.fromEntries(ways) };
}

/**
 * The call that makes a condition as it stands in a router or an action; nothing where none makes it so.
 *
 * @param what it is called where parts of it are raw
 */
export function conditionCode(condition: Source | undefined, what: string, raw: Raw[]): Source | undefined {
  const whole = innerCode(condition);
  const { operator, operands } = isObject(condition) ? condition : {};
  const [only, ...others] = Array.isArray(operands) ? (operands as readonly Source[]) : [];
  // A comparison that stands alone is wrapped where it is used.
  const inner = operator === "AND" && others.length === 0 ? innerCode(only) : undefined;
  const found = [inner, whole].find(
    (code) => code !== undefined && isSame(grouped(evaluated(code) as Condition), evaluated(condition)),
  );
  for (const rawOperator of rawOperatorsIn(found)) {
    raw.push({ what, why: `no function makes a comparison by ${rawOperator}` });
  }
  return found;
}

function rawOperatorsIn(code: Source | undefined): ReadonlySet<string> {
  if (!(code instanceof Call)) {
    return new Set();
  }
  const [first] = code.args;
  return code.name === "rawCondition" && isObject(first)
    ? new Set([String(first.operator)])
    : new Set(code.args.flatMap((arg) => [...rawOperatorsIn(arg)]));
}

function innerCode(condition: Source | undefined): Source | undefined {
  if (!isObject(condition) || Object.keys(condition).length !== 2 || !Array.isArray(condition.operands)) {
    return undefined;
  }
  const { operator } = condition;
  const operands = condition.operands as readonly Source[];
  const [subject = "", value = ""] = operands;
  if (operator === "AND" || operator === "OR") {
    const inner = operands.map(innerCode);
    const all = inner.filter((one) => one !== undefined);
    return all.length < inner.length || all.length === 0
      ? undefined
      : new Call(operator === "AND" ? "allOf" : "anyOf", all);
  }
  if (typeof operator !== "string") {
    return undefined;
  }
  const rest = operator === "EQ" ? [value] : [];
  const name = ({ EQ: "isEqualTo", HAS_NO_VALUE: "hasNoValue" } as Readonly<Record<string, string>>)[operator];
  const typed = subjectsOf(subject).map((one) => name && new Call(name, [one, ...rest]));
  const target = evaluated(condition);
  const found = typed.find((call) => call && isSame(evaluated(call), target));
  return found || new Call("rawCondition", [{ operator, operands }]);
}

/** What a condition's subject may be called, the shortest first. */
function subjectsOf(operand: Source): readonly Source[] {
  const inner = typeof operand === "string" ? /^\{\{([^{}]*)\}\}$/.exec(operand)?.[1] : undefined;
  return inner === undefined
    ? [operand]
    : [inner.replace(/^context\.user\./, ""), inner.replace(/^context\./, ""), inner, operand];
}
