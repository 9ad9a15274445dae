import { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomically } from "./documents/atomic-file";
import { readKeyWithCertificate } from "./pem-file";

/** What a TLS server needs, and the certificate of the authority that its clients are to trust; all PEM. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

const DAY = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 3650;
const CERTIFICATE_DAYS = 397; // no client accepts longer ones from every authority
const RENEWAL_DAYS = 30;
/** A clock that is put back by less does not make a certificate one of the future. */
const LEEWAY_DAYS = 1;

/**
 * The server's certificate for localhost, signed by a certificate authority of this folder alone; without a folder, of this process.
 *
 * Both are made when they are missing, or when a clock that ran ahead has made them; the certificate also when it ends within 30 days. The
 * authority is good for loopback names only, so who trusts it risks nothing else. Each is one file with its key, so that a key and a
 * certificate always belong together.
 *
 * @throws StartError when they do not
 */
export async function loadTls(folder: string | undefined, now: Date): Promise<Tls> {
  const authority = await kept(
    folder && join(folder, "authority.pem"),
    (pem) => lasts(pem, CERTIFICATE_DAYS, now),
    () => certificates().makeAuthority(days(now, -LEEWAY_DAYS), days(now, AUTHORITY_DAYS)),
  );
  const server = await kept(
    folder && join(folder, "server.pem"),
    (pem) => lasts(pem, RENEWAL_DAYS, now) && isSigned(pem, authority),
    () =>
      certificates().makeServerCertificate(
        authority,
        days(now, -LEEWAY_DAYS),
        days(now, CERTIFICATE_DAYS - LEEWAY_DAYS),
      ),
  );
  return { key: server, cert: server, ca: new X509Certificate(authority).toString() };
}

// Most starts find their certificates and need not load what makes them.
function certificates(): typeof import("./certificates") {
  return require("./certificates");
}

/** What the file holds if it is still good, else what is made anew, which the file then holds. */
async function kept(
  path: string | undefined,
  isGood: (pem: string) => boolean,
  make: () => Promise<string>,
): Promise<string> {
  if (path !== undefined && existsSync(path)) {
    const pem = readKeyWithCertificate(path);
    if (isGood(pem)) {
      return pem;
    }
  }
  const pem = await make();
  if (path !== undefined) {
    writeFileAtomically(path, pem);
  }
  return pem;
}

function days(from: Date, count: number): Date {
  return new Date(from.getTime() + count * DAY);
}

/** Whether a certificate is valid now and in so many days. */
function lasts(pem: string, count: number, now: Date): boolean {
  const { validFrom, validTo } = new X509Certificate(pem);
  return new Date(validFrom) <= now && days(now, count) <= new Date(validTo);
}

function isSigned(pem: string, authority: string): boolean {
  return new X509Certificate(pem).verify(new X509Certificate(authority).publicKey);
}
