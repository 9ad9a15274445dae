import { type Finding, finding } from "../finding";
import { isSame, listOf, objectOf, textOf } from "../json-value";
import { actionsOf, POST_LOGIN } from "../plan/profilings";
import type { Resource, Snapshot, Snapshots } from "../plan/snapshot";

/**
 * What whole lists of a trigger's Actions take off it, and in which order they are run then. That logins do not run an Action
 * of this plan is said of that Action.
 */
export function triggerListFindings({ tenant, planned }: Snapshots): Finding[] {
  const own = ownActions(tenant, planned);
  return listsIn(planned).flatMap((list): Finding[] => {
    const { address } = list;
    const old = tenant.get(address);
    if (old === undefined) {
      return [finding("bindings-replaced", { address }, { list: address })];
    }
    const [then, now] = [entriesOf(old), entriesOf(list)];
    const gone = then.filter(({ id }) => !now.some((other) => other.id === id));
    const foreign = gone.filter(({ id }) => !own.has(id ?? "")).map(nameOf);
    const trigger = triggerOf(list);
    const isOfLogins = trigger === POST_LOGIN;
    const unbound = isOfLogins ? [] : gone.flatMap(({ id }) => own.get(id ?? "")?.name ?? []);
    const order = (one: readonly Entry[], other: readonly Entry[]) =>
      one.filter(({ id }) => other.some((kept) => kept.id === id)).map(({ id }) => id);
    return [
      ...(foreign.length === 0
        ? []
        : [
            finding(
              "bindings-removed",
              { address },
              { list: address, ...(!isOfLogins && { trigger }), actions: foreign },
            ),
          ]),
      ...unbound.map((action) => finding("action-unbound", { address }, { action, trigger })),
      ...(isSame(order(then, now), order(now, then))
        ? []
        : [finding("actions-reordered", { address }, { trigger, actions: now.map(nameOf) })]),
    ];
  });
}

/** Actions that triggers run from now on. That logins run one of this plan is said of that Action. */
export function bindingFindings({ tenant, planned }: Snapshots): Finding[] {
  const own = ownActions(tenant, planned);
  const keyOf = ({ trigger, id = "" }: Binding) => `${trigger} ${own.get(id)?.address ?? id}`;
  const then = new Set(bindingsIn(tenant).map(keyOf));
  return bindingsIn(planned)
    .filter((binding) => binding.id !== undefined && !then.has(keyOf(binding)))
    .flatMap((binding): Finding[] => {
      const { address, trigger, id = "" } = binding;
      const action = own.get(id);
      const isSaidThere = action !== undefined && trigger === POST_LOGIN;
      const values = { action: action?.name ?? id, trigger, isForeign: action === undefined, shownAs: binding.name };
      return isSaidThere ? [] : [finding("binding-added", { address }, values)];
    });
}

interface Entry {
  readonly id?: string;
  readonly name?: string;
}

interface Binding extends Entry {
  readonly address: string;
  readonly trigger: string;
}

function bindingsIn(snapshot: Snapshot): Binding[] {
  const single = [...snapshot.values()].filter(({ type }) => type === "auth0_trigger_action");
  return [
    ...single.map((one) => ({
      address: one.address,
      trigger: triggerOf(one),
      id: one.text("action_id"),
      name: one.text("display_name"),
    })),
    ...listsIn(snapshot).flatMap((list) =>
      entriesOf(list).map((entry) => ({ address: list.address, trigger: triggerOf(list), ...entry })),
    ),
  ];
}

function listsIn(snapshot: Snapshot): Resource[] {
  return [...snapshot.values()].filter(({ type }) => type === "auth0_trigger_actions");
}

/** The Actions that the plan defines, by their ids. */
function ownActions(tenant: Snapshot, planned: Snapshot): ReadonlyMap<string, Resource> {
  return new Map([...actionsOf(tenant), ...actionsOf(planned)].map((action) => [action.id, action]));
}

function entriesOf(list: Resource): Entry[] {
  return listOf(list.attribute("actions"))
    .map(objectOf)
    .map(({ id, display_name: name }) => ({ id: textOf(id), name: textOf(name) }));
}

function triggerOf(resource: Resource): string {
  return resource.text("trigger") ?? "";
}

function nameOf({ id, name }: Entry): string {
  return name ?? id ?? "";
}
