import { BOOLEAN, integer, nullable, OBJECT, oneOf, STRING } from "auth0-forms/schema";
import { tenantSettingsIn } from "../documents/collections";
import type { Json } from "../documents/json";
import type { Store } from "../documents/store";
import type { TenantSettings } from "../documents/tenant-settings";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { FIELDS_QUERY, querySchema, selectFields } from "./page";
import { object, STRINGS, string } from "./property";

const HOURS_OF_A_YEAR = 8760;

const SETTINGS = {
  change_password: OBJECT,
  device_flow: OBJECT,
  guardian_mfa_page: OBJECT,
  default_audience: STRING,
  default_directory: STRING,
  error_page: object(nullable({ html: STRING, show_log_link: BOOLEAN, url: STRING })),
  default_token_quota: OBJECT,
  flags: { type: "object", additionalProperties: BOOLEAN },
  friendly_name: STRING,
  picture_url: { type: "string", format: "absolute-uri-or-empty" },
  support_email: STRING,
  support_url: { type: "string", format: "absolute-uri-or-empty" },
  allowed_logout_urls: { type: "array", items: { type: "string", format: "callback-url" } },
  session_lifetime: integer(1, HOURS_OF_A_YEAR),
  session_lifetime_in_minutes: integer(1, HOURS_OF_A_YEAR * 60),
  idle_session_lifetime: integer(1, HOURS_OF_A_YEAR),
  idle_session_lifetime_in_minutes: integer(1, HOURS_OF_A_YEAR * 60),
  ephemeral_session_lifetime: integer(1, HOURS_OF_A_YEAR),
  ephemeral_session_lifetime_in_minutes: integer(1, HOURS_OF_A_YEAR * 60),
  idle_ephemeral_session_lifetime: integer(1, HOURS_OF_A_YEAR),
  idle_ephemeral_session_lifetime_in_minutes: integer(1, HOURS_OF_A_YEAR * 60),
  sandbox_version: string(1, 8),
  legacy_sandbox_version: STRING,
  default_redirection_uri: { type: "string", format: "absolute-https-uri-or-empty" },
  enabled_locales: {
    type: "array",
    minItems: 1,
    uniqueItems: true,
    items: { type: "string", pattern: "^[a-z]{2,3}(-[A-Za-z0-9]+)?$" },
  },
  security_headers: OBJECT,
  session_cookie: object({ mode: oneOf(["persistent", "non-persistent"]) }, ["mode"]),
  sessions: OBJECT,
  oidc_logout: OBJECT,
  customize_mfa_in_postlogin_action: BOOLEAN,
  allow_organization_name_in_authentication_api: BOOLEAN,
  acr_values_supported: STRINGS,
  mtls: OBJECT,
  pushed_authorization_requests_supported: BOOLEAN,
  authorization_response_iss_parameter_supported: BOOLEAN,
  skip_non_verifiable_callback_uri_confirmation_prompt: BOOLEAN,
  resource_parameter_profile: oneOf(["audience", "compatibility"]),
  client_id_metadata_document_supported: BOOLEAN,
  enable_ai_guide: BOOLEAN,
  phone_consolidated_experience: BOOLEAN,
  include_session_metadata_in_tenant_logs: BOOLEAN,
  dynamic_client_registration_security_mode: oneOf(["strict", "permissive"]),
  country_codes: OBJECT,
} as const;

const UPDATE = object(nullable(SETTINGS));

/** The settings of a new tenant. */
export const NEW_TENANT: TenantSettings = {
  allowed_logout_urls: [],
  enabled_locales: ["en"],
  flags: {
    allow_changing_enable_sso: false,
    disable_impersonation: true,
    enable_sso: true,
    universal_login: true,
    revoke_refresh_token_grant: false,
    disable_clickjack_protection_headers: false,
  },
  friendly_name: "Local tenant",
  session_lifetime: 168,
  idle_session_lifetime: 72,
  sandbox_version: "22",
  oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
};

const ONLY_READ = { sandbox_versions_available: ["22", "18"] };

type Body = { readonly [setting: string]: Json };

/** The tenant's own settings. @see https://auth0.com/docs/api/management/v2/tenants/tenant-settings-route */
export const tenantSettings: Family = [
  {
    method: "GET",
    path: "/tenants/settings",
    name: "tenant_settings_route",
    scopes: ["read:tenant_settings"],
    query: querySchema(FIELDS_QUERY),
    handle: readSettings,
  },
  {
    method: "PATCH",
    path: "/tenants/settings",
    name: "patch_settings",
    scopes: ["update:tenant_settings"],
    body: UPDATE,
    handle: updateSettings,
  },
];

function readSettings({ query }: OperationRequest, { store }: Services): Reply {
  return { status: 200, body: selectFields({ ...current(store), ...ONLY_READ }, query) };
}

function updateSettings({ body }: OperationRequest, { store }: Services): Reply {
  const settings = changed(current(store), body as Body);
  return { status: 200, body: tenantSettingsIn(store).put("settings", settings) };
}

function current(store: Store): TenantSettings {
  return tenantSettingsIn(store).get("settings") ?? NEW_TENANT;
}

/** The settings after a PATCH: null removes one, flags are merged, everything else is replaced; minutes become hours. */
function changed(settings: TenantSettings, changes: Body): TenantSettings {
  const hours = Object.entries(changes)
    .filter(([key, value]) => key.endsWith("_in_minutes") && value !== null)
    .map(([key, minutes]) => [key.slice(0, -"_in_minutes".length), Number(minutes) / 60]);
  const merged = {
    ...settings,
    ...changes,
    ...Object.fromEntries(hours),
    flags: { ...settings.flags, ...(changes.flags as object | null | undefined) },
  };
  const kept = Object.entries(merged).filter(
    ([key, value]) =>
      value !== null && !key.endsWith("_in_minutes") && !(key === "default_redirection_uri" && value === ""),
  );
  return Object.fromEntries(kept) as TenantSettings;
}
