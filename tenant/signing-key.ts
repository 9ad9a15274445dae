import { createHash, createPrivateKey, generateKeyPair, type JsonWebKey, X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { writeFileAtomically } from "./documents/atomic-file";
import { readKeyWithCertificate } from "./pem-file";

const TEN_YEARS = 3650 * 24 * 60 * 60 * 1000;

/** The RSA key that signs the tenant's tokens. */
export interface SigningKey {
  /** With its private part. */
  readonly jwk: JsonWebKey & { readonly kid: string; readonly alg: "RS256"; readonly use: "sig" };
  /** PEM. */
  readonly certificate: string;
}

/** The key in that file, made on first use; without a file a new one, for this process only. @throws StartError when it can not be read */
export async function loadSigningKey(path: string | undefined, now: Date): Promise<SigningKey> {
  if (path !== undefined && existsSync(path)) {
    return read(readKeyWithCertificate(path));
  }
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  // Only a new key needs what makes certificates.
  const { makeSelfSigned }: typeof import("./certificates") = require("./certificates");
  const pem = await makeSelfSigned(privateKey, now, new Date(now.getTime() + TEN_YEARS));
  if (path !== undefined) {
    writeFileAtomically(path, pem);
  }
  return read(pem);
}

function read(pem: string): SigningKey {
  const certificate = new X509Certificate(pem);
  const kid = createHash("sha256").update(certificate.raw).digest("base64url").slice(0, 21);
  const x5c = [certificate.raw.toString("base64")];
  const x5t = createHash("sha1").update(certificate.raw).digest("base64url");
  const jwk = createPrivateKey(pem).export({ format: "jwk" });
  return { jwk: { ...jwk, kid, x5c, x5t, alg: "RS256", use: "sig" }, certificate: certificate.toString() };
}
