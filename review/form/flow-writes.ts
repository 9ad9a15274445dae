import { isObject, type JsonObject, listOf, objectOf } from "../json-value";
import type { FlowResource } from "../profiling";
import { holds } from "./conditions";
import { type Doubt, doubt, type Stuck } from "./doubt";
import { expressionsIn, fieldsIn, pathOf, placeOf, resolved, soleExpression, withoutExpressions } from "./expressions";
import { type UserState, type Value, valueText } from "./user-state";

/** A place of the profile that a flow, or the Action, may write. */
export interface Write {
  /** A key of `user_metadata`, `app_metadata.terms`, `user.given_name`. */
  readonly key: string;
  /** The expression of its value, or a value. */
  readonly value: unknown;
  /** Ids of the fields in it. */
  readonly fields: readonly string[];
}

/** All that a flow writes into the profile of the one who logs in, whatever its conditions. */
export function writesOf({ actions }: FlowResource): readonly Write[] {
  return allActions(actions)
    .filter(updatesTheUser)
    .flatMap(changesOf)
    .flatMap(({ values }) => values)
    .map(([key, value]) => ({ key, value, fields: fieldsIn(value) }));
}

/** Why it can not be told what a flow writes, where it can not. */
export function flowDoubt(flow: FlowResource | undefined, flowId: string | undefined): Doubt | undefined {
  if (flow === undefined) {
    return doubt({ what: "flow-missing", flowId: flowId ?? "" });
  }
  if (flow.actions === undefined) {
    return doubt({ what: "flow-actions", flow: flow.name });
  }
  return undefined;
}

/** Whether the login goes on where a flow can not save; `undefined` where it saves nothing, or that can not be known. */
export function letsInUnsaved(flows: Iterable<FlowResource>): boolean | undefined {
  const updates = [...flows].flatMap(({ actions }) => allActions(actions)).filter(updatesTheUser);
  return updates.length === 0 ? undefined : updates.every(({ allow_failure }) => allow_failure === true);
}

/** Ids of the fields that a flow uses for anything. */
export function fieldsUsedBy({ actions }: FlowResource): readonly string[] {
  return fieldsIn(actions);
}

/** The actions without what they write of answers into `user_metadata`, which is said of the fields. */
export function withoutAnswers(actions: unknown): readonly JsonObject[] {
  return listOf(actions)
    .filter(isObject)
    .map((action) => {
      const params = objectOf(action.params);
      const ways = waysOf(params).map((way) => [way, withoutAnswers(params[way])]);
      const rest = { ...params, ...Object.fromEntries(ways) };
      const metadata = objectOf(params.changes).user_metadata;
      if (!updatesTheUser(action) || !isObject(params.changes) || !isObject(metadata)) {
        return ways.length === 0 ? action : { ...action, params: rest };
      }
      const others = Object.entries(metadata).filter(([key, value]) => !isAnswer(value, `user_metadata.${key}`));
      const { user_metadata: _, ...changes } = params.changes;
      const kept = others.length === 0 ? changes : { ...changes, user_metadata: Object.fromEntries(others) };
      return { ...action, params: { ...rest, changes: kept } };
    });
}

/** Whether nothing of an action is left but that it writes answers, or writes them on a condition. */
export function onlyWritesAnswers(action: JsonObject): boolean {
  if (action.action === "BOOLEAN_CONDITION") {
    const params = objectOf(action.params);
    return waysOf(params).every((way) => listOf(params[way]).filter(isObject).every(onlyWritesAnswers));
  }
  const [rest = {}] = withoutAnswers([action]);
  const { changes } = objectOf(rest.params);
  return updatesTheUser(action) && isObject(changes) && Object.keys(changes).length === 0;
}

function waysOf(params: JsonObject): readonly string[] {
  return ["then", "else"].filter((way) => isObject(params[way]) || Array.isArray(params[way]));
}

/** The actions, and those of their conditions' ways. */
export function allActions(actions: unknown): readonly JsonObject[] {
  return listOf(actions)
    .filter(isObject)
    .flatMap((action) => {
      const { then, else: otherwise } = objectOf(action.params);
      return [action, ...allActions(then), ...allActions(otherwise)];
    });
}

/** What a flow makes of a user, and whether it stops the login. */
export interface FlowResult {
  readonly user: UserState;
  /** Why nobody gets past it. */
  readonly failure?: Stuck;
  /** Of which it erases all. */
  readonly erases?: Metadata;
}

export function afterFlow(flow: FlowResource | undefined, flowId: string | undefined, user: UserState): FlowResult {
  const unknown = flowDoubt(flow, flowId);
  if (unknown !== undefined) {
    return { user: { ...user, otherKeys: unknown } };
  }
  return afterActions(listOf(flow?.actions), user, flow?.name ?? "");
}

function afterActions(actions: readonly unknown[], before: UserState, flowName: string): FlowResult {
  let user = before;
  let erases: Metadata | undefined;
  for (const action of actions) {
    if (!isObject(action)) {
      continue;
    }
    const result = afterAction(action, user, flowName);
    user = result.user;
    erases ??= result.erases;
    if (result.failure !== undefined) {
      return { user, failure: result.failure, erases };
    }
  }
  return { user, erases };
}

function afterAction(action: JsonObject, user: UserState, flowName: string): FlowResult {
  const params = objectOf(action.params);
  switch (`${action.type}/${action.action}`) {
    case "AUTH0/UPDATE_USER":
      return afterUpdate(action, user, flowName);
    case "AUTH0/SEND_REQUEST": {
      const isReading = params.method === undefined || params.method === "GET";
      return { user: isReading ? user : { ...user, otherKeys: doubt({ what: "flow-request", flow: flowName }) } };
    }
    case "FLOW/ERROR_MESSAGE":
      return { user, failure: { what: "error-message", flow: flowName } };
    case "FLOW/BOOLEAN_CONDITION": {
      const decided = holds(params.if, user);
      if (typeof decided === "boolean") {
        return afterActions(listOf(decided ? params.then : params.else), user, flowName);
      }
      const ways = [params.then, params.else].map((way) => afterActions(listOf(way), user, flowName));
      return {
        user: either(
          ways.map((way) => way.user),
          user,
          decided,
        ),
      };
    }
    default:
      return { user };
  }
}

function afterUpdate(action: JsonObject, user: UserState, flowName: string): FlowResult {
  const unknown = { user: { ...user, otherKeys: doubt({ what: "flow-writes", flow: flowName }) } };
  const parts = changesOf(action);
  if (parts.some(({ isKnown, part }) => !isKnown || (part !== "user" && !updatesTheUser(action)))) {
    return unknown;
  }
  return updatesTheUser(action) ? parts.reduce<FlowResult>(afterPart, { user }) : { user };
}

function afterPart({ user, erases }: FlowResult, { part, values }: PartOfProfile): FlowResult {
  const resolvedValues = values.map(([key, value]) => [key, resolved(value, user)] as const);
  const sent = resolvedValues.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined);
  // Auth0 erases all of the metadata when it is sent an empty one.
  if (sent.length === 0 && part !== "user") {
    const kept = [...user.metadata].filter(([key]) => !isOf(part, key));
    return { user: { ...user, metadata: new Map(kept), otherKeys: undefined }, erases: part };
  }
  const metadata = new Map(user.metadata);
  for (const [key, value] of sent) {
    if (value.kind === "literal" && value.json === null) {
      metadata.delete(key);
    } else {
      metadata.set(key, value);
    }
  }
  return { user: { ...user, metadata, written: new Set([...user.written, ...sent.map(([key]) => key)]) }, erases };
}

function isOf(part: Metadata, place: string): boolean {
  return part === "app_metadata" ? place.startsWith("app_metadata.") : !place.includes(".");
}

/** What differs between two ways is in doubt. */
function either(ways: readonly UserState[], before: UserState, because: Doubt): UserState {
  const keys = new Set(ways.flatMap(({ metadata }) => [...metadata.keys()]));
  const metadata = new Map(
    [...keys].map((key) => {
      const values = ways.map((way) => way.metadata.get(key) ?? way.otherKeys);
      const [first] = values;
      const isSame = first !== undefined && values.every((value) => valueText(value) === valueText(first));
      return [key, isSame ? first : because] as const;
    }),
  );
  const otherKeys = ways.map((way) => way.otherKeys).find((found) => found !== undefined);
  return { ...before, metadata, otherKeys, written: new Set(ways.flatMap(({ written }) => [...written])) };
}

function updatesTheUser({ type, action, params }: JsonObject): boolean {
  if (type !== "AUTH0" || action !== "UPDATE_USER") {
    return false;
  }
  const { user_id } = objectOf(params);
  return typeof user_id === "string" && soleExpression(user_id) === "context.user.user_id";
}

export type Metadata = "user_metadata" | "app_metadata";

interface PartOfProfile {
  readonly part: Metadata | "user";
  /** Whether it can be told what of it is written. */
  readonly isKnown: boolean;
  /** By place. */
  readonly values: readonly (readonly [place: string, value: unknown])[];
}

/** What an update of a user writes, each kind of metadata by itself. */
function changesOf({ params }: JsonObject): readonly PartOfProfile[] {
  const { changes } = objectOf(params);
  if (changes === undefined) {
    return [];
  }
  if (!isObject(changes)) {
    return [{ part: "user_metadata", isKnown: false, values: [] }];
  }
  return Object.entries(changes).map(([part, value]) =>
    part === "user_metadata" || part === "app_metadata"
      ? {
          part,
          isKnown: isObject(value),
          values: Object.entries(objectOf(value)).map(([key, one]) => [placeOf([part, key]).join("."), one]),
        }
      : { part: "user", isKnown: true, values: [[placeOf([part]).join("."), value]] },
  );
}

/** A text made of answers and of nothing else that says something, or what stands there already. */
function isAnswer(value: unknown, path: string): boolean {
  if (isObject(value)) {
    const members = Object.entries(value);
    return members.length > 0 && members.every(([key, part]) => isAnswer(part, `${path}.${key}`));
  }
  if (typeof value !== "string" || /[\p{L}\p{N}]/u.test(withoutExpressions(value))) {
    return false;
  }
  const expressions = expressionsIn(value).flatMap((inner) => inner.split("??"));
  const paths = expressions.map((part) => pathOf(part.trim()) ?? []);
  const isThere = (parts: readonly string[]) => parts.join(".") === `context.user.${path}`;
  return paths.some(([root]) => root === "fields") && paths.every((parts) => parts[0] === "fields" || isThere(parts));
}
