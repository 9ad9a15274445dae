import type { PostLoginEvent } from "../../tenant/actions/post-login-event";
import { type ActionResult, type ActionRun, runAction } from "../../tenant/actions/run-action";

/** What an Action is told at the third login of Ada. */
export const EVENT: PostLoginEvent = {
  client: { client_id: "client", name: "Sample", metadata: { tier: "gold" } },
  connection: { id: "con_1", name: "Username-Password-Authentication", strategy: "auth0" },
  request: {
    body: {},
    geoip: {},
    hostname: "localhost",
    ip: "127.0.0.1",
    method: "GET",
    query: { scope: "openid profile" },
  },
  stats: { logins_count: 3 },
  tenant: { id: "local" },
  transaction: { protocol: "oidc-basic-profile", metadata: { from: "an earlier Action" } },
  user: {
    app_metadata: {},
    created_at: "2026-01-01T00:00:00.000Z",
    email: "ada@example.com",
    email_verified: true,
    identities: [{ connection: "Username-Password-Authentication", isSocial: false, provider: "auth0", user_id: "1" }],
    updated_at: "2026-01-01T00:00:00.000Z",
    user_id: "auth0|1",
    user_metadata: { job_title: "Engineer" },
  },
};

/** Runs an Action whose handler has that body. */
export function run(body: string, more: Partial<ActionRun> = {}): Promise<ActionResult> {
  return runAction({
    handler: "onExecutePostLogin",
    code: `exports.onExecutePostLogin = async (event, api) => {\n${body}\n};`,
    secrets: {},
    event: EVENT,
    ...more,
  });
}

/** What the body asks of Auth0. */
export async function commandsOf(body: string): Promise<unknown> {
  const result = await run(body);
  expect(result).toMatchObject({ ok: true, console: [] });
  return result.ok ? result.commands : undefined;
}

/** How the body fails. */
export async function errorOf(body: string): Promise<string> {
  const result = await run(body);
  expect(result.ok).toBe(false);
  return result.ok ? "" : result.error;
}

/** What the body writes to the console, a line each. */
export async function logged(body: string, more: Partial<ActionRun> = {}): Promise<readonly string[]> {
  const result = await run(body, more);
  expect(result).toMatchObject({ ok: true });
  return result.console.map(({ level, text }) => `${level}: ${text}`);
}
