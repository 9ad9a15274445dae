import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { dirname, join } from "node:path";
import { ServerProcess } from "./server-process";

/** What the provider, Terraform and Node need to find, enter and trust the tenant. */
export type TenantEnvironment = Readonly<
  Record<
    | "AUTH0_DOMAIN"
    | "AUTH0_CLIENT_ID"
    | "AUTH0_CLIENT_SECRET"
    | "SSL_CERT_FILE"
    | "NODE_EXTRA_CA_CERTS"
    | "ISSUER_BASE_URL",
    string
  >
>;

export interface TenantReply {
  readonly status: number;
  /** Parsed JSON; undefined where the reply has no body. */
  // biome-ignore lint/suspicious/noExplicitAny: who asks knows what the reply looks like
  readonly body: any;
}

/** A local tenant in a process of its own. */
export class LocalTenant {
  /** PEM certificate of the authority that signs the tenant's. */
  readonly ca: string;
  private readonly agent: Agent;
  private token?: Promise<string>;

  /**
   * Starts the tenant's command and waits until it serves.
   *
   * @param args its arguments, but for `--env`
   * @param envFile where it puts its variables; gone when it ends
   * @param environment of its process; by default that of this one
   * @throws when it ends before it serves: with what it said
   */
  static async start(args: readonly string[], envFile: string, environment?: NodeJS.ProcessEnv): Promise<LocalTenant> {
    const secrets: string[] = [];
    const server = await ServerProcess.start({
      name: "the local tenant",
      args: [...tenantProgram(), ...args, "--env", envFile],
      environment,
      secrets,
    });
    const tenant = new LocalTenant(server, readExports(envFile));
    secrets.push(tenant.env.AUTH0_CLIENT_SECRET);
    return tenant;
  }

  private constructor(
    private readonly server: ServerProcess,
    readonly env: TenantEnvironment,
  ) {
    this.ca = firstCertificate(env.SSL_CERT_FILE);
    this.agent = new Agent({ ca: this.ca, keepAlive: true });
  }

  /** Resolves when the process has ended because it was stopped, and rejects when it has ended otherwise. */
  get ended(): Promise<void> {
    return this.server.ended;
  }

  get pid(): number {
    return this.server.pid;
  }

  /** `localhost:<port>` */
  get domain(): string {
    return this.env.AUTH0_DOMAIN;
  }

  /** Asks the tenant, the Management API as the deploying client, e.g. `request("GET", "/api/v2/forms")`. */
  async request(method: string, path: string, body?: unknown): Promise<TenantReply> {
    if (!path.startsWith("/api/v2/")) {
      return this.send(method, path, body);
    }
    return this.send(method, path, body, await this.accessToken());
  }

  /** The deploying client's token for the Management API. */
  accessToken(): Promise<string> {
    this.token ??= this.requestToken();
    return this.token;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    await this.server.stop();
  }

  private async requestToken(): Promise<string> {
    const { body } = await this.send("POST", "/oauth/token", {
      grant_type: "client_credentials",
      audience: `https://${this.domain}/api/v2/`,
      client_id: this.env.AUTH0_CLIENT_ID,
      client_secret: this.env.AUTH0_CLIENT_SECRET,
    });
    return body.access_token;
  }

  private async send(method: string, path: string, body?: unknown, token?: string): Promise<TenantReply> {
    const headers: Record<string, string> = {};
    if (body !== undefined) {
      headers["content-type"] = "application/json";
    }
    if (token !== undefined) {
      headers.authorization = `Bearer ${token}`;
    }
    const outgoing = request(`https://${this.domain}${path}`, { method, headers, agent: this.agent });
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    let incoming: IncomingMessage;
    try {
      [incoming] = await once(outgoing, "response");
    } catch (error) {
      // The tenant closed the kept connection before it saw the request: https://nodejs.org/api/http.html#requestreusedsocket
      if (outgoing.reusedSocket) {
        return this.send(method, path, body, token);
      }
      throw error;
    }
    let text = "";
    for await (const part of incoming) {
      text += part;
    }
    return { status: incoming.statusCode ?? 0, body: text === "" ? undefined : JSON.parse(text) };
  }
}

/** What Node runs: the tenant's source in its own repository, in another project the package that is installed there. */
function tenantProgram(): string[] {
  const source = join(__dirname, "..", "tenant", "cli.ts");
  return existsSync(source)
    ? ["--require", require.resolve("tsx/cjs"), source]
    : [join(dirname(require.resolve("auth0-local-tenant/package.json")), "dist", "tenant", "cli.js")];
}

/** The variables of a file of lines `export NAME='value'`. */
export function readExports(file: string): TenantEnvironment {
  const lines = readFileSync(file, "utf8").matchAll(/^export (\w+)='(.*)'$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value])) as TenantEnvironment;
}

/** The tenant's own authority: it stands before all others. With all of them, Node would compare them at each request. */
function firstCertificate(file: string): string {
  return /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/s.exec(readFileSync(file, "utf8"))?.[0] ?? "";
}
