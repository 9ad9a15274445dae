import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { admin } from "./admin/admin";
import { controlPlane } from "./control-plane";
import { applicationEndpoints, pages, toPages } from "./login/endpoints";
import type { LoginServices } from "./login/login-services";
import { OAuthError } from "./login/oauth-error";
import type { OpenIdConnect } from "./login/oidc";
import { FAMILIES } from "./management";
import { ManagementError, notBuilt } from "./management/management-error";
import { type Gate, managementApi, renderError as renderManagementError } from "./management/router";
import type { ScopeUsage } from "./management/scope-usage";
import { RequestCount } from "./request-count";

const MAX_BODY = 1024 * 1024;

/** Auth0's other endpoints: 501, so that nobody takes them for a wrong address. */
const NOT_BUILT = ["/dbconnections/*", "/mfa/*", "/oauth/*", "/oidc/*", "/passwordless/*", "/samlp/*", "/wsfed/*"];

type App = Hono<{ Bindings: HttpBindings }>;

/** What the tenant answers, at each of its two addresses. */
export interface TenantApps {
  /** Over https: the Management API, and what applications ask. */
  readonly secure: App;
  /** Over http, where a browser meets no unknown certificate: what people see, and what applications ask. */
  readonly pages: App;
}

/** The whole tenant as two web applications. */
export function tenantApps(
  services: LoginServices,
  gate: Gate,
  oidc: () => Promise<OpenIdConnect>,
  usage: ScopeUsage,
): TenantApps {
  const requests = new RequestCount();
  const secure = newApp(services.domain);
  secure.use("/api/v2/*", requests.count);
  secure.use("/oauth/token", requests.count);
  secure.route("/api/v2", managementApi(FAMILIES, services, gate));
  const people = newApp(new URL(services.pages).host);
  people.get("/", (context) => context.redirect("/_tenant/"));
  for (const app of [secure, people]) {
    app.route("/_tenant", controlPlane(services.store, usage, requests));
    app.all("/_tenant/*", admin(services, usage));
  }
  secure.route("/", applicationEndpoints(services, oidc, "secure"));
  secure.route("/", toPages(services));
  people.route("/", applicationEndpoints(services, oidc, "pages"));
  people.route("/", pages(services, oidc));
  return { secure: completed(secure), pages: completed(people) };
}

function newApp(domain: string): App {
  const app: App = new Hono();
  app.use(closeUnread, onlyForLoopback(domain));
  app.on(["POST", "PATCH", "PUT"], "*", bodyLimit({ maxSize: MAX_BODY, onError: refuseLargeBody }));
  return app;
}

/** With what comes after all paths that there are. */
function completed(app: App): App {
  for (const path of NOT_BUILT) {
    app.all(path, ({ req }) => {
      throw notBuilt(`${req.method} ${req.path}`);
    });
  }
  app.notFound(() => {
    throw new ManagementError(404, "Not Found");
  });
  app.onError(renderError);
  return app;
}

/** A page of another site that has its own name point to this machine is turned away: it does not know to ask for localhost. */
function onlyForLoopback(domain: string): MiddlewareHandler {
  const port = domain.slice(domain.lastIndexOf(":"));
  const hosts = new Set(
    ["localhost", "127.0.0.1", "[::1]"].flatMap((name) => (port === ":443" ? [name, name + port] : [name + port])),
  );
  return async ({ req }, next) => {
    const host = req.header("host")?.toLowerCase() ?? "";
    if (!hosts.has(host)) {
      throw new ManagementError(421, `The tenant is at ${domain}, not at ${host}`);
    }
    await next();
  };
}

/** Applications are refused in OAuth's shape, all others in that of the Management API. */
function renderError(error: Error, context: Context): Response {
  return error instanceof OAuthError
    ? context.json(error.toJSON(), error.statusCode as ContentfulStatusCode)
    : renderManagementError(error, context);
}

/** Nothing else can come over a connection on which the rest of a refused body is still to come. */
const closeUnread: MiddlewareHandler<{ Bindings: HttpBindings }> = async (context, next) => {
  await next();
  const { incoming, outgoing } = context.env ?? {};
  // Where somebody hung up, or the answer was written already, there is nothing to say.
  if (incoming?.complete === false && !incoming.destroyed && !outgoing?.headersSent) {
    context.header("connection", "close");
  }
};

function refuseLargeBody(): never {
  throw new ManagementError(413, `Payload content length greater than maximum allowed: ${MAX_BODY}`);
}
