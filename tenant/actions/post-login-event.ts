type Metadata = Readonly<Record<string, unknown>>;

/**
 * What a post-login Action of version 3 is told of the login, but for `secrets`, which the runner adds.
 *
 * Only what a local tenant can know; Auth0 adds more for organizations, sessions, refresh tokens and risk assessments.
 *
 * @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger/post-login-event-object
 */
export interface PostLoginEvent {
  readonly authentication?: {
    readonly methods: readonly { readonly name: string; readonly timestamp: string }[];
  };
  readonly authorization?: { readonly roles: readonly string[] };
  readonly client: { readonly client_id: string; readonly name: string; readonly metadata: Metadata };
  readonly connection: {
    readonly id: string;
    readonly name: string;
    readonly strategy: string;
    readonly metadata?: Metadata;
  };
  /** What was answered in the form that this Action rendered: only in `onContinuePostLogin`. */
  readonly prompt?: {
    readonly id: string;
    readonly fields?: Readonly<Record<string, unknown>>;
    readonly vars?: Readonly<Record<string, unknown>>;
  };
  readonly request: {
    readonly body: Readonly<Record<string, unknown>>;
    readonly geoip: Readonly<Record<string, string | number>>;
    readonly hostname?: string;
    readonly ip: string;
    readonly language?: string;
    readonly method: string;
    readonly query: Readonly<Record<string, string>>;
    readonly user_agent?: string;
  };
  /** The API that the access token is for. */
  readonly resource_server?: { readonly identifier: string };
  readonly session?: { readonly id: string };
  readonly stats: { readonly logins_count: number };
  readonly tenant: { readonly id: string };
  readonly transaction?: {
    readonly id?: string;
    readonly acr_values?: readonly string[];
    readonly correlation_id?: string;
    readonly locale?: string;
    readonly login_hint?: string;
    /** What the Actions of this login told each other by `api.transaction.setMetadata`. */
    readonly metadata?: Readonly<Record<string, string | number | boolean>>;
    readonly prompt?: readonly string[];
    readonly protocol?: string;
    readonly redirect_uri?: string;
    readonly requested_scopes?: readonly string[];
    readonly response_mode?: string;
    readonly response_type?: readonly string[];
    readonly state?: string;
    readonly ui_locales?: readonly string[];
  };
  readonly user: {
    readonly app_metadata: Metadata;
    readonly created_at: string;
    readonly email?: string;
    readonly email_verified: boolean;
    readonly enrolledFactors?: readonly { readonly type: string }[];
    readonly family_name?: string;
    readonly given_name?: string;
    readonly identities: readonly {
      readonly connection?: string;
      readonly isSocial?: boolean;
      readonly profileData?: Readonly<Record<string, unknown>>;
      readonly provider?: string;
      readonly user_id?: string;
    }[];
    readonly last_password_reset?: string;
    readonly multifactor?: readonly string[];
    readonly name?: string;
    readonly nickname?: string;
    readonly phone_number?: string;
    readonly phone_verified?: boolean;
    readonly picture?: string;
    readonly updated_at: string;
    readonly user_id: string;
    readonly user_metadata: Metadata;
    readonly username?: string;
  };
}
