import { Client } from "@cdktf/provider-auth0/lib/client";
import { ConnectionClient } from "@cdktf/provider-auth0/lib/connection-client";
import { DataAuth0Connection } from "@cdktf/provider-auth0/lib/data-auth0-connection";
import { type TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import { checkClientName, checkGiven } from "./checks";
import { checkFields, type FieldsOf, other } from "./fields";
import { shown } from "./shown";
import { checkProvider, TENANT_PROVIDER, type TenantProviderProps } from "./tenant-provider";
import { literal } from "./terraform-text";
import { Problems } from "./validation-error";

export interface SampleApplicationProps extends TenantProviderProps {
  /**
   * Name of the application in Auth0, 1 to 150 characters.
   *
   * @default "Sample Application"
   */
  readonly name?: string;
  /**
   * Address of the application, without a slash at the end. Users come back to `<url>/callback` after the login.
   *
   * @default "http://localhost:3000"
   */
  readonly url?: string;
  /**
   * Id of the database connection (`con_…`) that users sign up and log in with.
   *
   * @default - the tenant's connection "Username-Password-Authentication"
   */
  readonly connectionId?: string;
}

const SAMPLE_APPLICATION: FieldsOf<SampleApplicationProps> = {
  name: other,
  url: other,
  connectionId: other,
  ...TENANT_PROVIDER,
};

/** Adds all that is wrong with the props. */
export function checkSampleApplication(props: unknown, problems: Problems): void {
  const given = checkFields<SampleApplicationProps>("", props, SAMPLE_APPLICATION, problems);
  const { name, url, connectionId, provider } = given;
  checkClientName("name", name, problems);
  checkProvider(provider, problems);
  if (url !== undefined) {
    checkUrl(url, problems);
  }
  if (connectionId !== undefined) {
    checkGiven("connectionId", connectionId, problems);
  }
}

/**
 * The application that users log in to, with a database connection enabled for it.
 *
 * @example const { clientId } = new SampleApplication(this, "sample", { url: "http://localhost:3000" });
 * @see https://auth0.com/docs/get-started/auth0-overview/create-applications/regular-web-apps
 */
export class SampleApplication extends Construct {
  readonly client: Client;
  readonly connectionClient: ConnectionClient;
  readonly clientId: string;

  /** @throws {@link ValidationError} with all problems of the props */
  constructor(scope: Construct, id: string, props: SampleApplicationProps = {}) {
    super(scope, id);
    const problems = new Problems();
    checkSampleApplication(props, problems);
    problems.throwIfAny(this);

    const name = props.name ?? "Sample Application";
    const url = props.url ?? "http://localhost:3000";
    const { provider } = props;

    this.client = new Client(this, "Resource", {
      name: literal(name),
      appType: "regular_web",
      grantTypes: ["authorization_code", "refresh_token"],
      callbacks: [literal(`${url}/callback`)],
      allowedLogoutUrls: [literal(url)],
      oidcConformant: true,
      jwtConfiguration: { alg: "RS256" },
      provider,
    });
    this.clientId = this.client.clientId;
    this.connectionClient = new ConnectionClient(this, "Connection", {
      connectionId: props.connectionId ?? this.defaultConnectionId(provider),
      clientId: this.client.id,
      provider,
    });
  }

  private defaultConnectionId(provider?: TerraformProvider): string {
    return new DataAuth0Connection(this, "Database", { name: "Username-Password-Authentication", provider }).id;
  }
}

function checkUrl(url: unknown, problems: Problems): void {
  if (Token.isUnresolved(url)) {
    return;
  }
  if (typeof url !== "string" || !/^https?:\/\/[^\s?#]+$/.test(url) || url.endsWith("/") || !URL.canParse(url)) {
    problems.add(`url must be an http(s) address without a slash at the end, got ${shown(url)}`);
  }
}
