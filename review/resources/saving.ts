import { type Finding, finding } from "../finding";
import { allActions } from "../form/flow-writes";
import { objectOf } from "../json-value";
import { decoded } from "../plan/decoded";
import type { Resource, Snapshot, Snapshots } from "../plan/snapshot";
import { type Scopes, scopesOf } from "./scopes";
import { clientOf, clientWith } from "./vault-connections";

/** What a flow needs to write `user_metadata`. */
const NEEDED = "update:users";

/** Flows whose answers nobody may save once the plan is applied, and somebody could before. */
export function savingFindings({ tenant, planned }: Snapshots): Finding[] {
  return flowsOf(planned).flatMap((flow) =>
    savers(flow, planned).flatMap(({ connection, letsIn }): Finding[] => {
      const old = tenant.get(connection.address);
      const [could, can] = [old && maySave(old, tenant), maySave(connection, planned)];
      const client = clientOf(connection, planned);
      const isLost = can === false ? could !== false : can === undefined && could === true && client !== undefined;
      if (!isLost) {
        return [];
      }
      const values = { flow: flow.name, client: client?.name ?? "", connection: connection.name, letsIn };
      return [finding("saving-refused", { address: flow.address }, values)];
    }),
  );
}

function flowsOf(snapshot: Snapshot): Resource[] {
  return [...snapshot.values()]
    .filter(({ type }) => type === "auth0_flow")
    .sort((one, other) => (one.address < other.address ? -1 : 1));
}

/** The connections by which a flow writes users, each with whether the login goes on when it can not. */
function savers(flow: Resource, snapshot: Snapshot): { readonly connection: Resource; readonly letsIn: boolean }[] {
  const updates = allActions(decoded(flow.attribute("actions"))).filter(({ action }) => action === "UPDATE_USER");
  const connections = [...snapshot.values()].filter(({ type }) => type === "auth0_flow_vault_connection");
  return connections.flatMap((connection) => {
    const own = updates.filter(({ params }) => objectOf(params).connection_id === connection.id);
    return own.length === 0 ? [] : [{ connection, letsIn: own.every(({ allow_failure }) => allow_failure === true) }];
  });
}

/** Of scopes that can not be known it is said elsewhere; `undefined` where no grant of the client is in the plan. */
function maySave(connection: Resource, snapshot: Snapshot): boolean | undefined {
  const client = clientOf(connection, snapshot);
  const id = connection.openSetUp.get("client_id");
  const grants = [...snapshot.values()].filter((grant) => {
    const own = grant.type === "auth0_client_grant" ? grant.text("client_id") : undefined;
    const isOfClient =
      own !== undefined && (own === id || (client !== undefined && clientWith(own, snapshot) === client));
    return isOfClient && /\/api\/v2\/$/.test(grant.text("audience") ?? "/api/v2/");
  });
  const mayGrant = (scopes: Scopes) => scopes === undefined || scopes === "all" || scopes.includes(NEEDED);
  return grants.length === 0 ? undefined : grants.map(scopesOf).some(mayGrant);
}
