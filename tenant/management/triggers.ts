import { list, oneOf, shape, text } from "auth0-forms/schema";
import type { Action } from "../documents/action";
import { actionsIn, actionVersionsIn, triggerBindingsIn } from "../documents/collections";
import type { Store } from "../documents/store";
import type { Binding } from "../documents/trigger-bindings";
import { actionTime } from "./action-build";
import { actionPage, actionPageQuery } from "./action-page";
import { ACTION_TRIGGERS } from "./action-triggers";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { existing, ManagementError } from "./management-error";
import { shownActionBase } from "./shown-action";

interface BindingBody {
  readonly ref: { readonly type: "binding_id" | "action_id" | "action_name"; readonly value: string };
  readonly display_name?: string;
}

/** The most Actions that one trigger runs. @see https://auth0.com/docs/customize/actions/limitations */
const MAX_BINDINGS = 20;

const UPDATE = shape({
  bindings: list(
    shape({
      ref: shape({ type: oneOf(["binding_id", "action_id", "action_name"]), value: text(1) }),
      "display_name?": text(1),
    }),
    { maxItems: MAX_BINDINGS },
  ),
});

/** Triggers and what is bound to them. @see https://auth0.com/docs/api/management/v2/actions/get-triggers */
export const triggers: Family = [
  {
    method: "GET",
    path: "/actions/triggers",
    name: "get_triggers",
    scopes: ["read:actions"],
    handle: () => ({ status: 200, body: { triggers: ACTION_TRIGGERS } }),
  },
  {
    method: "GET",
    path: "/actions/triggers/:triggerId/bindings",
    name: "get_bindings",
    scopes: ["read:actions"],
    query: actionPageQuery(),
    handle: listBindings,
  },
  {
    method: "PATCH",
    path: "/actions/triggers/:triggerId/bindings",
    name: "patch_bindings",
    scopes: ["update:actions"],
    body: UPDATE,
    handle: updateBindings,
  },
];

function listBindings({ params, query }: OperationRequest, { store }: Services): Reply {
  const triggerId = boundTrigger(params.triggerId ?? "", "list");
  const all = bindingsOf(store, triggerId).map((binding) => shown(store, triggerId, binding));
  return { status: 200, body: actionPage("bindings", all, query) };
}

function updateBindings({ params, body }: OperationRequest, services: Services): Reply {
  const { store } = services;
  const triggerId = boundTrigger(params.triggerId ?? "", "create");
  const { bindings: sent } = body as { readonly bindings: readonly BindingBody[] };
  const { bindings } = triggerBindingsIn(store).put(triggerId, {
    trigger_id: triggerId,
    bindings: sent.map((binding) => newBinding(services, binding, triggerId)),
  });
  return { status: 200, body: { bindings: bindings.map((binding) => shown(store, triggerId, binding)) } };
}

function newBinding(services: Services, sent: BindingBody, triggerId: string): Binding {
  const action = referredAction(services.store, sent.ref, triggerId);
  if (!action.supported_triggers.some(({ id }) => id === triggerId)) {
    throw new ManagementError(400, `The action ${action.name} does not support the trigger ${triggerId}`);
  }
  if (action.deployed_version_id === undefined) {
    throw new ManagementError(400, "Trying to create a binding for an action that has not been deployed yet");
  }
  const now = actionTime(services);
  return {
    id: services.ids.uuid(),
    action_id: action.id,
    display_name: sent.display_name ?? action.name,
    created_at: now,
    updated_at: now,
  };
}

function referredAction(store: Store, { type, value }: BindingBody["ref"], triggerId: string): Action {
  const isBinding = type === "binding_id";
  const id = isBinding ? bindingsOf(store, triggerId).find((binding) => binding.id === value)?.action_id : value;
  const action = actionsIn(store).find((known) => (type === "action_name" ? known.name : known.id) === id);
  return existing(action, isBinding ? "That binding does not exist." : "That action does not exist.");
}

function bindingsOf(store: Store, triggerId: string): readonly Binding[] {
  return triggerBindingsIn(store).get(triggerId)?.bindings ?? [];
}

function shown(store: Store, triggerId: string, binding: Binding): object {
  const { id, action_id, created_at, updated_at, display_name } = binding;
  const action = actionsIn(store).get(action_id) as Action;
  const deployed = actionVersionsIn(store).get(action.deployed_version_id ?? "");
  return {
    id,
    trigger_id: triggerId,
    action: shownActionBase(action, deployed),
    created_at,
    updated_at,
    display_name,
  };
}

/** The id of a trigger to which Actions can be bound. */
function boundTrigger(id: string, verb: "list" | "create"): string {
  if (!ACTION_TRIGGERS.some((trigger) => trigger.id === id)) {
    throw new ManagementError(
      400,
      `Path validation error: 'No enum match for: ${id}' on property triggerId (An actions extensibility point.).`,
      "invalid_uri",
    );
  }
  if (ACTION_TRIGGERS.some((trigger) => trigger.id === id && trigger.binding_policy === "entity-bound")) {
    throw new ManagementError(400, `cannot ${verb} action bindings for an entity-bound trigger`);
  }
  return id;
}
