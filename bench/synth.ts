/** Synth: the constructs against the same resources on the raw bindings, and how cost grows with instances. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comparePairs, median, runNode } from "./pairs";

const ROOT = join(__dirname, "..");
const STACKS = join(__dirname, "stacks");
const PAIRS = 15;
const SIZES = [1, 10, 100];
const REPEATS = 5;

export function benchSynth(): string[] {
  // As it is published: JavaScript, which nobody compiles to use it.
  execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT });
  const folder = mkdtempSync(join(tmpdir(), "bench-synth-"));
  try {
    const outdir = join(folder, "out");
    const published = publishedStacks(join(folder, "project"));
    const against = (ours: readonly string[], stacks: string) =>
      comparePairs(tsNode(...ours), tsNode(join(stacks, "bindings.ts"), outdir), PAIRS);
    const article = against([join(published, "constructs.ts"), outdir], published);
    const own = against([join(published, "constructs.ts"), outdir, "1", "own"], published);
    const source = against([join(STACKS, "constructs.ts"), outdir], STACKS);
    const row = (name: string, { time, memory }: typeof article, goals = ["", ""]) =>
      `| ${name} | ${time.toFixed(2)} | ${goals[0]} | ${memory.toFixed(2)} | ${goals[1]} |`;
    return [
      "## Synth",
      "",
      "The resources of `main.ts` by the constructs, against the same on the raw bindings (`bench/stacks`): ratios of",
      `${PAIRS} pairs. Both as users have them: published JavaScript, of which ts-node compiles the stack's own file alone, without`,
      "checking types. Stages of one's own are checked, the library's are known. In this repository ts-node compiles the library too.",
      "",
      "| | time | goal | peak memory | goal |",
      "| --- | --- | --- | --- | --- |",
      row("the article, published", article, ["at most 1.05", "at most 1.05"]),
      row("the same stages as if they were one's own, published", own),
      row("the article, from the source in this repository", source),
      "",
      ...growth((instances) => tsNode(join(published, "constructs.ts"), outdir, String(instances))),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function growth(constructs: (instances: number) => readonly string[]): string[] {
  const grown = SIZES.map((instances) => ({
    instances,
    runs: Array.from({ length: REPEATS }, () => runNode(constructs(instances))),
  }));
  const [one] = grown;
  const seconds = (size: (typeof grown)[number]) => median(size.runs.map((run) => run.seconds));
  const megabytes = (size: (typeof grown)[number]) => median(size.runs.map((run) => run.memory));
  return [
    `More instances of the construct in one stack, against one (medians of ${REPEATS}). One includes the start of Node,`,
    "ts-node and cdktf; what an instance adds is the growth divided by the instances added.",
    "",
    "| instances | time / one instance | peak memory / one instance | added by each instance, of the time of one |",
    "| --- | --- | --- | --- |",
    ...grown.map((size) => {
      const ratio = seconds(size) / seconds(one ?? size);
      const each = size.instances === 1 ? "" : `${((100 * (ratio - 1)) / (size.instances - 1)).toFixed(1)} %`;
      return `| ${size.instances} | ${ratio.toFixed(2)} | ${(megabytes(size) / megabytes(one ?? size)).toFixed(2)} | ${each} |`;
    }),
  ];
}

function tsNode(...args: readonly string[]): readonly string[] {
  return ["--require", require.resolve("ts-node/register"), ...args];
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
