import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LocalTenant } from "../../dev/local-tenant";

/** A local tenant that can be halted at a request, so that a test knows how far an apply has come. */
export class HaltingTenant {
  private stopped = false;

  static async start(): Promise<HaltingTenant> {
    const folder = mkdtempSync(join(tmpdir(), "halting-tenant-"));
    const file = join(folder, "request");
    const environment = { ...process.env, NODE_OPTIONS: `--require ${join(__dirname, "halt.js")}`, HALT_AT: file };
    const args = ["--memory", "--port", "0"];
    return new HaltingTenant(await LocalTenant.start(args, join(folder, "env"), environment), file);
  }

  private constructor(
    readonly tenant: LocalTenant,
    private readonly file: string,
  ) {}

  /**
   * Resolves when such a request has come: `POST /api/v2/forms`. Nothing is answered before the tenant goes on, then it
   * is too.
   */
  async haltAt(request: string): Promise<void> {
    writeFileSync(this.file, request);
    while (!this.stopped && !existsSync(`${this.file}.halted`)) {
      await sleep(20);
    }
  }

  goOn(): void {
    rmSync(`${this.file}.halted`, { force: true });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    rmSync(this.file, { force: true });
    this.goOn();
    await this.tenant.stop();
  }
}
