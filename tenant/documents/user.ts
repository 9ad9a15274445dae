/** A user, as the API returns it; the password is elsewhere, hashed. */
export interface User {
  readonly user_id: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly username?: string;
  readonly phone_number?: string;
  readonly name?: string;
  readonly nickname?: string;
  readonly picture?: string;
  readonly user_metadata?: Metadata;
  readonly app_metadata?: Metadata;
  readonly blocked?: boolean;
  readonly identities: readonly Identity[];
  readonly created_at: string;
  readonly updated_at: string;
  readonly last_password_reset?: string;
  readonly [property: string]: unknown;
}

export type Metadata = Readonly<Record<string, unknown>>;

export interface Identity {
  readonly connection: string;
  readonly user_id: string;
  readonly provider: string;
  readonly isSocial: boolean;
}
