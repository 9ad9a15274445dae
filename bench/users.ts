import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Effort, Figure, Section } from "./figure";
import { type Started, startAndStop, startBare, startTenant, type TenantServer } from "./server";

const SIZES = [1000, 10_000, 100_000];
/** Of each request in a round: the median is its time. */
const REPEATS = 5;

/** A tenant of many users. */
export const users: Section = {
  title: "A tenant of 100,000 users",
  about: `A tenant whose users lie on the disk, a file for each: its start, its memory after that, and the Management API, one
request at a time. Address is \`q=email:"…"\` for one user, metadata \`q=user_metadata.company_size:"2-5"\`, which half of them have, the page
is of 100. oidc-provider alone keeps no users: its start and memory are the peer's. authhero can not be compared, as above.`,
  rounds: [3, 1],
  measure: async (effort) => {
    const folder = mkdtempSync(join(tmpdir(), "bench-users-"));
    try {
      const figures: Figure[] = [];
      for (const size of SIZES) {
        figures.push(...(await ofSize(size, join(folder, String(size)), effort)));
      }
      return figures;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function ofSize(size: number, folder: string, { rounds, progress }: Effort): Promise<Figure[]> {
  mkdirSync(folder);
  const data = join(folder, "data");
  progress(`writing ${size} users`);
  await writeUsers(data, size, folder);
  const requests = {
    "first page": "/api/v2/users?per_page=100&include_totals=true",
    "search by address": `/api/v2/users?q=${encodeURIComponent(`email:"user${size - 1}@example.com"`)}`,
    "search by metadata": `/api/v2/users?q=${encodeURIComponent('user_metadata.company_size:"2-5"')}&per_page=100`,
    "by address": `/api/v2/users-by-email?email=user${size - 1}@example.com`,
  };
  const [ours, peers]: [Started[], Started[]] = [[], []];
  const times = new Map(Object.keys(requests).map((request) => [request, [] as number[]]));
  for (let round = 1; round <= rounds; round++) {
    progress(`${size} users, round ${round} of ${rounds}`);
    const start = () => startTenant(folder, "--data", data);
    const started = await startAndStop(start, async (server) => {
      for (const [request, path] of Object.entries(requests)) {
        times.get(request)?.push(await milliseconds(server, path));
      }
    });
    ours.push(started);
    peers.push(await startAndStop(() => startBare(folder, "bare-oidc.ts")));
  }
  const point = (curve: string) => ({ axis: "users", at: size, curve });
  const of = `${size.toLocaleString("en")} users`;
  const figure = (name: string, unit: string, what: keyof Started): Figure => ({
    ...{ name: `${of}, ${name}`, unit, values: ours.map((one) => one[what]), point: point("tenant") },
    peer: { name: "oidc-provider alone", values: peers.map((one) => one[what]) },
  });
  return [
    figure("start", "s", "seconds"),
    figure("memory", "MB", "memory"),
    ...[...times].map(([request, values]) => ({
      ...{ name: `${of}, ${request}`, unit: "ms", values },
      point: point(request),
    })),
  ];
}

async function milliseconds({ tenant }: TenantServer, path: string): Promise<number> {
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const begin = performance.now();
    const { status, body } = await tenant.request("GET", path);
    times.push(performance.now() - begin);
    if (status !== 200 || (body.length ?? body.total) === 0) {
      throw new Error(`${path} is answered with ${status}: ${JSON.stringify(body).slice(0, 200)}`);
    }
  }
  return times.sort((left, right) => left - right)[Math.floor(REPEATS / 2)] ?? Number.NaN;
}

/** As many users as files, after the one that a tenant writes itself. */
async function writeUsers(data: string, size: number, folder: string): Promise<void> {
  const server = await startTenant(folder, "--data", data);
  await server.tenant.request("POST", "/api/v2/users", {
    connection: "Username-Password-Authentication",
    email: "user0@example.com",
    password: "correct horse battery staple 1",
    user_metadata: { job_title: "Engineer", company_name: "Company", company_size: "2-5" },
  });
  await server.stop();
  const documents = join(data, "documents", "users");
  const [first = ""] = readdirSync(documents);
  const { id, value } = JSON.parse(readFileSync(join(documents, first), "utf8"));
  for (let number = 1; number < size; number++) {
    const digits = String(number).padStart(24, "0");
    const ours = {
      ...value,
      user_id: `auth0|${digits}`,
      email: `user${number}@example.com`,
      identities: [{ ...value.identities[0], user_id: digits }],
      user_metadata: { ...value.user_metadata, company_size: number % 2 === 0 ? "2-5" : "6-10" },
    };
    const text = JSON.stringify({ id: id.replace(/\|.*/, `|${digits}`), value: ours });
    writeFileSync(join(documents, `${String(number + 1).padStart(8, "0")}.json`), `${text}\n`);
  }
}
