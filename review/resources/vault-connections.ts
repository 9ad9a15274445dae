import { type Finding, finding } from "../finding";
import type { Resource, Snapshot, Snapshots } from "../plan/snapshot";

/** Where a flow's answers go, and as whom: what of a Vault connection's set-up is another than before. */
export function connectionFindings({ tenant, planned }: Snapshots): Finding[] {
  const connections = [...planned.values()].filter(({ type }) => type === "auth0_flow_vault_connection");
  return connections
    .sort((one, other) => (one.address < other.address ? -1 : 1))
    .flatMap((connection): Finding[] => {
      const old = tenant.get(connection.address);
      if (old === undefined) {
        return [];
      }
      const [before, after] = [setUpOf(old, tenant), setUpOf(connection, planned)];
      const changes = [...new Set([...before.keys(), ...after.keys()])]
        .filter((key) => before.get(key) !== after.get(key))
        .sort()
        .map((key) => ({ key, before: before.get(key), after: after.get(key) }));
      const { address, name } = connection;
      return changes.length === 0 ? [] : [finding("connection-changed", { address }, { connection: name, changes })];
    });
}

/** The client that a connection uses, where the plan has it. */
export function clientOf(connection: Resource, snapshot: Snapshot): Resource | undefined {
  return clientWith(connection.openSetUp.get("client_id"), snapshot);
}

export function clientWith(id: string | undefined, snapshot: Snapshot): Resource | undefined {
  return [...snapshot.values()].find(
    (resource) =>
      resource.type === "auth0_client" &&
      id !== undefined &&
      [resource.id, `(${resource.address}.client_id)`].includes(id),
  );
}

/** A client that is made anew at its address is the same. */
function setUpOf(connection: Resource, snapshot: Snapshot): ReadonlyMap<string, string | undefined> {
  const client = clientOf(connection, snapshot)?.address;
  const app = connection.text("app_id");
  return new Map([
    ...(app === undefined ? [] : [["app_id", app] as const]),
    ...connection.openSetUp,
    ...(client === undefined ? [] : [["client_id", client] as const]),
  ]);
}
