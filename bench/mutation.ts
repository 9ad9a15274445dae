/** Mutation testing: changes the code in one place at a time, and sees whether a test fails. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readArguments, readCounts } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { commandsNamed } from "../command/command-table";
import { installBeside } from "./beside";
import type { Figure, SectionHead } from "./figure";
import { type Report, ROOMS, type Room, score, tally, tallyText, unnoticed } from "./mutants";
import { writeResults } from "./results-file";

const ROOT = join(__dirname, "..");
const VERSION = "9.6.1";
const MOST = 999_999_999;

const HELP = `Usage: npx tsx bench/mutation.ts [ROOM …] [options]

Changes the code in one place at a time, and sees whether a fast test of the room fails: with Stryker, which is installed
into a temporary folder. Prints a line for each room, and one for each change that no test has noticed. A room is one of
${Object.keys(ROOMS).join(", ")}; without one all are measured.

  --seed N       a whole number, which says what is in the sample; several times for several samples [1]
  --one-in N     one in N changes is in the sample, instead of each room's own number; 1 for all
  --reports DIR  keeps Stryker's reports, and measures only what has none there: remove one to measure it again
  --write        writes the scores to bench/RESULTS.md, in the place of the former ones
  --help         print this

Ends with 0 when all was measured, and 1 when something could not be. With each room's own number it takes an hour or more.
`;

interface Arguments {
  readonly rooms: ReadonlyMap<string, Room>;
  readonly seeds: readonly string[];
  /** Undefined where each room has its own number. */
  readonly oneIn: number | undefined;
  /** Undefined where no report is kept. */
  readonly reports: string | undefined;
  readonly isWritten: boolean;
}

const SECTION: SectionHead = {
  title: "Mutation",
  about: `\`bench/mutation.ts\`: Stryker ${VERSION} changes the code in one place at a time, in a sample of all places, which its number
makes again. The score is the share of these changes that made a fast test of the room fail, or not end. Tests with a real engine,
provider or browser (\`.real\` and journeys) are not asked: whole reviews of real plans are among these. What is made at import is in
the sample too; what can not be loaded any more is not counted, as Stryker does. Nobody had looked at the survivors of a sample before
it was measured. Tests that are written for them flatter its next score, which wants another number.`,
};

function main(args: readonly string[]): void {
  const given = parseArguments(args);
  if (given === "help") {
    process.stdout.write(HELP);
    return;
  }
  const load = loadavg()[0] ?? 0;
  const folder = mkdtempSync(join(tmpdir(), "mutation-"));
  try {
    const stryker = new Stryker(join(folder, "stryker"), given.reports ?? join(folder, "reports"));
    const figures: Figure[] = [];
    for (const seed of given.seeds) {
      for (const [name, room] of given.rooms) {
        const report = stryker.report(name, room, { seed, oneIn: given.oneIn ?? room.oneIn });
        const counted = tally(report);
        const figure = `${name}, sample ${seed}, ${tallyText(counted)}`;
        const lines = [`${figure}, ${score(counted).toFixed(1)} %`, ...unnoticed(report).map((line) => `  ${line}`)];
        process.stdout.write(`${lines.join("\n")}\n`);
        figures.push({
          name: figure,
          unit: "%",
          values: [score(counted)],
          goal: { of: "value", is: "at least", limit: 85 },
        });
      }
    }
    if (given.isWritten) {
      writeResults("mutation", SECTION, figures, { rounds: 1, load });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws {@link CommandError} with all that is wrong */
function parseArguments(args: readonly string[]): Arguments | "help" {
  const problems: string[] = [];
  const options = { seed: "values", "one-in": "value", reports: "value", write: "nothing" } as const;
  const problem = (text: string) => problems.push(text);
  const { positionals, values } = readArguments(args, options, problem);
  if (values.has("help")) {
    return "help";
  }
  const rooms = commandsNamed(ROOMS, positionals, "room", problem);
  const seeds = readCounts("seed", MOST, values, problem);
  const [oneIn] = readCounts("one-in", MOST, values, problem);
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  const [reports] = values.get("reports") ?? [];
  return {
    rooms,
    seeds: seeds.length > 0 ? seeds.map(String) : ["1"],
    oneIn,
    reports: reports === undefined ? undefined : resolve(reports),
    isWritten: values.has("write"),
  };
}

interface Sample {
  readonly seed: string;
  readonly oneIn: number;
}

/** The mutation tester, in a folder of its own; with the sandboxes that it makes of this repository. */
class Stryker {
  constructor(
    private readonly folder: string,
    private readonly reports: string,
  ) {}

  /** The report of a room, which may have been kept. */
  report(name: string, room: Room, sample: Sample): Report {
    const file = join(this.reports, `${name.replaceAll("/", "-")}-${sample.seed}-one-in-${sample.oneIn}.json`);
    if (!existsSync(file)) {
      process.stderr.write(`${name}: one in ${sample.oneIn} of ${room.mutated.join(", ")}\n`);
      this.run(room, sample, file);
    }
    return JSON.parse(readFileSync(file, "utf8"));
  }

  private run({ mutated, tests }: Room, sample: Sample, fileName: string): void {
    if (!existsSync(this.folder)) {
      const packages = ["core", "jest-runner"].map((name) => `@stryker-mutator/${name}@${VERSION}`);
      installBeside(this.folder, ...packages);
      copyFileSync(join(__dirname, "mutation-plugins.mjs"), join(this.folder, "plugins.mjs"));
    }
    const options = {
      mutate: mutated,
      sample,
      plugins: ["@stryker-mutator/jest-runner", join(this.folder, "plugins.mjs")],
      checkers: ["sample"],
      testRunner: "file-by-file",
      jest: {
        enableFindRelatedTests: false,
        config: { testMatch: tests.map((folder) => `<rootDir>/__tests__/${folder}/**/*.test.ts`) },
      },
      coverageAnalysis: "perTest",
      concurrency: 1,
      // The machine may be busy with others; a loop without an end is found by counting.
      timeoutMS: 120_000,
      dryRunTimeoutMinutes: 30,
      tempDirName: join(this.folder, "sandboxes"),
      cleanTempDir: "always",
      // Neither is needed to run TypeScript here, and the latter would ask for a compiler of Stryker's own.
      disableTypeChecks: false,
      tsconfigFile: "none",
      reporters: ["json", "progress-append-only"],
      jsonReporter: { fileName },
      logLevel: "warn",
      warnings: { unknownOptions: false, slow: false },
    };
    const config = join(this.folder, "stryker.conf.json");
    writeFileSync(config, JSON.stringify(options));
    mkdirSync(this.reports, { recursive: true });
    const program = join(this.folder, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
    const { status } = spawnSync(process.execPath, [program, "run", config], {
      cwd: ROOT,
      stdio: ["ignore", 2, 2],
      env: { ...process.env, TMPDIR: this.folder },
    });
    if (status !== 0) {
      throw new Error(`Stryker ended with ${status}; what it said stands above`);
    }
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
