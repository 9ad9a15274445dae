import type { Action, ActionVersion, BuildStatus, Program, Secret } from "../documents/action";
import { actionsIn, actionVersionsIn, triggerBindingsIn } from "../documents/collections";
import type { TriggerBindings } from "../documents/trigger-bindings";
import { type ActionBody, CREATE_ACTION, draftOf, TRIGGER_ID, UPDATE_ACTION } from "./action-draft";
import { actionPage, actionPageQuery } from "./action-page";
import type { Family, Operation } from "./family";
import { ManagementError } from "./management-error";
import { querySchema } from "./page";
import { BOOLEAN } from "./property";
import { shape } from "./shape";

/** A draft is built when it is first looked at, or after this time. */
const BUILD_MILLISECONDS = 1000;

/** As the API shows an Action by itself. */
export function shownAction(action: Action, deployed: ActionVersion | undefined): object {
  const { id, name, supported_triggers, created_at, updated_at, code, dependencies, runtime, status } = action;
  return {
    id,
    name,
    supported_triggers,
    created_at,
    updated_at,
    code,
    dependencies,
    runtime,
    status,
    secrets: shownSecrets(action.secrets),
    ...versionsOf(deployed),
    all_changes_deployed: action.all_changes_deployed,
  };
}

/** As the API shows an Action inside of a binding or a version: always as if changes were not deployed. */
export function shownActionBase(action: Action, deployed?: ActionVersion): object {
  const { id, name, supported_triggers, created_at, updated_at } = action;
  return { id, name, supported_triggers, created_at, updated_at, ...versionsOf(deployed), all_changes_deployed: false };
}

function versionsOf(deployed: ActionVersion | undefined): object {
  if (deployed === undefined) {
    return {};
  }
  const { id, code, runtime, status, number, built_at, created_at, updated_at } = deployed;
  const built = built_at !== undefined && { build_time: built_at };
  return {
    current_version: { id, code, runtime, status: status.toUpperCase(), number, ...built, created_at, updated_at },
    deployed_version: shownVersion(deployed, true),
  };
}

function shownVersion(version: ActionVersion, deployed: boolean): object {
  const { code, dependencies, id, number, built_at, secrets, status } = version;
  const { created_at, updated_at, runtime, supported_triggers } = version;
  return {
    code,
    dependencies,
    id,
    deployed,
    number,
    ...(built_at !== undefined && { built_at }),
    secrets: shownSecrets(secrets),
    status,
    created_at,
    updated_at,
    runtime,
    supported_triggers,
  };
}

function shownSecrets(secrets: readonly Secret[]): readonly object[] {
  return secrets.map(({ name, updated_at }) => ({ name, updated_at }));
}

/** Actions and their versions. @see https://auth0.com/docs/api/management/v2/actions/get-actions */
export const actions: Family = ({ store, ids, clock }) => {
  const collection = actionsIn(store);
  const versions = actionVersionsIn(store);
  const bindings = triggerBindingsIn(store);

  // Auth0 tells these times to the nanosecond.
  function now(): string {
    return clock().toISOString().replace("Z", "000000Z");
  }

  function existing(id: string): Action {
    const action = collection.get(id);
    if (action === undefined) {
      throw new ManagementError(404, "That action does not exist.");
    }
    return action;
  }

  function existingVersion(action: Action, id: string): ActionVersion {
    const version = versions.get(id);
    if (version?.action_id !== action.id) {
      throw new ManagementError(404, "That action version does not exist.");
    }
    return version;
  }

  function shown(action: Action): object {
    return shownAction(action, versions.get(action.deployed_version_id ?? ""));
  }

  function versionsByNumber(action: Action): readonly ActionVersion[] {
    return versions
      .list()
      .filter(({ action_id }) => action_id === action.id)
      .toSorted((one, other) => other.number - one.number);
  }

  function triggersWith(action: Action): readonly TriggerBindings[] {
    return bindings.list().filter((bound) => bound.bindings.some(({ action_id }) => action_id === action.id));
  }

  /** The Action after the build of its draft, and of the version that was deployed with it. */
  function built(action: Action): Action {
    if (action.status === "built") {
      return action;
    }
    const version = versions.get(action.deployed_version_id ?? "");
    if (version?.status === "pending") {
      const at = now();
      versions.put(version.id, { ...version, status: "built", built_at: at, updated_at: at });
    }
    return collection.put(action.id, { ...action, status: "built" });
  }

  function checkName(name: string, own?: string): void {
    if (collection.find((action) => action.name === name && action.id !== own) !== undefined) {
      throw new ManagementError(409, "An action with that name already exists.");
    }
  }

  function deploy(action: Action, program: Program, status: BuildStatus): ActionVersion {
    const id = ids.uuid();
    const number = (versionsByNumber(action)[0]?.number ?? 0) + 1;
    const { code, dependencies, runtime, secrets, supported_triggers } = program;
    const at = now();
    return versions.put(id, {
      id,
      action_id: action.id,
      number,
      code,
      dependencies,
      runtime,
      secrets,
      supported_triggers,
      status,
      ...(status === "built" && { built_at: at }),
      created_at: at,
      updated_at: at,
    });
  }

  /** The answer to a deployment tells the version as it was a moment before it was deployed. */
  function accepted({ built_at, ...version }: ActionVersion, action: Action): object {
    return { ...shownVersion(version, false), action: shownActionBase(action) };
  }

  const operations: readonly Operation[] = [
    {
      method: "GET",
      path: "/actions/actions",
      name: "get_actions",
      scopes: ["read:actions"],
      query: actionPageQuery({
        triggerId: { ...TRIGGER_ID, description: "An actions extensibility point." },
        actionName: { type: "string", description: "The name of the action to retrieve." },
        deployed: { type: "boolean", description: "Optional filter to only retrieve actions that are deployed." },
        installed: { type: "boolean", description: "Optional. When true, return only installed actions." },
      }),
      handle: ({ query }) => {
        const found = collection
          .list()
          .filter(({ supported_triggers }) => !query.triggerId || supported_triggers[0]?.id === query.triggerId)
          .filter(({ name }) => !query.actionName || name === query.actionName)
          .filter(({ deployed_version_id }) => query.deployed !== true || deployed_version_id !== undefined)
          // Nothing can be installed from Auth0's marketplace here.
          .filter(() => query.installed !== true);
        return { status: 200, body: actionPage("actions", found.map(built).map(shown), query) };
      },
    },
    {
      method: "POST",
      path: "/actions/actions",
      name: "post_action",
      scopes: ["create:actions"],
      body: CREATE_ACTION,
      handle: ({ body }) => {
        const sent = body as unknown as ActionBody & { readonly name: string };
        checkName(sent.name);
        const id = ids.uuid();
        const at = now();
        const kept = collection.put(id, {
          id,
          name: sent.name,
          ...draftOf(sent, {}, at),
          status: "pending",
          all_changes_deployed: false,
          created_at: at,
          updated_at: at,
        });
        if (sent.deploy !== true) {
          return { status: 201, body: shown(kept) };
        }
        const { id: deployed_version_id } = deploy(kept, kept, "pending");
        const deployed = collection.put(id, { ...kept, deployed_version_id, all_changes_deployed: true });
        return { status: 201, body: shown(deployed) };
      },
    },
    {
      method: "GET",
      path: "/actions/actions/:id",
      name: "get_action",
      scopes: ["read:actions"],
      handle: ({ params }) => ({ status: 200, body: shown(built(existing(params.id as string))) }),
    },
    {
      method: "PATCH",
      path: "/actions/actions/:id",
      name: "patch_action",
      scopes: ["update:actions"],
      body: UPDATE_ACTION,
      handle: ({ params, body }) => {
        const action = built(existing(params.id as string));
        const sent = body as unknown as ActionBody;
        const name = sent.name ?? action.name;
        checkName(name, action.id);
        const at = now();
        const program = draftOf(sent, action, at);
        if (program.supported_triggers[0]?.id !== action.supported_triggers[0]?.id && triggersWith(action).length > 0) {
          throw new ManagementError(400, "can't upgrade to this trigger.");
        }
        const state = { status: "pending", all_changes_deployed: false, updated_at: at } as const;
        return { status: 200, body: shown(collection.put(action.id, { ...action, name, ...program, ...state })) };
      },
    },
    {
      method: "DELETE",
      path: "/actions/actions/:id",
      name: "delete_action",
      scopes: ["delete:actions"],
      query: querySchema({ force: { type: "boolean", description: "Force action deletion detaching bindings" } }),
      handle: ({ params, query }) => {
        const action = existing(params.id as string);
        const bound = triggersWith(action);
        if (bound.length > 0 && query.force !== true) {
          throw new ManagementError(409, "Unable to delete an action bound to a trigger.");
        }
        for (const { trigger_id, bindings: list } of bound) {
          const rest = list.filter(({ action_id }) => action_id !== action.id);
          bindings.put(trigger_id, { trigger_id, bindings: rest });
        }
        for (const version of versionsByNumber(action)) {
          versions.delete(version.id);
        }
        collection.delete(action.id);
        return { status: 204 };
      },
    },
    {
      method: "POST",
      path: "/actions/actions/:id/deploy",
      name: "post_deploy_action",
      scopes: ["create:actions"],
      handle: ({ params }) => {
        const found = existing(params.id as string);
        const age = clock().getTime() - Date.parse(found.updated_at);
        const action = age < BUILD_MILLISECONDS ? found : built(found);
        if (action.status !== "built") {
          throw new ManagementError(400, "A draft must be in the 'built' state before it can be deployed.");
        }
        const version = deploy(action, action, "built");
        collection.put(action.id, { ...action, deployed_version_id: version.id, all_changes_deployed: true });
        return { status: 200, body: accepted(version, action) };
      },
    },
    {
      method: "GET",
      path: "/actions/actions/:actionId/versions",
      name: "get_action_versions",
      scopes: ["read:actions"],
      query: actionPageQuery(),
      handle: ({ params, query }) => {
        const action = built(existing(params.actionId as string));
        const all = versionsByNumber(action).map((version) => ({
          ...shownVersion(version, version.id === action.deployed_version_id),
          action: shownActionBase(action),
        }));
        return { status: 200, body: actionPage("versions", all, query) };
      },
    },
    {
      method: "GET",
      path: "/actions/actions/:actionId/versions/:id",
      name: "get_action_version",
      scopes: ["read:actions"],
      handle: ({ params }) => {
        const action = built(existing(params.actionId as string));
        const version = existingVersion(action, params.id as string);
        const deployed = version.id === action.deployed_version_id;
        return { status: 200, body: { ...shownVersion(version, deployed), action: shownActionBase(action) } };
      },
    },
    {
      method: "POST",
      path: "/actions/actions/:actionId/versions/:id/deploy",
      name: "post_deploy_draft_version",
      scopes: ["create:actions"],
      body: { ...shape({ "update_draft?": BOOLEAN }), type: ["object", "null"] },
      handle: ({ params, body }) => {
        const action = built(existing(params.actionId as string));
        const old = existingVersion(action, params.id as string);
        const version = deploy(action, old, "built");
        const { code, dependencies, runtime, secrets, supported_triggers } = old;
        const updatesDraft = (body as { readonly update_draft?: boolean } | null)?.update_draft === true;
        collection.put(action.id, {
          ...action,
          ...(updatesDraft && { code, dependencies, runtime, secrets, supported_triggers }),
          deployed_version_id: version.id,
          all_changes_deployed: updatesDraft,
        });
        return { status: 200, body: accepted(version, action) };
      },
    },
  ];
  return [...operations, ...NOT_BUILT];
};

const NOT_BUILT: readonly Operation[] = [
  { method: "POST", path: "/actions/actions/:id/test", name: "post_test_action", scopes: ["create:actions"] },
  { method: "GET", path: "/actions/executions/:id", name: "get_execution", scopes: ["read:actions"] },
  { method: "GET", path: "/actions/modules", name: "get_action_modules", scopes: ["read:actions"] },
  { method: "POST", path: "/actions/modules", name: "post_action_module", scopes: ["create:actions"] },
  { method: "GET", path: "/actions/modules/:id", name: "get_action_module", scopes: ["read:actions"] },
  { method: "DELETE", path: "/actions/modules/:id", name: "delete_action_module", scopes: ["delete:actions"] },
  { method: "PATCH", path: "/actions/modules/:id", name: "patch_action_module", scopes: ["update:actions"] },
  { method: "GET", path: "/actions/modules/:id/actions", name: "get_action_module_actions", scopes: ["read:actions"] },
  {
    method: "POST",
    path: "/actions/modules/:id/rollback",
    name: "post_action_module_rollback",
    scopes: ["update:actions"],
  },
  {
    method: "GET",
    path: "/actions/modules/:id/versions",
    name: "get_action_module_versions",
    scopes: ["read:actions"],
  },
  {
    method: "POST",
    path: "/actions/modules/:id/versions",
    name: "post_action_module_version",
    scopes: ["update:actions"],
  },
  {
    method: "GET",
    path: "/actions/modules/:id/versions/:versionId",
    name: "get_action_module_version",
    scopes: ["read:actions"],
  },
];
