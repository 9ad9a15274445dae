import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request as httpsRequest } from "node:https";
import { join } from "node:path";
import { NO_REGISTRY } from "./local-tenant";

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON; undefined where the reply has no body. */
  // biome-ignore lint/suspicious/noExplicitAny: who asks knows what the reply looks like
  readonly body: any;
}

/** How the command ended before it served. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command in a process of its own, seen from outside: its output, its signals, its end. */
export class TenantProcess {
  private static readonly all = new Set<TenantProcess>();
  /** Everything it said. */
  stdout = "";
  stderr = "";
  readonly ended: Promise<number | null>;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on("data", (text) => {
      this.stdout += text;
    });
    child.stderr?.on("data", (text) => {
      this.stderr += text;
    });
    this.ended = once(child, "close").then(([code]) => {
      TenantProcess.all.delete(this);
      return code as number | null;
    });
    TenantProcess.all.add(this);
  }

  /** Starts it and waits until it serves or ends. */
  static async start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<TenantProcess> {
    const cli = join(__dirname, "..", "..", "tenant", "cli.ts");
    const child = spawn(process.execPath, ["--require", require.resolve("tsx/cjs"), cli, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...NO_REGISTRY, ...environment },
    });
    const started = new TenantProcess(child);
    await Promise.race([once(child.stdout, "data"), started.ended]);
    return started;
  }

  /** Runs it to its end. */
  static async run(args: readonly string[]): Promise<Ended> {
    const started = await TenantProcess.start(args);
    return { code: await started.ended, stdout: started.stdout, stderr: started.stderr };
  }

  /** Ends what a failed test left running. */
  static async killAll(): Promise<void> {
    await Promise.all([...TenantProcess.all].map((tenant) => tenant.signal("SIGKILL")));
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @returns its exit code, null when the signal ended it */
  async signal(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** The variables of a file of lines `export NAME='value'`. */
export function readEnvFile(path: string): Readonly<Record<string, string>> {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = "", value = ""] = /^export (\w+)='([^']*)'$/.exec(line) ?? [];
      return [name, value];
    }),
  );
}

export interface Sent {
  /** Keeps connections; without it each request has its own. */
  readonly agent?: Agent;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request to a server whose certificate must be good by this authority. */
export async function send(
  url: string,
  ca: string | Buffer,
  { agent, method = "GET", headers = {}, body }: Sent = {},
): Promise<HttpReply> {
  const outgoing = httpsRequest(url, { method, headers, ca, agent: agent ?? false, servername: "localhost" });
  outgoing.end(body);
  const [incoming] = await once(outgoing, "response");
  let text = "";
  for await (const part of incoming) {
    text += part;
  }
  return { status: incoming.statusCode, headers: incoming.headers, body: text === "" ? undefined : JSON.parse(text) };
}

/** Asks the tenant of that env file as its deploying client. */
export async function enter(envFile: string) {
  const { AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, SSL_CERT_FILE = "" } = readEnvFile(envFile);
  const ca = readFileSync(SSL_CERT_FILE, "utf8");
  const json = { "content-type": "application/json" };
  const token = await send(`https://${AUTH0_DOMAIN}/oauth/token`, ca, {
    method: "POST",
    headers: json,
    body: JSON.stringify({
      grant_type: "client_credentials",
      audience: `https://${AUTH0_DOMAIN}/api/v2/`,
      client_id: AUTH0_CLIENT_ID,
      client_secret: AUTH0_CLIENT_SECRET,
    }),
  });
  const agent = new Agent({ keepAlive: true });
  const headers = { ...json, authorization: `Bearer ${token.body.access_token}` };
  return (method: string, path: string, body?: object) =>
    send(`https://${AUTH0_DOMAIN}/api/v2${path}`, ca, {
      agent,
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
}
