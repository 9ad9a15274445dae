/** A point of Auth0's pipelines at which Actions run. */
export interface ActionTrigger {
  readonly id: string;
  readonly version: string;
  readonly status: "CURRENT" | "DEPRECATED";
  readonly runtimes: readonly string[];
  readonly default_runtime: string;
  /** Whether Actions are bound to the trigger itself, or to one entity, such as an event stream. */
  readonly binding_policy: "trigger-bound" | "entity-bound";
  readonly compatible_triggers: readonly { readonly id: string; readonly version: string }[];
}

const CURRENT_RUNTIMES = ["node18-actions", "node22"];

function current(id: string, version: string, changes: Partial<ActionTrigger> = {}): ActionTrigger {
  return {
    id,
    version,
    status: "CURRENT",
    runtimes: CURRENT_RUNTIMES,
    default_runtime: "node22",
    binding_policy: "trigger-bound",
    compatible_triggers: [],
    ...changes,
  };
}

function deprecated(id: string, changes: Partial<ActionTrigger> = {}): ActionTrigger {
  return current(id, "v1", { status: "DEPRECATED", runtimes: ["node22"], default_runtime: "node12", ...changes });
}

/** The triggers of a tenant in August 2026, as the recordings of auth0-deploy-cli list them. */
export const ACTION_TRIGGERS: readonly ActionTrigger[] = [
  deprecated("post-login"),
  current("post-login", "v3", { compatible_triggers: [{ id: "post-login", version: "v2" }] }),
  deprecated("post-login", { version: "v2", runtimes: ["node18", "node22"], default_runtime: "node16" }),
  current("credentials-exchange", "v2"),
  deprecated("credentials-exchange"),
  current("pre-user-registration", "v2"),
  deprecated("pre-user-registration"),
  deprecated("post-user-registration"),
  current("post-user-registration", "v2"),
  current("post-change-password", "v2"),
  deprecated("post-change-password"),
  deprecated("send-phone-message"),
  current("send-phone-message", "v2"),
  current("password-reset-post-challenge", "v1"),
  current("custom-phone-provider", "v1"),
  current("custom-email-provider", "v1"),
  current("custom-token-exchange", "v1", { runtimes: ["node18", "node22"], binding_policy: "entity-bound" }),
  current("event-stream", "v1", { runtimes: ["node22"], binding_policy: "entity-bound" }),
  current("password-hash-migration", "v1", { runtimes: ["node22"], binding_policy: "entity-bound" }),
  current("mcp-tool", "v1", { runtimes: ["node22"], binding_policy: "entity-bound" }),
];
