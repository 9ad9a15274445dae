import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalTenant } from "../../dev/local-tenant";

export type { LocalTenant };

/** A tenant of its own for one test file: in memory, on a free port, by the real command. */
export function startLocalTenant(...args: readonly string[]): Promise<LocalTenant> {
  const folder = mkdtempSync(join(tmpdir(), "tenant-"));
  return LocalTenant.start(["--memory", "--port", "0", ...args], join(folder, "env"));
}
