import type { ClientMetadata } from "oidc-provider";
import type { Client } from "../documents/client";

export const PASSWORD_GRANTS = ["password", "http://auth0.com/oauth/grant-type/password-realm"] as const;

/** Grants of the tenant that check by themselves whether a client may use them. */
const CHECKED_LATER = ["client_credentials", ...PASSWORD_GRANTS];

/** A client as oidc-provider knows it. */
export function clientMetadata(client: Client): ClientMetadata {
  const allowed = ["authorization_code", "refresh_token"].filter((type) => client.grant_types.includes(type));
  return {
    client_id: client.client_id,
    client_secret: client.client_secret,
    client_name: client.name,
    application_type: "native",
    token_endpoint_auth_method: isPublic(client) ? "none" : "client_secret_post",
    id_token_signed_response_alg: idTokenAlgorithm(client),
    grant_types: [...allowed, ...CHECKED_LATER],
    // What the client really allows is asked of `isAllowedUrl`: oidc-provider knows neither wildcards nor all of Auth0's URLs.
    redirect_uris: ["https://localhost.invalid/"],
    response_types: allowed.includes("authorization_code") ? ["code"] : [],
  };
}

function isPublic({ token_endpoint_auth_method, app_type }: Client): boolean {
  return token_endpoint_auth_method === undefined
    ? app_type === "spa" || app_type === "native"
    : token_endpoint_auth_method === "none";
}

/** How ID tokens for a client are signed. */
export function idTokenAlgorithm({ jwt_configuration }: Client): "RS256" | "HS256" {
  return (jwt_configuration as { readonly alg?: string } | undefined)?.alg === "HS256" ? "HS256" : "RS256";
}

/**
 * Whether a URL is one of those that a client or the tenant allows: literally, or by a `*` for a subdomain.
 *
 * @see https://auth0.com/docs/get-started/applications/wildcards-for-subdomains
 */
export function isAllowedUrl(url: string, allowed: readonly string[]): boolean {
  return allowed.some((pattern) => {
    if (!/^https?:\/\/[^/]*\*/.test(pattern)) {
      return pattern === url;
    }
    const [before = "", after = ""] = pattern.split("*", 2);
    const subdomain = url.slice(before.length, url.length - after.length);
    return url.startsWith(before) && url.endsWith(after) && /^[a-zA-Z0-9-]+$/.test(subdomain);
  });
}

/** The origins from which scripts may call the token endpoint and userinfo for a client. */
export function allowedOrigins({ callbacks = [], allowed_origins, web_origins }: Client): readonly string[] {
  const urls = [callbacks, allowed_origins, web_origins].flatMap((list) => (list ?? []) as readonly string[]);
  return urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin);
}
