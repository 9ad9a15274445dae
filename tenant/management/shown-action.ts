import type { Action, ActionVersion, Secret } from "../documents/action";

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

/** As the API shows a version, with its Action. */
export function shownVersion(version: ActionVersion, action: Action): object {
  return { ...versionBody(version, version.id === action.deployed_version_id), action: shownActionBase(action) };
}

/** The answer to a deployment tells the version as it was a moment before it was deployed. */
export function acceptedVersion({ built_at, ...version }: ActionVersion, action: Action): object {
  return { ...versionBody(version, false), action: shownActionBase(action) };
}

function versionsOf(deployed: ActionVersion | undefined): object {
  if (deployed === undefined) {
    return {};
  }
  const { id, code, runtime, status, number, built_at, created_at, updated_at } = deployed;
  const built = built_at !== undefined && { build_time: built_at };
  return {
    current_version: { id, code, runtime, status: status.toUpperCase(), number, ...built, created_at, updated_at },
    deployed_version: versionBody(deployed, true),
  };
}

function versionBody(version: ActionVersion, deployed: boolean): object {
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
