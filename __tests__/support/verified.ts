import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ran, runCommand } from "./command";
import type { LocalTenant } from "./local-tenant";
import type { Workspace } from "./terraform";

/** A finding, as `--json` prints it. */
export interface Told {
  readonly kind: string;
  readonly address: string;
  readonly id: string;
  readonly what: string;
  readonly remedy: string;
  readonly isPlanned: boolean;
}

/** A project whose stacks are those of a workspace, in which `verify` runs as the real command. */
export class VerifiedProject {
  readonly folder = mkdtempSync(join(tmpdir(), "verified-"));

  constructor(
    private readonly tenant: LocalTenant,
    private readonly workspace: Workspace,
  ) {
    symlinkSync(join(workspace.directory, "..", ".."), join(this.folder, "cdktf.out"));
  }

  /** @throws where it prints a secret that the state holds */
  verify(args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}, input = ""): Ran {
    const ran = runCommand(["verify", ...args], this.folder, { ...this.tenant.env, ...environment }, input);
    for (const [, secret = ""] of this.workspace.state().matchAll(/"client_secret": "([^"]+)"/g)) {
      if (ran.stdout.includes(secret) || ran.stderr.includes(secret)) {
        throw new Error("verify has printed a secret of the state");
      }
    }
    return ran;
  }

  /** What it tells, as data. @throws where it can not compare */
  findings(): readonly Told[] {
    const { status, stdout, stderr } = this.verify(["--json"]);
    if (status !== 0 && status !== 2) {
      throw new Error(`verify ended with ${status}: ${stderr}`);
    }
    const { findings, isClean } = JSON.parse(stdout);
    expect([status, findings.length === 0]).toEqual([isClean ? 0 : 2, isClean]);
    return findings;
  }

  /** Does what a line says that mends it: the command of the engine, or that of Auth0's command line. */
  async mend({ remedy }: Told): Promise<void> {
    const [, deleted] = /^auth0 api delete "([^"]+)"/.exec(remedy) ?? [];
    if (deleted !== undefined) {
      await this.tenant.request("DELETE", `/api/v2/${deleted}`);
      return;
    }
    const command = remedy.split(", or ")[0] ?? "";
    const { status, stdout, stderr } = spawnSync("sh", ["-c", `${command} -auto-approve -input=false -no-color`], {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...process.env, ...this.tenant.env },
    });
    if (status !== 0) {
      throw new Error(`${command} ended with ${status}:\n${stdout}\n${stderr}`);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
