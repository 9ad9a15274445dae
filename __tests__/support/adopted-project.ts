import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ran, runCommand } from "./command";
import { packed } from "./packed";

const ROOT = join(__dirname, "..", "..");
const NAME = "auth0-progressive-profiling";

/** This package as npm packs it, unpacked. @returns its folder */
export function packedLibrary(): string {
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  run("tar", ["-xzf", packed(NAME)], folder);
  return join(folder, "package");
}

/** The folder that `adopt` writes, with the packages that its package.json names. */
export class AdoptedProject {
  private readonly parent = mkdtempSync(join(tmpdir(), "adopted-"));
  readonly folder = join(this.parent, "login");

  constructor(
    private readonly environment: Readonly<Record<string, string>>,
    private readonly library: string,
  ) {}

  /** Runs the command, and installs. */
  adopt(...args: readonly string[]): Ran {
    const ran = runCommand(["adopt", ...args, "--out", this.folder], this.parent, this.environment);
    if (ran.status === 0) {
      this.install();
    }
    return ran;
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  /** Every file of the project, without its packages. */
  files(): readonly string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true, encoding: "utf8" })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
      .map((entry) => join(entry.parentPath, entry.name).slice(this.folder.length + 1))
      .sort();
  }

  /** @throws where TypeScript finds something */
  typecheck(): void {
    run(join(ROOT, "node_modules", ".bin", "tsc"), ["--project", "."], this.folder);
  }

  /** Synthesises, and initialises the stack's folder. */
  synth(): void {
    run(
      process.execPath,
      [join(ROOT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf"), "synth"],
      this.folder,
      this.environment,
    );
    this.engine("init", "-input=false");
  }

  /** What a plan does, by its address: `import`, `update and import`; and nothing of what it leaves. */
  plan(): Readonly<Record<string, string>> {
    this.engine("plan", "-input=false", "-out=plan");
    const { resource_changes = [] }: Shown = JSON.parse(this.engine("show", "-json", "plan"));
    return Object.fromEntries(
      resource_changes
        .map(({ address, change }) => {
          const actions = [
            ...change.actions.filter((action) => action !== "no-op"),
            ...(change.importing ? ["import"] : []),
          ];
          return [address, actions.join(" and ")] as const;
        })
        .filter(([, actions]) => actions !== "" && actions !== "read"),
    );
  }

  /** Of the plan that was made last: the attributes that change, by the address. */
  changed(): Readonly<Record<string, readonly string[]>> {
    const { resource_changes = [] }: Shown = JSON.parse(this.engine("show", "-json", "plan"));
    return Object.fromEntries(
      resource_changes
        .filter(({ change }) => change.actions.includes("update"))
        .map(({ address, change: { before, after } }) => [
          address,
          Object.keys(after ?? {}).filter((key) => JSON.stringify(before?.[key]) !== JSON.stringify(after?.[key])),
        ]),
    );
  }

  apply(): string {
    return this.engine("apply", "-input=false", "plan");
  }

  remove(): void {
    rmSync(this.parent, { recursive: true, force: true });
  }

  private engine(...args: readonly string[]): string {
    const folder = join(this.folder, "cdktf.out", "stacks", "login");
    return run(process.env.TERRAFORM_BINARY_NAME ?? "terraform", args, folder, {
      ...this.environment,
      TF_IN_AUTOMATION: "1",
      TF_CLI_ARGS: "-no-color",
    });
  }

  private install(): void {
    const packages = join(this.folder, "node_modules");
    mkdirSync(packages);
    for (const name of readdirSync(join(ROOT, "node_modules")).filter((name) => name !== NAME)) {
      symlinkSync(join(ROOT, "node_modules", name), join(packages, name));
    }
    run("cp", ["-R", this.library, join(packages, NAME)], this.folder);
  }
}

interface Shown {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly importing?: object;
      readonly before?: Readonly<Record<string, unknown>> | null;
      readonly after?: Readonly<Record<string, unknown>> | null;
    };
  }[];
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, CI: "true", ...environment },
  });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${status ?? error}:\n${stdout}\n${stderr}`);
  }
  return stdout;
}
