import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Auth0Provider } from "../../lib";

const STACK = "journey";

interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[] };
}

/** What a plan would do: the addresses of the resources with what happens to them; none when nothing would. */
export interface Plan {
  readonly changes: Readonly<Record<string, string>>;
  /** The plan as `terraform show -json` prints it. */
  readonly json: { readonly resource_changes?: readonly ResourceChange[] };
}

/** A folder in which the real engine runs on stacks that a test defines, with one state. */
export class Workspace {
  private readonly folder = mkdtempSync(join(tmpdir(), "journey-"));
  /** What the stack was synthesised to. */
  readonly directory: string;
  private initialised = false;

  /** @param environment what the provider needs to find the tenant */
  constructor(
    private readonly environment: Readonly<Record<string, string>>,
    private readonly stack = STACK,
  ) {
    this.directory = join(this.folder, "stacks", stack);
  }

  /** Synthesises a stack with the provider and what `define` puts into it; the next command works on it. */
  synth(define: (stack: TerraformStack) => void): void {
    const app = new App({ outdir: this.folder });
    const stack = new TerraformStack(app, this.stack);
    new LocalBackend(stack, { path: join(this.folder, "terraform.tfstate") });
    new Auth0Provider(stack, "auth0");
    define(stack);
    app.synth();
    this.initialise();
  }

  /** Takes a configuration as it is; the next command works on it. */
  configure(configuration: { readonly terraform: object }): void {
    const backend = { local: { path: join(this.folder, "terraform.tfstate") } };
    const terraform = { ...configuration.terraform, backend };
    mkdirSync(this.directory, { recursive: true });
    writeFileSync(join(this.directory, "cdk.tf.json"), JSON.stringify({ ...configuration, terraform }));
    this.initialise();
  }

  apply(): string {
    return this.run("apply", "-input=false", "-auto-approve");
  }

  destroy(): string {
    return this.run("destroy", "-input=false", "-auto-approve");
  }

  import(address: string, id: string): string {
    return this.run("import", "-input=false", address, id);
  }

  /** Forgets the state, not what is in the tenant. */
  forget(): void {
    rmSync(join(this.folder, "terraform.tfstate"), { force: true });
  }

  /**
   * @param options of the command, e.g. `-refresh-only`
   * @throws when the engine's exit code and the changes that it names contradict each other, without options
   */
  plan(...options: readonly string[]): Plan {
    const file = join(this.folder, "plan");
    const { status } = this.spawn("plan", "-input=false", "-detailed-exitcode", `-out=${file}`, ...options);
    const json: Plan["json"] = JSON.parse(this.run("show", "-json", file));
    const changes = Object.fromEntries(
      (json.resource_changes ?? [])
        .map(({ address, change }) => [address, change.actions.join(" and ")] as const)
        .filter(([, actions]) => actions !== "no-op" && actions !== "read"),
    );
    if (options.length === 0 && (status === 0) !== (Object.keys(changes).length === 0)) {
      throw new Error(`plan ended with ${status}, but has the changes ${JSON.stringify(changes)}`);
    }
    return { changes, json };
  }

  /** The managed resources of the state: address and id. */
  resources(): Map<string, string> {
    const state = JSON.parse(this.run("show", "-json"));
    const resources: { address: string; mode: string; values: { id: string } }[] =
      state.values?.root_module?.resources ?? [];
    return new Map(
      resources.filter(({ mode }) => mode === "managed").map(({ address, values }) => [address, values.id]),
    );
  }

  /** The state file as it lies on the disk. */
  state(): string {
    return readFileSync(join(this.folder, "terraform.tfstate"), "utf8");
  }

  /** Makes a text that {@link state} gave the state; an empty one is none. */
  putState(text: string): void {
    this.forget();
    if (text !== "") {
      writeFileSync(join(this.folder, "terraform.tfstate"), text);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private initialise(): void {
    if (!this.initialised) {
      this.run("init", "-input=false");
    }
    this.initialised = true;
  }

  private run(...args: string[]): string {
    const { status, stdout, stderr } = this.spawn(...args);
    if (status !== 0) {
      throw new Error(`terraform ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
    }
    return stdout;
  }

  private spawn(...args: string[]) {
    const result = spawnSync(process.env.TERRAFORM_BINARY_NAME ?? "terraform", args, {
      cwd: this.directory,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, ...this.environment, TF_IN_AUTOMATION: "1", TF_CLI_ARGS: "-no-color" },
    });
    if (result.error !== undefined) {
      throw result.error;
    }
    if (result.status !== 0 && result.status !== 2) {
      throw new Error(`terraform ${args.join(" ")} ended with ${result.status}:\n${result.stdout}\n${result.stderr}`);
    }
    return result;
  }
}
