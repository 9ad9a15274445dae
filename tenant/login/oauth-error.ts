/** A refusal of the token endpoint, in Auth0's words; oidc-provider renders it as one of its own. */
export class OAuthError extends Error {
  readonly expose = true;

  constructor(
    readonly statusCode: number,
    error: string,
    readonly error_description: string,
  ) {
    super(error);
  }

  toJSON(): object {
    return { error: this.message, error_description: this.error_description };
  }
}
