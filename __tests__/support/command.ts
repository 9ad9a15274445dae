import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CLI = join(__dirname, "..", "..", "cli", "main.ts");

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Every request that it sent, as `GET /api/v2/forms`. */
  readonly requests: readonly string[];
}

/** Runs `auth0-progressive-profiling` in a folder, from source. */
export function runCommand(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
  input = "",
): Ran {
  const own = mkdtempSync(join(tmpdir(), "command-"));
  const log = join(own, "requests");
  writeFileSync(log, "");
  const modules = [require.resolve("tsx/cjs"), join(__dirname, "log-requests.js")];
  const required = modules.flatMap((name) => ["--require", name]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...required, CLI, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...environment, LOG_REQUESTS: log },
    input,
  });
  const requests = readFileSync(log, "utf8").trimEnd().split("\n");
  rmSync(own, { recursive: true });
  return { status, stdout, stderr, requests };
}
