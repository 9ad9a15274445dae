import type { Action } from "../documents/action";
import { actionsIn, actionVersionsIn, triggerBindingsIn } from "../documents/collections";
import type { Store } from "../documents/store";
import type { TriggerBindings } from "../documents/trigger-bindings";
import { actionTime, built, builtAction, deploy, existingAction, versionsByNumber } from "./action-build";
import { type ActionBody, CREATE_ACTION, draftOf, TRIGGER_ID, UPDATE_ACTION } from "./action-draft";
import { actionPage, actionPageQuery } from "./action-page";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { ManagementError } from "./management-error";
import { notBuiltOperations } from "./not-built";
import { querySchema } from "./page";
import { acceptedVersion, shownAction } from "./shown-action";

const LIST_QUERY = actionPageQuery({
  triggerId: { ...TRIGGER_ID, description: "An actions extensibility point." },
  actionName: { type: "string", description: "The name of the action to retrieve." },
  deployed: { type: "boolean", description: "Optional filter to only retrieve actions that are deployed." },
  installed: { type: "boolean", description: "Optional. When true, return only installed actions." },
});

const DELETE_QUERY = querySchema({
  force: { type: "boolean", description: "Force action deletion detaching bindings" },
});

/** A draft is built when it is first looked at, or after this time. */
const BUILD_MILLISECONDS = 1000;

/** Actions. @see https://auth0.com/docs/api/management/v2/actions/get-actions */
export const actions: Family = [
  {
    method: "GET",
    path: "/actions/actions",
    name: "get_actions",
    scopes: ["read:actions"],
    query: LIST_QUERY,
    handle: listActions,
  },
  {
    method: "POST",
    path: "/actions/actions",
    name: "post_action",
    scopes: ["create:actions"],
    body: CREATE_ACTION,
    handle: createAction,
  },
  {
    method: "GET",
    path: "/actions/actions/:id",
    name: "get_action",
    scopes: ["read:actions"],
    handle: readAction,
  },
  {
    method: "PATCH",
    path: "/actions/actions/:id",
    name: "patch_action",
    scopes: ["update:actions"],
    body: UPDATE_ACTION,
    handle: updateAction,
  },
  {
    method: "DELETE",
    path: "/actions/actions/:id",
    name: "delete_action",
    scopes: ["delete:actions"],
    query: DELETE_QUERY,
    handle: deleteAction,
  },
  {
    method: "POST",
    path: "/actions/actions/:id/deploy",
    name: "post_deploy_action",
    scopes: ["create:actions"],
    handle: deployAction,
  },
  ...notBuiltOperations(`
    POST /actions/actions/:id/test post_test_action create:actions
    GET /actions/executions/:id get_execution read:actions
    GET /actions/modules get_action_modules read:actions
    POST /actions/modules post_action_module create:actions
    GET /actions/modules/:id get_action_module read:actions
    DELETE /actions/modules/:id delete_action_module delete:actions
    PATCH /actions/modules/:id patch_action_module update:actions
    GET /actions/modules/:id/actions get_action_module_actions read:actions
    POST /actions/modules/:id/rollback post_action_module_rollback update:actions
    GET /actions/modules/:id/versions get_action_module_versions read:actions
    POST /actions/modules/:id/versions post_action_module_version update:actions
    GET /actions/modules/:id/versions/:versionId get_action_module_version read:actions
  `),
];

function listActions({ query }: OperationRequest, services: Services): Reply {
  const found = actionsIn(services.store)
    .list()
    .filter(({ supported_triggers }) => !query.triggerId || supported_triggers[0]?.id === query.triggerId)
    .filter(({ name }) => !query.actionName || name === query.actionName)
    .filter(({ deployed_version_id }) => query.deployed !== true || deployed_version_id !== undefined)
    // Nothing can be installed from Auth0's marketplace here.
    .filter(() => query.installed !== true);
  const all = found.map((action) => shown(services.store, built(services, action)));
  return { status: 200, body: actionPage("actions", all, query) };
}

function createAction({ body }: OperationRequest, services: Services): Reply {
  const { store, ids } = services;
  const sent = body as ActionBody & { readonly name: string };
  checkName(store, sent.name);
  const id = ids.uuid();
  const at = actionTime(services);
  const kept = actionsIn(store).put(id, {
    id,
    name: sent.name,
    ...draftOf(sent, {}, at),
    status: "pending",
    all_changes_deployed: false,
    created_at: at,
    updated_at: at,
  });
  services.packages.look(kept.dependencies);
  if (sent.deploy !== true) {
    return { status: 201, body: shown(store, kept) };
  }
  const { id: deployed_version_id } = deploy(services, kept, kept, "pending");
  const deployed = actionsIn(store).put(id, { ...kept, deployed_version_id, all_changes_deployed: true });
  return { status: 201, body: shown(store, deployed) };
}

function readAction({ params }: OperationRequest, services: Services): Reply {
  return { status: 200, body: shown(services.store, builtAction(services, params.id)) };
}

function updateAction({ params, body }: OperationRequest, services: Services): Reply {
  const { store } = services;
  const action = builtAction(services, params.id);
  const sent = body as ActionBody;
  const name = sent.name ?? action.name;
  checkName(store, name, action.id);
  const at = actionTime(services);
  const program = draftOf(sent, action, at);
  const isMoved = program.supported_triggers[0]?.id !== action.supported_triggers[0]?.id;
  if (isMoved && triggersWith(store, action).length > 0) {
    throw new ManagementError(400, "can't upgrade to this trigger.");
  }
  const state = { status: "pending", all_changes_deployed: false, updated_at: at } as const;
  const updated = actionsIn(store).put(action.id, { ...action, name, ...program, ...state });
  services.packages.look(updated.dependencies);
  return { status: 200, body: shown(store, updated) };
}

function deleteAction({ params, query }: OperationRequest, { store }: Services): Reply {
  const action = existingAction(store, params.id);
  const bound = triggersWith(store, action);
  if (bound.length > 0 && query.force !== true) {
    throw new ManagementError(409, "Unable to delete an action bound to a trigger.");
  }
  for (const { trigger_id, bindings } of bound) {
    const rest = bindings.filter(({ action_id }) => action_id !== action.id);
    triggerBindingsIn(store).put(trigger_id, { trigger_id, bindings: rest });
  }
  for (const version of versionsByNumber(store, action)) {
    actionVersionsIn(store).delete(version.id);
  }
  actionsIn(store).delete(action.id);
  return { status: 204 };
}

function deployAction({ params }: OperationRequest, services: Services): Reply {
  const { store, clock } = services;
  const found = existingAction(store, params.id);
  const age = clock().getTime() - Date.parse(found.updated_at);
  const action = age < BUILD_MILLISECONDS ? found : built(services, found);
  if (action.status !== "built") {
    throw new ManagementError(400, "A draft must be in the 'built' state before it can be deployed.");
  }
  const version = deploy(services, action, action, "built");
  actionsIn(store).put(action.id, { ...action, deployed_version_id: version.id, all_changes_deployed: true });
  return { status: 200, body: acceptedVersion(version, action) };
}

function checkName(store: Store, name: string, own?: string): void {
  if (actionsIn(store).find((action) => action.name === name && action.id !== own) !== undefined) {
    throw new ManagementError(409, "An action with that name already exists.");
  }
}

function triggersWith(store: Store, action: Action): readonly TriggerBindings[] {
  return triggerBindingsIn(store)
    .list()
    .filter(({ bindings }) => bindings.some(({ action_id }) => action_id === action.id));
}

function shown(store: Store, action: Action): object {
  return shownAction(action, actionVersionsIn(store).get(action.deployed_version_id ?? ""));
}
