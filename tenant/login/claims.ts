import type { AccessToken, ClientCredentials } from "oidc-provider";
import type { User } from "../documents/user";

/** The claims that each scope asks for. @see https://auth0.com/docs/get-started/apis/scopes/openid-connect-scopes */
export const CLAIMS_BY_SCOPE: Readonly<Record<string, readonly string[]>> = {
  openid: ["sub"],
  profile: ["name", "given_name", "family_name", "middle_name", "nickname", "picture", "updated_at"],
  email: ["email", "email_verified"],
  phone: ["phone_number", "phone_number_verified"],
};

/** What is known of a user, by the names of the claims. */
export function userClaims(user: User): { readonly sub: string; readonly [claim: string]: unknown } {
  const { user_id, phone_verified, user_metadata, app_metadata, identities, ...profile } = user;
  return { ...profile, phone_number_verified: phone_verified, sub: user_id };
}

/** The claims of a user that these scopes let see. */
export function claimsForScopes(user: User, scopes: readonly string[]): Record<string, unknown> {
  const wanted = new Set(scopes.flatMap((scope) => CLAIMS_BY_SCOPE[scope] ?? []));
  const shown = Object.entries(userClaims(user)).filter(([claim, value]) => wanted.has(claim) && value !== undefined);
  return Object.fromEntries(shown);
}

interface Jwt {
  header?: object | undefined;
  payload: Record<string, unknown>;
}

/** Makes an access token what Auth0 makes it: no id of its own, and for a person good at userinfo too. */
export function claimAsAuth0(token: AccessToken | ClientCredentials, issuer: string, jwt: Jwt): void {
  const { client_id, jti, sub, aud, ...claims } = jwt.payload;
  jwt.header = { typ: "JWT" };
  if (token.kind === "ClientCredentials") {
    // the ids of a machine are those of its client
    jwt.payload = { ...claims, aud, sub: `${client_id}@clients`, gty: "client-credentials", azp: client_id };
    return;
  }
  const { gty, scope } = token;
  const isForUserinfo = typeof scope === "string" && scope.split(" ").includes("openid");
  jwt.payload = {
    ...claims,
    aud: isForUserinfo ? [aud, userinfoAudience(issuer)] : aud,
    sub,
    ...(gty === "password" && { gty }),
    azp: client_id,
  };
}

export function userinfoAudience(issuer: string): string {
  return `${issuer}userinfo`;
}
