import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalTenant } from "../../dev/local-tenant";
import { JOURNAL } from "../../tenant/documents/journal";
import { freePort } from "./free-port";

/** Something that breaks down. */
export interface Fault {
  /** At which request to the Management API, e.g. `GET /api/v2/flows/{id}`; `write` is every one that is no GET. */
  readonly request: string;
  /** At the how manieth of them, from 1. */
  readonly time: number;
  /**
   * `500`: answered so, each time it is sent again. `lost`: carried out, and the connection closed in place of the
   * answer, once. `held`: carried out and never answered.
   */
  readonly fault: "500" | "lost" | "held";
}

/** What a tenant keeps, by the collection. */
export type Documents = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** A local tenant in which faults can be had, and which can be put back to where it was, at the same address. */
export class FaultyTenant {
  private readonly folder = mkdtempSync(join(tmpdir(), "faulty-"));
  private readonly faults = join(this.folder, "faults");
  private readonly data = join(this.folder, "data");

  static async start(): Promise<FaultyTenant> {
    const ports = [await freePort(), await freePort()] as const;
    const started = new FaultyTenant(ports);
    await started.serve();
    return started;
  }

  private running?: LocalTenant;

  private constructor(private readonly ports: readonly [number, number]) {}

  get tenant(): LocalTenant {
    if (this.running === undefined) {
      throw new Error("the tenant is stopped");
    }
    return this.running;
  }

  /** From now on; what was to happen before does not any more. */
  arm(...faults: readonly Fault[]): void {
    for (const kind of ["requests", "met", "held"]) {
      rmSync(`${this.faults}.${kind}`, { force: true });
    }
    writeFileSync(this.faults, JSON.stringify(faults));
  }

  /** Requests to the Management API since the faults were armed, as in `GET /api/v2/flows/{id}`. */
  get requests(): readonly string[] {
    return this.linesOf("requests");
  }

  /** The faults that were met since then, each as often as it was. */
  get met(): readonly string[] {
    return this.linesOf("met");
  }

  /** Whether an answer is held. */
  get isHolding(): boolean {
    return existsSync(`${this.faults}.held`);
  }

  documents(): Documents {
    const folder = join(this.data, "documents");
    // journals are of logins, not of what is deployed
    const names = readdirSync(folder).filter((name) => !name.endsWith(JOURNAL));
    const collections = names.map((name) => {
      const files = readdirSync(join(folder, name)).sort();
      return [name, files.map((file) => JSON.parse(readFileSync(join(folder, name, file), "utf8")).value)];
    });
    return Object.fromEntries(collections);
  }

  /** Keeps what the tenant is now, under a name. */
  save(name: string): void {
    rmSync(join(this.folder, name), { recursive: true, force: true });
    cpSync(join(this.data, "documents"), join(this.folder, name), { recursive: true });
  }

  /** Makes the tenant what it was. */
  async restore(name: string): Promise<void> {
    await this.tenant.stop();
    this.running = undefined;
    rmSync(join(this.data, "documents"), { recursive: true });
    cpSync(join(this.folder, name), join(this.data, "documents"), { recursive: true });
    await this.serve();
    this.arm();
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async serve(): Promise<void> {
    const [port, httpPort] = this.ports;
    const environment = {
      ...process.env,
      NODE_OPTIONS: `--require ${join(__dirname, "fault.js")}`,
      FAULTS: this.faults,
    };
    const args = ["--port", `${port}`, "--http-port", `${httpPort}`, "--data", this.data];
    this.running = await LocalTenant.start(args, join(this.folder, "env"), environment);
  }

  private linesOf(kind: string): readonly string[] {
    const file = `${this.faults}.${kind}`;
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  }
}
