import { existsSync } from "node:fs";
import { join } from "node:path";
import { readExports } from "../dev/local-tenant";

/** What the demo keeps between two starts. */
export const DEMO_FOLDER = join(__dirname, "..", ".demo");

/** Where the demo's tenant says how it is reached, as long as it serves. */
export const TENANT_ENV = "tenant.env";

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
