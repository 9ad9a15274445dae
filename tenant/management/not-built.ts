import type { Method, Operation } from "./family";

/** First path segments of Auth0's Management API that the tenant does not build: 501, where an unknown path is 404. */
export const NOT_BUILT: ReadonlySet<string> = new Set([
  "agents",
  "anomaly",
  "attack-protection",
  "blacklists",
  "branding",
  "connection-profiles",
  "connections-directory-provisionings",
  "connections-scim-configurations",
  "custom-domains",
  "device-credentials",
  "email-templates",
  "emails",
  "event-streams",
  "events",
  "experimentation",
  "grants",
  "groups",
  "guardian",
  "hooks",
  "jobs",
  "keys",
  "log-streams",
  "logs",
  "network-acls",
  "organizations",
  "prompts",
  "rate-limit-policies",
  "refresh-tokens",
  "risk-assessments",
  "roles",
  "rules",
  "rules-configs",
  "self-service-profiles",
  "sessions",
  "stats",
  "supplemental-signals",
  "tickets",
  "token-exchange-profiles",
  "user-attribute-profiles",
  "user-blocks",
  "verifiable-credentials",
]);

/**
 * Operations of a built family that are not built themselves.
 *
 * @param table one line each: method, path, name, and the scopes with commas between them
 */
export function notBuiltOperations(table: string): Operation[] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(" ") as [Method, string, string, string])
    .map(([method, path, name, scopes]) => ({ method, path, name, scopes: scopes.split(",") }));
}
