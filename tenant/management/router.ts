import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Json } from "../documents/json";
import { showFault } from "../fault";
import type { Family, Operation, OperationRequest, Services } from "./family";
import { ManagementError, notBuilt } from "./management-error";
import { NOT_BUILT } from "./not-built";
import { parseBody } from "./request-body";
import { validator } from "./validation";

/** Who sends a request, by its access token. */
export type Token = OperationRequest["token"];

/** What stands before the operations. */
export interface Gate {
  /** The token of an `Authorization` header; throws a `ManagementError` without a valid one. */
  readonly authenticate: (authorization: string | undefined) => Promise<Token>;
  /** Counts a request and sets the rate-limit headers; throws a `ManagementError` when there were too many. */
  readonly admit: (setHeader: (name: string, value: string) => void) => void;
  /** Told of every scope that a request used. */
  readonly used: (clientId: string, scope: string) => void;
}

/**
 * The Management API, to be mounted under `/api/v2`.
 *
 * Does for every operation what is the same for all: rate limit, token, scope, path, body and query, and the rendering of errors.
 */
export function managementApi(families: readonly Family[], services: Services, gate: Gate): Hono {
  const api = new Hono();
  api.use(async (context, next) => {
    gate.admit((name, value) => context.header(name, value));
    await next();
  });
  for (const operation of families.flat()) {
    api.on(operation.method, operation.path, handler(operation, services, gate));
  }
  api.all("*", (context) => {
    const family = new URL(context.req.url).pathname.split("/")[3] ?? "";
    if (NOT_BUILT.has(family)) {
      throw notBuilt(`${context.req.method} ${context.req.path}`);
    }
    throw new ManagementError(404, "Not Found");
  });
  api.onError(renderError);
  return api;
}

/** The one place where a refusal becomes a response; what is no refusal is a fault of the tenant, and is shown on stderr. */
export function renderError(error: Error, context: Context): Response {
  if (error instanceof ManagementError) {
    return context.json(error.toJSON(), error.status as ContentfulStatusCode);
  }
  const { incoming } = (context.env ?? {}) as Partial<HttpBindings>;
  showFault(context.req.method, context.req.path, error, incoming);
  return context.json(new ManagementError(500, "An internal server error occurred").toJSON(), 500);
}

function handler(operation: Operation, services: Services, gate: Gate): (context: Context) => Promise<Response> {
  const checkQuery = validator("Query", operation.query ?? { type: "object", additionalProperties: false });
  const checkBody = operation.body === undefined ? undefined : validator("Payload", operation.body);

  return async (context) => {
    const token = await gate.authenticate(context.req.header("authorization"));
    checkScope(operation, token, gate);
    const params = mapValues(context.req.param(), decodeAgain);
    checkOwner(token, params);
    if (operation.handle === undefined) {
      throw notBuilt(operation.name);
    }
    const query = readQuery(context);
    checkQuery(query);
    let body: Json = null;
    if (checkBody !== undefined) {
      body = await readBody(context);
      checkBody(body);
    }
    const request: OperationRequest = {
      params,
      query: query as OperationRequest["query"],
      body,
      token,
      permits: (scope) => {
        const held = token.scopes.includes(scope);
        if (held) {
          gate.used(token.clientId, scope);
        }
        return held;
      },
    };
    const reply = await operation.handle(request, services);
    return reply.body === undefined
      ? context.body(null, reply.status as 204)
      : context.json(reply.body as object, reply.status as ContentfulStatusCode);
  };
}

function checkScope({ scopes }: Operation, token: Token, gate: Gate): void {
  if (scopes.length === 0) {
    return;
  }
  const held = scopes.find((scope) => token.scopes.includes(scope));
  if (held === undefined) {
    throw new ManagementError(403, `Insufficient scope, expected any of: ${scopes.join(",")}`, "insufficient_scope");
  }
  gate.used(token.clientId, held);
}

/** A person's token is good for that person alone. */
function checkOwner({ userId }: Token, { id }: OperationRequest["params"]): void {
  if (userId !== undefined && id !== userId) {
    throw new ManagementError(403, "User to be acted on does not match subject in bearer token.", "unowned_resource");
  }
}

/** Values by name; a parameter that is given more than once is joined by commas, as Auth0 reads both forms. */
function readQuery(context: Context): Record<string, unknown> {
  return mapValues(context.req.queries(), (values) => values.join(","));
}

async function readBody(context: Context): Promise<Json> {
  const type = context.req.header("content-type") ?? "application/json";
  if (!/^application\/(.+\+)?json\b/.test(type)) {
    throw new ManagementError(415, "Unsupported Media Type");
  }
  return parseBody(await context.req.text());
}

// Hono decoded it once; the provider escapes the identifier of a resource server twice.
function decodeAgain(parameter: string): string {
  try {
    return decodeURIComponent(parameter);
  } catch {
    return parameter;
  }
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
