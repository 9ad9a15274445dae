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
  readonly user: { readonly user_metadata?: Metadata };
}

/** What an Action uses that decides by more than answers. */
export interface LoginEvent extends Event {
  readonly client: { readonly client_id: string; readonly name: string };
  readonly connection: { readonly name: string };
  readonly organization?: {
    readonly id: string;
    readonly name: string;
    readonly display_name?: string;
    readonly metadata?: Metadata;
  };
  /** What the form has collected: only in `onContinuePostLogin`. */
  readonly prompt?: {
    readonly id: string;
    readonly fields?: Metadata;
    readonly vars?: { readonly [name: string]: string | undefined };
  };
  readonly stats: { readonly logins_count: number };
  readonly user: {
    readonly app_metadata?: Metadata;
    readonly created_at: string;
    readonly user_id: string;
    readonly user_metadata?: Metadata;
  };
}

type Metadata = Readonly<Record<string, unknown>>;

/** @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger/post-login-api-object */
export interface PostLoginAPI {
  readonly prompt: {
    /** Suspends the login, shows the form, and goes on in `onContinuePostLogin` of the same Action. */
    render(promptId: string, promptOptions?: { readonly vars?: Readonly<Record<string, unknown>> }): void;
  };
}

/** Of the same `api`, what writes. */
export interface MetadataAPI {
  readonly user: {
    /** A value of null removes the key. It is written when the login ends, with what other Actions have set. */
    setUserMetadata(key: string, value: unknown): void;
    setAppMetadata(key: string, value: unknown): void;
  };
}

/** A stage as the stack that deploys the Action puts it in. */
export interface Stage {
  readonly id: string;
  /** That of the form's router; the stage is due whenever its moment is where there is none. */
  readonly condition?: unknown;
  readonly ask?: Moment;
}

export interface Moment {
  readonly fromLogin?: number;
  readonly afterSignUp?: Duration;
  readonly atMostEvery?: Duration;
  readonly clients?: Filter;
  readonly connections?: Filter;
  readonly organizations?: Filter;
  /** In percent. */
  readonly share?: number;
}

/** In one unit of these. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
}

/** One of these. */
export interface Filter {
  readonly only?: readonly (string | undefined)[];
  readonly except?: readonly (string | undefined)[];
}

/** What is written where: the answer in a field, or in a part of it, or else a value. */
export interface SavedAnswer {
  readonly field?: string;
  readonly path?: readonly string[];
  readonly value?: unknown;
  /** Of a value: the field without whose answer it is not written. */
  readonly with?: string;
  readonly to: readonly [property: "user_metadata" | "app_metadata", key: string, ...path: string[]];
  /** Id of the stage that has to have been shown. */
  readonly stage: string;
}
