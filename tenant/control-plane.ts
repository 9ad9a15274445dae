import { Hono } from "hono";
import { stepName } from "./admin/step-name";
import { clockAhead, moveClock } from "./documents/clock";
import { formsIn, usersIn } from "./documents/collections";
import { messagesIn } from "./documents/message";
import type { Store } from "./documents/store";
import type { User } from "./documents/user";
import { loginsIn } from "./login/login-log";
import { ManagementError } from "./management/management-error";
import type { ScopeUsage } from "./management/scope-usage";
import type { RequestCount } from "./request-count";

/** A hundred years. */
const MOST_SECONDS_AHEAD = 3_155_760_000;

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
  plane.get("/clock", (context) => context.json(clock()));
  plane.post("/clock", async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined);
    const seconds = (body as { readonly ahead_seconds?: unknown } | undefined)?.ahead_seconds;
    if (typeof seconds !== "number" || !Number.isInteger(seconds) || Math.abs(seconds) > MOST_SECONDS_AHEAD) {
      const shown = JSON.stringify(seconds) ?? "nothing";
      throw new ManagementError(400, `ahead_seconds must be an integer within ±${MOST_SECONDS_AHEAD}, got ${shown}`);
    }
    moveClock(seconds * 1000);
    return context.json(clock());
  });
  plane.get("/answers/:user", (context) => {
    const user = usersIn(store).get(context.req.param("user"));
    if (user === undefined) {
      throw new ManagementError(404, "The user does not exist.");
    }
    return context.json(answersOf(store, user));
  });
  plane.get("/requests", (context) => context.json(requests));
  plane.post("/requests/reset", (context) => {
    requests.reset();
    return context.body(null, 204);
  });
  return plane;
}

/** What someone has answered, and what the last login asked, as the application that they log in to may show it. */
function answersOf(store: Store, { user_id, user_metadata = {} }: User): object {
  const last = loginsIn(store)
    .list()
    .findLast((login) => login.kind === "login" && login.user_id === user_id);
  const forms = last?.forms ?? [];
  return {
    user_metadata,
    asked: forms.flatMap(({ form_id, steps }) => steps.map((step) => stepName(formsIn(store).get(form_id), step))),
    answered: forms.flatMap(({ answered = [] }) => answered),
  };
}

function clock(): object {
  return { now: new Date().toISOString(), ahead_seconds: clockAhead() / 1000 };
}
