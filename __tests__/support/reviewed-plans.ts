import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lostValues } from "./lost-values";
import type { Workspace } from "./terraform";

const ROOT = join(__dirname, "..", "..");
const CLI = join(ROOT, "cli", "main.ts");
const GOLDEN = join(ROOT, "__tests__", "review", "golden");

export interface Reviewed {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as it is installed, only that its TypeScript is not compiled before. */
export function review(...args: readonly string[]): Reviewed {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), CLI, "review", ...args],
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
  );
  if (error !== undefined) {
    throw error;
  }
  return { status, stdout, stderr };
}

/** Plans of the real engine, saved as a pipeline saves them: each beside the configuration that it was made of. */
export class PlanFolder {
  private readonly folder = mkdtempSync(join(tmpdir(), "plans-"));

  /** @returns the path of the plan's JSON */
  save(name: string, workspace: Workspace, ...options: readonly string[]): string {
    const { json } = workspace.plan(...options);
    const file = this.write(`${name}/plan.json`, json);
    copyFileSync(join(workspace.directory, "cdk.tf.json"), join(this.folder, name, "cdk.tf.json"));
    return file;
  }

  /** Any JSON, or a text as it is. */
  write(path: string, content: unknown): string {
    const file = join(this.folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Ids, ports and times are others in every tenant. */
function stable(text: string): string {
  return text
    .replace(/\blocalhost:\d+/g, "localhost:9443")
    .replace(/\b(ap|af|ac|cgr|con)_[A-Za-z0-9]{16,}/g, "$1_…")
    .replace(/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g, "00000000-…")
    .replace(/(?<=: )[A-Za-z0-9]{32}$/gm, "…");
}

/**
 * Compares with the file of that name in `golden/`; `UPDATE_GOLDEN=1` writes it. Nothing that the plans change may be
 * missing.
 */
export function expectGolden(name: string, reviewed: string, ...plans: readonly string[]): void {
  for (const plan of plans) {
    expect(lostValues(readFileSync(plan, "utf8"), reviewed)).toEqual([]);
  }
  const text = stable(reviewed);
  const file = join(GOLDEN, name);
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(file, text);
  }
  if (!existsSync(file)) {
    throw new Error(`${file} is missing; read what UPDATE_GOLDEN=1 writes, and commit it`);
  }
  expect(text).toBe(readFileSync(file, "utf8"));
}
