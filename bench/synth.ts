/** Synth: the constructs against the same resources on the raw bindings, and how cost grows with instances. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comparePairs, median, runNode } from "./pairs";

const PAIRS = 15;
const SIZES = [1, 10, 100];
const REPEATS = 5;

export function benchSynth(): string[] {
  const outdir = mkdtempSync(join(tmpdir(), "bench-synth-"));
  const tsNode = ["--require", require.resolve("ts-node/register")];
  const constructs = (instances: number) => [
    ...tsNode,
    join(__dirname, "stacks", "constructs.ts"),
    outdir,
    String(instances),
  ];
  const bindings = [...tsNode, join(__dirname, "stacks", "bindings.ts"), outdir];
  try {
    const { time, memory } = comparePairs(constructs(1), bindings, PAIRS);
    const grown = SIZES.map((instances) => ({
      instances,
      runs: Array.from({ length: REPEATS }, () => runNode(constructs(instances))),
    }));
    const [one] = grown;
    const seconds = (size: (typeof grown)[number]) => median(size.runs.map((run) => run.seconds));
    const megabytes = (size: (typeof grown)[number]) => median(size.runs.map((run) => run.memory));
    return [
      "## Synth",
      "",
      `The resources of \`main.ts\` by the constructs, against the same on the raw bindings (\`bench/stacks\`), ${PAIRS} pairs.`,
      "",
      "| | constructs / raw bindings | goal |",
      "| --- | --- | --- |",
      `| time | ${time.toFixed(2)} | at most 1.05 |`,
      `| peak memory | ${memory.toFixed(2)} | at most 1.05 |`,
      "",
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
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
