import type { Configuration } from "oidc-provider";
import { clientsIn, tenantSettingsIn } from "../documents/collections";
import type { Services } from "../management/family";

const HOUR = 60 * 60;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const CODE_SECONDS = 60;
/** Auth0 forgets a login that nobody goes on with after this time. */
export const TRANSACTION_SECONDS = HOUR;

/** How long what oidc-provider makes is good for: as the tenant, the client or the API says, else as long as at Auth0. */
export function lifetimes({ store, clock }: Services): Configuration {
  return {
    ttl: {
      AccessToken: (_context, token) => token.resourceServer?.accessTokenTTL ?? DAY,
      AuthorizationCode: CODE_SECONDS,
      ClientCredentials: (_context, token) => token.resourceServer?.accessTokenTTL ?? DAY,
      Grant: YEAR,
      IdToken: (_context, _token, { clientId }) => {
        const { lifetime_in_seconds } = (clientsIn(store).get(clientId)?.jwt_configuration ?? {}) as Lifetimes;
        return lifetime_in_seconds ?? 10 * HOUR;
      },
      Interaction: TRANSACTION_SECONDS,
      RefreshToken: (_context, _token, client) => refreshSettings(store, client).token_lifetime ?? 30 * DAY,
      Session: (_context, session) => {
        const { session_lifetime, idle_session_lifetime } = (tenantSettingsIn(store).get("settings") ??
          {}) as Lifetimes;
        const idle = (idle_session_lifetime ?? 72) * HOUR;
        const now = Math.floor(clock().getTime() / 1000);
        const left = (session.loginTs ?? now) + (session_lifetime ?? 168) * HOUR - now;
        return Math.max(1, Math.floor(Math.min(idle, left)));
      },
    },
  };
}

interface Lifetimes {
  readonly lifetime_in_seconds?: number;
  readonly session_lifetime?: number;
  readonly idle_session_lifetime?: number;
}

interface RefreshSettings {
  readonly rotation_type?: string;
  readonly token_lifetime?: number;
}

/** What a client says of its refresh tokens. */
export function refreshSettings(
  store: Services["store"],
  client: { readonly clientId: string } | undefined,
): RefreshSettings {
  return (clientsIn(store).get(client?.clientId ?? "")?.refresh_token ?? {}) as RefreshSettings;
}
