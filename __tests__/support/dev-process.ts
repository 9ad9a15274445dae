import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const CLI = join(__dirname, "..", "..", "cli", "main.ts");

/** The command `dev` on a project, seen from outside: what it says, its page, its end. */
export class DevProcess {
  /** All that it said, on both streams. */
  said = "";
  readonly ended: Promise<[number | null, NodeJS.Signals | null]>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.said += text;
      });
    }
    this.ended = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  }

  /** Starts it, and waits until the first state is on its page, or the problems of it. */
  static async start(project: string, ...args: readonly string[]): Promise<DevProcess> {
    const program = [process.execPath, "--require", require.resolve("tsx/cjs"), CLI, "dev", "--project", project];
    return DevProcess.run([...program, ...args], process.cwd());
  }

  /** Starts that of the package that a project has installed, as its npm script does. */
  static async startInstalled(project: string): Promise<DevProcess> {
    return DevProcess.run([join("node_modules", ".bin", "auth0-progressive-profiling"), "dev"], project);
  }

  private static async run([program = "", ...args]: readonly string[], cwd: string): Promise<DevProcess> {
    const child = spawn(program, [...args, "--port", "0", "--preview-port", "0"], {
      stdio: ["ignore", "pipe", "pipe"],
      cwd,
    });
    const started = new DevProcess(child);
    await started.says(/Ctrl-C ends all of it/);
    return started;
  }

  get url(): string {
    return /Preview at (\S+)/.exec(this.said)?.[1] ?? "";
  }

  get pages(): string {
    return /its pages at (\S+?)\/_tenant/.exec(this.said)?.[1] ?? "";
  }

  /** Waits until it has said that, from here on where `from` is what it had said. */
  async says(pattern: RegExp, from = ""): Promise<void> {
    while (!pattern.test(this.said.slice(from.length))) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`it has ended, and said:\n${this.said}`);
      }
      await sleep(10);
    }
  }

  /** All processes that it started, and those that they did. */
  descendants(): number[] {
    const all = execFileSync("ps", ["-e", "-o", "pid=,ppid="], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number));
    const below = (pid: number): number[] =>
      all.filter(([, parent]) => parent === pid).flatMap(([child = 0]) => [child, ...below(child)]);
    return below(this.child.pid ?? 0);
  }

  /** @returns its exit code */
  async interrupt(): Promise<number | null> {
    this.child.kill("SIGINT");
    return (await this.ended)[0];
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}

/** Those of these processes that have not ended; one that has may wait for a parent to look. */
export function running(pids: readonly number[]): string[] {
  const { stdout } = spawnSync("ps", ["-o", "stat=,args=", "-p", pids.join(",")], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line !== "" && !line.startsWith("Z"));
}
