import { mkdirSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { tenantApp } from "./app";
import { lockFolder } from "./folder-lock";
import { Ids } from "./ids";
import { openIdConnect } from "./login/oidc";
import { AccessTokens } from "./management/access-token";
import type { Client } from "./management/clients";
import type { Services } from "./management/family";
import type { Gate } from "./management/router";
import { RateLimit } from "./rate-limit";
import { ScopeUsage } from "./scope-usage";
import { seed } from "./seed";
import { loadSigningKey, type SigningKey } from "./signing-key";
import { StartError } from "./start-error";
import { Store } from "./store";
import { loadTls } from "./tls";

export interface TenantOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /**
   * Where the tenant lives.
   *
   * @default - in memory, and nowhere after its end
   */
  readonly folder?: string | undefined;
  /**
   * Requests to the Management API that are answered in one second.
   *
   * @default - all
   */
  readonly rateLimit?: number | undefined;
}

/** A tenant that serves. */
export interface Tenant {
  /** `localhost:port` */
  readonly domain: string;
  /** The client that may deploy to it. */
  readonly client: Client;
  /** PEM certificate of the authority to be trusted. */
  readonly ca: string;
  /** Answers what is under way, then ends. */
  readonly stop: () => Promise<void>;
}

type Server = ReturnType<typeof createServer>;

/**
 * Starts a tenant on the loopback interface.
 *
 * @throws StartError when its folder or its port is taken
 */
export async function startTenant(options: TenantOptions): Promise<Tenant> {
  const { folder } = options;
  if (folder === undefined) {
    return serve(options);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(folder);
  try {
    const tenant = await serve(options);
    return { ...tenant, stop: () => tenant.stop().finally(unlock) };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function serve({ port, folder, rateLimit }: TenantOptions): Promise<Tenant> {
  // The key first: it is made in a thread of its own while what makes certificates is loaded.
  const [key, tls] = await Promise.all([
    loadSigningKey(folder && join(folder, "signing-key.pem"), clock()),
    loadTls(folder, clock()),
  ]);
  const server = createServer({ key: tls.key, cert: tls.cert });
  const store = new Store(folder && join(folder, "documents"));
  const serving = listen(server, port).then((address) => {
    const domain = `localhost:${address.port}`;
    const issuer = `https://${domain}/`;
    const services = { store, ids: new Ids(), clock, issuer, domain, signingCertificate: key.certificate };
    const client = seed(services);
    return { domain, client, answer: requestListener(services, key, rateLimit) };
  });
  // A client that waited for the port may ask before the address has become the issuer.
  server.on("request", async (request, response) => (await serving).answer(request, response));
  const { domain, client } = await serving;
  return { domain, client, ca: tls.ca, stop: () => close(server) };
}

function clock(): Date {
  return new Date();
}

function requestListener(
  services: Services,
  key: SigningKey,
  rateLimit: number | undefined,
): ReturnType<typeof getRequestListener> {
  const usage = new ScopeUsage();
  const tokens = new AccessTokens(key, services.issuer, services.clock);
  const limit = new RateLimit(services.clock, rateLimit);
  const gate: Gate = {
    authenticate: (authorization) => tokens.authenticate(authorization),
    admit: (setHeader) => limit.admit(setHeader),
    used: (clientId, scope) => usage.add(clientId, scope),
  };
  return getRequestListener(tenantApp(services, gate, openIdConnect(services, key), usage).fetch);
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new StartError(
              `port ${port} is in use; stop what uses it or choose another with --port (0 takes a free one)`,
            )
          : error.code === "EACCES"
            ? new StartError(`port ${port} needs more rights than this user has; choose one above 1023 with --port`)
            : error,
      );
    });
    server.listen(port, "127.0.0.1", () => resolve(server.address() as AddressInfo));
  });
}

/** Answers what is under way, for a second at most. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const hurry = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(hurry);
}
