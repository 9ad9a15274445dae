import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** How a command of the engine ended; by a signal, `status` is null. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** The real engine at work beside the test, in a folder that a stack was synthesised to. */
export class TerraformProcess {
  readonly ended: Promise<Ended>;
  private output = "";

  /** @param environment what the provider needs to find the tenant */
  static start(
    directory: string,
    environment: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): TerraformProcess {
    const child = spawn(process.env.TERRAFORM_BINARY_NAME ?? "terraform", args, {
      cwd: directory,
      env: { ...process.env, ...environment, TF_IN_AUTOMATION: "1", TF_CLI_ARGS: "-no-color" },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: the provider ends with it.
      detached: true,
    });
    return new TerraformProcess(child);
  }

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (text) => {
        this.output += text;
      });
    }
    this.ended = once(child, "close").then(([status]) => ({ status, output: this.output }));
  }

  /** Ends engine and provider at once, as when the machine goes down. */
  kill(): Promise<Ended> {
    if (this.child.pid !== undefined && this.child.exitCode === null) {
      process.kill(-this.child.pid, "SIGKILL");
    }
    return this.ended;
  }
}
