import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Effort, Figure, Goal, Peer, Section } from "./figure";
import {
  requestsPerSecond,
  residentMemory,
  type Sent,
  type Server,
  secondsToStart,
  startBare,
  startTenant,
  type TenantServer,
} from "./server";

const FORMS = 20;
const CONNECTIONS = 8;
const CURVE = [1, 4, 16, 64];
const HONO = "bare Hono route";
const OIDC = "oidc-provider alone";
const JSON_BODY = { "content-type": "application/json" };

/** The local tenant, against the smallest that could answer the same request. */
export const tenant: Section = {
  title: "The local tenant",
  about: `In memory, against a bare Hono route (\`bench/bare-hono.ts\`) and against oidc-provider alone (\`bench/bare-oidc.ts\`) over the
same TLS, each in a process of its own; requests in rounds of 2 s (1 s with \`--quick\`) in turn, ${CONNECTIONS} connections at once where none
are named. GET is \`/api/v2/forms\` with ${FORMS} forms, POST makes a form there, and a token is an RS256 one of client credentials. The
requests come from the same two processors. authhero 9.6.1 (AGPL-3.0) can not be compared: it does not install, since
\`@authhero/proxy\` and \`@authhero/saml\`, which it depends on, are not on npm's registry (404 on 2026-11-27).`,
  rounds: [7, 1],
  measure: async (effort) => {
    const folder = mkdtempSync(join(tmpdir(), "bench-tenant-"));
    try {
      return [...(await starts(folder, effort)), ...(await requests(folder, effort))];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function starts(folder: string, { rounds, progress }: Effort): Promise<Figure[]> {
  progress("starts");
  const seconds: Record<"tenant" | typeof HONO | typeof OIDC, number[]> = { tenant: [], [HONO]: [], [OIDC]: [] };
  for (let round = 0; round < rounds; round++) {
    seconds.tenant.push(await secondsToStart(() => startTenant(folder, "--memory")));
    seconds[HONO].push(await secondsToStart(() => startBare(folder, "bare-hono.ts")));
    seconds[OIDC].push(await secondsToStart(() => startBare(folder, "bare-oidc.ts")));
  }
  return [HONO, OIDC].map((peer) => ({
    name: "start, until it serves",
    unit: "s",
    values: seconds.tenant,
    peer: { name: peer, values: seconds[peer as typeof HONO] },
    goal: { of: "value", is: "at most", limit: 1 },
  }));
}

async function requests(folder: string, { rounds, isQuick, progress }: Effort): Promise<Figure[]> {
  const ours = await startTenant(folder, "--memory");
  const servers: Server[] = [ours];
  try {
    const oidc = await startBare(folder, "bare-oidc.ts");
    servers.push(oidc);
    const [fresh, freshOidc] = [residentMemory(ours), residentMemory(oidc)];
    for (let form = 0; form < FORMS; form++) {
      await ours.tenant.request("POST", "/api/v2/forms", { name: `Form ${form}` });
    }
    const { body } = await ours.tenant.request("GET", "/api/v2/forms");
    const hono = await startBare(folder, "bare-hono.ts", JSON.stringify(body));
    servers.push(hono);
    const freshHono = residentMemory(hono);
    const authorized = { authorization: `Bearer ${await ours.tenant.accessToken()}` };
    const get: Sent = { method: "GET", path: "/api/v2/forms", headers: authorized };
    const post: Sent = { ...get, method: "POST", headers: { ...authorized, ...JSON_BODY }, body: '{"name":"Form"}' };
    const compare = async (peer: Server, sent: Sent, sentToPeer: Sent, connections = CONNECTIONS) => {
      const values: number[] = [];
      const peers: number[] = [];
      progress(`${sent.method} ${sent.path}, ${connections} at once`);
      for (let round = 0; round < rounds; round++) {
        values.push(await requestsPerSecond(ours, sent, connections, isQuick ? 1 : 2));
        peers.push(await requestsPerSecond(peer, sentToPeer, connections, isQuick ? 1 : 2));
      }
      return { values, peers };
    };
    const figures: Figure[] = [memory("memory after the start", fresh, { name: HONO, values: [freshHono] })];
    figures.push(memory("memory after the start", fresh, { name: OIDC, values: [freshOidc] }));
    const half: Goal = { of: "ratio", is: "at least", limit: 0.5 };
    const add = (name: string, peer: string, { values, peers }: { values: number[]; peers: number[] }, more = {}) =>
      figures.push({ name, unit: "requests/s", values, peer: { name: peer, values: peers }, ...more });
    add("GET", HONO, await compare(hono, get, get), { goal: half });
    for (const connections of isQuick ? CURVE.slice(-1) : CURVE) {
      add(`GET, ${connections} at once`, HONO, await compare(hono, get, get, connections), {
        point: { axis: "connections", at: connections, curve: "GET of the tenant" },
      });
    }
    add("token", OIDC, await compare(oidc, token(ours), OIDC_TOKEN));
    figures.push(
      memory("memory after GET and tokens", residentMemory(ours), { name: HONO, values: [residentMemory(hono)] }),
    );
    add("POST", HONO, await compare(hono, post, post));
    return figures;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function memory(name: string, value: number, peer: Peer): Figure {
  return { name, unit: "MB", values: [value], peer };
}

function token({ origin, tenant: { env } }: TenantServer): Sent {
  const given = { client_id: env.AUTH0_CLIENT_ID, client_secret: env.AUTH0_CLIENT_SECRET };
  const body = JSON.stringify({ grant_type: "client_credentials", audience: `${origin}/api/v2/`, ...given });
  return { method: "POST", path: "/oauth/token", headers: JSON_BODY, body };
}

const OIDC_TOKEN: Sent = {
  method: "POST",
  path: "/oauth/token",
  headers: {
    "content-type": "application/x-www-form-urlencoded",
    authorization: `Basic ${Buffer.from("client:secret").toString("base64")}`,
  },
  body: "grant_type=client_credentials&scope=read:forms",
};
