import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { StartError } from "./start-error";

/** The PEM of a private key and of the certificate of that key. @throws StartError when the file holds anything else */
export function readKeyWithCertificate(path: string): string {
  const pem = readFileSync(path, "utf8");
  if (!isPair(pem)) {
    throw new StartError(
      `${path} holds no key with its certificate; mend it, or delete it: the tenant makes a new one, and who trusted the old one has to trust the new one`,
    );
  }
  return pem;
}

function isPair(pem: string): boolean {
  try {
    return new X509Certificate(pem).checkPrivateKey(createPrivateKey(pem));
  } catch {
    return false;
  }
}
