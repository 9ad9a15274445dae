import type { Action, ActionVersion, BuildStatus, Program } from "../documents/action";
import { actionsIn, actionVersionsIn } from "../documents/collections";
import type { Store } from "../documents/store";
import type { Services } from "./family";
import { existing } from "./management-error";

// Auth0 tells these times to the nanosecond.
export function actionTime({ clock }: Services): string {
  return clock().toISOString().replace("Z", "000000Z");
}

/** @throws ManagementError 404 */
export function existingAction(store: Store, id = ""): Action {
  return existing(actionsIn(store).get(id), "That action does not exist.");
}

/** The Action after the build of its draft. @throws ManagementError 404 */
export function builtAction(services: Services, id: string | undefined): Action {
  return built(services, existingAction(services.store, id));
}

/** The Action after the build of its draft, and of the version that was deployed with it. */
export function built(services: Services, action: Action): Action {
  if (action.status === "built" || action.status === "failed") {
    return action;
  }
  const { status, log } = services.packages.look(action.dependencies);
  const versions = actionVersionsIn(services.store);
  const version = versions.get(action.deployed_version_id ?? "");
  const at = actionTime(services);
  if (version !== undefined && version.built_at === undefined) {
    versions.put(version.id, { ...version, status, ...(status === "built" && { built_at: at }), updated_at: at });
  }
  const { build_log: former, ...draft } = action;
  const told = log.length > 0 && { build_log: { at: services.clock().toISOString(), lines: log } };
  return actionsIn(services.store).put(action.id, { ...draft, status, ...told });
}

/** The versions of an Action, the newest first. */
export function versionsByNumber(store: Store, action: Action): readonly ActionVersion[] {
  return actionVersionsIn(store)
    .list()
    .filter(({ action_id }) => action_id === action.id)
    .toSorted((one, other) => other.number - one.number);
}

/** Makes a new version of an Action; that it is the deployed one is for the caller to say. */
export function deploy(services: Services, action: Action, program: Program, status: BuildStatus): ActionVersion {
  const { store, ids } = services;
  const id = ids.uuid();
  const number = (versionsByNumber(store, action)[0]?.number ?? 0) + 1;
  const { code, dependencies, runtime, secrets, supported_triggers } = program;
  const at = actionTime(services);
  return actionVersionsIn(store).put(id, {
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
