/** `npm run bench`: measures, and prints a line for each figure. */
import { cpus, loadavg } from "node:os";
import { readArguments } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { commandNamed } from "../command/command-table";
import { action } from "./action";
import { deploys } from "./deploys";
import { dev } from "./dev";
import type { Figure, Section } from "./figure";
import { pageLoads } from "./page-loads";
import { figureJson, figureLine } from "./results";
import { writeResults } from "./results-file";
import { review } from "./review";
import { synth } from "./synth";
import { tenant } from "./tenant";
import { users } from "./users";

const SECTIONS: Readonly<Record<string, Section>> = {
  synth,
  deploys,
  action,
  "page-loads": pageLoads,
  tenant,
  users,
  review,
  dev,
};

const HELP = `Usage: npm run bench -- [SECTION …] [options]

Measures, and prints a line for each figure: name, value, unit, and what it is compared with (peer, ratio). A section is one of
${Object.keys(SECTIONS).join(", ")}; without one all are measured. Writes them to bench/RESULTS.md, each in the place of the
former one.

  --quick    fewer rounds, and without what takes long: less than five minutes for all; writes nothing
  --json     one JSON document instead of the lines, with the quartiles of each figure
  --help     print this

Ends with 0 when all was measured, and 1 when something could not be.
`;

interface Arguments {
  readonly names: readonly string[];
  readonly isQuick: boolean;
  readonly isJson: boolean;
}

async function main(args: readonly string[]): Promise<void> {
  const given = parseArguments(args);
  if (given === "help") {
    process.stdout.write(HELP);
    return;
  }
  const measured: object[] = [];
  for (const name of given.names) {
    const section = commandNamed(SECTIONS, name, "section");
    const figures = await measure(name, section, given.isQuick);
    for (const figure of figures) {
      measured.push(figureJson(name, figure));
      if (!given.isJson) {
        process.stdout.write(`${figureLine(name, figure)}\n`);
      }
    }
  }
  if (given.isJson) {
    process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`);
  }
}

/** @throws {@link CommandError} with all that is wrong */
function parseArguments(args: readonly string[]): Arguments | "help" {
  const problems: string[] = [];
  const { positionals, values } = readArguments(args, { quick: "nothing", json: "nothing" }, (problem) =>
    problems.push(problem),
  );
  if (values.has("help")) {
    return "help";
  }
  for (const name of positionals) {
    try {
      commandNamed(SECTIONS, name, "section");
    } catch (error) {
      problems.push(...(error as CommandError).problems);
    }
  }
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  const names = positionals.length > 0 ? [...new Set(positionals)] : Object.keys(SECTIONS);
  return { names, isQuick: values.has("quick"), isJson: values.has("json") };
}

async function measure(name: string, section: Section, isQuick: boolean): Promise<readonly Figure[]> {
  const rounds = section.rounds[isQuick ? 1 : 0];
  const load = loadavg()[0] ?? 0;
  const begin = performance.now();
  const progress = (text: string) => process.stderr.write(`${name}: ${text}\n`);
  const figures = await section.measure({ rounds, isQuick, progress });
  progress(`measured in ${Math.round((performance.now() - begin) / 1000)} s`);
  if (!isQuick) {
    const before = `under a load of ${load.toFixed(1)} on ${cpus().length} processors before it began`;
    writeResults(name, section, figures, `${before}; ${rounds} rounds`);
  }
  return figures;
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
