import { FlowVaultConnection } from "@cdktf/provider-auth0/lib/flow-vault-connection";
import { type TerraformElement, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { checkName, isKnown } from "./checks";
import { checkFields, type FieldsOf, other } from "./fields";
import { checkManagementClient, MachineToMachineClient, type ManagementClient } from "./machine-to-machine-client";
import { checkDomain, providersTenantDomain } from "./tenant-domain";
import { literal } from "./terraform-text";
import { kind, Problems, shown } from "./validation-error";

/** Auth0 does not publish its pattern; all ids seen in tenants match this one, and 30 characters is its limit. */
const CONNECTION_ID = /^ac_[A-Za-z0-9_-]{1,27}$/;

/** Adds what is wrong with the id of an existing Vault connection. */
export function checkConnectionId(id: unknown, problems: Problems): void {
  if (!isKnown(id) || (typeof id === "string" && CONNECTION_ID.test(id))) {
    return;
  }
  // What does not begin like one may be the secret itself.
  const got = typeof id === "string" && id.startsWith("ac_") ? shown(id) : kind(id);
  problems.add(
    `connectionId must be the id of a Vault connection, "ac_" and up to 27 letters and digits, got ${got}; ` +
      "GET /api/v2/flows/vault/connections lists them",
  );
}

export interface VaultConnectionProps {
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

const VAULT_CONNECTION: FieldsOf<VaultConnectionProps> = { client: other, name: other, domain: other };

/**
 * Adds all that is wrong with the props.
 *
 * @param nameProp what the name is called where the props come from others
 */
export function checkVaultConnection(props: unknown, problems: Problems, nameProp = "name"): void {
  const { client, name, domain } = checkFields<VaultConnectionProps>("", props, VAULT_CONNECTION, problems);
  checkName(nameProp, name, problems);
  checkDomain(domain, problems);
  checkManagementClient(client, problems);
}

/**
 * The Vault connection through which a flow uses the tenant's own Management API.
 *
 * Auth0 never gives the set-up back: a secret that someone changes in the dashboard is no drift that a plan could see.
 *
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
    const domain = props.domain ?? providersTenantDomain(this);
    // Terraform orders resources within a stack; CDKTF orders the stacks by what they refer to.
    const isOfThisStack = (element: TerraformElement) => TerraformStack.of(element) === TerraformStack.of(this);
    const grants = [props.client.grant ?? []].flat().filter(isOfThisStack);
    // An update that fails leaves the new set-up in the state and the old one at Auth0, and no plan would ever see it:
    // a new client gets a new connection, so that what failed is made again.
    const newClient =
      props.client instanceof MachineToMachineClient && isOfThisStack(props.client.client)
        ? `${props.client.client.terraformResourceType}.${props.client.client.friendlyUniqueId}.id`
        : undefined;
    this.connection = new FlowVaultConnection(this, "Resource", {
      name: literal(name),
      appId: "AUTH0",
      setup: {
        type: "OAUTH_APP",
        client_id: literal(props.client.clientId),
        client_secret: literal(props.client.clientSecret),
        domain,
      },
      // Auth0 sets it to the domain, and the provider reads it back but never sends it: without both lines every plan
      // shows a change (https://github.com/auth0/terraform-provider-auth0/issues/1198).
      accountName: domain,
      lifecycle: {
        ignoreChanges: ["account_name"],
        createBeforeDestroy: true,
        ...(newClient !== undefined && { replaceTriggeredBy: [newClient] }),
      },
      // The connection refers to the client alone, but works only while the client has its grant.
      dependsOn: grants.length > 0 ? grants : undefined,
    });
    this.connectionId = this.connection.id;
  }
}
