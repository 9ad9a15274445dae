import { constants, generateKeyPairSync, verify } from "node:crypto";
import { clientAssertion } from "../../verify/client-assertion";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

test.each(["RS256", "RS384", "PS256"])(
  "the client signs by %s who it is, for this tenant and a minute",
  (algorithm) => {
    const [header = "", claims = "", signature = ""] = clientAssertion(
      "client",
      "example.eu.auth0.com",
      PEM,
      algorithm,
    ).split(".");
    const decoded = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
    const padding = algorithm.startsWith("PS") ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
    const key = { key: publicKey, padding };

    expect(decoded(header)).toEqual({ alg: algorithm, typ: "JWT" });
    expect(decoded(claims)).toMatchObject({ iss: "client", sub: "client", aud: "https://example.eu.auth0.com/" });
    expect(decoded(claims).exp - decoded(claims).iat).toBe(60);
    const hash = `sha${algorithm.slice(2)}`;
    expect(verify(hash, Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url"))).toBe(true);
  },
);

test("fails when the algorithm is none of the provider's, or the key is none, which no error shows", () => {
  expect(() => clientAssertion("client", "example.eu.auth0.com", PEM, "HS256")).toThrow(
    "AUTH0_CLIENT_ASSERTION_SIGNING_ALG must be RS256, RS384 or PS256; set it as the provider has it",
  );
  expect(() => clientAssertion("client", "example.eu.auth0.com", "key.pem", "RS256")).toThrow(
    "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY is no RSA private key in PEM; set the key's text, not its file",
  );
});
