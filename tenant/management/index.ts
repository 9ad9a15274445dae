import { actionVersions } from "./action-versions";
import { actions } from "./actions";
import { clientCredentials } from "./client-credentials";
import { clientGrants } from "./client-grants";
import { clients } from "./clients";
import { connections } from "./connections";
import type { Family } from "./family";
import { flowExecutions } from "./flow-executions";
import { flows } from "./flows";
import { formImport } from "./form-import";
import { forms } from "./forms";
import { resourceServers } from "./resource-servers";
import { tenantSettings } from "./tenant-settings";
import { triggers } from "./triggers";
import { users } from "./users";
import { vaultConnections } from "./vault-connections";

/** All families of the Management API that the tenant knows, in the order of Auth0's reference. */
export const FAMILIES: readonly Family[] = [
  actions,
  actionVersions,
  triggers,
  clientGrants,
  clients,
  clientCredentials,
  connections,
  flows,
  flowExecutions,
  vaultConnections,
  forms,
  formImport,
  resourceServers,
  tenantSettings,
  users,
];
