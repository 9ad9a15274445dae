import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { hashPassword } from "../tenant/management/passwords";
import { startArticleTenant } from "./article-tenant";
import { type CrowdResult, WAYS, type Way } from "./crowd";
import type { Figure, Section } from "./figure";
import { PASSWORD, type Place } from "./person";

const PEOPLE = [1, 4, 16, 64];
const PEOPLE_QUICKLY = [4];
const SECONDS = 6;
const WARMING_SECONDS = 3;
const HASH_SECONDS = 2;
const HASHES = "passwords hashed by Node alone";

/** How often people can log in with a form. */
export const logins: Section = {
  title: "Logins with a form",
  about: `The article's stack on a tenant in a folder. A login is everything: authorization, page, password, the form's step, its flow
that saves by the Management API over TLS, both runs of the Action, code, tokens over TLS. People are in a process of their own
(\`bench/crowd.ts\`), so many at once: each signs up and then logs in by password, in turn; or logs in by password; or has a session. The
peer is how often Node alone hashes a password (scrypt, N = 2¹⁵) on the same processors, which no login by password can exceed. CPU is
that of the tenant, and of the processes of its Actions that have ended.`,
  rounds: [3, 1],
  measure: async ({ rounds, isQuick, progress }) => {
    const folder = mkdtempSync(join(tmpdir(), "bench-logins-"));
    try {
      const { tenant, place } = await startArticleTenant(["--port", "0", "--data", join(folder, "data")], folder);
      try {
        await crowd(place, 4, WARMING_SECONDS, "sign-up");
        const figures: Figure[] = [];
        for (const way of WAYS) {
          for (const people of isQuick ? PEOPLE_QUICKLY : PEOPLE) {
            const results: Measured[] = [];
            for (let round = 1; round <= rounds; round++) {
              progress(`${people} at once by ${way}, round ${round} of ${rounds}`);
              results.push(await measured(tenant.pid, place, people, way));
            }
            figures.push(...figuresOf(way, people, results));
          }
        }
        return figures;
      } finally {
        await tenant.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Measured {
  readonly rate: number;
  readonly hashes: number;
  readonly median: number;
  readonly cpu: number;
}

async function measured(pid: number, place: Place, people: number, way: Way): Promise<Measured> {
  const before = cpuSeconds(pid);
  const { logins: count, seconds, medianMilliseconds } = await crowd(place, people, SECONDS, way);
  return {
    rate: count / seconds,
    hashes: await hashRate(),
    median: medianMilliseconds,
    cpu: (1000 * (cpuSeconds(pid) - before)) / count,
  };
}

function figuresOf(way: Way, people: number, results: readonly Measured[]): Figure[] {
  const values = (of: keyof Measured) => results.map((result) => result[of]);
  const name = `${people} at once by ${way}`;
  const point = { axis: "people at once", at: people, curve: `by ${way}` };
  return [
    {
      ...{ name, unit: "logins/s", values: values("rate"), point },
      peer: way === "session" ? undefined : { name: HASHES, values: values("hashes") },
      goal: people === 4 ? { of: "value", is: "at least", limit: 60 } : undefined,
    },
    { name: `${name}, half of them within`, unit: "ms", values: values("median") },
    { name: `${name}, CPU of one`, unit: "ms", values: values("cpu") },
  ];
}

async function crowd(place: Place, people: number, seconds: number, way: Way): Promise<CrowdResult> {
  const program = ["--require", require.resolve("tsx/cjs"), join(__dirname, "crowd.ts")];
  const child = spawn(process.execPath, [...program, String(people), String(seconds), way], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(place));
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  const [code] = await once(child, "close");
  if (code !== 0) {
    throw new Error(`${people} people who come by ${way} did not all get in`);
  }
  return JSON.parse(said);
}

/** Passwords a second, with as many at once as there are processors. */
async function hashRate(): Promise<number> {
  const begin = performance.now();
  let count = 0;
  const hashing = async () => {
    while (performance.now() < begin + HASH_SECONDS * 1000) {
      await hashPassword(PASSWORD);
      count++;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, hashing));
  return (1000 * count) / (performance.now() - begin);
}

/** Of the process and of those of its children that have ended; on Linux. */
function cpuSeconds(pid: number): number {
  const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const ticks = fields.split(" ").slice(11, 15);
  return ticks.reduce((sum, one) => sum + Number(one), 0) / 100;
}
