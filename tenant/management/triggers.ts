import type { Action } from "../documents/action";
import { actionsIn, actionVersionsIn, triggerBindingsIn } from "../documents/collections";
import type { Binding } from "../documents/trigger-bindings";
import { actionPage, actionPageQuery } from "./action-page";
import { ACTION_TRIGGERS } from "./action-triggers";
import { shownActionBase } from "./actions";
import type { Family } from "./family";
import { ManagementError } from "./management-error";
import { oneOf } from "./property";
import { list, shape, text } from "./shape";

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
export const triggers: Family = ({ store, ids, clock }) => {
  const collection = triggerBindingsIn(store);
  const actions = actionsIn(store);
  const versions = actionVersionsIn(store);

  function bound(triggerId: string): readonly Binding[] {
    return collection.get(triggerId)?.bindings ?? [];
  }

  function shown(triggerId: string, { id, action_id, created_at, updated_at, display_name }: Binding): object {
    const action = actions.get(action_id) as Action;
    const deployed = versions.get(action.deployed_version_id ?? "");
    return {
      id,
      trigger_id: triggerId,
      action: shownActionBase(action, deployed),
      created_at,
      updated_at,
      display_name,
    };
  }

  function referredAction({ type, value }: BindingBody["ref"], triggerId: string): Action {
    const id = type === "binding_id" ? bound(triggerId).find((binding) => binding.id === value)?.action_id : value;
    const action = actions.find((known) => (type === "action_name" ? known.name : known.id) === id);
    if (action === undefined) {
      throw new ManagementError(
        404,
        type === "binding_id" ? "That binding does not exist." : "That action does not exist.",
      );
    }
    return action;
  }

  function newBinding(sent: BindingBody, triggerId: string): Binding {
    const action = referredAction(sent.ref, triggerId);
    if (!action.supported_triggers.some(({ id }) => id === triggerId)) {
      throw new ManagementError(400, `The action ${action.name} does not support the trigger ${triggerId}`);
    }
    if (action.deployed_version_id === undefined) {
      throw new ManagementError(400, "Trying to create a binding for an action that has not been deployed yet");
    }
    const now = clock().toISOString().replace("Z", "000000Z");
    return {
      id: ids.uuid(),
      action_id: action.id,
      display_name: sent.display_name ?? action.name,
      created_at: now,
      updated_at: now,
    };
  }

  return [
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
      handle: ({ params, query }) => {
        const triggerId = knownTrigger(params.triggerId as string);
        const all = bound(triggerId).map((binding) => shown(triggerId, binding));
        return { status: 200, body: actionPage("bindings", all, query) };
      },
    },
    {
      method: "PATCH",
      path: "/actions/triggers/:triggerId/bindings",
      name: "patch_bindings",
      scopes: ["update:actions"],
      body: UPDATE,
      handle: ({ params, body }) => {
        const triggerId = knownTrigger(params.triggerId as string);
        if (ACTION_TRIGGERS.some(({ id, binding_policy }) => id === triggerId && binding_policy === "entity-bound")) {
          throw new ManagementError(400, "cannot create action bindings for an entity-bound trigger");
        }
        const { bindings: sent } = body as unknown as { readonly bindings: readonly BindingBody[] };
        const kept = collection.put(triggerId, {
          trigger_id: triggerId,
          bindings: sent.map((binding) => newBinding(binding, triggerId)),
        });
        return { status: 200, body: { bindings: kept.bindings.map((binding) => shown(triggerId, binding)) } };
      },
    },
  ];
};

function knownTrigger(id: string): string {
  if (!ACTION_TRIGGERS.some((trigger) => trigger.id === id)) {
    throw new ManagementError(
      400,
      `Path validation error: 'No enum match for: ${id}' on property triggerId (An actions extensibility point.).`,
      "invalid_uri",
    );
  }
  return id;
}
