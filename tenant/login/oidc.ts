import { createHmac } from "node:crypto";
import type { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type {
  Account,
  Adapter,
  Configuration,
  JWK,
  KoaContextWithOIDC,
  Client as OidcClient,
  Provider,
  RefreshToken,
} from "oidc-provider";
import { clientsIn, tenantSettingsIn, usersIn } from "../documents/collections";
import { showFault } from "../fault";
import { ApplicationLinks } from "./application-link";
import { CLAIMS_BY_SCOPE, claimAsAuth0, userClaims } from "./claims";
import { registerClientCredentials } from "./client-credentials";
import { allowedOrigins, isAllowedUrl } from "./client-metadata";
import { CodeOutcomes } from "./code-outcomes";
import { renderError } from "./error-page";
import { lifetimes, refreshSettings } from "./lifetimes";
import type { LoginServices } from "./login-services";
import { PasswordAttempts } from "./password-attempts";
import { registerPasswordGrant } from "./password-grant";
import type { PostLoginState } from "./post-login";
import { completedPostLogin, endRecord, interactionPrompts } from "./post-login-prompt";
import { apiFor, audienceOf, resourceOf, tokensForPeople } from "./resource";
import { storeAdapters } from "./store-adapter";
import { refreshed } from "./token-login";
import { isSince } from "./users";

/** Answers one request of the OpenID Connect endpoints. */
export type OidcListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * The tenant's OpenID Connect endpoints: Auth0's paths, words and claims over oidc-provider.
 *
 * The tenant is an issuer at each of its two addresses, as one at Auth0 is with a custom domain: the issuer of a token is the one that was
 * asked for it. Both share sessions, codes and tokens.
 */
export interface OpenIdConnect {
  /** At the address of the Management API. */
  readonly secure: OidcListener;
  /** At the address of the pages. */
  readonly pages: OidcListener;
  /** The latter's. */
  readonly provider: Provider;
  readonly attempts: PasswordAttempts;
  readonly links: ApplicationLinks;
  /** Makes CSRF tokens; the same after a restart. */
  readonly secret: string;
}

/** What the issuers have in common. */
interface Shared {
  readonly library: typeof import("oidc-provider");
  readonly adapter: (model: string) => Adapter;
  readonly codes: CodeOutcomes;
  readonly attempts: PasswordAttempts;
  readonly links: ApplicationLinks;
}

/** Makes the endpoints of both addresses. */
export async function openIdConnect(services: LoginServices): Promise<OpenIdConnect> {
  const { store, clock, key, pages } = services;
  const library = await importProvider();
  const shared: Shared = {
    library,
    adapter: storeAdapters(store, clock),
    codes: new CodeOutcomes(clock),
    attempts: new PasswordAttempts(clock),
    links: new ApplicationLinks(store),
  };
  const secure = issuing(services, shared);
  const provider = issuing({ ...services, issuer: `${pages}/` }, shared);
  return {
    secure: secure.callback() as OidcListener,
    pages: provider.callback() as OidcListener,
    provider,
    attempts: shared.attempts,
    links: shared.links,
    secret: createHmac("sha256", String(key.jwk.d)).update("login").digest("base64url"),
  };
}

function issuing(services: LoginServices, { library, adapter, codes, attempts, links }: Shared): Provider {
  const { issuer, store, key } = services;
  const provider: Provider = new (withoutIssuerInAnswers(library))(issuer, {
    ...endpoints(services),
    ...lifetimes(services),
    adapter,
    jwks: { keys: [key.jwk as JWK] },
    interactions: {
      policy: interactionPrompts(library, services),
      url: (_context, { uid, prompt, params }) => {
        links.remember(uid, String(params.client_id));
        return pageOf(uid, prompt, params);
      },
    },
    findAccount: (context, id, token) => findAccount(context, id, token, services, codes),
    loadExistingGrant: (context) => grantForRequest(context, provider),
    issueRefreshToken: async (_context, _client, code) => code.scopes.has("offline_access"),
    extraTokenClaims: (context) => completedPostLogin(context)?.accessTokenClaims,
    extraParams: {
      audience: null,
      connection: null,
      screen_hint: null,
      organization: (_context, value) => {
        if (value !== undefined) {
          throw new library.errors.InvalidRequest("organization: not built in the local tenant");
        }
      },
      // The last of the checks. oidc-provider takes `offline_access` out where nobody was asked for consent; Auth0 does not.
      device: (context, _value, client) => askForRefreshToken(context, client, services),
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: (context) => {
          const audience = context.oidc.params?.audience || tenantSettingsIn(store).get("settings")?.default_audience;
          return typeof audience === "string" && audience !== "" ? resourceOf(audience) : [];
        },
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => {
          const server = apiFor(store, audienceOf(resource));
          if (server === undefined) {
            throw new library.errors.AccessDenied(`Service not found: ${audienceOf(resource)}`);
          }
          return tokensForPeople(server);
        },
      },
      rpInitiatedLogout: { enabled: false },
      webMessageResponseMode: { enabled: true, ack: "individual-draft-01" },
    },
    formats: { customizers: { jwt: (_context, token, jwt) => claimAsAuth0(token, issuer, jwt) } },
    renderError: (context, out, error) => renderError(context, out, error, services, links),
  });
  provider.on("authorization.success", (context, answer) => {
    const state = completedPostLogin(context);
    if (state !== undefined) {
      codes.keep(String((answer as { readonly code?: string }).code), state);
      endRecord(services, state.recordId, "succeeded");
    }
  });
  // Koa would show these itself, those of a connection too that broke off.
  (provider as EventEmitter).on("error", (error: unknown, context: KoaContextWithOIDC) =>
    showFault(context.method, context.path, error, context.req),
  );
  provider.on("server_error", (context, error) => showFault(context.method, context.path, error, context.req));
  provider.use(async (context, next) => {
    await next();
    answerAsAuth0(context as KoaContextWithOIDC, services);
  });
  knowClientsOfAuth0(provider, services);
  registerClientCredentials(provider, store);
  registerPasswordGrant(provider, services, attempts);
  return provider;
}

type ResponseMode = Parameters<Provider["registerResponseMode"]>[1];

/** Auth0 does not say `iss`, and an application that knows the tenant by its other address would refuse it. */
function withoutIssuerInAnswers({ Provider }: typeof import("oidc-provider")): typeof Provider {
  return class extends Provider {
    override registerResponseMode(name: string, answer: ResponseMode): void {
      super.registerResponseMode(name, (context, redirectUri, { iss, ...payload }) =>
        answer.call(this, context, redirectUri, payload),
      );
    }
  };
}

// oidc-provider is published as ES modules only, and warns of Node 20, on which the tenant is tested.
async function importProvider(): Promise<typeof import("oidc-provider")> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await import("oidc-provider");
  } finally {
    console.warn = warn;
  }
}

function endpoints({ store, pages }: LoginServices): Configuration {
  return {
    allowOmittingSingleRegisteredRedirectUri: false,
    claims: Object.fromEntries(Object.entries(CLAIMS_BY_SCOPE).map(([scope, claims]) => [scope, [...claims]])),
    // The ID token has the claims of all scopes, as Auth0's.
    conformIdTokenClaims: false,
    clientAuthMethods: ["client_secret_post", "client_secret_basic", "none"],
    clientBasedCORS: (_context, origin, { clientId }) => {
      const client = clientsIn(store).get(clientId);
      return client !== undefined && allowedOrigins(client).includes(origin);
    },
    cookies: {
      // Cookies do not tell ports apart, and another tenant may be on another port.
      names: {
        session: `auth0_${new URL(pages).port}`,
        interaction: `auth0_${new URL(pages).port}_transaction`,
        resume: `auth0_${new URL(pages).port}_resume`,
      },
    },
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "HS256"] },
    pkce: { required: () => false },
    responseTypes: ["code"],
    rotateRefreshToken: ({ oidc }) => refreshSettings(store, oidc.client).rotation_type === "rotating",
    expiresWithSession: () => false,
    routes: {
      authorization: "/authorize",
      end_session: "/oidc/logout",
      jwks: "/.well-known/jwks.json",
      token: "/oauth/token",
      userinfo: "/userinfo",
    },
    scopes: ["openid", "offline_access", "profile", "email", "phone", "address"],
  };
}

/** Where a person is asked what the prompt is about. */
function pageOf(uid: string, prompt: { readonly name: string; readonly details: object }, params: object): string {
  const { postLogin } = prompt.details as { readonly postLogin?: PostLoginState };
  const { screen_hint } = params as { readonly screen_hint?: string };
  const path =
    prompt.name === "login"
      ? screen_hint === "signup"
        ? "/u/signup"
        : "/u/login"
      : `/u/custom-prompt/${encodeURIComponent(postLogin?.render?.formId ?? "")}`;
  return `${path}?state=${uid}`;
}

async function findAccount(
  context: KoaContextWithOIDC,
  id: string,
  token: object | undefined,
  services: LoginServices,
  codes: CodeOutcomes,
): Promise<Account | undefined> {
  const user = usersIn(services.store).get(id);
  const { kind, iat } = (token ?? {}) as { readonly kind?: string; readonly iat?: number };
  if (user === undefined || !isSince(user, iat)) {
    return undefined;
  }
  if (kind === "AuthorizationCode") {
    const state = codes.of((token as { readonly jti: string }).jti);
    context.state.postLogin = state;
  }
  if (kind === "RefreshToken") {
    await refreshed(context, services, user, token as RefreshToken);
  }
  return { accountId: id, claims: () => userClaims(usersIn(services.store).get(id) ?? user) };
}

/** Everything that is asked for is granted: Auth0 asks nobody where the application is the tenant's own. */
async function grantForRequest(context: KoaContextWithOIDC, provider: Provider) {
  const { session, client, account, params, resourceServers = {} } = context.oidc;
  const clientId = String(client?.clientId);
  const id = session?.grantIdFor(clientId);
  const former = id === undefined ? undefined : await provider.Grant.find(id);
  const accountId = String(account?.accountId);
  const grant = former?.accountId === accountId ? former : new provider.Grant({ accountId, clientId });
  const scope = typeof params?.scope === "string" ? params.scope : "";
  grant.addOIDCScope(scope);
  for (const [resource, server] of Object.entries(resourceServers)) {
    const known = new Set(String(server.scope).split(" "));
    grant.addResourceScope(
      resource,
      scope.split(" ").filter((one) => known.has(one)),
    );
  }
  await grant.save();
  return grant;
}

function askForRefreshToken({ oidc, query }: KoaContextWithOIDC, client: OidcClient, { store }: LoginServices): void {
  const asked = String(query.scope ?? "").split(" ");
  const allows = clientsIn(store).get(client.clientId)?.grant_types.includes("refresh_token") === true;
  const forApis = Object.keys(oidc.resourceServers ?? {}).map((resource) => apiFor(store, audienceOf(resource)));
  const isOffered = forApis.every((api) => api?.is_system !== true && api?.allow_offline_access === true);
  const { params } = oidc;
  if (params !== undefined && asked.includes("offline_access") && allows && isOffered) {
    params.scope = [...new Set([...String(params.scope ?? "").split(" "), "offline_access"])].join(" ").trim();
  }
}

/** Auth0's rules for what a client may do, where oidc-provider has its own. */
function knowClientsOfAuth0(provider: Provider, { store }: LoginServices): void {
  const { Client, IdToken } = provider;
  Client.prototype.redirectUriAllowed = function (this: OidcClient, url: string): boolean {
    return isAllowedUrl(url, clientsIn(store).get(this.clientId)?.callbacks ?? []);
  };
  Client.prototype.includeSid = () => true;
  const { payload } = IdToken.prototype as unknown as { payload: () => Promise<object> };
  // Claims that no scope asks for are let through nowhere else.
  Object.assign(IdToken.prototype, {
    async payload(this: { readonly ctx?: KoaContextWithOIDC }): Promise<object> {
      const claims = this.ctx && completedPostLogin(this.ctx)?.idTokenClaims;
      return { ...(await payload.call(this)), ...claims };
    },
  });
}

/** Auth0's addresses in the discovery, and its words for the refusals that oidc-provider makes by itself. */
function answerAsAuth0(context: KoaContextWithOIDC, { issuer }: LoginServices): void {
  const body = (context.body ?? {}) as Readonly<Record<string, string | undefined>>;
  if (context.path.startsWith("/.well-known/") && body.issuer !== undefined) {
    context.body = {
      ...body,
      authorization_endpoint: `${issuer}authorize`,
      token_endpoint: `${issuer}oauth/token`,
      userinfo_endpoint: `${issuer}userinfo`,
      jwks_uri: `${issuer}.well-known/jwks.json`,
      end_session_endpoint: `${issuer}oidc/logout`,
      authorization_response_iss_parameter_supported: false,
    };
  }
  if (context.path !== "/oauth/token") {
    return;
  }
  if (body.error === "invalid_client") {
    context.body = { error: "access_denied", error_description: "Unauthorized" };
  } else if (body.error === "unsupported_grant_type") {
    context.status = 403;
    context.body = {
      error: body.error,
      error_description: `Unsupported grant type: ${context.oidc.body?.grant_type}`,
    };
  } else if (body.error === "invalid_grant") {
    context.status = 403;
  } else if (body.error_description === "requested grant type is not allowed for this client") {
    context.status = 403;
    const error_description = `Grant type '${context.oidc.body?.grant_type}' not allowed for the client.`;
    context.body = { error: "unauthorized_client", error_description };
  }
}
