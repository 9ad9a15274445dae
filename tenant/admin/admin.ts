import type { Context } from "hono";
import type { LoginServices } from "../login/login-services";
import type { ScopeUsage } from "../management/scope-usage";

/** The admin pages; loaded by the first request for one of them, to keep the start of the tenant short. */
export function admin(services: LoginServices, usage: ScopeUsage): (context: Context) => Response | Promise<Response> {
  let pages: ReturnType<ReturnType<typeof load>["adminPages"]> | undefined;
  return ({ req, env }) => {
    pages ??= load().adminPages(services, usage);
    return pages.fetch(req.raw, env);
  };
}

function load(): typeof import("./admin-pages") {
  return require("./admin-pages");
}
