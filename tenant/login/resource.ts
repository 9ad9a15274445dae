import type { ResourceServer as OidcResourceServer } from "oidc-provider";
import { resourceServersIn } from "../documents/collections";
import type { ResourceServer } from "../documents/resource-server";
import type { Store } from "../documents/store";
import { CURRENT_USER_SCOPES, isAudienceOf } from "../management/management-api";
import { CLAIMS_BY_SCOPE } from "./claims";
import { OAuthError } from "./oauth-error";

const NOT_A_URI = "urn:auth0:audience:";

/** An audience as a resource indicator: it has to be a URI there, and Auth0 takes any text. */
export function resourceOf(audience: string): string {
  return URL.canParse(audience) && !audience.includes("#") ? audience : NOT_A_URI + encodeURIComponent(audience);
}

export function audienceOf(resource: string): string {
  return resource.startsWith(NOT_A_URI) ? decodeURIComponent(resource.slice(NOT_A_URI.length)) : resource;
}

export function apiFor(store: Store, audience: string): ResourceServer | undefined {
  return resourceServersIn(store).find((server) => isAudienceOf(server, audience));
}

/** The scopes of an API that a person may have: all, or none where roles decide, which nobody has here; of the Management API few. */
export function scopesForPeople({ scopes = [], enforce_policies, is_system }: ResourceServer): readonly string[] {
  if (is_system === true) {
    return CURRENT_USER_SCOPES;
  }
  return enforce_policies === true ? [] : scopes.map(({ value }) => value);
}

/** How oidc-provider makes access tokens of a person for this API; they carry the scopes of OpenID Connect too, as Auth0's do. */
export function tokensForPeople(server: ResourceServer): OidcResourceServer {
  return {
    audience: server.identifier,
    scope: [...scopesForPeople(server), ...Object.keys(CLAIMS_BY_SCOPE), "address", "offline_access"].join(" "),
    accessTokenFormat: "jwt",
    accessTokenTTL: Math.max(1, server.token_lifetime),
    jwt: { sign: signing(server) },
  };
}

type Signing = { readonly alg: "RS256" } | { readonly alg: "HS256"; readonly key: Buffer };

/** @throws OAuthError 501 */
export function signing({ signing_alg, signing_secret = "" }: ResourceServer): Signing {
  switch (signing_alg) {
    case "RS256":
      return { alg: "RS256" };
    case "HS256":
      return { alg: "HS256", key: Buffer.from(signing_secret) };
    default:
      throw new OAuthError(501, "invalid_request", `signing_alg ${signing_alg}: not built in the local tenant`);
  }
}
