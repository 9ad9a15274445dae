import { FlowVaultConnection } from "@cdktf/provider-auth0/lib/flow-vault-connection";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { checkName } from "./checks";
import { checkManagementClient, type ManagementClient } from "./machine-to-machine-client";
import { checkDomain, providersTenantDomain } from "./tenant-domain";
import { literal } from "./terraform-text";
import { Problems } from "./validation-error";

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
    const name = props.name ?? "Progressive Profiling";

    const problems = new Problems();
    checkName("name", name, problems);
    checkDomain(props.domain, problems);
    checkManagementClient(props.client, problems);
    problems.throwIfAny(this);

    const domain = props.domain ?? providersTenantDomain(this);
    // Terraform orders resources within a stack; CDKTF orders the stacks by what they refer to.
    const grants = [props.client.grant ?? []]
      .flat()
      .filter((grant) => TerraformStack.of(grant) === TerraformStack.of(this));
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
      lifecycle: { ignoreChanges: ["account_name"] },
      // The connection refers to the client alone, but works only while the client has its grant.
      dependsOn: grants.length > 0 ? grants : undefined,
    });
    this.connectionId = this.connection.id;
  }
}
