import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { controlPlane } from "./control-plane";
import type { OidcListener } from "./login/oidc";
import { asFormRequest } from "./login/token-request";
import { FAMILIES } from "./management";
import type { Services } from "./management/family";
import { ManagementError, notBuilt } from "./management/management-error";
import { type Gate, managementApi, renderError } from "./management/router";
import { RequestCount } from "./request-count";
import type { ScopeUsage } from "./scope-usage";

const MAX_BODY = 1024 * 1024;

/** Auth0's other endpoints: 501, so that nobody takes them for a wrong address. */
const NOT_BUILT = [
  "/authorize",
  "/dbconnections/*",
  "/mfa/*",
  "/oauth/*",
  "/oidc/*",
  "/passwordless/*",
  "/samlp/*",
  "/u/*",
  "/userinfo",
  "/v2/logout",
  "/wsfed/*",
];

type App = Hono<{ Bindings: HttpBindings }>;

/** The whole tenant as one web application: Management API, tokens, control plane. */
export function tenantApp(services: Services, gate: Gate, oidc: OidcListener, usage: ScopeUsage): App {
  const app: App = new Hono();
  app.use(onlyForLoopback(services.domain));
  app.on(["POST", "PATCH", "PUT"], "*", bodyLimit({ maxSize: MAX_BODY, onError: refuseLargeBody }));
  const requests = new RequestCount();
  app.use("/api/v2/*", requests.count);
  app.use("/oauth/token", requests.count);
  app.route("/api/v2", managementApi(FAMILIES, services, gate));
  app.route("/_tenant", controlPlane(services.issuer, usage, requests));
  app.post("/oauth/token", async ({ env, req }) => {
    await oidc(asFormRequest(env.incoming, await req.text()), env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  app.get("/.well-known/*", async ({ env }) => {
    await oidc(env.incoming, env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
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

function refuseLargeBody(): never {
  throw new ManagementError(413, `Payload content length greater than maximum allowed: ${MAX_BODY}`);
}
