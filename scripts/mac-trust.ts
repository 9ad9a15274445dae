import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LocalTenant } from "../dev/local-tenant";
import { TOOLCHAIN_FOLDER } from "./toolchain";

export interface Trust {
  readonly platform: NodeJS.Platform;
  /** Where the provider came from, as its stamp tells. */
  readonly providerSource: string;
  /** File with the certificate of the tenant's authority. */
  readonly certificate: string;
  /** Whether the keychain trusts it; asked only where that counts. */
  readonly isTrusted: () => boolean;
}

/**
 * What a person has to do before the provider trusts a local tenant: on macOS, where the provider is the registry's, which
 * asks the keychain alone. Undefined where there is nothing to do.
 */
export function whatToTrust({ platform, providerSource, certificate, isTrusted }: Trust): string | undefined {
  // Of the set-up's own build, which brings its own trust.
  if (platform !== "darwin" || providerSource === "built from its Go module" || isTrusted()) {
    return undefined;
  }
  const file = `'${certificate.replaceAll("'", `'\\''`)}'`;
  return `the provider from the registry trusts what the keychain does, and that does not know the local tenant yet. Trust its authority,
which is good for localhost alone, for your user:

  security add-trusted-cert -r trustRoot -p ssl -k "$HOME/Library/Keychains/login.keychain-db" ${file}

and run this again. This takes it back:

  security remove-trusted-cert ${file}

With Go on PATH (https://go.dev/doc/install) and without .toolchain, the provider is built, and nothing is added to the keychain.`;
}

/** Stops the tenant where the provider would not trust it. @throws Error that says what to do then */
export async function checkTrust(tenant: LocalTenant): Promise<void> {
  const certificate = join(dirname(tenant.env.SSL_CERT_FILE), "authority.pem");
  writeFileSync(certificate, tenant.ca);
  const stamp = JSON.parse(readFileSync(join(TOOLCHAIN_FOLDER, "stamps", "provider.json"), "utf8"));
  const refusal = whatToTrust({
    platform: process.platform,
    providerSource: stamp.source,
    certificate,
    isTrusted: () => spawnSync("security", ["verify-cert", "-c", certificate]).status === 0,
  });
  if (refusal !== undefined) {
    await tenant.stop();
    throw new Error(refusal);
  }
}
