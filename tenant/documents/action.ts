/** What an Action runs: its draft and each of its versions hold one. */
export interface Program {
  readonly code: string;
  readonly dependencies: readonly Dependency[];
  readonly runtime: string;
  readonly secrets: readonly Secret[];
  readonly supported_triggers: readonly TriggerReference[];
}

export interface Dependency {
  readonly name: string;
  readonly version: string;
  readonly registry_url?: string;
}

/** The value is kept for the runs and never answered. */
export interface Secret {
  readonly name: string;
  readonly value: string;
  readonly updated_at: string;
}

export interface TriggerReference {
  readonly id: string;
  readonly version: string;
}

/** A build fails for a package that npm does not have, and for nothing else: Auth0 builds code that is no JavaScript. */
export type BuildStatus = "pending" | "retrying" | "built" | "failed";

export interface BuildLog {
  readonly at: string;
  readonly lines: readonly string[];
}

/** An Action: its draft, and which version of it is deployed. */
export interface Action extends Program {
  readonly id: string;
  readonly name: string;
  readonly status: BuildStatus;
  /** What the last build said, for the tenant's owner. */
  readonly build_log?: BuildLog;
  readonly deployed_version_id?: string;
  readonly all_changes_deployed: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

/** What was deployed at one time. */
export interface ActionVersion extends Program {
  readonly id: string;
  readonly action_id: string;
  readonly number: number;
  readonly status: BuildStatus;
  readonly built_at?: string;
  readonly created_at: string;
  readonly updated_at: string;
}
