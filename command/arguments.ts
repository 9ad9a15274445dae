import { parseArgs } from "node:util";
import { nearest } from "../lib/nearest";

/**
 * What an option takes: nothing, one value, one value each time that it is given, or all that follows, since a shell makes
 * many files of one pattern.
 */
export type Takes = "nothing" | "value" | "values" | "list";

export type Options = Readonly<Record<string, Takes>>;

/** What a command line gives. */
export interface Given {
  readonly positionals: readonly string[];
  /** By the option's name without dashes; empty texts for one that takes nothing. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads the command line; every command has `--help` besides.
 *
 * @param problem called with each thing that is wrong with it
 */
export function readArguments(args: readonly string[], options: Options, problem: (text: string) => void): Given {
  const known: Options = { ...options, help: "nothing" };
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(known).map(([name, takes]) => [
        name,
        { type: takes === "nothing" ? "boolean" : "string", ...(name === "help" && { short: "h" }) } as const,
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  let list = positionals;
  for (const token of tokens) {
    if (token.kind === "positional") {
      list.push(token.value);
      if (token.value === "") {
        problem('[""] is an empty text, as a variable of the shell is that is not set; give a value, or leave it out');
      }
    }
    if (token.kind !== "option") {
      continue;
    }
    list = positionals;
    const { name, rawName, value, inlineValue } = token;
    const takes = Object.hasOwn(known, name) ? known[name] : undefined;
    const all = values.get(name) ?? [];
    if (takes === undefined) {
      problem(`[${rawName}] is no option; ${advice(name, known)}`);
    } else if (takes === "nothing" && value !== undefined) {
      problem(`[${rawName}] takes no value; leave ${JSON.stringify(value)} out`);
    } else if (takes !== "nothing" && (value === undefined || value === "" || (!inlineValue && /^--/.test(value)))) {
      problem(`[${rawName}] has no value; give one, or leave it out`);
    } else if (takes === "value" && all.length > 0) {
      problem(`[${rawName}] is given twice; give it once`);
    } else {
      all.push(value ?? "");
      values.set(name, all);
    }
    if (takes === "list") {
      list = all;
      values.set(name, all);
    }
  }
  return { positionals, values };
}

/** The port that an option gives, 0 for a free one; undefined where it is not given, or is none. */
export function readPort(name: string, values: Given["values"], problem: (text: string) => void): number | undefined {
  const [text] = values.get(name) ?? [];
  if (text === undefined) {
    return undefined;
  }
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65535) {
    return port;
  }
  problem(`[--${name}] must be a whole number from 0 to 65535, got ${JSON.stringify(text)}; give another one`);
  return undefined;
}

/** The numbers that an option gives, as often as it is given: whole ones from 1 on. Those that are none are left out. */
export function readCounts(
  name: string,
  most: number,
  values: Given["values"],
  problem: (text: string) => void,
): readonly number[] {
  return (values.get(name) ?? []).flatMap((text) => {
    if (/^[1-9]\d*$/.test(text) && Number(text) <= most) {
      return [Number(text)];
    }
    const got = JSON.stringify(text);
    problem(`[--${name}] must be a whole number from 1 to ${most}, got ${got}; give one, or leave it out`);
    return [];
  });
}

function advice(name: string, options: Options): string {
  const names = Object.keys(options).map((one) => `--${one}`);
  return adviceOn(`--${name}`, names, `options are ${names.join(", ")}`);
}

/** What to do about a name that is none of these. */
export function adviceOn(name: string, names: readonly string[], otherwise = "see --help"): string {
  const meant = nearest(name, names);
  return meant === undefined ? otherwise : `did you mean ${meant}?`;
}
