import { createPrivateKey, webcrypto, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer, rootCertificates } from "node:tls";
import "reflect-metadata";
import {
  X509Certificate as Certificate,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { loadTls } from "../../tenant/tls";
import { nodeExtraCaCerts, sslCertFile } from "../../tenant/trust";

const NOW = new Date();
const days = (count: number): Date => new Date(NOW.getTime() + count * 24 * 60 * 60 * 1000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tls-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Shakes hands with a server of this certificate, trusting this authority alone; why it failed, or undefined. */
async function handshake(key: string, cert: string, ca: string | undefined, name: string): Promise<string | undefined> {
  const server = createServer({ key, cert }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: "127.0.0.1", servername: name, ...(ca !== undefined && { ca }) });
  const failure = await once(socket, "secureConnect").then(
    () => undefined,
    (error: Error) => error.message,
  );
  socket.destroy();
  server.close();
  return failure;
}

describe("the server's certificate", () => {
  test("is good for localhost by the authority", async () => {
    const { key, cert, ca } = await loadTls(folder, NOW);

    expect(await handshake(key, cert, ca, "localhost")).toBeUndefined();
    expect(new X509Certificate(cert).checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(new X509Certificate(cert).checkIP("::1")).toBe("::1");
  });

  test("is good by nothing else", async () => {
    const { key, cert } = await loadTls(folder, NOW);

    expect(await handshake(key, cert, undefined, "localhost")).toBe("unable to verify the first certificate");
    expect(await handshake(key, cert, rootCertificates[0], "localhost")).toBe("unable to verify the first certificate");
  });

  test("stays the same until it ends soon; then it is new, and the authority the same", async () => {
    const first = await loadTls(folder, NOW);
    const soon = await loadTls(folder, days(300));
    const late = await loadTls(folder, days(370));

    expect(soon).toEqual(first);
    expect(late.ca).toBe(first.ca);
    expect(late.cert).not.toBe(first.cert);
    expect(Date.parse(new X509Certificate(late.cert).validTo)).toBeGreaterThan(days(700).getTime());
  });
});

describe("the authority", () => {
  test("is new before a certificate would outlive it, and the certificate with it", async () => {
    const first = await loadTls(folder, NOW);
    const last = await loadTls(folder, days(3400));

    expect(last.ca).not.toBe(first.ca);
    expect(new X509Certificate(last.cert).verify(new X509Certificate(last.ca).publicKey)).toBe(true);
  });

  test("keeps its key to the owner, and out of what clients get", async () => {
    const { ca } = await loadTls(folder, NOW);

    expect(statSync(join(folder, "authority.pem")).mode & 0o777).toBe(0o600);
    expect(ca).not.toContain("PRIVATE KEY");
    expect(new X509Certificate(ca).ca).toBe(true);
  });

  test("is not believed for any other name, even if its key were stolen", async () => {
    const { ca } = await loadTls(folder, NOW);
    const { key, cert } = await stolen("evil.example");

    expect(await handshake(key, cert, ca, "evil.example")).toBe("permitted subtree violation");
  });

  test("without a folder is one for this process", async () => {
    const one = await loadTls(undefined, NOW);
    const other = await loadTls(undefined, NOW);

    expect(await handshake(one.key, one.cert, one.ca, "localhost")).toBeUndefined();
    expect(await handshake(one.key, one.cert, other.ca, "localhost")).toBe("unable to verify the first certificate");
  });
});

/** A certificate of that name, signed with the authority's own key. */
async function stolen(name: string): Promise<{ key: string; cert: string }> {
  const authority = readFileSync(join(folder, "authority.pem"), "utf8");
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const pkcs8 = createPrivateKey(authority).export({ type: "pkcs8", format: "der" });
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: new Certificate(new X509Certificate(authority).toString()).subject,
    notBefore: days(-1),
    notAfter: days(1),
    publicKey: keys.publicKey,
    signingKey: await webcrypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]),
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension([{ type: "dns", value: name }])],
  });
  const exported = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  return {
    key: createPrivateKey({ key: exported, format: "der", type: "pkcs8" })
      .export({ type: "pkcs8", format: "pem" })
      .toString(),
    cert: certificate.toString("pem"),
  };
}

describe("what clients are to trust", () => {
  const [root = "", otherRoot = ""] = rootCertificates;
  const certificates = (bundle: string): string[] => bundle.trimEnd().split(/(?<=-----END CERTIFICATE-----)\n/);

  test("begins with the tenant's authority and goes on with what was trusted before", async () => {
    const { ca } = await loadTls(undefined, NOW);
    const former = join(folder, "former.pem");
    writeFileSync(former, `# mine\n${root}\n`);

    expect(certificates(sslCertFile(ca, former))).toEqual([ca.trim(), root.trim()]);
    expect(certificates(nodeExtraCaCerts(ca, former))).toEqual([ca.trim(), root.trim()]);
  });

  test("holds each certificate once, when the former bundle is one of its own", async () => {
    const { ca } = await loadTls(undefined, NOW);
    const former = join(folder, "former.pem");
    writeFileSync(former, `${ca}\n${otherRoot}\n`);
    writeFileSync(former, sslCertFile(ca, former));

    expect(certificates(sslCertFile(ca, former))).toEqual([ca.trim(), otherRoot.trim()]);
  });

  test("is all public authorities for programs that replace theirs by it, and none for Node, which adds it", async () => {
    const { ca } = await loadTls(undefined, NOW);

    expect(certificates(sslCertFile(ca, undefined)).length).toBeGreaterThan(50);
    expect(certificates(nodeExtraCaCerts(ca, undefined))).toEqual([ca.trim()]);
  });
});
