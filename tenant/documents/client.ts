/** An application, as the API returns it to who may see its keys. */
export interface Client {
  readonly client_id: string;
  readonly client_secret: string;
  readonly name: string;
  readonly app_type?: string;
  readonly is_first_party: boolean;
  readonly grant_types: readonly string[];
  readonly token_endpoint_auth_method?: string;
  readonly callbacks?: readonly string[];
  readonly client_metadata?: Readonly<Record<string, string>>;
  readonly client_authentication_methods?: object;
  readonly [setting: string]: unknown;
}

/** A public key or certificate that a client may authenticate with. */
export interface ClientCredential {
  readonly id: string;
  readonly client_id: string;
  readonly credential_type: string;
  readonly [property: string]: unknown;
}
