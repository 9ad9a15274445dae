import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import type { LoginServices, OpenIdConnect } from "./oidc";
import { asFormRequest } from "./token-request";
import { isForApi, userinfo } from "./userinfo";

type Endpoints = Hono<{ Bindings: HttpBindings }>;

/** OpenID Connect, loaded by the first request for it, to keep the start of the tenant short. */
export function openIdConnectWhenAsked(services: LoginServices): () => Promise<OpenIdConnect> {
  let made: Promise<OpenIdConnect> | undefined;
  return () => {
    made ??= loadOidc().openIdConnect(services);
    return made;
  };
}

function loadOidc(): typeof import("./oidc") {
  return require("./oidc");
}

/**
 * What applications ask the tenant: tokens, userinfo, keys, discovery. To be mounted at the root, at both addresses.
 *
 * @param issuer at which of the tenant's addresses
 */
export function applicationEndpoints(
  services: LoginServices,
  oidc: () => Promise<OpenIdConnect>,
  issuer: "secure" | "pages",
): Endpoints {
  const endpoints: Endpoints = new Hono();
  const toOidc = async (context: Context<{ Bindings: HttpBindings }>): Promise<Response> => {
    const { env, req } = context;
    if (req.method === "HEAD") {
      return methodNotAllowed(context);
    }
    await (await oidc())[issuer](env.incoming, env.outgoing);
    return RESPONSE_ALREADY_SENT;
  };
  endpoints.post("/oauth/token", async ({ env, req }) => {
    await (await oidc())[issuer](asFormRequest(env.incoming, await req.text()), env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  endpoints.options("/oauth/token", toOidc);
  endpoints.get("/.well-known/*", toOidc);
  endpoints.options("/.well-known/*", toOidc);
  endpoints.on(["GET", "POST"], "/userinfo", async (context) => {
    const authorization = context.req.header("authorization");
    if (!isForApi(authorization)) {
      return toOidc(context);
    }
    const { status, body, headers } = await userinfo(services, authorization, context.req.header("origin"));
    return context.json(body, status, { ...headers });
  });
  endpoints.options("/userinfo", toOidc);
  return endpoints;
}

/** For HEAD, which Hono takes for a GET: it would write the answer that oidc-provider has written already. */
export function methodNotAllowed({ body }: Context): Response {
  return body(null, 405, { allow: "GET" });
}

/** Paths that a browser shows to a person. */
const PAGES = ["/authorize", "/authorize/*", "/u/*", "/v2/logout", "/oidc/logout"];

/** The pages, loaded by the first request for one of them. */
export function pages(services: LoginServices, oidc: () => Promise<OpenIdConnect>): Endpoints {
  const endpoints: Endpoints = new Hono();
  let loaded: Endpoints | undefined;
  for (const path of PAGES) {
    endpoints.on(["GET", "POST"], path, ({ req, env }) => {
      loaded ??= loadPages().loginPages(services, oidc);
      return loaded.fetch(req.raw, env);
    });
  }
  return endpoints;
}

function loadPages(): typeof import("./pages") {
  return require("./pages");
}

/** Leads to the address at which a browser meets no certificate that it does not know. */
export function toPages({ pages: origin }: LoginServices): Endpoints {
  const endpoints: Endpoints = new Hono();
  for (const path of PAGES) {
    endpoints.get(path, (context) => {
      const { pathname, search } = new URL(context.req.url);
      return context.redirect(`${origin}${pathname}${search}`, 302);
    });
  }
  endpoints.post("/authorize", ({ redirect }) => redirect(`${origin}/authorize`, 307));
  return endpoints;
}
