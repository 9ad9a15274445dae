import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

const CLI = join(__dirname, "..", "..", "cli", "main.ts");

export interface Ran {
  readonly status: number | null;
  /** All that it printed, without colours. */
  readonly said: string;
}

/** A Terraform module that the command `hcl` writes of a stack. */
export class WrittenModule {
  private readonly parent = mkdtempSync(join(tmpdir(), "module-"));
  readonly folder = join(this.parent, "terraform");

  /** @param environment what the provider needs to find the tenant */
  constructor(private readonly environment: Readonly<Record<string, string>>) {}

  /** Runs the command for the stack that was synthesised to a folder. */
  write(stack: string): Ran {
    return this.run(
      process.execPath,
      this.parent,
      "--require",
      require.resolve("tsx/cjs"),
      CLI,
      "hcl",
      stack,
      "--out",
      this.folder,
    );
  }

  engine(...args: readonly string[]): Ran {
    return this.run(process.env.TERRAFORM_BINARY_NAME ?? "terraform", this.folder, ...args);
  }

  /** The texts of its files by their names. */
  files(): Readonly<Record<string, string>> {
    const names = existsSync(this.folder) ? readdirSync(this.folder).filter((name) => name.endsWith(".tf")) : [];
    return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(this.folder, name), "utf8")]));
  }

  remove(): void {
    rmSync(this.parent, { recursive: true, force: true });
  }

  private run(command: string, cwd: string, ...args: readonly string[]): Ran {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd,
      encoding: "utf8",
      env: { ...process.env, ...this.environment, TF_IN_AUTOMATION: "1" },
    });
    if (error !== undefined) {
      throw error;
    }
    return { status, said: stripVTControlCharacters(`${stdout}${stderr}`) };
  }
}
