import { Client } from "@cdktf/provider-auth0/lib/client";
import { ClientCredentials } from "@cdktf/provider-auth0/lib/client-credentials";
import { ClientGrant } from "@cdktf/provider-auth0/lib/client-grant";
import type { TerraformElement } from "cdktf";
import { Construct } from "constructs";
import { checkClientName, checkGiven, checkText, isKnown } from "./checks";
import { checkFields, type FieldsOf, isObject, other } from "./fields";
import { keyResource } from "./keyed-resource";
import { checkScopes, ManagementScopes } from "./management-scopes";
import { managementApiIdentifier } from "./tenant-domain";
import {
  checkDomain,
  checkProvider,
  providersTenantDomain,
  TENANT_PROVIDER,
  type TenantProviderProps,
} from "./tenant-provider";
import { literal } from "./terraform-text";
import { Problems } from "./validation-error";

export const FIRST_SECRET_VERSION = "1";

/** A client that the flow writes answers with: one that is defined here, or one that exists. */
export interface ManagementClient {
  readonly clientId: string;
  /** Its secret: give a sensitive Terraform variable or another resource's attribute, never the secret itself. */
  readonly clientSecret: string;
  /**
   * What lets the client use the Management API: where it is of the same stack, the Vault connection is made after it
   * and destroyed before it.
   *
   * @default - the client has its grant already
   */
  readonly grant?: TerraformElement;
  /**
   * Version of its secret, a text of your choice; not the secret itself. Give another value with another secret: the Vault
   * connection is made anew then, where a change in place that fails would never be seen.
   *
   * @default "1"
   */
  readonly secretVersion?: string;
}

const MANAGEMENT_CLIENT: FieldsOf<ManagementClient> = {
  clientId: other,
  clientSecret: other,
  grant: other,
  secretVersion: other,
};

/** Adds what is wrong with a client that was given; a class of one's own may have more than its interface says. */
export function checkManagementClient(client: unknown, problems: Problems): void {
  const isWrittenByHand = !isObject(client) || Object.getPrototypeOf(client) === Object.prototype;
  const { clientId, clientSecret, secretVersion } = isWrittenByHand
    ? checkFields<ManagementClient>("client", client, MANAGEMENT_CLIENT, problems)
    : (client as Partial<ManagementClient>);
  checkGiven("client.clientId", clientId, problems);
  checkGiven("client.clientSecret", clientSecret, problems);
  checkSecretVersion("client.secretVersion", secretVersion, problems);
}

/** Adds what is wrong with the version of a secret; it is a part of addresses, so that no token can stand for it. */
function checkSecretVersion(what: string, version: unknown, problems: Problems): void {
  if (!isKnown(version)) {
    problems.add(`${what} must be known when the stack is built, but is a token; give it as a text`);
  } else if (version != null) {
    checkText(what, version, { min: 1 }, problems);
  }
}

export interface MachineToMachineClientProps extends TenantProviderProps {
  /**
   * Name of the application in Auth0, 1 to 150 characters.
   *
   * @default "Progressive Profiling"
   */
  readonly name?: string;
  /**
   * Scopes of the grant on the tenant's Management API, in the order in which they are sent.
   *
   * @default ManagementScopes.ARTICLE
   */
  readonly scopes?: readonly string[];
  /**
   * Version of the secret, a text of your choice, e.g. `"2026-11"`; not the secret itself.
   *
   * Another value replaces the application, and its secret with it: the new one is made first, the old one ends last. It
   * stands in addresses, e.g. `auth0_client.profiling_Client_87538F64["2026-11"]`.
   *
   * @default "1"
   */
  readonly secretVersion?: string;
  /**
   * Domain of the tenant, e.g. `example.eu.auth0.com`.
   *
   * @default - the domain of the tenant that the provider is configured for
   */
  readonly domain?: string;
}

const MACHINE_TO_MACHINE_CLIENT: FieldsOf<MachineToMachineClientProps> = {
  name: other,
  scopes: other,
  secretVersion: other,
  domain: other,
  ...TENANT_PROVIDER,
};

/**
 * Adds all that is wrong with the props.
 *
 * @param nameProp what the name is called where the props come from others
 */
export function checkMachineToMachineClient(props: unknown, problems: Problems, nameProp = "name"): void {
  const { name, scopes, secretVersion, domain, provider } = checkFields<MachineToMachineClientProps>(
    "",
    props,
    MACHINE_TO_MACHINE_CLIENT,
    problems,
  );
  checkClientName(nameProp, name, problems);
  if (scopes !== undefined) {
    checkScopes(scopes, problems);
  }
  checkSecretVersion("secretVersion", secretVersion, problems);
  checkDomain(domain, problems);
  checkProvider(provider, problems);
}

/**
 * A Machine to Machine application that may use the tenant's Management API: client, credentials and grant.
 *
 * Its secret is made by Auth0 and lies in the Terraform state. An application has one secret, and Auth0 ends the old one
 * at once where a new one is made: so a new secret is a new application, made before the old one is destroyed.
 *
 * @example const { clientId, clientSecret } = new MachineToMachineClient(this, "client");
 * @see https://auth0.com/docs/get-started/auth0-overview/create-applications/machine-to-machine-apps
 */
export class MachineToMachineClient extends Construct implements ManagementClient {
  readonly client: Client;
  readonly credentials: ClientCredentials;
  readonly grant: ClientGrant;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly secretVersion: string;

  /** @throws {@link ValidationError} with all problems of the props */
  constructor(scope: Construct, id: string, props: MachineToMachineClientProps = {}) {
    super(scope, id);
    const problems = new Problems();
    checkMachineToMachineClient(props, problems);
    problems.throwIfAny(this);

    const name = props.name ?? "Progressive Profiling";
    const scopes = props.scopes ?? ManagementScopes.ARTICLE;

    this.secretVersion = props.secretVersion ?? FIRST_SECRET_VERSION;
    // What refers to the client is given the new one before the old one ends.
    const common = { lifecycle: { createBeforeDestroy: true }, provider: props.provider };
    this.client = new Client(this, "Resource", {
      name: literal(name),
      description: "Saves what users answer in the progressive profiling form",
      appType: "non_interactive",
      grantTypes: ["client_credentials"],
      oidcConformant: true,
      ...common,
    });
    keyResource(this.client, this.secretVersion);
    this.credentials = new ClientCredentials(this, "Credentials", {
      clientId: this.client.id,
      authenticationMethod: "client_secret_post",
      ...common,
    });
    keyResource(this.credentials, this.secretVersion);
    this.grant = new ClientGrant(this, "Grant", {
      clientId: this.client.id,
      audience: managementApiIdentifier(props.domain ?? providersTenantDomain(this, props.provider)),
      scopes: [...scopes],
      ...common,
    });
    keyResource(this.grant, this.secretVersion);
    this.clientId = this.client.clientId;
    this.clientSecret = this.credentials.clientSecret;
  }
}
