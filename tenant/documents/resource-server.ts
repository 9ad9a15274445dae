/** An API that tokens are issued for. */
export interface ResourceServer {
  readonly id: string;
  readonly identifier: string;
  readonly name?: string;
  /** The Management API itself: it cannot be changed. */
  readonly is_system?: boolean;
  readonly scopes?: readonly { readonly value: string; readonly description?: string }[];
  readonly signing_alg: string;
  readonly signing_secret?: string;
  readonly token_lifetime: number;
  readonly [setting: string]: unknown;
}
