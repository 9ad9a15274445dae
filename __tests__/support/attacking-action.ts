import type { PostLoginEvent } from "../../tenant/actions/post-login-event";
import { type ActionResult, runAction } from "../../tenant/actions/run-action";

export const EVENT: PostLoginEvent = {
  client: { client_id: "client", name: "Sample", metadata: {} },
  connection: { id: "con_1", name: "Username-Password-Authentication", strategy: "auth0" },
  request: { body: {}, geoip: {}, ip: "127.0.0.1", method: "GET", query: {} },
  stats: { logins_count: 1 },
  tenant: { id: "local" },
  user: {
    app_metadata: {},
    created_at: "2026-01-01T00:00:00.000Z",
    email_verified: true,
    identities: [],
    updated_at: "2026-01-01T00:00:00.000Z",
    user_id: "auth0|1",
    user_metadata: {},
  },
};

export const MEMORY = { heapMegabytes: 128, dataMegabytes: 384 };

/** What becomes of an Action with this body. */
export function attack(body: string, timeoutMilliseconds = 20_000): Promise<ActionResult> {
  const code = `exports.onExecutePostLogin = async (event, api) => {\n${body}\n};`;
  return runAction({ handler: "onExecutePostLogin", code, secrets: {}, event: EVENT, timeoutMilliseconds });
}
