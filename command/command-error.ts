/** What is wrong with a command or what it was given: all of it, each `[where] what, got value; what to do`. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(readonly problems: readonly string[]) {
    const [first = "", ...others] = problems;
    super(
      others.length === 0 ? first : [`${problems.length} problems`, ...problems.map((one) => `  ${one}`)].join("\n"),
    );
  }
}

/** Says on the standard error why a command has failed; returns the exit code. */
export function failed(command: string, error: unknown): number {
  // What else an error says may quote a plan or a state; where it came from does not.
  const trace = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  const said =
    error instanceof CommandError
      ? error.message
      : [`${command} has failed, which is a mistake of its own. Please report it:`, ...trace].join("\n");
  process.stderr.write(`${said}\n`);
  return 1;
}
