import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { engine } from "../command/engine";
import type { Problem } from "./problem";

/** A resource that the engine made, changed or destroyed. */
export interface Change {
  readonly address: string;
  readonly action: "create" | "update" | "delete";
}

export interface Applied {
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}

/** A line of the engine's `-json`. */
interface Message {
  readonly type?: string;
  readonly hook?: { readonly resource: { readonly addr: string }; readonly action: Change["action"] | "read" };
  readonly diagnostic?: {
    readonly severity: "error" | "warning";
    readonly summary: string;
    readonly detail?: string;
    readonly address?: string;
  };
}

const DIRECT = ["-input=false", "-auto-approve", "-json"];

/** The engine, in the folders of stacks. */
export class Engine {
  private readonly program = engine();
  private running: ChildProcess | undefined;

  /** @param environment for the engine, besides this process's own */
  constructor(private readonly environment: Readonly<Record<string, string>>) {}

  init(folder: string): Promise<Applied> {
    return this.run(folder, ["init", "-input=false", "-no-color"]);
  }

  /** @param isRefreshed whether the tenant is asked first what it has */
  apply(folder: string, isRefreshed: boolean): Promise<Applied> {
    return this.run(folder, ["apply", ...DIRECT, `-refresh=${isRefreshed}`]);
  }

  destroy(folder: string): Promise<Applied> {
    return this.run(folder, ["destroy", ...DIRECT]);
  }

  /** Lets it finish the request that it is at, and write its state. */
  async close(): Promise<void> {
    const { running } = this;
    if (running !== undefined) {
      running.kill("SIGINT");
      await once(running, "close");
    }
  }

  private async run(folder: string, args: readonly string[]): Promise<Applied> {
    const child = spawn(this.program, args, {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...this.environment, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" },
      // Ctrl-C reaches all processes of a terminal, and two of them would have the engine drop its state.
      detached: true,
    });
    this.running = child;
    const changes: Change[] = [];
    const problems: Problem[] = [];
    let said = "";
    const read = (line: string): void => {
      const message = parsed(line);
      if (message === undefined) {
        said += `${line}\n`;
      } else if (message.type === "apply_complete" && message.hook !== undefined && message.hook.action !== "read") {
        changes.push({ address: message.hook.resource.addr, action: message.hook.action });
      } else if (message.diagnostic?.severity === "error") {
        const { address, summary, detail = "" } = message.diagnostic;
        problems.push({
          path: address ?? this.program,
          what: [summary, detail].filter((text) => text !== "").join("\n"),
        });
      }
    };
    createInterface({ input: child.stdout }).on("line", read);
    createInterface({ input: child.stderr }).on("line", read);
    try {
      const [code, signal] = await once(child, "close");
      if (code !== 0 && problems.length === 0) {
        const what = `${args[0]} ended with ${code ?? signal}\n${said}`.trim();
        problems.push({ path: this.program, what });
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const what = `can not be run (${code})`;
      problems.push({ path: this.program, what, remedy: "install it, or set TERRAFORM_BINARY_NAME" });
    } finally {
      this.running = undefined;
    }
    return { changes, problems };
  }
}

function parsed(line: string): Message | undefined {
  try {
    return line.startsWith("{") ? (JSON.parse(line) as Message) : undefined;
  } catch {
    return undefined;
  }
}
