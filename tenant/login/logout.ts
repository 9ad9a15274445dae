import { createPublicKey, createSecretKey, type JsonWebKey } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Client } from "../documents/client";
import { clientsIn, tenantSettingsIn } from "../documents/collections";
import type { Store } from "../documents/store";
import { idTokenAlgorithm, isAllowedUrl } from "./client-metadata";
import type { LoginServices } from "./login-services";
import type { OpenIdConnect } from "./oidc";

/** Why a logout does not lead where it was asked to. */
export class LogoutError extends Error {}

/** Ends the session of the browser, if it has one. @param ends which: without it, anybody's */
export async function endSession(
  { provider }: OpenIdConnect,
  request: IncomingMessage,
  response: ServerResponse,
  ends: (accountId: string) => boolean = () => true,
): Promise<void> {
  const session = await provider.Session.get(provider.createContext(request, response));
  if (session.accountId !== undefined && ends(session.accountId)) {
    await session.destroy();
  }
}

/**
 * Where `/v2/logout` leads to: to `returnTo`, else to the first URL that is allowed, else nowhere.
 *
 * @throws LogoutError
 * @see https://auth0.com/docs/authenticate/login/logout/redirect-users-after-logout
 */
export function afterLogout(
  store: Store,
  { returnTo, client_id }: { readonly returnTo?: string | undefined; readonly client_id?: string | undefined },
): string | undefined {
  const allowed = client_id === undefined ? tenantUrls(store) : clientUrls(existingClient(store, client_id));
  if (returnTo === undefined || returnTo === "") {
    return allowed.find((url) => !url.includes("*"));
  }
  // Auth0 takes a query along without asking, but for exact matches of it
  if (!isAllowedUrl(returnTo, allowed) && !isAllowedUrl(returnTo.replace(/\?.*$/, ""), allowed)) {
    throw new LogoutError(
      `The "returnTo" querystring parameter "${returnTo}" is not defined as a valid URL in "Allowed Logout URLs"`,
    );
  }
  return returnTo;
}

/** What `/oidc/logout` was asked for, checked. */
export interface LogoutRequest {
  readonly target: string | undefined;
  /** The application proved that it knows who is logged in: the person need not be asked. */
  readonly isConfirmed: boolean;
  readonly client: Client | undefined;
}

/**
 * Reads a request for `/oidc/logout`.
 *
 * @throws LogoutError
 * @see https://auth0.com/docs/authenticate/login/logout/log-users-out-of-auth0
 */
export async function logoutRequest(
  services: LoginServices,
  query: Readonly<Record<string, string | undefined>>,
): Promise<LogoutRequest> {
  const { store } = services;
  const { id_token_hint, post_logout_redirect_uri, state } = query;
  const hinted = id_token_hint === undefined ? undefined : audienceOf(id_token_hint);
  const clientId = hinted ?? query.client_id;
  if (hinted !== undefined && query.client_id !== undefined && query.client_id !== hinted) {
    throw new LogoutError("client_id is not the one of the id_token_hint");
  }
  const client = clientId === undefined ? undefined : existingClient(store, clientId);
  if (id_token_hint !== undefined && client !== undefined) {
    await checkHint(services, id_token_hint, client);
  }
  if (post_logout_redirect_uri === undefined) {
    return { target: undefined, isConfirmed: id_token_hint !== undefined, client };
  }
  const allowed = [...(client === undefined ? [] : clientUrls(client)), ...tenantUrls(store)];
  if (!isAllowedUrl(post_logout_redirect_uri, allowed)) {
    throw new LogoutError(
      `The post_logout_redirect_uri "${post_logout_redirect_uri}" is not defined as a valid URL in "Allowed Logout URLs"`,
    );
  }
  const target = new URL(post_logout_redirect_uri);
  if (state !== undefined) {
    target.searchParams.set("state", state);
  }
  return { target: target.href, isConfirmed: id_token_hint !== undefined, client };
}

function clientUrls({ allowed_logout_urls }: Client): readonly string[] {
  return (allowed_logout_urls ?? []) as readonly string[];
}

function tenantUrls(store: Store): readonly string[] {
  return (tenantSettingsIn(store).get("settings")?.allowed_logout_urls ?? []) as readonly string[];
}

function existingClient(store: Store, id: string): Client {
  const client = clientsIn(store).get(id);
  if (client === undefined) {
    throw new LogoutError(`Unknown client: ${id}`);
  }
  return client;
}

function audienceOf(jwt: string): string {
  try {
    return String(payloadOf(jwt).aud);
  } catch {
    throw new LogoutError("The id_token_hint is no ID token");
  }
}

function payloadOf(jwt: string): { readonly aud?: unknown; readonly iat?: unknown } {
  return JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString());
}

/** Whether it is an ID token that this tenant gave to the client; it may have expired. */
async function checkHint({ key, issuer, pages }: LoginServices, jwt: string, client: Client): Promise<void> {
  const { jwtVerify } = await import("jose");
  const algorithm = idTokenAlgorithm(client);
  const verifyingKey =
    algorithm === "HS256"
      ? createSecretKey(client.client_secret, "utf8")
      : createPublicKey({ key: key.jwk as JsonWebKey, format: "jwk" });
  try {
    await jwtVerify(jwt, verifyingKey, {
      algorithms: [algorithm],
      issuer: [issuer, `${pages}/`],
      audience: client.client_id,
      currentDate: new Date(Number(payloadOf(jwt).iat) * 1000),
    });
  } catch {
    throw new LogoutError("The id_token_hint cannot be verified");
  }
}
