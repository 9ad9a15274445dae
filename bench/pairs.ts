import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Figure } from "./figure";

/** What one run of a command took. */
export interface Run {
  readonly milliseconds: number;
  /** Of all its threads: what else the machine does disturbs it less. */
  readonly cpuMilliseconds: number;
  /** Peak memory in MB. */
  readonly memory: number;
}

const UNITS = {
  milliseconds: ["", "ms"],
  cpuMilliseconds: [", CPU time", "ms"],
  memory: [", peak memory", "MB"],
} as const satisfies Readonly<Record<keyof Run, readonly [name: string, unit: string]>>;

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

/** A figure for each thing that runs took. */
export function figuresOf(
  name: string,
  took: readonly (keyof Run)[],
  runs: readonly Run[],
  peer: { readonly name: string; readonly runs: readonly Run[] },
  more: Partial<Figure> = {},
): Figure[] {
  return took.map((what) => {
    const [suffix, unit] = UNITS[what];
    const values = (some: readonly Run[]) => some.map((run) => run[what]);
    return {
      ...{ name: `${name}${suffix}`, unit, values: values(runs) },
      ...{ peer: { name: peer.name, values: values(peer.runs) }, ...more },
    };
  });
}

/** Runs Node with these arguments to its end. */
export function runNode(args: readonly string[]): Run {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", join(__dirname, "run-cost.js"), ...args],
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  const milliseconds = performance.now() - start;
  const [, cpu, peak] = /^took (\d+) µs, (\d+) kB$/m.exec(stderr) ?? [];
  if (status !== 0 || peak === undefined) {
    throw new Error(`${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  }
  return { milliseconds, cpuMilliseconds: Number(cpu) / 1000, memory: Number(peak) / 1024 };
}
