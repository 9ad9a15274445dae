import { constants, randomUUID, sign } from "node:crypto";
import { CommandError } from "../command/command-error";

const SECONDS = 60;

/**
 * A JSON web token by which a client shows that it has its private key.
 *
 * @param algorithm `RS256`, `RS384`, `PS256` or another of these two families
 * @see https://auth0.com/docs/secure/application-credentials/private-key-jwt
 */
export function clientAssertion(clientId: string, domain: string, privateKey: string, algorithm: string): string {
  const [, family, bits] = /^(RS|PS)(256|384|512)$/.exec(algorithm) ?? [];
  if (family === undefined) {
    throw new CommandError([
      "AUTH0_CLIENT_ASSERTION_SIGNING_ALG must be RS256, RS384 or PS256; set it as the provider has it",
    ]);
  }
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: `https://${domain}/`,
    iat: now,
    exp: now + SECONDS,
    jti: randomUUID(),
  };
  const signed = [{ alg: algorithm, typ: "JWT" }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const isPss = family === "PS";
  const padding = isPss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  try {
    const key = { key: privateKey, padding, ...(isPss && { saltLength: constants.RSA_PSS_SALTLEN_DIGEST }) };
    return `${signed}.${sign(`sha${bits}`, Buffer.from(signed), key).toString("base64url")}`;
  } catch {
    throw new CommandError([
      "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY is no RSA private key in PEM; set the key's text, not its file",
    ]);
  }
}
