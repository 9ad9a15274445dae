import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { LocalTenant } from "../dev/local-tenant";

/** A server in a process of its own. */
export interface Server {
  readonly pid: number;
  /** `https://localhost:<port>` */
  readonly origin: string;
  readonly ca: string;
  readonly stop: () => Promise<unknown>;
}

/** What is sent again and again. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface TenantServer extends Server {
  readonly tenant: LocalTenant;
}

/** @param args of the tenant's command, but for ports */
export async function startTenant(folder: string, ...args: string[]): Promise<TenantServer> {
  const tenant = await LocalTenant.start([...args, "--port", "0"], join(folder, "env"));
  return {
    tenant,
    pid: tenant.pid,
    origin: `https://${tenant.domain}`,
    ca: tenant.ca,
    stop: () => tenant.stop(),
  };
}

/** @param program beside this file, which puts its authority into the file of its first argument and says its port */
export async function startBare(folder: string, program: string, ...args: string[]): Promise<Server> {
  const caFile = join(folder, "ca.pem");
  const node = ["--require", require.resolve("tsx/cjs"), join(__dirname, program), caFile, ...args];
  const child = spawn(process.execPath, node, { stdio: ["ignore", "pipe", "pipe"] });
  // oidc-provider warns of what it is here for: that is told only where it is all that is said.
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  const [port] = await Promise.race([once(child.stdout, "data"), once(child, "close")]);
  if (child.exitCode !== null) {
    throw new Error(`${program} has ended before it served: ${said}`);
  }
  return {
    pid: child.pid ?? 0,
    origin: `https://localhost:${String(port).trim()}`,
    ca: readFileSync(caFile, "utf8"),
    stop: () => {
      child.kill();
      return once(child, "close");
    },
  };
}

export interface Started {
  /** Until it serves. */
  readonly seconds: number;
  /** Megabytes that it holds then. */
  readonly memory: number;
}

/** @param use what is done before it is stopped */
export async function startAndStop<Some extends Server>(
  start: () => Promise<Some>,
  use: (server: Some) => Promise<void> = async () => {},
): Promise<Started> {
  const begin = performance.now();
  const server = await start();
  try {
    const seconds = (performance.now() - begin) / 1000;
    const memory = residentMemory(server);
    await use(server);
    return { seconds, memory };
  } finally {
    await server.stop();
  }
}

/** Requests that are answered in a second, on so many connections at once. */
export async function requestsPerSecond(
  server: Server,
  sent: Sent,
  connections: number,
  seconds: number,
): Promise<number> {
  const agent = new Agent({ ca: server.ca, keepAlive: true, maxSockets: connections });
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const connection = async () => {
    let answered = 0;
    while (performance.now() < end) {
      await answerOf(server, sent, agent);
      answered++;
    }
    return answered;
  };
  const answered = await Promise.all(Array.from({ length: connections }, connection));
  agent.destroy();
  return (1000 * answered.reduce((sum, count) => sum + count, 0)) / (performance.now() - begin);
}

/** @throws where it is not a good one */
async function answerOf({ origin }: Server, { method, path, headers = {}, body }: Sent, agent: Agent): Promise<string> {
  const outgoing = request(`${origin}${path}`, { method, headers, agent });
  outgoing.end(body);
  const [response] = await once(outgoing, "response");
  let text = "";
  for await (const part of response) {
    text += part;
  }
  if (response.statusCode >= 300) {
    throw new Error(`${method} ${path} is answered with ${response.statusCode}: ${text}`);
  }
  return text;
}

/** Megabytes that the process holds now. */
export function residentMemory({ pid }: Server): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}
