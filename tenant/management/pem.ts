import { createHash, createPublicKey, X509Certificate } from "node:crypto";
import { ManagementError } from "./management-error";

/** @throws ManagementError 400, which names the property */
export function readCertificate(pem: string, property: string): X509Certificate {
  return orInvalid(() => new X509Certificate(pem), property);
}

/** The certificate's digest, as RFC 8705 writes it. */
export function certificateThumbprint(certificate: X509Certificate): string {
  return createHash("sha256").update(certificate.raw).digest("base64url");
}

/**
 * The RFC 7638 thumbprint of the RSA key in a key's or a certificate's PEM, which Auth0 takes as key id.
 *
 * @throws ManagementError 400, which names the property
 */
export function keyThumbprint(pem: string, property: string): string {
  const { e, kty, n } = orInvalid(() => createPublicKey(pem).export({ format: "jwk" }), property);
  return createHash("sha256").update(JSON.stringify({ e, kty, n })).digest("base64url");
}

function orInvalid<T>(read: () => T, property: string): T {
  try {
    return read();
  } catch {
    throw new ManagementError(400, `Payload validation error: 'Invalid PEM' on property ${property}.`, "invalid_body");
  }
}
