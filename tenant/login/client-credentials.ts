import type { Provider, TokenEndpointGrantContext } from "oidc-provider";
import { clientGrantsIn, clientsIn, tenantSettingsIn } from "../documents/collections";
import type { ResourceServer } from "../documents/resource-server";
import type { Store } from "../documents/store";
import { isAudienceOf } from "../management/management-api";
import { OAuthError } from "./oauth-error";
import { apiFor, signing } from "./resource";

interface Parameters {
  readonly audience?: string;
  readonly scope?: string;
  readonly organization?: string;
}

/**
 * Auth0's client credentials grant: a token for one API, with the scopes that the client is granted there.
 *
 * @see https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow
 */
export function registerClientCredentials(provider: Provider, store: Store): void {
  const handle = async (context: TokenEndpointGrantContext<Parameters>): Promise<void> => {
    const { client, params } = context.oidc;
    checkGrantType(store, client.clientId);
    if (params.organization !== undefined) {
      throw new OAuthError(501, "invalid_request", "organization: not built in the local tenant");
    }
    const server = resourceServer(store, params.audience);
    const scope = grantedScopes(store, client.clientId, server, params.scope).join(" ");
    const token = new provider.ClientCredentials({ client, ...(scope !== "" && { scope }) });
    token.resourceServer = new provider.ResourceServer(server.identifier, {
      audience: server.identifier,
      scope,
      accessTokenFormat: "jwt",
      accessTokenTTL: server.token_lifetime,
      jwt: { sign: signing(server) },
    });
    const access_token = await token.save();
    context.body = {
      access_token,
      ...(scope !== "" && { scope }),
      expires_in: server.token_lifetime,
      token_type: "Bearer",
    };
  };
  provider.registerGrantType<Parameters>("client_credentials", handle, ["audience", "scope", "organization"]);
}

function checkGrantType(store: Store, clientId: string): void {
  if (clientsIn(store).get(clientId)?.grant_types.includes("client_credentials") !== true) {
    const description = "Grant type 'client_credentials' not allowed for the client.";
    throw new OAuthError(403, "unauthorized_client", description);
  }
}

function resourceServer(store: Store, asked: string | undefined): ResourceServer {
  const audience = asked || tenantSettingsIn(store).get("settings")?.default_audience;
  if (!audience) {
    const description = "No audience parameter was provided, and no default audience has been configured";
    throw new OAuthError(403, "access_denied", description);
  }
  const server = apiFor(store, audience);
  if (server === undefined) {
    throw new OAuthError(403, "access_denied", `Service not found: ${audience}`);
  }
  return server;
}

function grantedScopes(
  store: Store,
  clientId: string,
  server: ResourceServer,
  asked: string | undefined,
): readonly string[] {
  const { identifier, scopes = [] } = server;
  const grant = clientGrantsIn(store).find(
    ({ client_id, audience, subject_type }) =>
      client_id === clientId && isAudienceOf(server, audience) && subject_type === "client",
  );
  if (grant === undefined) {
    const description = `Client "${clientId}" is not authorized to access resource server "${identifier}". You need to create a "client-grant" associated to this API.`;
    throw new OAuthError(403, "access_denied", description);
  }
  const granted = grant.allow_all_scopes === true ? scopes.map(({ value }) => value) : (grant.scope ?? []);
  if (!asked) {
    return granted;
  }
  const wanted = asked.split(" ").filter((scope) => scope !== "");
  const refused = wanted.filter((scope) => !granted.includes(scope));
  if (refused.length > 0) {
    throw new OAuthError(403, "access_denied", `Client has not been granted scopes: ${refused.join(", ")}`);
  }
  return wanted;
}
