import { showsForm } from "./action-findings";
import { apply, applyReplacing, type Finding, quoted } from "./finding";
import type { Item } from "./management-client";
import { ofType, type Resource, type State } from "./state";
import type { Tenant } from "./tenant";

/** Who runs at a trigger, and in which order. */
export function bindingFindings(state: State, tenant: Tenant): readonly Finding[] {
  const single = ofType(state, "auth0_trigger_action");
  const lists = ofType(state, "auth0_trigger_actions");
  return [
    ...unbound(state, tenant, single, lists),
    ...single.flatMap((binding) => ownedTwice(binding, lists)),
    ...single.flatMap((binding) => late(state, tenant, binding, lists)),
  ];
}

/** What runs at a trigger beside the state's: no difference, but worth to know. */
export function bindingNotes(state: State, tenant: Tenant): readonly string[] {
  return [...tenant.bindings].flatMap(([trigger, bound]) => {
    const foreign = bound.filter((binding) => !state.ids.has(actionOf(binding)));
    if (foreign.length === 0 || foreign.length === bound.length) {
      return [];
    }
    const names = bound.map(
      (binding) => `${nameOf(binding)}${foreign.includes(binding) ? " (not of this state)" : ""}`,
    );
    return [`${trigger} runs ${names.join(", then ")}`];
  });
}

function unbound(
  state: State,
  tenant: Tenant,
  single: readonly Resource[],
  lists: readonly Resource[],
): readonly Finding[] {
  const wanted = [
    ...single.map(({ address, values }) => ({ address, trigger: values.trigger, action: values.action_id })),
    ...lists.flatMap(({ address, values }) =>
      idsOf(values).map((action) => ({ address, trigger: values.trigger, action })),
    ),
  ];
  return wanted
    .filter(({ action }) => tenant.actions.has(String(action)) || !state.ids.has(String(action)))
    .filter(({ trigger, action }) => !boundTo(tenant, trigger).some((binding) => actionOf(binding) === action))
    .map(({ address, trigger, action }) => ({
      kind: "binding",
      address,
      id: String(action),
      what: `the Action is not bound to ${trigger}, so that no login runs it`,
      remedy: apply(state),
      isPlanned: true,
    }));
}

/** Two owners take turns undoing each other. */
function ownedTwice({ address, values }: Resource, lists: readonly Resource[]): readonly Finding[] {
  return lists
    .filter((list) => list.values.trigger === values.trigger && !idsOf(list.values).includes(String(values.action_id)))
    .map((list) => ({
      kind: "binding",
      address,
      id: String(values.action_id),
      what: `${list.address} owns the whole list of ${values.trigger} and leaves this Action out: each apply of it unbinds the Action`,
      remedy: `add the Action to ${list.address}, or bind its Actions by auth0_trigger_action`,
    }));
}

/**
 * An Action that shows a form is the last one, so that it is asked who got through all others, unless the stack says
 * otherwise: by a list, or by a binding that waits for this one. Another one that shows a form may follow.
 */
function late(state: State, tenant: Tenant, binding: Resource, lists: readonly Resource[]): readonly Finding[] {
  const { trigger, action_id: id } = binding.values;
  const action = tenant.actions.get(String(id));
  if (action === undefined || !showsForm(action) || lists.some(({ values }) => values.trigger === trigger)) {
    return [];
  }
  const bound = boundTo(tenant, trigger);
  const place = bound.findIndex((one) => actionOf(one) === id);
  const after = place < 0 ? [] : bound.slice(place + 1);
  const misplaced = after.filter((one) => !showsForm(one.action as Item) && !waitsFor(state, one, binding));
  if (misplaced.length === 0) {
    return [];
  }
  const names = misplaced.map((one) => `${nameOf(one)} (${actionOf(one)})`).join(", ");
  return [
    {
      kind: "binding",
      address: binding.address,
      id: String(id),
      what: `${trigger} runs ${names} after it, but it is to be the last one`,
      remedy: `${applyReplacing(state, binding)}, or give the order in the stack by auth0_trigger_actions`,
    },
  ];
}

/** Whether the stack binds the other one after this binding. */
function waitsFor(state: State, other: Item, { address }: Resource): boolean {
  const binding = ofType(state, "auth0_trigger_action").find(({ values }) => values.action_id === actionOf(other));
  const withoutKey = address.replace(/\[[^[\]]*\]$/, "");
  return binding?.dependsOn.includes(withoutKey) === true;
}

function boundTo({ bindings }: Tenant, trigger: unknown): readonly Item[] {
  return bindings.get(String(trigger)) ?? [];
}

function actionOf(binding: Item): string {
  return String((binding.action as Item | undefined)?.id);
}

function nameOf(binding: Item): string {
  return quoted((binding.action as Item | undefined)?.name);
}

function idsOf({ actions }: Item): readonly string[] {
  return ((actions ?? []) as readonly { readonly id: string }[]).map(({ id }) => id);
}
