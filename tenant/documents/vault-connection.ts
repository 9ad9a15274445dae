/** The credentials with which flows reach a service. */
export interface VaultConnection {
  readonly id: string;
  readonly app_id: string;
  readonly name: string;
  /** Never part of an answer. */
  readonly setup?: VaultSetup;
  readonly created_at: string;
  readonly updated_at: string;
  readonly fingerprint: string;
}

/** By its `type`, as in `OAUTH_APP`. */
export type VaultSetup = Readonly<Record<string, string>>;
