/** `npm run bench`: measures, and prints a line for each figure. */
import { loadavg } from "node:os";
import { readArguments, readCounts } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { commandsNamed } from "../command/command-table";
import { action } from "./action";
import { deploys } from "./deploys";
import { dev } from "./dev";
import type { Figure, Section } from "./figure";
import { logins } from "./logins";
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
  logins,
  users,
  review,
  dev,
};

const HELP = `Usage: npm run bench -- [SECTION …] [options]

Measures, and prints a line for each figure: name, value, unit, and what it is compared with (peer, ratio). Writes them
to bench/RESULTS.md as well, each section in the place of the former one. A section is one of
${Object.keys(SECTIONS).join(", ")}; without one all are measured.

  --quick     fewer rounds, and without what takes long: less than five minutes for all; writes nothing
  --rounds N  1 to 9999, instead of each section's own number
  --json      one JSON document instead of the lines, with the quartiles of each figure
  --help      print this

Ends with 0 when all was measured, and 1 when something could not be.
`;

interface Arguments {
  readonly sections: ReadonlyMap<string, Section>;
  readonly isQuick: boolean;
  /** Undefined where each section has its own number. */
  readonly rounds: number | undefined;
  readonly isJson: boolean;
}

async function main(args: readonly string[]): Promise<void> {
  const given = parseArguments(args);
  if (given === "help") {
    process.stdout.write(HELP);
    return;
  }
  const measured: object[] = [];
  for (const [name, section] of given.sections) {
    try {
      const figures = await measure(name, section, given);
      measured.push(...figures.map((figure) => figureJson(name, figure)));
      if (!given.isJson) {
        process.stdout.write(figures.map((figure) => `${figureLine(name, figure)}\n`).join(""));
      }
    } catch (error) {
      // The others are measured all the same.
      fail(new Error(`${name}: ${(error as Error).message}`));
    }
  }
  if (given.isJson) {
    process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`);
  }
}

/** @throws {@link CommandError} with all that is wrong */
function parseArguments(args: readonly string[]): Arguments | "help" {
  const problems: string[] = [];
  const options = { quick: "nothing", rounds: "value", json: "nothing" } as const;
  const problem = (text: string) => problems.push(text);
  const { positionals, values } = readArguments(args, options, problem);
  if (values.has("help")) {
    return "help";
  }
  const sections = commandsNamed(SECTIONS, positionals, "section", problem);
  const [rounds] = readCounts("rounds", 9999, values, problem);
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  return {
    sections,
    isQuick: values.has("quick"),
    rounds,
    isJson: values.has("json"),
  };
}

async function measure(name: string, section: Section, given: Arguments): Promise<readonly Figure[]> {
  const { isQuick } = given;
  const rounds = given.rounds ?? section.rounds[isQuick ? 1 : 0];
  const load = loadavg()[0] ?? 0;
  const begin = performance.now();
  const progress = (text: string) => process.stderr.write(`${name}: ${text}\n`);
  const figures = await section.measure({ rounds, isQuick, progress });
  progress(`measured in ${Math.round((performance.now() - begin) / 1000)} s`);
  if (!isQuick) {
    writeResults(name, section, figures, { rounds, load });
  }
  return figures;
}

function fail(error: Error): void {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

main(process.argv.slice(2)).catch(fail);
