import type { PostLoginEvent } from "../actions/post-login-event";
import type { Client } from "../documents/client";
import type { Connection } from "../documents/connection";
import type { User } from "../documents/user";

/** Auth0 shows the tenant's name; a local one has none. */
export const TENANT_NAME = "local-tenant";

/** A login as the request tells it, before any Action has run. */
export interface Login {
  readonly user: User;
  readonly client: Client;
  readonly connection: Connection;
  readonly request: LoginRequest;
  readonly transaction: NonNullable<PostLoginEvent["transaction"]>;
  /** Identifier of the API that the access token is for. */
  readonly audience?: string;
  readonly sessionId?: string;
  /** When the person entered the password; a silent login or a renewal has none. */
  readonly authenticatedAt?: string;
}

/** What an HTTP request tells of who sends it. */
export interface LoginRequest {
  readonly ip: string;
  readonly userAgent?: string;
  readonly language?: string;
  readonly hostname: string;
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The event of a post-login Action, without its secrets and what a form answered. */
export function postLoginEvent(
  { user, client, connection, request, transaction, audience, sessionId, authenticatedAt }: Login,
  metadata: Readonly<Record<string, string | number | boolean>>,
): PostLoginEvent {
  const { ip, userAgent, language, hostname, method, query, body } = request;
  return {
    ...(authenticatedAt !== undefined && {
      authentication: { methods: [{ name: "pwd", timestamp: authenticatedAt }] },
    }),
    authorization: { roles: [] },
    client: { client_id: client.client_id, name: client.name, metadata: client.client_metadata ?? {} },
    connection: {
      id: connection.id,
      name: connection.name,
      strategy: connection.strategy,
      metadata: (connection.metadata ?? {}) as Record<string, string>,
    },
    request: {
      body,
      geoip: {},
      hostname,
      ip,
      ...(language !== undefined && { language }),
      method,
      query,
      ...(userAgent !== undefined && { user_agent: userAgent }),
    },
    ...(audience !== undefined && { resource_server: { identifier: audience } }),
    ...(sessionId !== undefined && { session: { id: sessionId } }),
    stats: { logins_count: Number(user.logins_count ?? 0) },
    tenant: { id: TENANT_NAME },
    transaction: { ...transaction, metadata },
    user: eventUser(user),
  };
}

/** The user without what only the Management API shows. */
function eventUser({ logins_count, last_login, last_ip, blocked, ...user }: User): PostLoginEvent["user"] {
  return {
    ...user,
    email_verified: user.email_verified ?? false,
    user_metadata: user.user_metadata ?? {},
    app_metadata: user.app_metadata ?? {},
    enrolledFactors: [],
    multifactor: [],
  };
}
