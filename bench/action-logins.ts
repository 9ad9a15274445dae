/**
 * Logins of an Action in a process of their own, as JSON: `action-logins.ts`, with `--expose-gc` and so large a young
 * generation that nothing is collected while it counts what is allocated.
 */
import { articleAction, type Loaded, rendersAlways, scheduledAction } from "./actions";

/** What a login costs. */
export interface LoginCost {
  /** Microseconds of CPU time. */
  readonly first: number;
  /** Of a login among ten thousand. */
  readonly microseconds: number;
  readonly bytes: number;
}

const STAGES = 10;
const LOGINS = 10_000;
const LOGINS_FOR_BYTES = 2_000;

const keys = Array.from({ length: STAGES }, (_, index) => `key_${index}`);
const stages = keys.map((key) => ({ key }));
const policy = { fromLogin: 3, afterSignUp: { days: 1 }, atMostEvery: { days: 7 }, share: 100 };
const timed = keys.map((key) => ({ key, ask: policy }));

/** By name: the Action, and how many of the ten keys the user has answered. */
const CASES: Readonly<Record<string, readonly [action: () => Loaded, answered: number]>> = {
  "article's own Action": [rendersAlways, STAGES],
  "ten keys, complete": [() => articleAction(keys), STAGES],
  "ten keys, incomplete": [() => articleAction(keys), STAGES - 1],
  "ten stages, complete": [() => scheduledAction(stages, {}), STAGES],
  "ten stages, incomplete": [() => scheduledAction(stages, {}), STAGES - 1],
  "ten stages with moments, complete": [() => scheduledAction(timed, policy), STAGES],
  "ten stages with moments, incomplete": [() => scheduledAction(timed, policy), STAGES - 1],
};

async function main(): Promise<void> {
  const costs: Record<string, LoginCost> = {};
  // What any first Action finds cold is not counted as its own.
  await costOf(rendersAlways(), 0);
  for (const [name, [load, answered]] of Object.entries(CASES)) {
    costs[name] = await costOf(load(), answered);
  }
  process.stdout.write(JSON.stringify(costs));
}

async function costOf(action: Loaded, answered: number): Promise<LoginCost> {
  const event = {
    client: { client_id: "client", name: "Application" },
    connection: { name: "Username-Password-Authentication" },
    request: { query: {} },
    stats: { logins_count: 5 },
    transaction: { protocol: "oidc-basic-profile" },
    user: {
      user_id: "auth0|1",
      created_at: "2026-01-01T00:00:00.000Z",
      user_metadata: Object.fromEntries(keys.slice(0, answered).map((key) => [key, "answered"])),
      app_metadata: {},
    },
  };
  const api = { prompt: { render: () => undefined } };
  const logins = async (count: number) => {
    const { user, system } = process.cpuUsage();
    for (let login = 0; login < count; login++) {
      await action.onExecutePostLogin(event, api);
    }
    const after = process.cpuUsage();
    return (after.user - user + after.system - system) / count;
  };
  const first = await logins(1);
  const microseconds = await logins(LOGINS);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  await logins(LOGINS_FOR_BYTES);
  const bytes = (process.memoryUsage().heapUsed - before) / LOGINS_FOR_BYTES;
  return { first, microseconds, bytes };
}

void main();
