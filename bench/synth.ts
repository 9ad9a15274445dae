import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Effort, Figure, Section } from "./figure";
import { figuresOf, inTurn, type Run, runNode } from "./pairs";
import { publishedPackage } from "./published";

const ROOT = join(__dirname, "..");
const STACKS = join(__dirname, "stacks");
const GOAL = { of: "ratio", is: "at most", limit: 1.05 } as const;
/** Whole pairs for one point of a curve: what grows so far needs fewer than what is compared at 1.05. */
const PAIRS_FOR_A_POINT = 5;

/** Synth: the constructs against the same resources on the raw bindings, and how cost grows. */
export const synth: Section = {
  title: "Synth",
  about: `The resources of \`main.ts\` by the constructs, against the same on the raw bindings (\`bench/stacks\`). Both as users have
them: published JavaScript, of which ts-node compiles the stack's own file alone, without checking types. Stages of one's own are
checked, the library's are known. In this repository ts-node compiles the library too. Each is a process of its own: one instance
includes the start of Node, ts-node and cdktf. Stages and languages grow in one instance, with a text, a field and a button in each
stage; two stages where languages grow. What grows is measured in CPU time, of all threads.`,
  rounds: [15, 3],
  measure: async (effort) => {
    publishedPackage(effort.progress);
    const folder = mkdtempSync(join(tmpdir(), "bench-synth-"));
    try {
      const outdir = join(folder, "out");
      const published = publishedStacks(join(folder, "project"));
      const stacks: Stacks = {
        constructs: (given = {}) => tsNode(join(published, "constructs.ts"), outdir, JSON.stringify(given)),
        bindings: (instances = 1) => tsNode(join(published, "bindings.ts"), outdir, String(instances)),
      };
      return [...compared(stacks, outdir, effort), ...grown(stacks, effort)];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Stacks {
  readonly constructs: (given?: object) => Run;
  readonly bindings: (instances?: number) => Run;
}

function compared({ constructs, bindings }: Stacks, outdir: string, { rounds, progress }: Effort): Figure[] {
  progress("the article, in pairs");
  const runs = inTurn(rounds, {
    published: () => constructs(),
    peer: () => bindings(),
    own: () => constructs({ own: true }),
    source: () => tsNode(join(STACKS, "constructs.ts"), outdir),
    sourcePeer: () => tsNode(join(STACKS, "bindings.ts"), outdir),
  });
  const peer = { name: "raw bindings", runs: runs.peer };
  const took = ["milliseconds", "cpuMilliseconds", "memory"] as const;
  return [
    ...figuresOf("article as published", took, runs.published, peer, { goal: GOAL }),
    ...figuresOf("the same stages as if they were one's own", took, runs.own, peer),
    ...figuresOf("article from the source in this repository", took, runs.source, { ...peer, runs: runs.sourcePeer }),
  ];
}

function grown({ constructs, bindings }: Stacks, { rounds, isQuick, progress }: Effort): Figure[] {
  const times = Math.ceil(rounds / PAIRS_FOR_A_POINT);
  const point = (axis: string, at: number, curve: string, ours: () => Run, peer: readonly [string, () => Run]) => {
    progress(`${at} ${axis}`);
    const runs = inTurn(times, { ours, peer: peer[1] });
    const named = at === 1 ? axis.replace(/s$/, "") : axis;
    return figuresOf(
      `${at} ${named}`,
      ["cpuMilliseconds", "memory"],
      runs.ours,
      { name: peer[0], runs: runs.peer },
      { point: { axis, at, curve } },
    );
  };
  return [
    ...(isQuick ? [1, 10, 100] : [1, 10, 100, 1000]).flatMap((instances) =>
      point("instances", instances, "constructs", () => constructs({ instances }), [
        "raw bindings",
        () => bindings(instances),
      ]),
    ),
    ...(isQuick ? [1, 10] : [1, 2, 5, 10]).flatMap((stages) =>
      point("stages", stages, "so many", () => constructs({ stages }), ["one stage", () => constructs({ stages: 1 })]),
    ),
    ...(isQuick ? [1, 5] : [1, 2, 3, 4, 5]).flatMap((languages) =>
      point("languages", languages, "so many", () => constructs({ stages: 2, languages }), [
        "one language",
        () => constructs({ stages: 2 }),
      ]),
    ),
  ];
}

function tsNode(...args: readonly string[]): Run {
  return runNode(["--require", require.resolve("ts-node/register"), ...args]);
}

/** The stacks in a project of their own, with the packages in it: ts-node compiles what lies in no `node_modules`. */
function publishedStacks(project: string): string {
  const packages = join(project, "node_modules");
  const library = join(packages, "auth0-progressive-profiling");
  mkdirSync(library, { recursive: true });
  for (const name of ["dist", "package.json"]) {
    cpSync(join(ROOT, name), join(library, name), { recursive: true });
  }
  cpSync(join(ROOT, "provider-auth0"), join(packages, "@cdktf", "provider-auth0"), { recursive: true });
  for (const name of ["cdktf", "constructs", "ajv", "acorn"]) {
    symlinkSync(join(ROOT, "node_modules", name), join(packages, name));
  }
  const options = { target: "es2022", module: "commonjs", strict: true, skipLibCheck: true };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: options, "ts-node": { swc: true } }));
  cpSync(join(ROOT, "actions"), join(project, "actions"), { recursive: true });
  const stacks = join(project, "bench", "stacks");
  cpSync(STACKS, stacks, { recursive: true });
  const constructs = readFileSync(join(STACKS, "constructs.ts"), "utf8");
  writeFileSync(
    join(stacks, "constructs.ts"),
    constructs.replace('"../../lib"', JSON.stringify("auth0-progressive-profiling")),
  );
  return stacks;
}
