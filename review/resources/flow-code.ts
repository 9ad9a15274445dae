import type { Finding, Section } from "../finding";
import { allActions, onlyWritesAnswers, withoutAnswers } from "../form/flow-writes";
import { isObject, isSame, type JsonObject, objectOf, sortedJson, textOf } from "../json-value";
import { difference } from "../markdown/difference";
import { codeBlock, codeSpan, escapeMarkdown, shorten } from "../markdown/markdown-text";
import { decoded } from "../plan/profilings";
import type { Resource, Snapshot, Snapshots } from "../plan/snapshot";

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

/** Members of an action's `params` that may hold credentials under any name: that they change is said, not what is in them. */
const CREDENTIALS = new Set(["headers", "basic"]);
const NOT_SHOWN = "(not shown)";

/** The flows that do something else than before beside writing answers, by address. */
export function flowChanges({ tenant, planned }: Snapshots): FlowChange[] {
  const flows = [...planned.values()].filter(({ type }) => type === "auth0_flow");
  return flows
    .sort((one, other) => (one.address < other.address ? -1 : 1))
    .flatMap((flow): FlowChange[] => {
      const old = tenant.get(flow.address);
      const after = actionsOf(flow, planned);
      const { address, name } = flow;
      if (old === undefined) {
        const others = after?.filter((action) => !onlyWritesAnswers(action));
        return others?.length === 0 ? [] : [{ address, name, after: { actions: others } }];
      }
      const before = actionsOf(old, tenant);
      if (isSame(before, after)) {
        return [];
      }
      return [{ address, name, before: { actions: before }, after: { actions: after } }];
    });
}

export function flowFindings(changes: readonly FlowChange[]): Finding[] {
  return changes.flatMap(({ address, name, before, after }): Finding[] => {
    const flow = `The flow ${codeSpan(name)}`;
    if (after.actions === undefined) {
      // Of a new one the form says it.
      if (before === undefined) {
        return [];
      }
      return [{ kind: "unknown", where: address, text: `${flow}: what it does can not be known before the apply.` }];
    }
    if (before !== undefined && before.actions === undefined) {
      return [{ kind: "unknown", where: address, text: `${flow}: what it did before can not be known.` }];
    }
    const [then, now] = [deedsOf(before?.actions ?? []), deedsOf(after.actions)];
    const added = now.filter((deed) => !then.includes(deed));
    const removed = then.filter((deed) => !now.includes(deed));
    const parts = [
      ...(added.length === 0 ? [] : [`${before === undefined ? "it" : "it now"} ${added.join(", ")}`]),
      ...(removed.length === 0 ? [] : [`it no longer ${removed.join(", ")}`]),
    ];
    const what = parts.join("; ") || "settings of its actions";
    const text =
      before === undefined
        ? `${flow} is new and does more than writing answers: ${what}.`
        : `${flow} changes in more than the answers that it writes: ${what}.`;
    return [{ kind: "flow-code", where: address, text }];
  });
}

export function flowSections(changes: readonly FlowChange[]): Section[] {
  return changes.flatMap(({ name, before, after }): Section[] => {
    if (after.actions === undefined || (before !== undefined && before.actions === undefined)) {
      return [];
    }
    const [then, now] = [before?.actions ?? [], after.actions].map((actions) => `${sortedJson(shown(actions), 2)}\n`);
    const changed = difference(then ?? "", now ?? "");
    const heading = `Flow ${escapeMarkdown(name)}, without the answers that it writes`;
    return changed === "" ? [] : [{ heading, body: codeBlock(changed, "diff"), importance: 46 }];
  });
}

function actionsOf(flow: Resource, snapshot: Snapshot): readonly JsonObject[] | undefined {
  const actions = decoded(flow.attribute("actions"));
  return actions === undefined ? undefined : withoutAnswers(named(actions, connectionAddresses(snapshot)));
}

/** The addresses of Vault connections by their ids: of a new one the id is not known, and another id may be the same. */
function connectionAddresses(snapshot: Snapshot): ReadonlyMap<string, string> {
  const connections = [...snapshot.values()].filter(({ type }) => type === "auth0_flow_vault_connection");
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

/** What the actions do, each in words that can stand behind "it", as Markdown. */
function deedsOf(actions: readonly JsonObject[]): readonly string[] {
  return [...new Set(allActions(actions).flatMap(deeds))];
}

function deeds(action: JsonObject): readonly string[] {
  const params = objectOf(action.params);
  const connection = textOf(params.connection_id);
  const target = textOf(params.url) ?? textOf(params.pathname) ?? textOf(params.to);
  const changes = Object.keys(objectOf(params.changes)).map((key) => `sets ${codeSpan(key)}`);
  const other = `runs ${codeSpan(`${action.type}/${action.action}`)}${target === undefined ? "" : ` with ${codeSpan(shorten(target, 120))}`}`;
  const isUpdate = action.action === "UPDATE_USER" && params.user_id !== undefined;
  const user = textOf(params.user_id) ?? "";
  const whom = /^\s*\{\{\s*context\.user\.user_id\s*\}\}\s*$/.test(user) ? "" : ` of the user ${codeSpan(user)}`;
  return [
    ...(isUpdate ? changes.map((change) => `${change}${whom}`) : [other]),
    ...(connection === undefined ? [] : [`uses the Vault connection ${codeSpan(connection)}`]),
  ];
}

function shown(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shown);
  }
  if (!isObject(value)) {
    return value;
  }
  const members = Object.entries(value).map(([key, part]) => [
    key,
    CREDENTIALS.has(key) && !isSame(part, {}) ? NOT_SHOWN : shown(part),
  ]);
  return Object.fromEntries(members);
}
