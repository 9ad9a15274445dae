import { apply, applyReplacing, type Finding } from "./finding";
import type { Item, TokenReply } from "./management-client";
import { isThere } from "./missing-findings";
import { ofType, type Resource, type State, type Values } from "./state";
import type { Tenant } from "./tenant";

const SAVES = "update:users";

/** Grants without a scope that the state has. */
export function grantFindings(state: State, tenant: Tenant): readonly Finding[] {
  return ofType(state, "auth0_client_grant").flatMap(({ address, id, values }): Finding[] => {
    const grant = tenant.grants.find((one) => one.id === id);
    const has = (grant?.scope ?? []) as readonly string[];
    const lost = ((values.scopes ?? []) as readonly string[]).filter((scope) => !has.includes(scope));
    if (grant === undefined || lost.length === 0 || grant.allow_all_scopes === true) {
      return [];
    }
    const what = `lacks ${lost.join(", ")}`;
    return [{ kind: "grant", address, id, what, remedy: apply(state), isPlanned: true }];
  });
}

/**
 * Whether flows can save by the Vault connections. Auth0 gives no set-up back, so that it is what can be seen from
 * outside: that the connection is ready, that nobody has written it since, that the credentials that the state
 * has of it are good, and that its client may save.
 */
export function connectionFindings(state: State, tenant: Tenant): readonly Finding[] {
  const own = ofType(state, "auth0_flow_vault_connection").flatMap((resource) => ofConnection(state, tenant, resource));
  const foreign = ofType(state, "auth0_flow").flatMap((flow) => ofFlow(state, tenant, flow));
  return [...own, ...foreign];
}

/** Vault connections whose credentials the state does not have. */
export function connectionNotes(state: State, tenant: Tenant): readonly string[] {
  return ofType(state, "auth0_flow_vault_connection")
    .filter(({ address, values }) => values.app_id === "AUTH0" && !tenant.tokens.has(address))
    .map(({ address }) => `${address}: the state has no credentials of it, so that they were not tried`);
}

function ofConnection(state: State, tenant: Tenant, resource: Resource): readonly Finding[] {
  const { address, id, values } = resource;
  const listed = tenant.lists.auth0_flow_vault_connection.find((connection) => connection.id === id);
  if (listed === undefined) {
    return [];
  }
  const finding = { kind: "connection", address, id, remedy: applyReplacing(state, resource) } as const;
  if (listed.item.ready === false) {
    return [{ ...finding, what: "is not ready: it has no credentials" }];
  }
  const { fingerprint } = values;
  const isWritten = typeof fingerprint === "string" && fingerprint !== "" && fingerprint !== listed.item.fingerprint;
  const reply = tenant.tokens.get(address);
  const refused = reply === undefined ? undefined : refusal(state, tenant, resource, reply);
  return [
    ...(isWritten
      ? [{ ...finding, what: "was written since the last apply, and not by it: its fingerprint is another one" }]
      : []),
    ...(refused === undefined ? [] : [{ ...finding, ...refused }]),
  ];
}

function refusal(
  state: State,
  tenant: Tenant,
  resource: Resource,
  reply: TokenReply,
): Pick<Finding, "what" | "remedy"> | undefined {
  const { client_id: clientId } = resource.values.setup as Values;
  const client = `its client ${clientId}`;
  const remedy = applyReplacing(state, resource);
  const grants = ofType(state, "auth0_client_grant").filter(({ values }) => values.client_id === clientId);
  if (reply.token === undefined) {
    const isClient = tenant.lists.auth0_client.some(({ id }) => id === clientId);
    // That its grant is gone is told of the grant: another Vault connection would not mend it.
    if (isClient && grants.some(({ id }) => !isThere(tenant, "auth0_client_grant", id))) {
      return undefined;
    }
    const isOwn = ofType(state, "auth0_client").some(({ id }) => id === clientId);
    return {
      what: isClient ? `${client} gets no token, ${reply.refusal}` : `${client} is not in the tenant`,
      remedy: isOwn ? remedy : `give the stack the id and secret of a client that may save, then ${remedy}`,
    };
  }
  if (reply.scopes === undefined || reply.scopes.includes(SAVES) || !isToSave(state, resource.id)) {
    return undefined;
  }
  return {
    what: `${client} has no ${SAVES}, so that no answer can be saved`,
    remedy:
      grants.length > 0
        ? `give the stack's grant ${SAVES}, then ${apply(state)}`
        : `add ${SAVES} to the client's grant`,
  };
}

/** A flow of the state by a Vault connection that is not. */
function ofFlow(state: State, { lists }: Tenant, { address, id, values }: Resource): readonly Finding[] {
  return [...connectionsOf(values)]
    .filter((connection) => !state.ids.has(connection))
    .flatMap((connection): Finding[] => {
      const listed = lists.auth0_flow_vault_connection.find((one) => one.id === connection);
      const remedy = `set the Vault connection up, or give the flow another one, then ${apply(state)}`;
      const finding = { kind: "connection", address, id, remedy } as const;
      if (listed === undefined) {
        return [{ ...finding, what: `uses the Vault connection ${connection}, which the tenant does not have` }];
      }
      return listed.item.ready === false
        ? [{ ...finding, what: `uses the Vault connection ${connection}, which has no credentials` }]
        : [];
    });
}

/** Whether a flow of the state updates users by a Vault connection. */
function isToSave(state: State, connection: string): boolean {
  return ofType(state, "auth0_flow").some(({ values }) => {
    const text = String(values.actions ?? "");
    return text.includes(connection) && text.includes('"UPDATE_USER"');
  });
}

function connectionsOf({ actions }: Item): ReadonlySet<string> {
  return new Set(String(actions ?? "").match(/\bac_[A-Za-z0-9]{10,27}\b/g));
}
