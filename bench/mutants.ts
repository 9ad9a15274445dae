/** What is mutated, what judges it, and how it is counted. */

/** What is mutated together. */
export interface Room {
  readonly mutated: readonly string[];
  /** Folders of `__tests__` whose fast tests judge it. */
  readonly tests: readonly string[];
  /** A sample has one in so many mutants. */
  readonly oneIn: number;
}

export const ROOMS: Readonly<Record<string, Room>> = {
  actions: { mutated: ["actions/*.js"], tests: ["actions"], oneIn: 4 },
  "auth0-forms": { mutated: ["auth0-forms/*.ts"], tests: ["auth0-forms", "lib/form"], oneIn: 5 },
  "lib/form": { mutated: ["lib/form/**/*.ts"], tests: ["lib", "auth0-forms"], oneIn: 50 },
  lib: { mutated: ["lib/*.ts", "lib/environments/*.ts"], tests: ["lib", "actions"], oneIn: 32 },
  review: {
    mutated: [
      "review/form/*.ts",
      "review/resources/*.ts",
      "review/stack-review.ts",
      "review/verdict.ts",
      "review/finding.ts",
    ],
    tests: ["review"],
    oneIn: 75,
  },
};

/** Stryker's report, of which this is read. @see https://github.com/stryker-mutator/mutation-testing-elements */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

export interface Mutant {
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: "Killed" | "Timeout" | "Survived" | "NoCoverage" | "RuntimeError" | "CompileError" | "Ignored";
  readonly location: { readonly start: Position; readonly end: Position };
}

/** Both from 1 on. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** How many mutants of a sample met which end. */
export interface Tally {
  /** All that there are of the room, of which the others are a sample. */
  readonly all: number;
  readonly killed: number;
  readonly timeouts: number;
  readonly survived: number;
  readonly uncovered: number;
  /** With which a module can not be loaded: no test has judged them, and they are not counted. */
  readonly broken: number;
}

export function tally({ files }: Report): Tally {
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const count = (wanted: Mutant["status"]) => mutants.filter(({ status }) => status === wanted).length;
  return {
    all: mutants.length,
    killed: count("Killed"),
    timeouts: count("Timeout"),
    survived: count("Survived"),
    uncovered: count("NoCoverage"),
    broken: count("RuntimeError"),
  };
}

/** Percent of the mutants that were noticed: a test failed, or did not end. */
export function score({ killed, timeouts, survived, uncovered }: Tally): number {
  return (100 * (killed + timeouts)) / (killed + timeouts + survived + uncovered);
}

/** `of 502 changes 88 killed, 2 timed out, 9 survived, 1 without coverage` */
export function tallyText({ all, killed, timeouts, survived, uncovered, broken }: Tally): string {
  const parts = [
    `${killed} killed`,
    `${timeouts} timed out`,
    `${survived} survived`,
    `${uncovered} without coverage`,
    `${broken} not loaded`,
  ];
  return `of ${all} changes ${parts.filter((part) => !part.startsWith("0 ")).join(", ")}`;
}

/** What no test has noticed, a line each: `lib/form/stage.ts:12:5 BooleanLiteral: true → false`. */
export function unnoticed({ files }: Report): string[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ location, mutatorName, replacement, status }) => {
        const place = `${file}:${location.start.line}:${location.start.column}`;
        const change = `${oneLine(original(source, location))} → ${oneLine(replacement)}`;
        return `${place} ${mutatorName}${status === "NoCoverage" ? ", without coverage" : ""}: ${change}`;
      }),
  );
}

function original(source: string, { start, end }: Mutant["location"]): string {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  lines.push((lines.pop() ?? "").slice(0, end.column - 1));
  return [(lines.shift() ?? "").slice(start.column - 1), ...lines].join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}
