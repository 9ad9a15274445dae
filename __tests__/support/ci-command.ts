import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ended } from "./workflow";

const MAIN = join(__dirname, "..", "..", "cli", "main.ts");

/** A folder in which `ci` commands run, as steps of a job do. */
export class CiFolder {
  readonly path = mkdtempSync(join(tmpdir(), "ci-"));

  /** Runs `auth0-progressive-profiling ci`, with no other variables than these. */
  run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const child = spawn(process.execPath, ["--require", require.resolve("tsx/cjs"), MAIN, "ci", ...args], {
      cwd: this.path,
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env.PATH, HOME: this.path, GITHUB_OUTPUT: join(this.path, "output"), ...environment },
    });
    return ended(child);
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true });
    writeFileSync(join(this.path, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.path, file), "utf8");
  }

  /** A shell script in place of Terraform. */
  engine(text: string): Readonly<Record<string, string>> {
    const path = join(this.path, "engine");
    writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return { TERRAFORM_BINARY_NAME: path };
  }

  /** A PATH on which nothing is but a shell, Node, npm, and the engine under this name. */
  pathWith(name: string, { TERRAFORM_BINARY_NAME: engine = "" }: Readonly<Record<string, string>>) {
    const programs = join(this.path, "programs");
    mkdirSync(programs);
    symlinkSync(engine, join(programs, name));
    symlinkSync("/bin/sh", join(programs, "sh"));
    for (const program of ["node", "npm"]) {
      symlinkSync(join(dirname(process.execPath), program), join(programs, program));
    }
    return { PATH: programs };
  }

  /** What the commands set as outputs. */
  outputs(): string {
    return this.read("output");
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
