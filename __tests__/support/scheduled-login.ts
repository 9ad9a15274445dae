import type { ProfilingActionProps } from "../../lib";
import { scheduledAction } from "./library-action";

export type Props = Omit<ProfilingActionProps, "formId">;
/** What an Action asked of the login, by a method of `api` and what it was given. */
export type Call = readonly [method: string, ...values: unknown[]];
export type Login = { readonly [part: string]: unknown };

/** When the logins of these tests are. */
export const NOW = "2026-11-27T09:00:00.000Z";

/** Of logins in which a person sits before a browser. */
export const PROTOCOLS_WITH_PAGES = [
  ...["oidc-basic-profile", "oidc-implicit-profile", "oidc-hybrid-profile"],
  ...["oauth2-device-code", "samlp", "wsfed"],
];

/** Somebody who signed up ten days ago and logs in for the third time, with nothing answered. */
export const LOGIN = {
  client: { client_id: "shop", name: "Shop" },
  connection: { id: "con_1", name: "Username-Password-Authentication", strategy: "auth0" },
  request: { query: {} },
  stats: { logins_count: 3 },
  tenant: { id: "tenant" },
  transaction: { protocol: "oidc-basic-profile" },
  user: {
    user_id: "auth0|1",
    created_at: daysAgo(10),
    email_verified: true,
    user_metadata: {},
    app_metadata: {},
  },
};

export function daysAgo(days: number): string {
  return new Date(Date.parse(NOW) - days * 24 * 60 * 60 * 1000).toISOString();
}

/** A login of a user who is not just anybody. */
export function ofUser(more: object): Login {
  return { user: { ...LOGIN.user, ...more } };
}

/** What the library's Action asks of a login, where it is deployed for the form `ap_1`. */
export async function callsOf(
  handler: "onExecutePostLogin" | "onContinuePostLogin",
  props: Props,
  login: Login,
): Promise<Call[]> {
  const calls: Call[] = [];
  const note =
    (method: string) =>
    (...values: unknown[]) => {
      calls.push([method, ...values]);
    };
  const api = {
    prompt: { render: note("render") },
    user: { setUserMetadata: note("setUserMetadata"), setAppMetadata: note("setAppMetadata") },
  };
  await scheduledAction(props)[handler]({ ...LOGIN, ...login }, api);
  return calls;
}
