import { existsSync, readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";

/** Where systems keep the authorities that they trust: the places in which Go looks. */
const SYSTEM_BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * A bundle for `SSL_CERT_FILE`: the tenant's authority, then all that is trusted without it.
 *
 * The variable replaces the system's bundle, and programs that use it talk to registries as well as to the tenant.
 *
 * @param former what the variable held before
 */
export function sslCertFile(ca: string, former: string | undefined): string {
  const system = [former, ...SYSTEM_BUNDLES].find((path) => path && existsSync(path));
  return bundle(ca, system === undefined ? rootCertificates.join("\n") : readFileSync(system, "utf8"));
}

/**
 * A bundle for `NODE_EXTRA_CA_CERTS`: the tenant's authority, then what was extra before.
 *
 * @param former what the variable held before
 */
export function nodeExtraCaCerts(ca: string, former: string | undefined): string {
  return bundle(ca, former && existsSync(former) ? readFileSync(former, "utf8") : "");
}

/** Each certificate once: the former bundle may be one that a tenant wrote. */
function bundle(ca: string, others: string): string {
  const certificates = new Set([ca, others].flatMap((pem) => pem.match(CERTIFICATE) ?? []));
  return `${[...certificates].join("\n")}\n`;
}
