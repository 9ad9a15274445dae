import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Figure, Goal } from "./figure";

/** One run of a command. */
export interface Run {
  readonly seconds: number;
  /** Peak memory in MB. */
  readonly memory: number;
}

/** Runs all in each round, one after the other, so that what disturbs one disturbs the others. */
export function inTurn<Runs extends Readonly<Record<string, () => unknown>>>(
  rounds: number,
  runs: Runs,
): { [Name in keyof Runs]: ReturnType<Runs[Name]>[] } {
  const results = Object.fromEntries(Object.keys(runs).map((name) => [name, [] as unknown[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(runs)) {
      results[name]?.push(run());
    }
  }
  return results as { [Name in keyof Runs]: ReturnType<Runs[Name]>[] };
}

/** Two figures: how long it takes, and how much memory at most. */
export function timeAndMemory(
  name: string,
  runs: readonly Run[],
  peer: { readonly name: string; readonly runs: readonly Run[] },
  more: { readonly goal?: Goal; readonly point?: Figure["point"] } = {},
): Figure[] {
  const figure = (what: string, unit: string, measured: (run: Run) => number): Figure => ({
    ...{ name: what, unit, values: runs.map(measured), peer: { name: peer.name, values: peer.runs.map(measured) } },
    ...more,
  });
  return [
    figure(name, "ms", ({ seconds }) => 1000 * seconds),
    figure(`${name}, peak memory`, "MB", ({ memory }) => memory),
  ];
}

/** Runs Node with these arguments to its end. */
export function runNode(args: readonly string[]): Run {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", join(__dirname, "peak-memory.js"), ...args],
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  const seconds = (performance.now() - start) / 1000;
  const peak = /^peak memory (\d+) kB$/m.exec(stderr)?.[1];
  if (status !== 0 || peak === undefined) {
    throw new Error(`${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  }
  return { seconds, memory: Number(peak) / 1024 };
}
