import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "../../tenant/documents/store";
import { IDS, plant } from "./planted-tenant";
import { readEnvFile, TenantProcess } from "./tenant-process";

/** What oidc-provider keeps of people. */
export const MODELS = ["Session", "Grant", "RefreshToken", "AccessToken", "Interaction"];

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The planted tenant in a process of its own, asked where browsers meet no certificate that they do not know. */
export class PlantedProcess {
  private constructor(
    private readonly folder: string,
    private readonly tenant: TenantProcess,
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async start(): Promise<PlantedProcess> {
    const folder = mkdtempSync(join(tmpdir(), "admin-pages-"));
    const documents = new Store(join(folder, "documents"));
    plant(documents);
    for (const model of MODELS) {
      const collection = documents.collection(`oidc-${model}`);
      for (const [id, accountId] of [
        ["jane's", IDS.jane],
        ["another's", IDS.hostile],
      ] as const) {
        collection.put(id, { id, payload: { accountId }, expires: Date.now() + 60_000 });
      }
    }
    const envFile = join(folder, "env");
    const tenant = await TenantProcess.start(["--port", "0", "--data", folder, "--env", envFile]);
    return new PlantedProcess(folder, tenant, readEnvFile(envFile));
  }

  async stop(): Promise<void> {
    await this.tenant.signal("SIGTERM");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What it keeps, after its end. */
  async documents(): Promise<Store> {
    await this.tenant.signal("SIGTERM");
    return new Store(join(this.folder, "documents"));
  }

  address(path: string): string {
    return new URL(path, this.environment.ISSUER_BASE_URL).href;
  }

  async get(path: string): Promise<Got> {
    const response = await fetch(this.address(path));
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  async post(path: string, fields: Record<string, string>, headers: Record<string, string>): Promise<Got> {
    const body = new URLSearchParams(fields);
    const response = await fetch(this.address(path), { method: "POST", body, headers, redirect: "manual" });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
}

/** What a reader sees of a page: text, with what HTML escapes as it is meant. */
export function seen(page: string): string {
  return unescaped(page.replace(/<[^>]*>/g, ""));
}

export function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

export function token(page: string): string {
  return /name="csrf_token" value="([^"]+)"/.exec(page)?.[1] ?? "";
}

export function userPath(id: string): string {
  return `/_tenant/users/${encodeURIComponent(id)}`;
}
