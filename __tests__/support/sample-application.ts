import type { ServerProcess } from "../../dev/server-process";
import { type SampleClient, serveSampleApplication } from "../../scripts/sample-application";
import { freePort } from "./free-port";
import type { LocalTenant } from "./local-tenant";

/** The sample application in a process of its own, as a client of a local tenant. */
export class SampleApplication {
  private constructor(
    private readonly server: ServerProcess,
    readonly url: string,
    readonly clientId: string,
  ) {}

  /** Defines a client, as `lib/sample-application.ts` does it, and starts the application for it on a free port. */
  static async start(tenant: LocalTenant): Promise<SampleApplication> {
    const port = await freePort();
    return SampleApplication.serve(tenant, await defineClient(tenant, `http://localhost:${port}`), port);
  }

  /** Starts the application for a client that there is. */
  static async serve(tenant: LocalTenant, client: SampleClient, port: number): Promise<SampleApplication> {
    const server = await serveSampleApplication(tenant.env.ISSUER_BASE_URL, client, port);
    return new SampleApplication(server, `http://localhost:${port}`, client.client_id);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

async function defineClient(tenant: LocalTenant, url: string): Promise<SampleClient> {
  const { body: client } = await tenant.request("POST", "/api/v2/clients", {
    name: "Sample Application",
    app_type: "regular_web",
    grant_types: ["authorization_code", "refresh_token"],
    callbacks: [`${url}/callback`],
    allowed_logout_urls: [url],
    oidc_conformant: true,
    jwt_configuration: { alg: "RS256" },
    token_endpoint_auth_method: "client_secret_post",
  });
  const { body: connections } = await tenant.request(
    "GET",
    "/api/v2/connections?name=Username-Password-Authentication",
  );
  const enabled = [{ client_id: client.client_id, status: true }];
  const { status } = await tenant.request("PATCH", `/api/v2/connections/${connections[0].id}/clients`, enabled);
  if (status !== 204) {
    throw new Error(`the connection was not enabled: ${status}`);
  }
  return client;
}
