import { once } from "node:events";
import { mkdirSync } from "node:fs";
import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { createServer, type Server as HttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { loadAnswers } from "./answers-file";
import { type TenantApps, tenantApps } from "./app";
import type { Client } from "./documents/client";
import { Ids } from "./documents/ids";
import { Store } from "./documents/store";
import { lockFolder } from "./folder-lock";
import { Outside } from "./forms/outside";
import { openIdConnectWhenAsked } from "./login/endpoints";
import type { LoginServices } from "./login/login-services";
import { AccessTokens } from "./management/access-token";
import { Packages } from "./management/packages";
import type { Gate } from "./management/router";
import { ScopeUsage } from "./management/scope-usage";
import { pagesOfTenantAt } from "./port-holder";
import { RateLimit } from "./rate-limit";
import { seed } from "./seed";
import { loadSigningKey } from "./signing-key";
import { StartError } from "./start-error";
import { loadTls } from "./tls";

export interface TenantOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Of the pages that people see; 0 takes a free one. */
  readonly httpPort: number;
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
  /**
   * JSON with what services outside would answer to flows.
   *
   * @default - nothing
   */
  readonly answersFile?: string | undefined;
  /**
   * Hosts that flows may reach, as in `api.example.com`, or `localhost:8080` for that port alone.
   *
   * @default - none: no request leaves
   */
  readonly allowedHosts?: readonly string[] | undefined;
}

/** A tenant that serves. */
export interface Tenant {
  /** `localhost:port` */
  readonly domain: string;
  /** Origin of what people see, as in `http://localhost:9444`. */
  readonly pages: string;
  /** The client that may deploy to it. */
  readonly client: Client;
  /** PEM certificate of the authority to be trusted. */
  readonly ca: string;
  /** Answers what is under way, then ends. */
  readonly stop: () => Promise<void>;
}

type Server = HttpServer | HttpsServer;

/**
 * Starts a tenant on the loopback interface.
 *
 * @throws StartError when its folder or its port is taken, or when something in its folder or its answers can not be read
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

async function serve(options: TenantOptions): Promise<Tenant> {
  const { port, httpPort, folder, rateLimit } = options;
  const outside = new Outside(loadAnswers(options.answersFile), options.allowedHosts);
  // The key first: it is made in a thread of its own while what makes certificates is loaded.
  const [key, tls] = await Promise.all([
    loadSigningKey(folder && join(folder, "signing-key.pem"), clock()),
    loadTls(folder, clock()),
  ]);
  const secure = createServer({ key: tls.key, cert: tls.cert });
  const people = createHttpServer();
  const store = new Store(folder && join(folder, "documents"));
  store.read();
  const serving = listenBoth([secure, port, "--port"], [people, httpPort, "--http-port"]).then(([main, second]) => {
    const domain = `localhost:${main.port}`;
    const pages = `http://localhost:${second.port}`;
    const issuer = `https://${domain}/`;
    const services: LoginServices = {
      ...{ store, ids: new Ids(), clock, issuer, domain, pages, key, ca: tls.ca, outside },
      signingCertificate: key.certificate,
      packages: new Packages(),
    };
    const client = seed(services);
    const apps = webApps(services, rateLimit);
    const answer = { secure: getRequestListener(apps.secure.fetch), people: getRequestListener(apps.pages.fetch) };
    return { domain, pages, client, answer };
  });
  const stop = async (): Promise<void> => void (await Promise.all([secure, people].map(close)));
  // A client that waited for the port may ask before the address has become the issuer.
  const answerBy = (which: "secure" | "people") => (request: IncomingMessage, response: ServerResponse) =>
    serving.then(
      ({ answer }) => answer[which](request, response),
      () => response.destroy(),
    );
  secure.on("request", answerBy("secure"));
  people.on("request", answerBy("people"));
  try {
    const { domain, pages, client } = await serving;
    return { domain, pages, client, ca: tls.ca, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function clock(): Date {
  return new Date();
}

function webApps(services: LoginServices, rateLimit: number | undefined): TenantApps {
  const usage = new ScopeUsage();
  const tokens = new AccessTokens(services.key, services.issuer, services.clock);
  const limit = new RateLimit(services.clock, rateLimit);
  const gate: Gate = {
    authenticate: (authorization) => tokens.authenticate(authorization),
    admit: (setHeader) => limit.admit(setHeader),
    used: (clientId, scope) => usage.add(clientId, scope),
  };
  return tenantApps(services, gate, openIdConnectWhenAsked(services), usage);
}

type Listening = readonly [server: Server, port: number, option: string];

/** Both or none. */
async function listenBoth(first: Listening, second: Listening): Promise<readonly [AddressInfo, AddressInfo]> {
  const address = await listen(...first);
  try {
    return [address, await listen(...second)];
  } catch (error) {
    first[0].close();
    throw error;
  }
}

async function listen(server: Server, port: number, option: string): Promise<AddressInfo> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    throw (await portError(error as NodeJS.ErrnoException, port, option)) ?? error;
  }
  return server.address() as AddressInfo;
}

/** Why a port can not be had, and what to do; undefined where it is not the port's fault. */
async function portError({ code }: NodeJS.ErrnoException, port: number, option: string): Promise<Error | undefined> {
  switch (code) {
    case "EADDRINUSE": {
      const pages = await pagesOfTenantAt(port);
      const holder =
        pages === undefined
          ? "another program; stop that"
          : `another local tenant, whose pages are at ${pages}; end that by Ctrl-C in its shell`;
      return new StartError(
        `port ${port} is in use by ${holder}, or choose another port with ${option} (0 takes a free one)`,
      );
    }
    case "EACCES":
      return new StartError(`port ${port} needs more rights than this user has; choose one above 1023 with ${option}`);
    default:
      return undefined;
  }
}

/** Answers what is under way, for a second at most. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const hurry = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(hurry);
}
