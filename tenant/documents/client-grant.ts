/** What a client may ask for at an API. */
export interface ClientGrant {
  readonly id: string;
  /** Missing on a default grant. */
  readonly client_id?: string;
  readonly audience: string;
  readonly scope?: readonly string[];
  readonly subject_type: "client" | "user";
  readonly allow_all_scopes?: boolean;
  readonly [setting: string]: unknown;
}
