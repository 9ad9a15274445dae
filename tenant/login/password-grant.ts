import type { Provider, TokenEndpointGrantContext } from "oidc-provider";
import type { Client } from "../documents/client";
import { clientsIn, tenantSettingsIn } from "../documents/collections";
import type { Connection } from "../documents/connection";
import { userClaims } from "./claims";
import { PASSWORD_GRANTS } from "./client-metadata";
import type { LoginServices } from "./login-services";
import { OAuthError } from "./oauth-error";
import type { PasswordAttempts } from "./password-attempts";
import { changedScopes, keepPostLogin } from "./post-login-prompt";
import { requestOf, words } from "./request";
import { apiFor, resourceOf, tokensForPeople } from "./resource";
import { runForTokens } from "./token-login";
import { connectionsOf, countLogin, userWithPassword } from "./users";

interface Parameters {
  readonly username?: string;
  readonly password?: string;
  readonly realm?: string;
  readonly audience?: string;
  readonly scope?: string;
}

const PARAMETERS = ["username", "password", "realm", "audience", "scope"];

/**
 * Auth0's password grants: tokens for a person whose name and password the application has.
 *
 * @see https://auth0.com/docs/get-started/authentication-and-authorization-flow/resource-owner-password-flow
 */
export function registerPasswordGrant(provider: Provider, services: LoginServices, attempts: PasswordAttempts): void {
  const handle = async (context: TokenEndpointGrantContext<Parameters>): Promise<void> => {
    const { store } = services;
    const { params } = context.oidc;
    const grantType = String(context.oidc.body?.grant_type);
    const client = clientsIn(store).get(context.oidc.client.clientId) as Client;
    if (!client.grant_types.includes(grantType)) {
      throw new OAuthError(403, "unauthorized_client", `Grant type '${grantType}' not allowed for the client.`);
    }
    const { username = "", password = "" } = params;
    for (const [name, value] of Object.entries({ username, password })) {
      if (value === "") {
        throw new OAuthError(400, "invalid_request", `Missing required parameter: ${name}`);
      }
    }
    const connection = connectionFor(services, client, params.realm);
    const { ip } = requestOf(context, services.domain, {});
    const known = await attempts.inTurn(async () => {
      if (attempts.secondsToWait(username, ip) > 0) {
        throw new OAuthError(429, "too_many_attempts", "Too many wrong passwords. Try again later.");
      }
      const user = await userWithPassword(store, connection, username, password);
      if (user === undefined) {
        attempts.failed(username, ip);
        throw new OAuthError(403, "invalid_grant", "Wrong email or password.");
      }
      attempts.succeeded(username, ip);
      return user;
    });
    const user = known.blocked === true ? known : countLogin(services, known, ip, true);

    const audience = params.audience || tenantSettingsIn(store).get("settings")?.default_audience;
    const api = audience ? apiFor(store, audience) : undefined;
    if (audience && api === undefined) {
      throw new OAuthError(403, "access_denied", `Service not found: ${audience}`);
    }
    const asked = words(params.scope ?? "openid profile email");
    const state = await runForTokens(context, services, {
      user,
      client,
      connection,
      protocol: "oauth2-password",
      scopes: asked,
      ...(api !== undefined && { audience: api.identifier }),
    });
    keepPostLogin(context, state);

    const accountId = user.user_id;
    const oidcClient = context.oidc.client;
    const grant = new provider.Grant({ accountId, clientId: client.client_id });
    const wanted = changedScopes(asked, state).join(" ");
    grant.addOIDCScope(wanted);
    const token = new provider.AccessToken({ accountId, client: oidcClient, grantId: "", gty: "password" });
    if (api === undefined) {
      token.scope = grant.getOIDCScopeFiltered(new Set(["openid", "profile", "email", "phone", "address"]));
    } else {
      const resource = resourceOf(api.identifier);
      token.resourceServer = new provider.ResourceServer(resource, tokensForPeople(api));
      grant.addResourceScope(resource, wanted);
      token.scope = grant.getResourceScopeFiltered(resource, token.resourceServer.scopes);
    }
    token.grantId = await grant.save();
    const scopes = words(wanted);
    const mayRefresh =
      scopes.includes("offline_access") &&
      client.grant_types.includes("refresh_token") &&
      api?.allow_offline_access !== false;
    const refreshToken = mayRefresh
      ? await new provider.RefreshToken({
          accountId,
          client: oidcClient,
          grantId: token.grantId,
          gty: "password",
          scope: wanted,
          ...(api !== undefined && { resource: resourceOf(api.identifier) }),
        }).save()
      : undefined;
    const idToken = new provider.IdToken({ ...userClaims(user) }, { ctx: context });
    Object.assign(idToken, { scope: wanted });
    const access_token = await token.save();
    context.body = {
      access_token,
      ...(refreshToken !== undefined && { refresh_token: refreshToken }),
      ...(scopes.includes("openid") && { id_token: await idToken.issue({ use: "idtoken" }) }),
      ...(token.scope !== "" && { scope: token.scope }),
      expires_in: token.expiration,
      token_type: "Bearer",
    };
  };
  for (const type of PASSWORD_GRANTS) {
    provider.registerGrantType<Parameters>(type, handle, PARAMETERS);
  }
}

function connectionFor({ store }: LoginServices, client: Client, realm: string | undefined): Connection {
  const enabled = connectionsOf(store, client);
  const standard = tenantSettingsIn(store).get("settings")?.default_directory;
  if (realm === undefined && !standard) {
    const description = "Authorization server not configured with default connection.";
    throw new OAuthError(500, "server_error", description);
  }
  const connection = enabled.find(({ name, realms }) => name === (realm ?? standard) || realms.includes(realm ?? ""));
  if (connection === undefined) {
    throw new OAuthError(403, "invalid_grant", "The connection is not enabled for the client.");
  }
  return connection;
}
