/** A peer of the local tenant: oidc-provider alone, which gives tokens to one client for one API, and remembers in memory. */
import { generateKeyPairSync } from "node:crypto";
import { Provider } from "oidc-provider";
import { serveBare } from "./bare-server";

const [, , caFile = ""] = process.argv;
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const resource = {
  scope: "read:forms",
  accessTokenFormat: "jwt",
  jwt: { sign: { alg: "RS256" } },
} as const;

void serveBare(caFile, (issuer) =>
  new Provider(issuer, {
    clients: [
      {
        ...{ client_id: "client", client_secret: "secret", redirect_uris: [], response_types: [] },
        grant_types: ["client_credentials"],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => "https://localhost/api/v2/",
        getResourceServerInfo: () => resource,
      },
    },
    routes: { token: "/oauth/token" },
  }).callback(),
);
