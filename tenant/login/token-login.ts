import type { KoaContextWithOIDC, RefreshToken } from "oidc-provider";
import type { Client } from "../documents/client";
import { clientsIn, tenantSettingsIn } from "../documents/collections";
import type { Connection } from "../documents/connection";
import type { User } from "../documents/user";
import type { Services } from "../management/family";
import type { Login } from "./login-event";
import type { LoginRecord } from "./login-log";
import { OAuthError } from "./oauth-error";
import { type PostLoginState, runPostLogin, startState } from "./post-login";
import { changedScopes, endRecord, failure, keepPostLogin, newRecord } from "./post-login-prompt";
import { requestOf, textParameters, words } from "./request";
import { audienceOf } from "./resource";
import { connectionOf } from "./users";

/** What a token request tells of a login. */
export interface TokenLogin {
  readonly user: User;
  readonly client: Client;
  readonly connection: Connection;
  readonly protocol: "oauth2-refresh-token" | "oauth2-password";
  readonly scopes: readonly string[];
  readonly audience?: string;
}

/**
 * Runs the post-login Actions for a request to the token endpoint: nobody sits before it, so no form can be shown.
 *
 * @throws OAuthError when an Action refuses, fails or renders a form
 */
export async function runForTokens(
  ctx: KoaContextWithOIDC,
  services: Services,
  { user, client, connection, protocol, scopes, audience }: TokenLogin,
): Promise<PostLoginState> {
  const { password, refresh_token, client_secret, ...shown } = textParameters(ctx.oidc.body ?? {});
  const login: Login = {
    user,
    client,
    connection,
    request: { ...requestOf(ctx, services.domain, {}), body: shown },
    transaction: {
      locale: tenantSettingsIn(services.store).get("settings")?.enabled_locales[0] ?? "en",
      protocol,
      requested_scopes: scopes,
    },
    ...(audience !== undefined && { audience }),
  };
  const kind: LoginRecord["kind"] = protocol === "oauth2-password" ? "password grant" : "refresh token";
  const record = newRecord(services, kind, login);
  if (user.blocked === true) {
    endRecord(services, record.id, "denied", "the user is blocked");
    throw new OAuthError(403, "unauthorized", "user is blocked");
  }
  const result = await runPostLogin(services, login, startState(services.store, user, record.id));
  switch (result.at) {
    case "done":
      endRecord(services, record.id, "succeeded");
      return result.state;
    case "denied":
      endRecord(services, record.id, "denied", result.reason);
      throw new OAuthError(403, result.code, result.reason);
    case "failed":
      endRecord(services, record.id, "failed", `Action "${result.action}": ${result.error}`);
      throw new OAuthError(500, "server_error", failure(result.action));
    case "form":
      endRecord(services, record.id, "failed", `a form was rendered, and ${protocol} can show none`);
      throw new OAuthError(403, "interaction_required", `An Action renders a form, which ${protocol} cannot show`);
  }
}

/** Runs the Actions for a refresh token; what they ask for goes into the new tokens. @throws OAuthError */
export async function refreshed(
  ctx: KoaContextWithOIDC,
  services: Services,
  user: User,
  token: RefreshToken,
): Promise<void> {
  const { oidc } = ctx;
  const client = clientsIn(services.store).get(oidc.client?.clientId ?? "");
  const connection = connectionOf(services.store, user);
  if (client === undefined || connection === undefined) {
    throw new OAuthError(403, "invalid_grant", "Unknown or invalid refresh token.");
  }
  const asked = words(String(oidc.params?.scope ?? token.scope ?? ""));
  const resource = [token.resource].flat()[0];
  const state = await runForTokens(ctx, services, {
    user,
    client,
    connection,
    protocol: "oauth2-refresh-token",
    scopes: asked,
    ...(resource !== undefined && { audience: audienceOf(resource) }),
  });
  keepPostLogin(ctx, state);
  if (state.addedScopes.length + state.removedScopes.length > 0) {
    const scope = changedScopes(asked, state).join(" ");
    Object.assign(oidc.params ?? {}, { scope });
    oidc.entities.Grant?.addOIDCScope(scope);
    if (resource !== undefined) {
      oidc.entities.Grant?.addResourceScope(resource, scope);
    }
  }
}
