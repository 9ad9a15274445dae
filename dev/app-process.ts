import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";

/** How a run of the app has ended. */
export interface Ended {
  /** Why it was ended from here; undefined where it ended of itself. */
  readonly by?: "cancel" | "time";
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** All that it printed. */
  readonly said: string;
}

/** A process of the app of `cdktf.json`, which waits until it is told to go on: see `prepare.cjs`. */
export class AppProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<[number | null, NodeJS.Signals | null]>;
  private said = "";
  private by: Ended["by"];

  /** @param command as a shell takes it */
  constructor(command: string, folder: string, environment: NodeJS.ProcessEnv) {
    this.child = spawn(command, {
      shell: true,
      cwd: folder,
      env: environment,
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own: the shell and all that it starts are ended together.
      detached: true,
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.said += text;
      });
    }
    // It may have ended before it is told anything.
    this.child.stdin?.on("error", () => undefined);
    this.ended = once(this.child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
    this.ended.catch(() => undefined);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Lets it run its file to the end, or until so much time is over. */
  async run(milliseconds: number): Promise<Ended> {
    this.child.stdin?.end("\n");
    const timer = setTimeout(() => this.kill("time"), milliseconds);
    const [code, signal] = await this.ended;
    clearTimeout(timer);
    return { ...(this.by && { by: this.by }), code, signal, said: stripVTControlCharacters(this.said).trim() };
  }

  kill(by: Ended["by"] = "cancel"): void {
    this.by ??= by;
    try {
      process.kill(-(this.child.pid ?? 0), "SIGKILL");
    } catch {
      // It has ended.
    }
  }
}
