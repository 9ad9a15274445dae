import type { Ids } from "../documents/ids";
import type { Store } from "../documents/store";
import type { Packages } from "./packages";

/** A JSON Schema of draft 07; its `description`s appear in Auth0's refusals. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What operations work with. */
export interface Services {
  readonly store: Store;
  readonly ids: Ids;
  readonly clock: () => Date;
  /** `https://host:port/` */
  readonly issuer: string;
  /** `host:port` */
  readonly domain: string;
  /** PEM certificate of the key that signs the tenant's tokens; shown with every client. */
  readonly signingCertificate: string;
  /** What npm has. */
  readonly packages: Packages;
}

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** One operation of the Management API; the router does for it all that is the same for every operation. */
export interface Operation {
  readonly method: Method;
  /** Below `/api/v2`, with the parameters as `:name`. */
  readonly path: string;
  /** Auth0's name of it, as in `get_clients_by_id`; in the 501 and in logs. */
  readonly name: string;
  /** Any of these suffices; none: any valid token. The least one first. */
  readonly scopes: readonly string[];
  readonly body?: JsonSchema;
  /** Of the query string; numbers and booleans are read from their text. Without it no query is allowed. */
  readonly query?: JsonSchema;
  /** Answers the request, or throws a `ManagementError`. Without it the answer is 501. */
  readonly handle?: (request: OperationRequest, services: Services) => Reply | Promise<Reply>;
}

/** A request that passed the token, scope, body and query checks. */
export interface OperationRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | boolean | undefined>>;
  /** What the operation's schema lets through; null without one. */
  readonly body: unknown;
  readonly token: {
    readonly clientId: string;
    readonly scopes: readonly string[];
    /** Whose token it is; undefined for a client's own. */
    readonly userId?: string;
  };
  /** Whether the token holds a scope that is not needed but shows or allows more; counted as used if so. */
  readonly permits: (scope: string) => boolean;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/** The operations of one kind of entity; of two that fit a path, the first is taken. */
export type Family = readonly Operation[];
