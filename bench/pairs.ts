import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** One run of a command. */
export interface Run {
  readonly seconds: number;
  /** Peak memory in MB. */
  readonly memory: number;
}

export interface Comparison {
  readonly ours: Run;
  readonly peer: Run;
  /** Ours divided by the peer's: medians over the pairs. */
  readonly time: number;
  readonly memory: number;
}

/** Runs both commands in turn, so that what disturbs one disturbs the other, and compares their medians. */
export function comparePairs(ours: readonly string[], peer: readonly string[], pairs: number): Comparison {
  const runs = Array.from({ length: pairs }, () => [runNode(ours), runNode(peer)] as const);
  const oursMedian = medianRun(runs.map(([run]) => run));
  const peerMedian = medianRun(runs.map(([, run]) => run));
  return {
    ours: oursMedian,
    peer: peerMedian,
    time: median(runs.map(([left, right]) => left.seconds / right.seconds)),
    memory: oursMedian.memory / peerMedian.memory,
  };
}

/** Runs Node with these arguments to its end. */
export function runNode(args: readonly string[]): Run {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", join(__dirname, "peak-memory.js"), ...args],
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const peak = /^peak memory (\d+) kB$/m.exec(stderr)?.[1];
  if (status !== 0 || peak === undefined) {
    throw new Error(`${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  }
  return { seconds, memory: Number(peak) / 1024 };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2;
}

function medianRun(runs: readonly Run[]): Run {
  return { seconds: median(runs.map(({ seconds }) => seconds)), memory: median(runs.map(({ memory }) => memory)) };
}
