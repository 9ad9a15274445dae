import "reflect-metadata"; // @peculiar/x509 does not load without it
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, webcrypto } from "node:crypto";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

const IPV4 = [127, 0, 0, 1];
const IPV6 = [...new Array<number>(15).fill(0), 1];

/** A new certificate authority for loopback names, as PEM: its private key, then its certificate. */
export async function makeAuthority(from: Date, to: Date): Promise<string> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const serial = randomBytes(8).toString("hex");
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial,
    // Two authorities of one name would be mistaken for each other by who trusts both.
    name: `CN=Auth0 local tenant ${serial}`,
    notBefore: from,
    notAfter: to,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      loopbackOnly(),
    ],
  });
  return pem(keys.privateKey, certificate);
}

/** A new server certificate for localhost and the loopback addresses, as PEM: its private key, then the certificate. */
export async function makeServerCertificate(authority: string, from: Date, to: Date): Promise<string> {
  const issuer = new X509Certificate(authority.slice(authority.indexOf("-----BEGIN CERTIFICATE-----")));
  const pkcs8 = createPrivateKey(authority).export({ type: "pkcs8", format: "der" });
  const signingKey = await webcrypto.subtle.importKey("pkcs8", pkcs8, ALGORITHM, false, ["sign"]);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: randomBytes(8).toString("hex"),
    subject: "CN=localhost",
    issuer: issuer.subject,
    notBefore: from,
    notAfter: to,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
      ]),
    ],
  });
  return pem(keys.privateKey, certificate);
}

/** A certificate of a key by itself, as PEM: the private key, then the certificate. It proves nothing; Auth0 shows one beside every key. */
export async function makeSelfSigned(rsaKey: KeyObject, from: Date, to: Date): Promise<string> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const pkcs8 = rsaKey.export({ type: "pkcs8", format: "der" });
  const spki = createPublicKey(rsaKey).export({ type: "spki", format: "der" });
  const keys = {
    privateKey: await webcrypto.subtle.importKey("pkcs8", pkcs8, algorithm, true, ["sign"]),
    publicKey: await webcrypto.subtle.importKey("spki", spki, algorithm, true, ["verify"]),
  };
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(8).toString("hex"),
    name: "CN=localhost",
    notBefore: from,
    notAfter: to,
    keys,
    signingAlgorithm: algorithm,
  });
  return pem(keys.privateKey, certificate);
}

/** Name constraints (RFC 5280, 4.2.1.10): what this authority signs is believed for localhost and the loopback addresses alone. */
function loopbackOnly(): Extension {
  const permitted = [
    der(0x82, Buffer.from("localhost")),
    der(0x87, Buffer.from([...IPV4, ...IPV4.map(() => 255)])),
    der(0x87, Buffer.from([...IPV6, ...IPV6.map(() => 255)])),
  ].map((name) => der(0x30, name));
  return new Extension("2.5.29.30", true, der(0x30, der(0xa0, ...permitted)));
}

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const value = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, value.length]), value]); // one length byte: all of it is shorter than 128
}

async function pem(key: webcrypto.CryptoKey, certificate: X509Certificate): Promise<string> {
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, "$&\n").trimEnd()}\n-----END PRIVATE KEY-----\n${certificate.toString("pem")}\n`;
}
