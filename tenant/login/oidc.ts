import type { IncomingMessage, ServerResponse } from "node:http";
import type { Adapter, AdapterPayload, ClientMetadata, JWK, KoaContextWithOIDC } from "oidc-provider";
import { clientsIn } from "../management/collections";
import type { Services } from "../management/family";
import type { SigningKey } from "../signing-key";
import type { Store } from "../store";
import { registerClientCredentials } from "./client-credentials";

/** Answers one request of the OpenID Connect endpoints. */
export type OidcListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * The tenant's OpenID Connect endpoints: Auth0's paths, words and claims over oidc-provider.
 *
 * oidc-provider is loaded by the first request, to keep the start short.
 */
export function openIdConnect(services: Services, key: SigningKey): OidcListener {
  let listener: Promise<OidcListener> | undefined;
  return async (request, response) => {
    listener ??= createListener(services, key);
    return (await listener)(request, response);
  };
}

async function createListener({ issuer, store }: Services, key: SigningKey): Promise<OidcListener> {
  const { Provider } = await importProvider();
  const oidc = new Provider(issuer, {
    adapter: (model) => new StoreAdapter(model, store),
    jwks: { keys: [key.jwk as JWK] },
    clientAuthMethods: ["client_secret_post", "client_secret_basic", "none"],
    clientBasedCORS: () => false,
    responseTypes: ["code"],
    routes: {
      authorization: "/authorize",
      end_session: "/oidc/logout",
      jwks: "/.well-known/jwks.json",
      token: "/oauth/token",
      userinfo: "/userinfo",
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    formats: { customizers: { jwt: (_context, _token, parts) => claimAsAuth0(parts) } },
    ttl: { ClientCredentials: (_context, token) => token.resourceServer?.accessTokenTTL ?? 86400 },
  });
  oidc.use(async (context, next) => {
    await next();
    refuseAsAuth0(context as KoaContextWithOIDC);
  });
  registerClientCredentials(oidc, store);
  return oidc.callback() as OidcListener;
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

/** An access token as Auth0 makes it for machines; its ids are those of the client. */
function claimAsAuth0(parts: { header?: object | undefined; payload: Record<string, unknown> }): void {
  const { client_id, jti, sub, ...claims } = parts.payload;
  parts.header = { typ: "JWT" };
  parts.payload = { ...claims, sub: `${client_id}@clients`, gty: "client-credentials", azp: client_id };
}

/** Auth0's words for the refusals that oidc-provider makes by itself. */
function refuseAsAuth0(context: KoaContextWithOIDC): void {
  const { error } = (context.body ?? {}) as { readonly error?: string };
  if (error === "invalid_client") {
    context.body = { error: "access_denied", error_description: "Unauthorized" };
  } else if (error === "unsupported_grant_type") {
    context.status = 403;
    context.body = { error, error_description: `Unsupported grant type: ${context.oidc.body?.grant_type}` };
  }
}

/** oidc-provider's view of the store: it looks clients up at every request, so that a rotated secret counts at once. */
class StoreAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly store: Store,
  ) {}

  async find(id: string): Promise<AdapterPayload | undefined> {
    const client = this.model === "Client" ? clientsIn(this.store).get(id) : undefined;
    if (client === undefined) {
      return undefined;
    }
    const metadata: ClientMetadata = {
      client_id: client.client_id,
      client_secret: client.client_secret,
      token_endpoint_auth_method: "client_secret_post",
      // Whether this client may use it is for the grant to say, in Auth0's words.
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
    };
    return metadata;
  }

  // Access tokens are JWTs, so there is nothing to keep.
  async upsert(): Promise<void> {}
  async findByUserCode(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async destroy(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}
