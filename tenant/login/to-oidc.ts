import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import type { OpenIdConnect } from "./oidc";

/** Lets oidc-provider answer a request, at one of the tenant's addresses. */
export function toOidc(
  oidc: () => Promise<OpenIdConnect>,
  issuer: "secure" | "pages",
): (context: Context<{ Bindings: HttpBindings }>) => Promise<Response> {
  return async ({ env, req, body }) => {
    // Hono takes HEAD for a GET, and would write the answer that oidc-provider has written already.
    if (req.method === "HEAD") {
      return body(null, 405, { allow: "GET" });
    }
    await (await oidc())[issuer](env.incoming, env.outgoing);
    return RESPONSE_ALREADY_SENT;
  };
}
