import { FlowVaultConnection } from "@cdktf/provider-auth0/lib/flow-vault-connection";
import { type TerraformElement, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { checkName, isKnown } from "./checks";
import { checkFields, type FieldsOf, other } from "./fields";
import { instanceAddress, keyResource } from "./keyed-resource";
import {
  checkManagementClient,
  FIRST_SECRET_VERSION,
  MachineToMachineClient,
  type ManagementClient,
} from "./machine-to-machine-client";
import { kind, shown } from "./shown";
import {
  checkDomain,
  checkProvider,
  providersTenantDomain,
  TENANT_PROVIDER,
  type TenantProviderProps,
} from "./tenant-provider";
import { literal } from "./terraform-text";
import { Problems } from "./validation-error";

/** Auth0 does not publish its pattern; all ids seen in tenants match this one, and 30 characters is its limit. */
const CONNECTION_ID = /^ac_[A-Za-z0-9_-]{1,27}$/;

/** Adds what is wrong with the id of an existing Vault connection, where one is given. */
export function checkConnectionId(id: unknown, problems: Problems): void {
  if (id === undefined || !isKnown(id) || (typeof id === "string" && CONNECTION_ID.test(id))) {
    return;
  }
  // What does not begin like one may be the secret itself.
  const got = typeof id === "string" && id.startsWith("ac_") ? shown(id) : kind(id);
  problems.add(
    `connectionId must be the id of a Vault connection, "ac_" and up to 27 letters and digits, got ${got}; ` +
      "GET /api/v2/flows/vault/connections lists them",
  );
}

export interface VaultConnectionProps extends TenantProviderProps {
  /** Client whose credentials are kept in the Vault. */
  readonly client: ManagementClient;
  /**
   * Name of the connection, 1 to 150 characters.
   *
   * @default "Progressive Profiling"
   */
  readonly name?: string;
  /**
   * Domain of the tenant, e.g. `example.eu.auth0.com`.
   *
   * @default - the domain of the tenant that the provider is configured for
   */
  readonly domain?: string;
}

const VAULT_CONNECTION: FieldsOf<VaultConnectionProps> = {
  client: other,
  name: other,
  domain: other,
  ...TENANT_PROVIDER,
};

/**
 * Adds all that is wrong with the props.
 *
 * @param nameProp what the name is called where the props come from others
 */
export function checkVaultConnection(props: unknown, problems: Problems, nameProp = "name"): void {
  const { client, name, domain, provider } = checkFields<VaultConnectionProps>("", props, VAULT_CONNECTION, problems);
  checkName(nameProp, name, problems);
  checkDomain(domain, problems);
  checkManagementClient(client, problems);
  checkProvider(provider, problems);
}

/**
 * The Vault connection through which a flow uses the tenant's own Management API.
 *
 * Auth0 never gives the set-up back: a secret that someone changes in the dashboard is no drift that a plan could see.
 *
 * @example new VaultConnection(this, "connection", { client })
 * @see https://auth0.com/docs/customize/forms/vault
 */
export class VaultConnection extends Construct {
  readonly connection: FlowVaultConnection;
  /** Id of the connection (`ac_…`). */
  readonly connectionId: string;

  /** @throws {@link ValidationError} with all problems of the props */
  constructor(scope: Construct, id: string, props: VaultConnectionProps) {
    super(scope, id);
    const problems = new Problems();
    checkVaultConnection(props, problems);
    problems.throwIfAny(this);

    const name = props.name ?? "Progressive Profiling";
    const domain = props.domain ?? providersTenantDomain(this, props.provider);
    // Terraform orders resources within a stack; CDKTF orders the stacks by what they refer to.
    const isOfThisStack = (element: TerraformElement) => TerraformStack.of(element) === TerraformStack.of(this);
    const { client } = props;
    const grants = [client.grant ?? []].flat().filter(isOfThisStack);
    const newClient =
      client instanceof MachineToMachineClient && isOfThisStack(client.client)
        ? `${instanceAddress(client.client, client.secretVersion)}.id`
        : undefined;
    this.connection = new FlowVaultConnection(this, "Resource", {
      name: literal(name),
      appId: "AUTH0",
      setup: {
        type: "OAUTH_APP",
        client_id: literal(client.clientId),
        client_secret: literal(client.clientSecret),
        domain,
      },
      // Auth0 sets it to the domain, and the provider reads it back but never sends it: without both lines every plan
      // shows a change (https://github.com/auth0/terraform-provider-auth0/issues/1198).
      accountName: domain,
      lifecycle: {
        ignoreChanges: ["account_name"],
        createBeforeDestroy: true,
        // A client that is made again under its key, since somebody deleted it.
        ...(newClient !== undefined && { replaceTriggeredBy: [newClient] }),
      },
      // The connection refers to the client alone, but works only while the client has its grant.
      dependsOn: grants.length > 0 ? grants : undefined,
      provider: props.provider,
    });
    keyResource(this.connection, keyOf(client));
    this.connectionId = this.connection.id;
  }
}

/** Another client has another Vault connection, and another secret of the same client too where its version says so. */
function keyOf(client: ManagementClient): string {
  const { clientId, secretVersion } = client;
  if (client instanceof MachineToMachineClient || !isKnown(clientId)) {
    return secretVersion ?? FIRST_SECRET_VERSION;
  }
  return secretVersion == null ? clientId : `${clientId} ${secretVersion}`;
}
