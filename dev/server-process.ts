import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { CommandError } from "../command/command-error";

export interface ServerProcessOptions {
  /** What it is called in errors. */
  readonly name: string;
  /** What Node runs. */
  readonly args: readonly string[];
  /** @default - that of this process */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** What is left out of all that it says; one that it makes itself is added when it is known. */
  readonly secrets: readonly string[];
}

/** A server in a process of its own, which is to serve until it is stopped. What it complains of goes to the standard error. */
export class ServerProcess {
  /** Resolves when it has ended because it was stopped, and rejects when it has ended otherwise, whatever its exit code. */
  readonly ended: Promise<void>;
  private isStopped = false;

  /**
   * Starts it, and waits until it says something on its standard output: that it serves.
   *
   * @throws CommandError when it ends before: with what it said
   */
  static async start(options: ServerProcessOptions): Promise<ServerProcess> {
    const { name, args, environment, secrets } = options;
    const child = spawn(process.execPath, args, {
      // The channel tells it when we are gone, however that came.
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // Ctrl-C reaches all processes of a terminal: it is to end when we say so, after what uses it.
      detached: true,
      env: environment,
    }) as ChildProcessByStdio<null, Readable, Readable>;
    const said: string[] = [];
    let tell = (line: string): unknown => said.push(line);
    const withoutSecrets = (line: string) =>
      secrets.reduce((rest, secret) => rest.replaceAll(secret, "‹redacted›"), line);
    createInterface({ input: child.stderr }).on("line", (line) => tell(withoutSecrets(line)));
    await Promise.race([once(child.stdout, "data"), once(child, "close")]);
    if (child.exitCode !== null || child.signalCode !== null) {
      // Behind an empty line it tells its own usage.
      throw new CommandError([`${name} did not start: ${said.join("\n").trim().split("\n\n")[0]}`]);
    }
    child.stdout.resume();
    tell = (line) => process.stderr.write(`${line}\n`);
    said.forEach(tell);
    return new ServerProcess(child, name);
  }

  private constructor(
    private readonly child: ChildProcessByStdio<null, Readable, Readable>,
    name: string,
  ) {
    this.ended = once(child, "close").then(([code, signal]) => {
      if (!this.isStopped || code !== 0) {
        const how = signal === null ? `ended with ${code}` : `was ended by ${signal}`;
        throw new CommandError([`[${name}] must serve until it is stopped here, but ${how}; start this command again`]);
      }
    });
    this.ended.catch(() => undefined);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Lets it answer what is under way. Rejects where it has ended before. */
  async stop(): Promise<void> {
    this.isStopped ||= this.child.exitCode === null && this.child.signalCode === null;
    this.child.kill("SIGTERM");
    await this.ended;
  }
}
