import { createPublicKey, type JsonWebKey } from "node:crypto";
import { clientsIn, usersIn } from "../documents/collections";
import { claimsForScopes, userinfoAudience } from "./claims";
import { allowedOrigins } from "./client-metadata";
import type { LoginServices } from "./login-services";
import { words } from "./request";

export interface UserinfoAnswer {
  readonly status: 200 | 401;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether an access token is one for an API, which oidc-provider does not take at userinfo; Auth0 does. */
export function isForApi(authorization: string | undefined): boolean {
  return /^bearer [\w-]+\.[\w-]+\.[\w-]+$/i.test(authorization ?? "");
}

/** What the token of an API lets see of its user. */
export async function userinfo(
  { store, key, issuer, pages, clock }: LoginServices,
  authorization: string | undefined,
  origin: string | undefined,
): Promise<UserinfoAnswer> {
  const { jwtVerify } = await import("jose");
  const issuers = [issuer, `${pages}/`];
  try {
    const { payload } = await jwtVerify(
      authorization?.split(" ")[1] ?? "",
      createPublicKey({ key: key.jwk as JsonWebKey, format: "jwk" }),
      { algorithms: ["RS256"], issuer: issuers, audience: issuers.map(userinfoAudience), currentDate: clock() },
    );
    const user = usersIn(store).get(payload.sub ?? "");
    const client = clientsIn(store).get(String(payload.azp));
    if (user === undefined || client === undefined) {
      return UNAUTHORIZED;
    }
    const isAllowed = origin !== undefined && allowedOrigins(client).includes(origin);
    return {
      status: 200,
      body: claimsForScopes(user, words(String(payload.scope ?? ""))),
      headers: {
        "cache-control": "no-store",
        ...(isAllowed && { "access-control-allow-origin": origin, vary: "Origin" }),
      },
    };
  } catch {
    return UNAUTHORIZED;
  }
}

const UNAUTHORIZED: UserinfoAnswer = {
  status: 401,
  body: { error: "invalid_token", error_description: "The access token is expired, revoked, or not for userinfo" },
  headers: { "www-authenticate": 'Bearer error="invalid_token"', "cache-control": "no-store" },
};
