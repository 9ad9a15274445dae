import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { LocalTenant, TenantReply } from "../../dev/local-tenant";

/** A client of the tenant, as much as an application needs to know of it. */
export interface ApplicationClient {
  readonly client_id: string;
  readonly client_secret: string;
}

/** A login that an application has begun. */
export interface BegunLogin {
  readonly url: string;
  readonly verifier: string;
}

/** An application that people log in to, with nothing but a page at its callback that says what it was told. */
export class Application {
  private constructor(
    private readonly server: Server,
    /** `http://localhost:port` */
    readonly url: string,
  ) {}

  static async start(): Promise<Application> {
    const server = createServer((request, response) => {
      response.setHeader("content-type", "text/html");
      response.end(
        `<!doctype html><title>Application</title><h1>Application</h1><p>${encodeURI(request.url ?? "")}</p>`,
      );
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Application(server, `http://localhost:${(server.address() as AddressInfo).port}`);
  }

  get callback(): string {
    return `${this.url}/callback`;
  }

  /** Begins a login: code flow with PKCE. What is undefined is not sent. */
  begin(
    { env }: LocalTenant,
    { client_id }: Pick<ApplicationClient, "client_id">,
    parameters: Readonly<Record<string, string | undefined>> = {},
  ): BegunLogin {
    const verifier = randomBytes(32).toString("base64url");
    const all = {
      client_id,
      response_type: "code",
      redirect_uri: this.callback,
      scope: "openid profile email",
      state: "the-state",
      nonce: "the-nonce",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...parameters,
    };
    const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { url: `${env.ISSUER_BASE_URL}/authorize?${new URLSearchParams(sent)}`, verifier };
  }

  /** Exchanges the code of the address at which a login has ended. */
  exchange(
    tenant: LocalTenant,
    client: ApplicationClient,
    { verifier }: BegunLogin,
    endedAt: string,
  ): Promise<TenantReply> {
    return tenant.request("POST", "/oauth/token", {
      grant_type: "authorization_code",
      client_id: client.client_id,
      client_secret: client.client_secret,
      code: new URL(endedAt).searchParams.get("code"),
      code_verifier: verifier,
      redirect_uri: this.callback,
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}

/** What a JWT says; its signature is not looked at. */
// biome-ignore lint/suspicious/noExplicitAny: who asks knows what the token says
export function claimsOf(jwt: string): any {
  return JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString());
}
