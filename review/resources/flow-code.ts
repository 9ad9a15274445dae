import { type Deed, type Facts, type Finding, finding } from "../finding";
import { allActions, onlyWritesAnswers, withoutAnswers } from "../form/flow-writes";
import { isRemade } from "../form/remade-forms";
import { isObject, isSame, type JsonObject, listOf, objectOf, sortedJson, textOf, texts } from "../json-value";
import { decoded } from "../plan/decoded";
import type { Resource, Snapshot, Snapshots } from "../plan/snapshot";
import { isUnknownValue, type Profiling, type ProfilingChange } from "../profiling";

/** What a flow does beside writing answers into `user_metadata`, before and after. */
export interface FlowChange {
  readonly address: string;
  readonly name: string;
  /** Absent where the flow is new. */
  readonly before?: FlowActions;
  readonly after: FlowActions;
}

/** Actions of a flow without what they write of answers; `undefined` where they can not be known. */
type FlowActions = { readonly actions: readonly JsonObject[] | undefined };

/** The flows that do something else than before beside writing answers, by address. */
export function flowChanges({ tenant, planned }: Snapshots): FlowChange[] {
  const flows = [...planned.values()].filter(({ type }) => type === "auth0_flow");
  // What still goes through a connection that is destroyed goes through that one.
  const [then, now] = [connectionAddresses(tenant), connectionAddresses(tenant, planned)];
  return flows
    .sort((one, other) => (one.address < other.address ? -1 : 1))
    .flatMap((flow): FlowChange[] => {
      const old = tenant.get(flow.address);
      const after = actionsOf(flow, now);
      const { address, name } = flow;
      if (old === undefined) {
        const others = after?.filter((action) => !onlyWritesAnswers(action));
        return others?.length === 0 ? [] : [{ address, name, after: { actions: others } }];
      }
      const before = actionsOf(old, then);
      if (isSame(before, after)) {
        return [];
      }
      return [{ address, name, before: { actions: before }, after: { actions: after } }];
    });
}

/**
 * @param planned what the plan leaves in the stack
 * @param ofForms what is said of the forms: a version that is raised there is written by a flow
 */
export function flowFindings(
  changes: readonly FlowChange[],
  planned: Snapshot,
  ofForms: readonly Finding[] = [],
): Finding[] {
  const connections = new Set(connectionAddresses(planned).values());
  return changes.flatMap(({ address, name: flow, before, after }): Finding[] => {
    if (after.actions === undefined) {
      // Of a new one the form says it.
      return before === undefined ? [] : [finding("flow-after-unknown", { address }, { flow })];
    }
    if (before !== undefined && before.actions === undefined) {
      return [finding("flow-before-unknown", { address }, { flow })];
    }
    const [then, now] = [deedsOf(before?.actions ?? []), deedsOf(after.actions)];
    const added = now.filter((deed) => !then.some((other) => isSame(deed, other)));
    const removed = then.filter((deed) => !now.some((other) => isSame(deed, other)));
    const isNew = before === undefined;
    // That a new flow writes through the stack's own connection is said of that.
    const told = isNew ? added.filter((deed) => deed.does !== "uses" || !connections.has(deed.connection)) : added;
    const isOnlyRaised = ofForms.some(
      (one) =>
        one.what === "version-raised" &&
        [...added, ...removed].every((deed) => isOfVersion(deed, one.values)) &&
        isSame(withVersion(before?.actions, one.values), after.actions),
    );
    return isOnlyRaised ? [] : [finding("flow-deeds", { address }, { flow, isNew, added: told, removed })];
  });
}

/**
 * Flows that a form did not run before, and that are nothing new of the plan: of new ones it is said what they do.
 *
 * @param changes the forms that stay
 */
export function runFlowFindings(changes: readonly ProfilingChange[]): Finding[] {
  return changes.flatMap(({ before, after }): Finding[] => {
    if (before === undefined || after === undefined || isRemade({ before, after })) {
      return [];
    }
    const { address, name: form } = after.form;
    const then = new Set(flowsRunBy(before).map(({ key }) => key));
    return flowsRunBy(after)
      .filter(({ key, id, flow }) => !then.has(key) && (flow === undefined || !isUnknownValue(id)))
      .flatMap(({ id, flow }): Finding[] => {
        const others = listOf(flow?.actions)
          .filter(isObject)
          .filter((action) => !onlyWritesAnswers(action));
        const values = {
          flow: flow?.name ?? id,
          isKnown: flow?.actions !== undefined,
          does: deedsOf(withoutAnswers(others)),
        };
        const onlyWrites = values.isKnown && values.does.length === 0;
        return onlyWrites ? [] : [finding("flow-run", { address, form }, values)];
      });
  });
}

/** All flows that a form leads to, at its end and by its buttons too; each known by its address where it has one. */
function flowsRunBy({ form, flows }: Profiling) {
  const ids = [...texts([form.nodes, form.ending])].flatMap(({ text, path }) =>
    path.at(-1) === "flow_id" ? text : [],
  );
  return [...new Set(ids)].map((id) => ({ id, flow: flows.get(id), key: flows.get(id)?.address ?? id }));
}

/** Whether it is the version that is set, of which the form says that it is another one. */
function isOfVersion(deed: Deed, { place }: Facts["version-raised"]): boolean {
  const key = place.includes(".") ? place : `user_metadata.${place}`;
  return deed.does === "sets" && deed.key === key && deed.user === undefined;
}

function withVersion(value: unknown, version: Facts["version-raised"]): unknown {
  if (Array.isArray(value)) {
    return value.map((part) => withVersion(part, version));
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withVersion(part, version)]));
  }
  return value === version.before ? version.after : value;
}

function isConstant(value: unknown): boolean {
  return !JSON.stringify(value ?? null).includes("{{");
}

function actionsOf(flow: Resource, addresses: ReadonlyMap<string, string>): readonly JsonObject[] | undefined {
  const actions = decoded(flow.attribute("actions"));
  return actions === undefined ? undefined : withoutAnswers(named(actions, addresses));
}

/** The addresses of Vault connections by their ids: of a new one the id is not known, and another id may be the same. */
function connectionAddresses(...snapshots: readonly Snapshot[]): ReadonlyMap<string, string> {
  const resources = snapshots.flatMap((snapshot) => [...snapshot.values()]);
  const connections = resources.filter(({ type }) => type === "auth0_flow_vault_connection");
  return new Map(connections.map(({ id, address }) => [id, address]));
}

function named(value: unknown, addresses: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) {
    return value.map((part) => named(part, addresses));
  }
  if (!isObject(value)) {
    return value;
  }
  const members = Object.entries(value).map(([key, part]) => [
    key,
    key === "connection_id" && typeof part === "string" ? (addresses.get(part) ?? part) : named(part, addresses),
  ]);
  return Object.fromEntries(members);
}

/** What the actions do, each thing once. */
function deedsOf(actions: readonly JsonObject[]): readonly Deed[] {
  const deeds = new Map(
    allActions(actions)
      // What is done on a condition is said of itself.
      .filter(({ action }) => action !== "BOOLEAN_CONDITION")
      .flatMap(deedsOfOne)
      .map((deed) => [sortedJson(deed), deed]),
  );
  return [...deeds.values()];
}

function deedsOfOne(action: JsonObject): readonly Deed[] {
  const params = objectOf(action.params);
  const connection = textOf(params.connection_id);
  const target = textOf(params.url) ?? textOf(params.pathname) ?? textOf(params.to);
  const user = textOf(params.user_id) ?? "";
  const isOwn = /^\s*\{\{\s*context\.user\.user_id\s*\}\}\s*$/.test(user);
  const isUpdate = action.action === "UPDATE_USER" && params.user_id !== undefined;
  const does: readonly Deed[] = isUpdate
    ? Object.entries(objectOf(params.changes))
        .flatMap(([part, value]) =>
          isObject(value)
            ? Object.entries(value).map(([key, one]) => [`${part}.${key}`, one] as const)
            : [[part, value] as const],
        )
        .map(([key, value]) => ({
          does: "sets",
          key,
          ...(isConstant(value) && { to: value }),
          ...(!isOwn && { user }),
        }))
    : [{ does: "runs", action: `${action.type}/${action.action}`, ...(target !== undefined && { target }) }];
  return connection === undefined ? does : [...does, { does: "uses", connection }];
}
