import { formGraph } from "../form/form-graph";
import type { Schedule } from "../form/schedule";
import { listOf, objectOf, textOf, texts } from "../json-value";
import type { FlowResource, Profiling, ProfilingChange } from "../profiling";
import { decoded } from "./decoded";
import { formIdIn, isLibraryCode, metadataKeysIn, scheduleIn } from "./library-code";
import type { Resource, Snapshot, Snapshots } from "./snapshot";

/** The trigger that logins run Actions by. */
export const POST_LOGIN = "post-login";

/** What the plan makes of each form, by the form's address. Other stacks' flows are looked at where a form leads to them. */
export function profilingChanges(
  stack: string,
  { tenant, planned }: Snapshots,
  others: readonly Snapshots[],
): ProfilingChange[] {
  return changesBetween(
    stack,
    tenant,
    planned,
    others.map((other) => other.tenant),
    others.map((other) => other.planned),
  );
}

/** What somebody did to each form outside of Terraform. */
export function profilingDrift(stack: string, { applied, tenant }: Snapshots): ProfilingChange[] {
  return changesBetween(stack, applied, tenant, [], []);
}

function changesBetween(
  stack: string,
  before: Snapshot,
  after: Snapshot,
  othersBefore: readonly Snapshot[],
  othersAfter: readonly Snapshot[],
): ProfilingChange[] {
  const addresses = new Set([...formsOf(before), ...formsOf(after)].map(({ address }) => address));
  return [...addresses].sort().map((address) => ({
    stack,
    before: profilingOf(before.get(address), [before, ...othersBefore], after),
    after: profilingOf(after.get(address), [after, ...othersAfter], before),
  }));
}

function formsOf(snapshot: Snapshot): Resource[] {
  return [...snapshot.values()].filter(({ type }) => type === "auth0_form");
}

/** Of a form. */
const DOCUMENTS = ["start", "nodes", "ending", "style", "translations"];
const PARTS = [...DOCUMENTS, "languages", "messages"];

/** @param other the stack at the other point of time */
function profilingOf(
  form: Resource | undefined,
  snapshots: readonly Snapshot[],
  other: Snapshot,
): Profiling | undefined {
  if (form === undefined) {
    return undefined;
  }
  const languages = objectOf(listOf(form.attribute("languages"))[0]);
  const document = (name: string) => decoded(form.attribute(name));
  const parts = { start: document("start"), nodes: document("nodes"), ending: document("ending") };
  const action = actionOfForm(form, snapshots, other);
  // What nobody configures is for the provider to say, of a form that is made.
  const isKept = other.has(form.address) && form.text("id") !== undefined;
  const unknownParts = isKept ? PARTS.filter((name) => form.isUnknown(name)) : [];
  const unreadableParts = DOCUMENTS.filter((name) => form.text(name) && !form.isOpen(name) && !document(name));
  // Where it begins and how it ends is a part of the way.
  const isWayUnknown = ["start", "ending"].some((name) => [...unknownParts, ...unreadableParts].includes(name));
  return {
    form: {
      address: form.address,
      name: form.name,
      languages: { primary: textOf(languages.primary) || undefined, default: textOf(languages.default) || undefined },
      ...parts,
      style: document("style"),
      translations: document("translations"),
      messages: messagesOf(form.attribute("messages")),
      ...(unknownParts.length > 0 && { unknownParts }),
      ...(unreadableParts.length > 0 && { unreadableParts }),
    },
    graph: formGraph(isWayUnknown ? { ...parts, nodes: undefined } : parts, action?.schedule),
    flows: flowsOf([parts.nodes, parts.ending], snapshots),
    action,
    ...(action === undefined && hasUnknownSecrets(snapshots) && { isActionUnknown: true }),
  };
}

/** The provider has two lists of texts, each JSON, in a block. */
function messagesOf(value: unknown): unknown {
  const block = objectOf(listOf(value)[0]);
  const parts = Object.entries(block).map(([key, text]) => [key, decoded(text)]);
  const known = parts.filter(([, part]) => part !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

function flowsOf(documents: readonly unknown[], snapshots: readonly Snapshot[]): ReadonlyMap<string, FlowResource> {
  const ids = new Set<string>();
  for (const { text, path } of texts(documents)) {
    if (path.at(-1) === "flow_id") {
      ids.add(text);
    }
  }
  const flows = new Map<string, FlowResource>();
  for (const flow of snapshots.flatMap((snapshot) => [...snapshot.values()])) {
    if (flow.type !== "auth0_flow" || flows.has(flow.id) || !ids.has(flow.id)) {
      continue;
    }
    flows.set(flow.id, { address: flow.address, name: flow.name, actions: decoded(flow.attribute("actions")) });
  }
  return flows;
}

/** The Action that shows the form: one that logins run before one that they do not. */
function actionOfForm(form: Resource, snapshots: readonly Snapshot[], other: Snapshot): Profiling["action"] {
  const actions = snapshots
    .flatMap((snapshot) => actionsOf(snapshot).map((action) => ({ action, ...bindingOf(action, snapshots) })))
    .filter(({ action }) => shows(action, form));
  const found = actions.find(({ binding }) => binding !== undefined) ?? actions[0];
  if (found === undefined) {
    return undefined;
  }
  const { action, binding, leftOutBy } = found;
  return {
    address: action.address,
    name: action.name,
    ...(looksForKeys(action, other) && { metadataKeys: metadataKeysOf(action), schedule: scheduleOf(action) }),
    isBound: binding !== undefined,
    binding: binding?.address,
    ...(leftOutBy !== undefined && { leftOutBy: leftOutBy.address }),
  };
}

/** What the code of others makes of the keys can not be known; that it goes on as it did is taken for granted. */
function looksForKeys(action: Resource, other: Snapshot): boolean {
  if (action.isCode(isLibraryCode)) {
    return true;
  }
  const code = action.text("code");
  return code !== undefined && code === other.get(action.address)?.text("code");
}

/** They stand in the Action's code, or in its secrets. */
function metadataKeysOf(action: Resource): readonly string[] | undefined {
  return metadataKeysIn(action.text("code") ?? "") ?? action.secrets.get("METADATA_KEYS")?.split(",");
}

function scheduleOf(action: Resource): Schedule | undefined {
  return scheduleIn(action.text("code") ?? "", action.secrets);
}

function hasUnknownSecrets(snapshots: readonly Snapshot[]): boolean {
  return snapshots.flatMap(actionsOf).some(({ secrets }) => [...secrets.values()].includes(undefined));
}

export function actionsOf(snapshot: Snapshot): Resource[] {
  return [...snapshot.values()].filter(({ type }) => type === "auth0_action");
}

function shows(action: Resource, form: Resource): boolean {
  if ([...action.secrets.values()].includes(form.id)) {
    return true;
  }
  const code = action.text("code") ?? "";
  return formIdIn(code) === form.id || (/^ap_\w+$/.test(form.id) && code.includes(form.id));
}

/** Whether logins run the Action, as far as this stack binds it. */
export function isBound(action: Resource, snapshot: Snapshot): boolean {
  return bindingOf(action, [snapshot]).binding !== undefined;
}

/**
 * What binds the Action to the post-login trigger; where an id is not known, it may be that of a new Action. A list is
 * the whole of it: what it leaves out is bound by nothing else.
 */
function bindingOf(
  action: Resource,
  snapshots: readonly Snapshot[],
): { readonly binding?: Resource; readonly leftOutBy?: Resource } {
  const isOfAction = (id: unknown) => id === action.id || (id === undefined && action.text("id") === undefined);
  const all = snapshots.flatMap((snapshot) => [...snapshot.values()]).filter(isOfPostLogin);
  const lists = all.filter(({ type }) => type === "auth0_trigger_actions");
  const binding = [
    ...lists.filter((list) => listOf(list.attribute("actions")).some((bound) => isOfAction(objectOf(bound).id))),
    ...all.filter((one) => one.type === "auth0_trigger_action" && isOfAction(one.text("action_id"))),
  ][0];
  const leftOutBy = lists.find((list) => list !== binding);
  return binding?.type === "auth0_trigger_action" && leftOutBy !== undefined ? { leftOutBy } : { binding };
}

function isOfPostLogin(resource: Resource): boolean {
  return /^auth0_trigger_actions?$/.test(resource.type) && resource.text("trigger") === POST_LOGIN;
}
