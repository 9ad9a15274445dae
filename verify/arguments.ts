import { type ParseArgsConfig, parseArgs } from "node:util";
import { nearest } from "../lib/fields";
import { CommandError } from "./command-error";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What a command line gives. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** By the option's name, every value that was given; of one that takes none, "". */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** @throws {@link CommandError} with all that is wrong, a line each, and the command's help */
export function readArguments(args: readonly string[], options: Options, usage: string): Arguments {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const problems: string[] = [];
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") {
      positionals.push(token.value);
    }
    if (token.kind !== "option") {
      continue;
    }
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) {
      const meant = nearest(token.name, Object.keys(options));
      problems.push(
        `[${token.rawName}] is no option; ${meant === undefined ? "see the help below" : `did you mean --${meant}?`}`,
      );
    } else if (option.type === "string" && (token.value ?? "") === "") {
      problems.push(`[${token.rawName}] has no value; give one, or leave it out`);
    } else if (option.type === "boolean" && token.value !== undefined) {
      problems.push(`[${token.rawName}] takes no value; leave ${JSON.stringify(token.value)} out`);
    } else {
      values.set(token.name, [...(values.get(token.name) ?? []), token.value ?? ""]);
    }
  }
  if (problems.length > 0) {
    throw new CommandError([...problems, "", usage.trimEnd()].join("\n"));
  }
  return { positionals, values };
}
