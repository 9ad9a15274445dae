import type { VaultSetup } from "../../documents/vault-connection";
import { FlowActionError } from "./flow-action-error";
import { textParam } from "./params";
import type { ActionCall } from "./run-action";

/** The Vault connection of an action, and what it is called in errors. @throws FlowActionError where it can not be used */
export function setUpConnection(
  { params, vaultConnection }: ActionCall,
  app: string,
): { readonly named: string; readonly setup: VaultSetup } {
  const id = textParam(params, "connection_id");
  const connection = vaultConnection(id);
  if (connection === undefined) {
    throw new FlowActionError(`Vault connection ${JSON.stringify(id)} does not exist`);
  }
  const { name, app_id, setup } = connection;
  const named = `Vault connection ${JSON.stringify(name)}`;
  if (app_id !== app || setup === undefined) {
    throw new FlowActionError(`${named} ${setup === undefined ? "is not set up" : `is one for ${app_id}, not ${app}`}`);
  }
  return { named, setup };
}
