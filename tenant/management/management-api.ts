import type { ResourceServer } from "../documents/resource-server";

/** The audience of the Management API of the tenant with this issuer. */
export function managementAudience(issuer: string): string {
  return `${issuer}api/v2/`;
}

/** What the provider's `data.auth0_tenant.domain` is here: it takes the port off. */
export const DOMAIN_WITHOUT_PORT = "localhost";

/**
 * Whether an audience means an API: its identifier does, and for the Management API `https://${domain}/api/v2/` too, with
 * the domain as `data.auth0_tenant` tells it.
 */
export function isAudienceOf({ identifier, is_system }: ResourceServer, audience: unknown): boolean {
  return audience === identifier || (is_system === true && audience === `https://${DOMAIN_WITHOUT_PORT}/api/v2/`);
}

// Scopes by what they are about; from Auth0's reference and the scopes of a real tenant.

const READ_CREATE_UPDATE_DELETE = [
  "actions",
  "agents",
  "authentication_methods",
  "client_credentials",
  "client_grants",
  "client_keys",
  "clients",
  "connection_profiles",
  "connections",
  "custom_domains",
  "custom_signing_keys",
  "device_credentials",
  "directory_provisionings",
  "email_provider",
  "encryption_keys",
  "event_streams",
  "experimentation",
  "flows",
  "flows_vault_connections",
  "forms",
  "hooks",
  "log_streams",
  "network_acls",
  "organization_clients",
  "organization_connections",
  "organization_discovery_domains",
  "organizations",
  "phone_providers",
  "phone_templates",
  "rate_limit_policies",
  "resource_servers",
  "roles",
  "rules",
  "scim_config",
  "self_service_profiles",
  "shields",
  "token_exchange_profiles",
  "user_attribute_profiles",
  "users",
  "users_app_metadata",
  "vdcs_templates",
];

const OTHERS: Readonly<Record<string, string>> = {
  anomaly_blocks: "read delete",
  attack_protection: "read update",
  branding: "read update delete",
  client_summary: "read",
  client_token_vault_privileged_access: "update",
  connections_keys: "read create update",
  connections_options: "read update",
  email_templates: "read create update",
  entitlements: "read",
  event_deliveries: "read update",
  events: "read",
  flows_executions: "read delete",
  flows_vault: "read",
  grants: "read delete",
  group_members: "read",
  group_roles: "read create delete",
  groups: "read delete",
  guardian_enrollment_tickets: "create",
  guardian_enrollments: "read delete",
  guardian_factors: "read update",
  insights: "read",
  limits: "read update",
  logs: "read",
  logs_users: "read",
  mfa_policies: "read update",
  network_acl_keys: "read create delete",
  organization_client_grants: "read create delete",
  organization_group_roles: "read create delete",
  organization_groups: "read",
  organization_invitations: "read create delete",
  organization_member_effective_roles: "read",
  organization_member_role_source_groups: "read",
  organization_member_roles: "read create delete",
  organization_members: "read create delete",
  organizations_summary: "read",
  passwords_checking_job: "create delete",
  prompts: "read update",
  refresh_tokens: "read update delete",
  role_members: "read create delete",
  rules_configs: "read update delete",
  scim_token: "read create delete",
  self_service_profile_custom_texts: "read update",
  sessions: "read update delete",
  signing_keys: "read create update",
  sso_access_tickets: "create delete",
  stats: "read",
  tenant_settings: "read update",
  tokens: "blacklist",
  triggers: "read update",
  user_custom_blocks: "read create delete",
  user_effective_permissions: "read",
  user_effective_roles: "read",
  user_idp_tokens: "read",
  user_permission_source_roles: "read",
  user_role_source_groups: "read",
  user_tickets: "create",
};

/**
 * Every scope that a person's token for the Management API can hold: for their own data, and for nothing else.
 *
 * @see https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens/get-management-api-tokens-for-single-page-applications
 */
export const CURRENT_USER_SCOPES: readonly string[] = [
  "read:current_user",
  "update:current_user_metadata",
  "delete:current_user_metadata",
  "create:current_user_metadata",
  "create:current_user_device_credentials",
  "delete:current_user_device_credentials",
  "update:current_user_identities",
];

/** Every scope that a client can be granted at the Management API. */
export const MANAGEMENT_API_SCOPES: readonly string[] = [
  ...READ_CREATE_UPDATE_DELETE.flatMap((what) =>
    ["read", "create", "update", "delete"].map((verb) => `${verb}:${what}`),
  ),
  ...Object.entries(OTHERS).flatMap(([what, verbs]) => verbs.split(" ").map((verb) => `${verb}:${what}`)),
].sort();
