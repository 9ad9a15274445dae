import { type Finding, finding } from "../finding";
import { listOf, objectOf, textOf } from "../json-value";
import { actionsOf } from "../plan/profilings";
import type { Resource, Snapshots } from "../plan/snapshot";

/** What lists of a trigger's Actions take off it that this plan does not define: of what it defines, that is said there. */
export function triggerListFindings({ tenant, planned }: Snapshots): Finding[] {
  const lists = [...planned.values()].filter(({ type }) => type === "auth0_trigger_actions");
  const own = new Set([...actionsOf(tenant), ...actionsOf(planned)].map(({ id }) => id));
  return lists.flatMap((list): Finding[] => {
    const { address } = list;
    const old = tenant.get(address);
    if (old === undefined) {
      return [finding("bindings-replaced", { address }, { list: address })];
    }
    const kept = new Set(entriesOf(list).map(({ id }) => id));
    const actions = entriesOf(old)
      .filter(({ id }) => !kept.has(id) && !own.has(id ?? ""))
      .map(({ id, name }) => name ?? id ?? "");
    return actions.length === 0 ? [] : [finding("bindings-removed", { address }, { list: address, actions })];
  });
}

function entriesOf(list: Resource): { readonly id?: string; readonly name?: string }[] {
  return listOf(list.attribute("actions"))
    .map(objectOf)
    .map(({ id, display_name: name }) => ({ id: textOf(id), name: textOf(name) }));
}
