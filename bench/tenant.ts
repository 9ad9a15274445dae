/** The local tenant: start, memory and requests per second, against a bare Hono route over the same TLS. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalTenant } from "../dev/local-tenant";
import { median } from "./pairs";

const STARTS = 9;
const ROUNDS = 5;
const SECONDS_PER_ROUND = 2;
const CONNECTIONS = 8;
const FORMS = 20;

/** Something that answers `GET /api/v2/forms`. */
interface Server {
  readonly pid: number;
  readonly address: string;
  readonly headers: Record<string, string>;
  readonly agent: Agent;
  readonly stop: () => Promise<unknown>;
}

export async function benchTenant(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-tenant-"));
  try {
    const starts = { tenant: [] as number[], bare: [] as number[] };
    for (let round = 0; round < STARTS; round++) {
      starts.tenant.push(await timedStart(() => startTenant(folder)));
      starts.bare.push(await timedStart(() => startBare(folder, "[]")));
    }
    const { rates, memory, forms } = await compareRequests(folder);
    const start = median(starts.tenant);
    return [
      "## The local tenant",
      "",
      `Against a bare Hono route over the same TLS in a process of its own (\`bench/bare-hono.ts\`); ${STARTS} starts, and`,
      `${ROUNDS} rounds of ${SECONDS_PER_ROUND} s with ${CONNECTIONS} connections on \`GET /api/v2/forms\` of ${forms} forms, in turn.`,
      "",
      "| | tenant / bare route | goal |",
      "| --- | --- | --- |",
      `| start, until it serves | ${(start / median(starts.bare)).toFixed(2)} (${start.toFixed(2)} s on this machine) | under 1 s |`,
      `| memory after the rounds | ${memory.toFixed(2)} | |`,
      `| requests per second | ${rates.toFixed(2)} | at least 0.50 |`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timedStart(start: () => Promise<Server>): Promise<number> {
  const begin = performance.now();
  const server = await start();
  const seconds = (performance.now() - begin) / 1000;
  await server.stop();
  return seconds;
}

async function compareRequests(folder: string): Promise<{ rates: number; memory: number; forms: number }> {
  const tenant = await startTenant(folder, FORMS);
  const body = await text(tenant);
  const bare = await startBare(folder, body);
  try {
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ratios.push((await rate(tenant)) / (await rate(bare)));
    }
    return {
      rates: median(ratios),
      memory: residentMemory(tenant) / residentMemory(bare),
      forms: JSON.parse(body).length,
    };
  } finally {
    await Promise.all([tenant.stop(), bare.stop()]);
  }
}

async function startTenant(folder: string, forms = 0): Promise<Server> {
  const tenant = await LocalTenant.start(["--memory", "--port", "0"], join(folder, "env"));
  for (let form = 0; form < forms; form++) {
    await tenant.request("POST", "/api/v2/forms", { name: `Form ${form}` });
  }
  return {
    pid: tenant.pid,
    address: `https://${tenant.domain}/api/v2/forms`,
    headers: forms === 0 ? {} : { authorization: `Bearer ${await tenant.accessToken()}` },
    agent: new Agent({ ca: tenant.ca, keepAlive: true }),
    stop: () => tenant.stop(),
  };
}

async function startBare(folder: string, body: string): Promise<Server> {
  const caFile = join(folder, "ca.pem");
  const program = ["--require", require.resolve("tsx/cjs"), join(__dirname, "bare-hono.ts"), caFile, body];
  const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = await once(child.stdout, "data");
  return {
    pid: child.pid ?? 0,
    address: `https://localhost:${String(port).trim()}/api/v2/forms`,
    headers: {},
    agent: new Agent({ ca: readFileSync(caFile), keepAlive: true }),
    stop: () => {
      child.kill();
      return once(child, "close");
    },
  };
}

/** Requests per second of a round. */
async function rate(server: Server): Promise<number> {
  const begin = performance.now();
  const end = begin + SECONDS_PER_ROUND * 1000;
  const connection = async () => {
    let answered = 0;
    while (performance.now() < end) {
      await text(server);
      answered++;
    }
    return answered;
  };
  const answered = await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return (1000 * answered.reduce((sum, count) => sum + count, 0)) / (performance.now() - begin);
}

async function text({ address, headers, agent }: Server): Promise<string> {
  const request = get(address, { headers, agent });
  const [response] = await once(request, "response");
  let body = "";
  for await (const part of response) {
    body += part;
  }
  if (response.statusCode !== 200) {
    throw new Error(`${address} answered ${response.statusCode}: ${body}`);
  }
  return body;
}

function residentMemory({ pid }: Server): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }));
}
