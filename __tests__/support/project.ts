import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

const ROOT = join(__dirname, "..", "..");
export const CDKTF = join(ROOT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");

export interface Ran {
  readonly status: number | null;
  /** All that it printed, without colours. */
  readonly said: string;
}

/** This repository as someone has it who wrote another `environments.ts`: state and output lie in a folder of its own. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "project-"));

  /** @param environments text of `environments.ts` */
  constructor(environments: string) {
    for (const name of ["lib", "actions", "node_modules", "provider-auth0", "tsconfig.json", "cdktf.json"]) {
      symlinkSync(join(ROOT, name), join(this.folder, name));
    }
    copyFileSync(join(ROOT, "main.ts"), join(this.folder, "main.ts"));
    this.rewrite(environments);
  }

  /** Where `main.ts` reads `environments.ts`: file and line. */
  get reader(): string {
    const [before = ""] = readFileSync(join(ROOT, "main.ts"), "utf8").split("for (const environment of");
    return `${this.folder}/main.ts:${before.split("\n").length}`;
  }

  rewrite(environments: string): void {
    writeFileSync(join(this.folder, "environments.ts"), environments);
  }

  /** Runs `main.ts` as `cdktf.json` says, with these variables and no others of Auth0's. */
  synth(environment: Readonly<Record<string, string>> = {}): Ran {
    const { app } = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8"));
    rmSync(join(this.folder, "cdktf.out"), { recursive: true, force: true });
    return this.run("sh", ["-c", app], environment);
  }

  /** Runs the CDKTF command line. */
  cdktf(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Ran {
    return this.run(process.execPath, [CDKTF, ...args], environment);
  }

  /** Runs the engine in the folder of a stack that was synthesised. */
  engine(environment: Readonly<Record<string, string>>, stack: string, ...args: readonly string[]): Ran {
    return this.run(
      process.env.TERRAFORM_BINARY_NAME ?? "terraform",
      args,
      environment,
      join("cdktf.out", "stacks", stack),
    );
  }

  /** Names of the stacks that were synthesised. */
  stacks(): string[] {
    const folder = join(this.folder, "cdktf.out", "stacks");
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  // biome-ignore lint/suspicious/noExplicitAny: who asks knows what is in there
  stack(name: string): any {
    return JSON.parse(readFileSync(join(this.folder, "cdktf.out", "stacks", name, "cdk.tf.json"), "utf8"));
  }

  /** Names of the state files, backups left out. */
  states(): string[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith(".tfstate"))
      .sort();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    folder = ".",
  ): Ran {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AUTH0_|CDKTF_OUTDIR$)/.test(name));
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd: join(this.folder, folder),
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      env: { ...Object.fromEntries(inherited), CI: "true", ...environment },
    });
    if (error !== undefined) {
      throw error;
    }
    return { status, said: stripVTControlCharacters(`${stdout}${stderr}`) };
  }
}
