/**
 * What the Actions in this folder use of the post-login trigger, version 3.
 *
 * Auth0 publishes no package with these types.
 *
 * @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger/post-login-event-object
 */
export interface Event {
  readonly request: { readonly query?: Readonly<Record<string, string | undefined>> };
  readonly transaction?: { readonly protocol?: string };
  readonly user: { readonly user_metadata?: Readonly<Record<string, unknown>> };
}

/** @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger/post-login-api-object */
export interface PostLoginAPI {
  readonly prompt: {
    /** Suspends the login, shows the form, and goes on in `onContinuePostLogin` of the same Action. */
    render(promptId: string): void;
  };
}
