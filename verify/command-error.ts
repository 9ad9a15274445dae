/** What is wrong with a command, its files or its tenant, in words for the one who runs it. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Prints what a command failed with; returns how it ends. */
export function failed(command: string, error: unknown): number {
  if (error instanceof CommandError) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  // What else an error says may quote a state; where it came from does not.
  const trace = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  const said = [`${command} has failed, which is a mistake of its own. Please report it:`, ...trace];
  process.stderr.write(`${said.join("\n")}\n`);
  return 1;
}
