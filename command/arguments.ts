import { parseArgs } from "node:util";
import { nearest } from "../lib/nearest";
import { CommandError } from "./command-error";

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
 * @throws {@link CommandError} with all of that where a text is empty: what it was to be would be told as missing, or as not there
 */
export function readArguments(args: readonly string[], options: Options, problem: (text: string) => void): Given {
  const known: Options = { ...options, help: "nothing" };
  const problems: string[] = [];
  let hasEmpty = false;
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
      if (isEmpty(token.value)) {
        hasEmpty = true;
        problems.push(
          `[${JSON.stringify(token.value)}] is an empty text, as a variable of the shell is that is not set; give a value, or leave it out`,
        );
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
      problems.push(`[${rawName}] is no option; ${advice(name, known)}`);
    } else if (takes === "nothing" && value !== undefined) {
      problems.push(`[${rawName}] takes no value; leave ${JSON.stringify(value)} out`);
    } else if (takes !== "nothing" && (value === undefined || isEmpty(value) || (!inlineValue && /^--/.test(value)))) {
      hasEmpty ||= value !== undefined && isEmpty(value);
      problems.push(`[${rawName}] has no value; give one, or leave it out`);
    } else if (takes === "value" && all.length > 0) {
      problems.push(`[${rawName}] is given twice; give it once`);
    } else {
      all.push(value ?? "");
      values.set(name, all);
    }
    if (takes === "list") {
      list = all;
      values.set(name, all);
    }
  }
  if (hasEmpty && !values.has("help")) {
    throw new CommandError(problems);
  }
  problems.forEach(problem);
  return { positionals, values };
}

function isEmpty(text: string): boolean {
  return text.trim() === "";
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

/**
 * Refuses a port that two are to listen on, before either does.
 *
 * @param ports by whose it is, as in `--port`; 0 is a free one, and no other's
 * @param problem called with the option of each that an earlier one has
 */
export function checkPorts(ports: readonly (readonly [string, number])[], problem: (text: string) => void): void {
  for (const [index, [whose, port]] of ports.entries()) {
    const other = ports.slice(0, index).find(([, one]) => one === port && port !== 0);
    if (other !== undefined) {
      problem(`[${whose}] is ${port}, as ${other[0]} is; choose two`);
    }
  }
}

/** The ports of a local tenant: its own, and that of its pages, which is the one after it where it is not given. */
export function tenantPorts(port: number, httpPort?: number): readonly (readonly [string, number])[] {
  if (httpPort !== undefined) {
    return [
      ["--port", port],
      ["--http-port", httpPort],
    ];
  }
  return [
    ["--port", port],
    ["the one after --port, of the tenant's pages,", port === 0 || port === 65535 ? 0 : port + 1],
  ];
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
