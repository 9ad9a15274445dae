import { adviceOn } from "./arguments";
import { CommandError } from "./command-error";

/** Commands by their names. */
export type CommandTable<Command> = Readonly<Record<string, Command>>;

/**
 * The command of a name.
 *
 * @param place what the name stands for, in errors
 * @param options that may stand there instead
 * @throws {@link CommandError} where there is none
 */
export function commandNamed<Command>(
  commands: CommandTable<Command>,
  name: string,
  place: string,
  options: readonly string[],
): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) {
    return command;
  }
  if (name.startsWith("-")) {
    throw new CommandError([`[${name}] is no option; ${adviceOn(name, options, `options are ${options.join(", ")}`)}`]);
  }
  const names = Object.keys(commands);
  throw new CommandError([
    `[${place}] must be of ${names.join(", ")}, got ${JSON.stringify(name)}; ${adviceOn(name, names)}`,
  ]);
}

/** Those of these names, or all where there are no names; what is none is a problem. */
export function commandsNamed<Command>(
  commands: CommandTable<Command>,
  names: readonly string[],
  place: string,
  problem: (text: string) => void,
): ReadonlyMap<string, Command> {
  const named = new Map(names.length > 0 ? [] : Object.entries(commands));
  for (const name of names) {
    try {
      named.set(name, commandNamed(commands, name, place, ["--help"]));
    } catch (error) {
      (error as CommandError).problems.forEach(problem);
    }
  }
  return named;
}

/** A line for each command, for `--help`. */
export function commandLines(commands: CommandTable<{ readonly does: string }>): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length)) + 2;
  return Object.entries(commands)
    .map(([name, { does }]) => `  ${name.padEnd(width)}${does}`)
    .join("\n");
}
