import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import type { LoginServices } from "./login-services";
import type { OpenIdConnect } from "./oidc";
import { toOidc } from "./to-oidc";
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
  const answer = toOidc(oidc, issuer);
  endpoints.post("/oauth/token", async ({ env, req }) => {
    await (await oidc())[issuer](asFormRequest(env.incoming, await req.text()), env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  endpoints.options("/oauth/token", answer);
  endpoints.get("/.well-known/*", answer);
  endpoints.options("/.well-known/*", answer);
  endpoints.on(["GET", "POST"], "/userinfo", async (context) => {
    const authorization = context.req.header("authorization");
    if (!isForApi(authorization)) {
      return answer(context);
    }
    const { status, body, headers } = await userinfo(services, authorization, context.req.header("origin"));
    return context.json(body, status, { ...headers });
  });
  endpoints.options("/userinfo", answer);
  return endpoints;
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
