import { BOOLEAN, shape } from "auth0-forms/schema";
import type { Action, ActionVersion } from "../documents/action";
import { actionsIn, actionVersionsIn } from "../documents/collections";
import type { Store } from "../documents/store";
import { builtAction, deploy, versionsByNumber } from "./action-build";
import { actionPage, actionPageQuery } from "./action-page";
import type { Family, JsonSchema, OperationRequest, Reply, Services } from "./family";
import { existing } from "./management-error";
import { acceptedVersion, shownVersion } from "./shown-action";

const DEPLOY: JsonSchema = { ...shape({ "update_draft?": BOOLEAN }), type: ["object", "null"] };

/** What was deployed of Actions. @see https://auth0.com/docs/api/management/v2/actions/get-action-versions */
export const actionVersions: Family = [
  {
    method: "GET",
    path: "/actions/actions/:actionId/versions",
    name: "get_action_versions",
    scopes: ["read:actions"],
    query: actionPageQuery(),
    handle: listVersions,
  },
  {
    method: "GET",
    path: "/actions/actions/:actionId/versions/:id",
    name: "get_action_version",
    scopes: ["read:actions"],
    handle: readVersion,
  },
  {
    method: "POST",
    path: "/actions/actions/:actionId/versions/:id/deploy",
    name: "post_deploy_draft_version",
    scopes: ["create:actions"],
    body: DEPLOY,
    handle: deployVersion,
  },
];

function listVersions({ params, query }: OperationRequest, services: Services): Reply {
  const action = builtAction(services, params.actionId);
  const all = versionsByNumber(services.store, action).map((version) => shownVersion(version, action));
  return { status: 200, body: actionPage("versions", all, query) };
}

function readVersion({ params }: OperationRequest, services: Services): Reply {
  const action = builtAction(services, params.actionId);
  return { status: 200, body: shownVersion(existingVersion(services.store, action, params.id), action) };
}

function deployVersion({ params, body }: OperationRequest, services: Services): Reply {
  const action = builtAction(services, params.actionId);
  const old = existingVersion(services.store, action, params.id);
  const version = deploy(services, action, old, "built");
  const { code, dependencies, runtime, secrets, supported_triggers } = old;
  const updatesDraft = (body as { readonly update_draft?: boolean } | null)?.update_draft === true;
  actionsIn(services.store).put(action.id, {
    ...action,
    ...(updatesDraft && { code, dependencies, runtime, secrets, supported_triggers }),
    deployed_version_id: version.id,
    all_changes_deployed: updatesDraft,
  });
  return { status: 200, body: acceptedVersion(version, action) };
}

function existingVersion(store: Store, action: Action, id = ""): ActionVersion {
  const version = actionVersionsIn(store).get(id);
  return existing(version?.action_id === action.id ? version : undefined, "That action version does not exist.");
}
