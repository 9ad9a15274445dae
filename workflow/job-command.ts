import { type Options, readArguments } from "../command/arguments";
import { CommandError } from "../command/command-error";

/** A command of `auth0-progressive-profiling ci`. */
export interface JobCommand {
  /** What it does, in a line. */
  readonly does: string;
  /** What stands behind its name: `PLANS FILE [options]`. The words in capitals before the options are all needed. */
  readonly synopsis: string;
  /** What `--help` says below that. */
  readonly help: string;
  /** Arguments that it is called with: `"$RUNNER_TEMP/plans" --expect-none`. */
  readonly example: string;
  /**
   * What each exit code means.
   *
   * @default - 0 when it is done, 1 when it is not
   */
  readonly ends?: string;
  readonly options?: Options;
  /** Returns the exit code. @throws {@link CommandError} */
  readonly run: (given: JobArguments) => number | Promise<number>;
}

export interface JobArguments {
  readonly positionals: readonly string[];
  /** The value of an option, "" where it takes none; undefined where it is not given. */
  readonly value: (option: string) => string | undefined;
}

/** What was done. */
export const DONE = 0;
/** What was looked for is found. */
export const FOUND = 2;

const ENDS = "Ends with 0 when it is done, 1 when the command is wrong or has failed.";

export function usageOf(name: string, { synopsis, help, example, ends = ENDS }: JobCommand): string {
  const parts = [
    `auth0-progressive-profiling ci ${name} ${synopsis}`,
    help.trim(),
    "  --help",
    `  npx auth0-progressive-profiling ci ${name} ${example}`,
    ends.trim(),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Reads what stands behind the command's name. @throws {@link CommandError} with all that is wrong */
export function jobArguments(args: readonly string[], { synopsis, options = {} }: JobCommand): JobArguments | "help" {
  const problems: string[] = [];
  const { positionals, values } = readArguments(args, options, (problem) => problems.push(problem));
  if (values.has("help")) {
    return "help";
  }
  const names = (synopsis.split(" [")[0] ?? "").split(" ").filter((name) => name !== "");
  if (positionals.length !== names.length) {
    const got = positionals.length === 0 ? "nothing" : positionals.map((one) => JSON.stringify(one)).join(", ");
    problems.push(`[${names.join(" ") || "arguments"}] must be ${names.length}, got ${got}; see --help`);
  }
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  return { positionals, value: (option) => values.get(option)?.[0] };
}
