import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Effort, Figure, Goal, Section } from "./figure";
import {
  requestsPerSecond,
  residentMemory,
  type Sent,
  type Server,
  type Started,
  startAndStop,
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

const SERVERS: Readonly<Record<string, (folder: string) => Promise<Server>>> = {
  tenant: (folder) => startTenant(folder, "--memory"),
  [HONO]: (folder) => startBare(folder, "bare-hono.ts"),
  [OIDC]: (folder) => startBare(folder, "bare-oidc.ts"),
};

async function starts(folder: string, { rounds, progress }: Effort): Promise<Figure[]> {
  progress("starts");
  const started = new Map(Object.keys(SERVERS).map((name) => [name, [] as Started[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, start] of Object.entries(SERVERS)) {
      started.get(name)?.push(await startAndStop(() => start(folder)));
    }
  }
  const values = (name: string, what: keyof Started) => (started.get(name) ?? []).map((one) => one[what]);
  const figure = (name: string, unit: string, what: keyof Started, peer: string): Figure => ({
    ...{ name, unit, values: values("tenant", what), peer: { name: peer, values: values(peer, what) } },
  });
  const goal: Goal = { of: "value", is: "at most", limit: 1 };
  return [HONO, OIDC].flatMap((peer) => [
    { ...figure("start, until it serves", "s", "seconds", peer), goal },
    figure("memory after the start", "MB", "memory", peer),
  ]);
}

/** The same request, or what comes to the same, sent to the tenant and to a peer in turn. */
interface Compared {
  readonly name: string;
  readonly peer: readonly [name: string, server: Server];
  readonly sent: Sent;
  readonly sentToPeer?: Sent;
  readonly connections?: number;
  readonly more?: Partial<Figure>;
}

async function requests(folder: string, effort: Effort): Promise<Figure[]> {
  const ours = await startTenant(folder, "--memory");
  const servers: Server[] = [ours];
  try {
    for (let form = 0; form < FORMS; form++) {
      await ours.tenant.request("POST", "/api/v2/forms", { name: `Form ${form}` });
    }
    const { body } = await ours.tenant.request("GET", "/api/v2/forms");
    const hono = await startBare(folder, "bare-hono.ts", JSON.stringify(body));
    servers.push(hono);
    const oidc = await startBare(folder, "bare-oidc.ts");
    servers.push(oidc);
    const authorization = `Bearer ${await ours.tenant.accessToken()}`;
    const get: Sent = { method: "GET", path: "/api/v2/forms", headers: { authorization } };
    const post: Sent = { ...get, method: "POST", headers: { authorization, ...JSON_BODY }, body: '{"name":"Form"}' };
    const half: Goal = { of: "ratio", is: "at least", limit: 0.5 };
    const peer = [HONO, hono] as const;
    const compared: Compared[] = [
      { name: "GET", peer, sent: get, more: { goal: half } },
      ...(effort.isQuick ? CURVE.slice(-1) : CURVE).map((at) => ({
        ...{ name: `GET, ${at} at once`, peer, sent: get, connections: at },
        more: { point: { axis: "connections", at, curve: "GET of the tenant" } },
      })),
      { name: "token", peer: [OIDC, oidc], sent: token(ours), sentToPeer: OIDC_TOKEN },
    ];
    const figures: Figure[] = [];
    for (const one of compared) {
      figures.push(await requestsInTurn(ours, one, effort));
    }
    const [memory, bare] = [residentMemory(ours), residentMemory(hono)];
    const after = "memory after GET and tokens";
    figures.push({ name: after, unit: "MB", values: [memory], peer: { name: HONO, values: [bare] } });
    // Last of all: each makes a form, which stays.
    return [...figures, await requestsInTurn(ours, { name: "POST", peer, sent: post }, effort)];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

async function requestsInTurn(
  ours: Server,
  compared: Compared,
  { rounds, isQuick, progress }: Effort,
): Promise<Figure> {
  const { name, peer, sent, sentToPeer = sent, connections = CONNECTIONS, more } = compared;
  progress(name);
  const [values, peers]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    values.push(await requestsPerSecond(ours, sent, connections, isQuick ? 1 : 2));
    peers.push(await requestsPerSecond(peer[1], sentToPeer, connections, isQuick ? 1 : 2));
  }
  return { name, unit: "requests/s", values, peer: { name: peer[0], values: peers }, ...more };
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
