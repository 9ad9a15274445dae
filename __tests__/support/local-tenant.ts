import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalTenant } from "../../dev/local-tenant";

export type { LocalTenant };

/** No registry is there: what Actions depend on is asked for on this machine alone. */
export const NO_REGISTRY = { npm_config_registry: "http://127.0.0.1:1/" };

/**
 * A tenant of its own for one test file: in memory, on a free port, by the real command.
 *
 * @param given arguments, and what is other in its environment
 */
export function startLocalTenant(...given: readonly (string | NodeJS.ProcessEnv)[]): Promise<LocalTenant> {
  const folder = mkdtempSync(join(tmpdir(), "tenant-"));
  const args = given.filter((one) => typeof one === "string");
  const environment = Object.assign(
    { ...process.env, ...NO_REGISTRY },
    ...given.filter((one) => typeof one !== "string"),
  );
  return LocalTenant.start(["--memory", "--port", "0", ...args], join(folder, "env"), environment);
}
