import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Auth0Provider } from "../../lib";

const STACK = "progressive-profiling-dev";

/** How a command of the engine ended, and all that it printed. */
export interface Ended {
  /** Exit code; null where a signal ended it. */
  readonly status: number | null;
  readonly said: string;
}

/** A command of the engine that runs. */
export class Command {
  readonly ended: Promise<Ended>;
  private said = "";

  constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        this.said += text;
      });
    }
    this.ended = new Promise((done, fail) => {
      child.once("error", fail);
      child.once("close", (status) => done({ status, said: this.said }));
    });
  }

  /** Resolves when it has printed the text. @throws when it ends before */
  async says(text: string): Promise<void> {
    let over = false;
    const note = () => {
      over = true;
    };
    this.ended.then(note, note);
    while (!this.said.includes(text)) {
      if (over) {
        throw new Error(`it ended without saying ${JSON.stringify(text)}:\n${this.said}`);
      }
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.signal("SIGINT");
  }

  /** `kill -9` of the engine and its providers, as when their machine is gone. */
  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.ended;
  }

  /** As when the machine does not answer any more, but nobody was told. */
  freeze(): void {
    this.signal("SIGSTOP");
  }

  private signal(signal: NodeJS.Signals): void {
    // all of its group, which it leads
    process.kill(-(this.child.pid ?? 0), signal);
  }
}

/** What one colleague, or one CI job, has: a folder of its own, in which the engine works on a state that others share. */
export class Checkout {
  private readonly running = new Set<Command>();

  /**
   * @param environment what the provider and the backend need
   * @param binary the engine
   */
  constructor(
    private readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly binary = process.env.TERRAFORM_BINARY_NAME ?? "terraform",
    private readonly folder = mkdtempSync(join(tmpdir(), "checkout-")),
  ) {}

  /** The same folder in another environment. */
  with(environment: Readonly<Record<string, string>>): Checkout {
    return new Checkout(environment, this.binary, this.folder);
  }

  /** Where the engine runs; what it keeps beside the state is in `.terraform`. */
  get directory(): string {
    return join(this.folder, "stacks", STACK);
  }

  synth(define: (stack: TerraformStack) => void): this {
    const app = new App({ outdir: this.folder });
    const stack = new TerraformStack(app, STACK);
    new Auth0Provider(stack, "auth0");
    define(stack);
    app.synth();
    return this;
  }

  /** Starts a command of the engine. */
  start(...args: readonly string[]): Command {
    const child = spawn(this.binary, args, {
      cwd: this.directory,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      env: { ...process.env, TF_IN_AUTOMATION: "1", TF_CLI_ARGS: "-no-color", ...this.environment },
    });
    const command = new Command(child);
    this.running.add(command);
    const over = () => this.running.delete(command);
    command.ended.then(over, over);
    return command;
  }

  /** Runs a command of the engine to its end, whatever that is. */
  end(...args: readonly string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** @throws when it ends with another code than 0 */
  async run(...args: readonly string[]): Promise<string> {
    const { status, said } = await this.end(...args);
    if (status !== 0) {
      throw new Error(`${this.binary} ${args.join(" ")} ended with ${status}:\n${said}`);
    }
    return said;
  }

  /** @throws when it fails */
  async plan(): Promise<Record<string, string>> {
    await this.run("plan", "-input=false", "-out=plan");
    const {
      resource_changes: changes = [],
    }: { resource_changes?: { address: string; change: { actions: string[] } }[] } = JSON.parse(
      await this.run("show", "-json", "plan"),
    );
    return Object.fromEntries(
      changes
        .map(({ address, change }) => [address, change.actions.join(" and ")] as const)
        .filter(([, actions]) => actions !== "no-op" && actions !== "read"),
    );
  }

  /** Ends what still runs in it, and takes the folder away. */
  async remove(): Promise<void> {
    await Promise.all([...this.running].map((command) => command.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
