/** Claims that no Action can set: those of OpenID Connect and those that Auth0 uses itself. */
const RESTRICTED = new Set([
  ...["acr", "act", "active", "amr", "at_hash", "ath", "attest", "aud", "auth_time", "authorization_details", "azp"],
  ...["c_hash", "client_id", "cnf", "cty", "dest", "entitlements", "events", "exp", "groups", "gty", "htm", "htu"],
  ...["iat", "internalService", "iss", "jcard", "jku", "jti", "jwe", "jwk", "kid", "may_act", "mky", "nbf", "nonce"],
  ...["object_id", "org_id", "org_name", "orig", "origid", "permissions", "roles", "rph", "s_hash", "sid"],
  ...["sip_callid", "sip_cseq_num", "sip_date", "sip_from_tag", "sip_via_branch", "sub", "sub_jwk", "toe", "txn"],
  ...["typ", "uuid", "vot", "vtm", "x5t#S256"],
]);

const AUTH0_DOMAINS = ["auth0.com", "webtask.io", "webtask.run"];

/**
 * Why Auth0 leaves a custom claim out of a token, or undefined when it takes it.
 *
 * Auth0 does so without a word: the login goes on and the claim is not in the token.
 *
 * @param audience the API that an access token is for
 * @see https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims#general-restrictions
 */
export function whyClaimIsLeftOut(name: string, audience?: string): string | undefined {
  if (RESTRICTED.has(name)) {
    return "it is a restricted claim";
  }
  if (name.toLowerCase().startsWith("urn:auth0:")) {
    return "the namespace urn:auth0 is Auth0's own";
  }
  const host = URL.canParse(name) ? new URL(name).hostname : "";
  if (AUTH0_DOMAINS.some((domain) => host === domain || host.endsWith(`.${domain}`))) {
    return "a domain of Auth0 cannot be its namespace";
  }
  if (audience?.endsWith("/api/v2/") && !URL.canParse(name)) {
    return "an access token for the Management API takes claims with a namespace only";
  }
  return undefined;
}
