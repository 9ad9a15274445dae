import type { Action, ActionVersion } from "./action";
import type { Client, ClientCredential } from "./client";
import type { ClientGrant } from "./client-grant";
import type { Connection } from "./connection";
import type { Flow, FlowExecution } from "./flow";
import type { Form } from "./form";
import type { ResourceServer } from "./resource-server";
import type { Collection, Store } from "./store";
import type { TenantSettings } from "./tenant-settings";
import type { TriggerBindings } from "./trigger-bindings";
import type { User } from "./user";
import type { VaultConnection } from "./vault-connection";

// Families look into each other's documents; here is what each keeps, and where.

export function clientsIn(store: Store): Collection<Client> {
  return store.collection("clients");
}

export function clientCredentialsIn(store: Store): Collection<ClientCredential> {
  return store.collection("client-credentials");
}

export function clientGrantsIn(store: Store): Collection<ClientGrant> {
  return store.collection("client-grants");
}

export function resourceServersIn(store: Store): Collection<ResourceServer> {
  return store.collection("resource-servers");
}

export function connectionsIn(store: Store): Collection<Connection> {
  return store.collection("connections");
}

export function usersIn(store: Store): Collection<User> {
  return store.collection("users");
}

/** Hashes by `user_id`. */
export function passwordsIn(store: Store): Collection<{ readonly hash: string }> {
  return store.collection("passwords");
}

/** One document, under the id `settings`. */
export function tenantSettingsIn(store: Store): Collection<TenantSettings> {
  return store.collection("tenant-settings");
}

export function formsIn(store: Store): Collection<Form> {
  return store.collection("forms");
}

export function flowsIn(store: Store): Collection<Flow> {
  return store.collection("flows");
}

export function flowExecutionsIn(store: Store): Collection<FlowExecution> {
  return store.collection("flow-executions");
}

export function vaultConnectionsIn(store: Store): Collection<VaultConnection> {
  return store.collection("vault-connections");
}

export function actionsIn(store: Store): Collection<Action> {
  return store.collection("actions");
}

export function actionVersionsIn(store: Store): Collection<ActionVersion> {
  return store.collection("action-versions");
}

/** By the trigger's id. */
export function triggerBindingsIn(store: Store): Collection<TriggerBindings> {
  return store.collection("trigger-bindings");
}
