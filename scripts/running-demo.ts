import { existsSync } from "node:fs";
import { join } from "node:path";
import { readExports } from "../dev/local-tenant";

/** What the demo keeps between two starts. */
export const DEMO_FOLDER = join(__dirname, "..", ".demo");

/** Where the demo's tenant says how it is reached, as long as it serves. */
export const TENANT_ENV = "tenant.env";

/** The port of the demo's tenant, where none is given. */
export const DEMO_PORT = 9443;

/**
 * Where the tenant of a port lives: a port of its own is a tenant of its own.
 *
 * The state of its stack is named after it, so that on another port there is no state of what the tenant has.
 */
export function tenantFolder(port: number): string {
  return join(DEMO_FOLDER, port === DEMO_PORT ? "tenant" : `tenant-${port}`);
}

/** That this project's demo serves now, and where; undefined where it does not. */
export async function runningDemo(folder: string = DEMO_FOLDER): Promise<string | undefined> {
  const file = join(folder, TENANT_ENV);
  if (!existsSync(file)) {
    return undefined;
  }
  const { ISSUER_BASE_URL: pages } = readExports(file);
  try {
    await fetch(`${pages}/_tenant/clock`);
  } catch {
    // What is left of one that was killed.
    return undefined;
  }
  return (
    `this project's demo runs: its tenant at ${pages}/_tenant/, which leads to the sample application; ` +
    "end it by Ctrl-C in its shell"
  );
}
