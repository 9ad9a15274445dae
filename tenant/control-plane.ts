import { Hono } from "hono";
import { messagesIn } from "./documents/message";
import type { Store } from "./documents/store";
import { ManagementError } from "./management/management-error";
import type { ScopeUsage } from "./management/scope-usage";
import type { RequestCount } from "./request-count";

/** What a test or a person may ask the tenant about itself, under `/_tenant`; Auth0 has nothing there. */
export function controlPlane(store: Store, usage: ScopeUsage, requests: RequestCount): Hono {
  const plane = new Hono();
  plane.use(async ({ req }, next) => {
    const origin = req.header("origin");
    // What is only read, no page of another origin gets to see; a preview of a step, which has no origin, loads its stylesheet so.
    const changes = req.method !== "GET" && req.method !== "HEAD";
    if (changes && origin !== undefined && origin !== new URL(req.url).origin) {
      throw new ManagementError(403, `Not for pages of ${origin}`);
    }
    await next();
  });
  plane.get("/scopes", (context) => context.json(usage));
  plane.post("/scopes/reset", (context) => {
    usage.reset();
    return context.body(null, 204);
  });
  plane.get("/messages", (context) => context.json({ messages: messagesIn(store).list() }));
  plane.post("/messages/reset", (context) => {
    messagesIn(store).keepLast(0);
    return context.body(null, 204);
  });
  plane.get("/requests", (context) => context.json(requests));
  plane.post("/requests/reset", (context) => {
    requests.reset();
    return context.body(null, 204);
  });
  return plane;
}
