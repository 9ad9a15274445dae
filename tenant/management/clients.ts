import { BOOLEAN, integer, nullable, OBJECT, oneOf, STRING } from "auth0-forms/schema";
import type { Client } from "../documents/client";
import { clientCredentialsIn, clientGrantsIn, clientsIn, connectionsIn } from "../documents/collections";
import type { Json } from "../documents/json";
import type { Store } from "../documents/store";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { existing, notBuilt } from "./management-error";
import { notBuiltOperations } from "./not-built";
import { FIELDS_QUERY, listBody, PAGE_QUERY, querySchema, selectFields } from "./page";
import { object, STRINGS, string } from "./property";

const CALLBACKS = { type: "array", items: { type: "string", format: "callback-url" } } as const;
const ORIGINS = { type: "array", items: { type: "string", format: "callback-url" } } as const;

const GRANT_TYPES = ["authorization_code", "implicit", "refresh_token", "client_credentials"];

const SETTINGS = {
  name: {
    type: "string",
    minLength: 1,
    pattern: "^[^<>]+$",
    description: "Name of the client: at least one character, no < or >",
  },
  description: string(0, 140, "Description of the client: at most 140 characters"),
  logo_uri: { type: "string", format: "absolute-uri-or-empty" },
  callbacks: CALLBACKS,
  oidc_logout: OBJECT,
  oidc_backchannel_logout: OBJECT,
  session_transfer: OBJECT,
  allowed_origins: ORIGINS,
  web_origins: ORIGINS,
  client_aliases: STRINGS,
  allowed_clients: STRINGS,
  allowed_logout_urls: CALLBACKS,
  grant_types: STRINGS,
  token_endpoint_auth_method: oneOf(["none", "client_secret_post", "client_secret_basic"]),
  is_token_endpoint_ip_header_trusted: BOOLEAN,
  app_type: oneOf([
    "native",
    "spa",
    "regular_web",
    "non_interactive",
    "resource_server",
    "express_configuration",
    "rms",
    "box",
    "cloudbees",
    "concur",
    "dropbox",
    "mscrm",
    "echosign",
    "egnyte",
    "newrelic",
    "office365",
    "salesforce",
    "sentry",
    "sharepoint",
    "slack",
    "springcm",
    "zendesk",
    "zoom",
    "sso_integration",
    "oag",
  ]),
  is_first_party: BOOLEAN,
  oidc_conformant: BOOLEAN,
  jwt_configuration: object({
    lifetime_in_seconds: integer(0),
    secret_encoded: BOOLEAN,
    scopes: OBJECT,
    alg: oneOf(["HS256", "RS256", "RS512", "PS256"]),
  }),
  encryption_key: object(nullable({ pub: STRING, cert: STRING, subject: STRING })),
  sso: BOOLEAN,
  sso_disabled: BOOLEAN,
  cross_origin_authentication: BOOLEAN,
  cross_origin_loc: STRING,
  custom_login_page_on: BOOLEAN,
  custom_login_page: STRING,
  custom_login_page_preview: STRING,
  form_template: STRING,
  addons: OBJECT,
  client_metadata: {
    type: "object",
    maxProperties: 10,
    propertyNames: { maxLength: 255 },
    additionalProperties: { type: ["string", "null"], maxLength: 255 },
  },
  mobile: OBJECT,
  initiate_login_uri: { type: "string", format: "absolute-https-uri-or-empty" },
  native_social_login: OBJECT,
  fedcm_login: OBJECT,
  refresh_token: OBJECT,
  default_organization: OBJECT,
  organization_usage: oneOf(["deny", "allow", "require"]),
  organization_require_behavior: oneOf(["no_prompt", "pre_login_prompt", "post_login_prompt"]),
  organization_discovery_methods: STRINGS,
  client_authentication_methods: OBJECT,
  require_pushed_authorization_requests: BOOLEAN,
  require_proof_of_possession: BOOLEAN,
  signed_request_object: OBJECT,
  identity_assertion_authorization_grant: OBJECT,
  token_vault_privileged_access: OBJECT,
  compliance_level: oneOf([
    "none",
    "fapi1_adv_pkj_par",
    "fapi1_adv_mtls_par",
    "fapi2_sp_pkj_mtls",
    "fapi2_sp_mtls_mtls",
  ]),
  skip_non_verifiable_callback_uri_confirmation_prompt: BOOLEAN,
  token_exchange: OBJECT,
  par_request_expiry: integer(10, 600),
  token_quota: OBJECT,
  express_configuration: OBJECT,
  my_organization_configuration: OBJECT,
  async_approval_notification_channels: STRINGS,
  third_party_security_mode: oneOf(["strict", "permissive"]),
  redirection_policy: oneOf(["allow_always", "open_redirect_protection"]),
} as const;

const CREATE = object({ ...SETTINGS, resource_server_identifier: STRING }, ["name"]);

const { name, grant_types, ...REMOVABLE } = SETTINGS;
const UPDATE = object({ name, grant_types, ...nullable(REMOVABLE), client_secret: string(32, 256) });

const LIST_QUERY = querySchema({
  ...PAGE_QUERY,
  ...FIELDS_QUERY,
  is_global: BOOLEAN,
  is_first_party: BOOLEAN,
  app_type: STRING,
});

type Body = { readonly [setting: string]: Json };

/** What settings that are given in part are completed with. */
const DEFAULTS: Readonly<Record<string, object>> = {
  session_transfer: {
    can_create_session_transfer_token: false,
    allowed_authentication_methods: [],
    enforce_device_binding: "ip",
    allow_refresh_token: false,
    enforce_online_refresh_tokens: true,
    enforce_cascade_revocation: true,
  },
};

const READ_SCOPES = ["read:clients", "read:client_keys", "read:client_credentials", "read:client_summary"];

const UPDATE_SCOPES = [
  "update:clients",
  "update:client_keys",
  "update:client_credentials",
  "update:client_token_vault_privileged_access",
];

/** Applications. @see https://auth0.com/docs/api/management/v2/clients/get-clients */
export const clients: Family = [
  { method: "GET", path: "/clients", name: "get_clients", scopes: READ_SCOPES, query: LIST_QUERY, handle: listClients },
  {
    method: "POST",
    path: "/clients",
    name: "post_clients",
    scopes: ["create:clients"],
    body: CREATE,
    handle: createClient,
  },
  ...notBuiltOperations(`
    GET /clients/search get_clients_search read:clients,read:client_summary
    POST /clients/cimd/preview post_clients_cimd_preview read:clients
    POST /clients/cimd/register post_clients_cimd_register create:clients,update:clients
  `),
  {
    method: "GET",
    path: "/clients/:id",
    name: "get_clients_by_id",
    scopes: READ_SCOPES,
    query: querySchema(FIELDS_QUERY),
    handle: readClient,
  },
  {
    method: "PATCH",
    path: "/clients/:id",
    name: "patch_clients_by_id",
    scopes: UPDATE_SCOPES,
    body: UPDATE,
    handle: updateClient,
  },
  {
    method: "DELETE",
    path: "/clients/:id",
    name: "delete_clients_by_id",
    scopes: ["delete:clients"],
    handle: deleteClient,
  },
  {
    method: "POST",
    path: "/clients/:id/rotate-secret",
    name: "post_rotate_secret",
    scopes: ["update:client_keys"],
    handle: rotateSecret,
  },
  ...notBuiltOperations(`
    GET /clients/:id/connections get_client_connections read:connections,read:clients,read:client_summary
  `),
];

function listClients(request: OperationRequest, { store }: Services): Reply {
  const found = clientsIn(store)
    .list()
    .filter((client) => matches(client, request.query));
  const visible = found.map((client) => shown(client, request));
  return { status: 200, body: listBody("clients", visible, request.query) };
}

function matches(client: Client, query: OperationRequest["query"]): boolean {
  const types = typeof query.app_type === "string" ? query.app_type.split(",") : undefined;
  return (
    query.is_global !== true && // the tenant has no global client
    (query.is_first_party === undefined || query.is_first_party === client.is_first_party) &&
    (types === undefined || types.includes(client.app_type ?? ""))
  );
}

function createClient({ body }: OperationRequest, { store, ids, signingCertificate }: Services): Reply {
  const given = body as Body;
  if (given.client_authentication_methods !== undefined || given.signed_request_object !== undefined) {
    throw notBuilt("post_clients with keys; create the client, then its credentials");
  }
  const id = ids.client();
  const client = newClient(given, id, ids.clientSecret(), signingCertificate);
  return { status: 201, body: clientsIn(store).put(id, client) };
}

/** A new client with Auth0's defaults for what is not given. */
export function newClient(given: Body, clientId: string, clientSecret: string, certificate: string): Client {
  const isConfidential = /^client_secret/.test(String(given.token_endpoint_auth_method));
  const isPublic = given.token_endpoint_auth_method === "none";
  return {
    is_first_party: true,
    is_token_endpoint_ip_header_trusted: false,
    oidc_conformant: false,
    signing_keys: [{ cert: certificate }],
    sso_disabled: false,
    cross_origin_authentication: false,
    grant_types:
      given.app_type === "resource_server"
        ? []
        : GRANT_TYPES.filter((type) => !isPublic || type !== "client_credentials"),
    custom_login_page_on: true,
    ...withoutRemoved(withLogout(given)),
    name: String(given.name),
    jwt_configuration: {
      secret_encoded: false,
      ...((given.jwt_configuration as Body) ?? { lifetime_in_seconds: 36000 }),
    },
    ...(isObject(given.session_transfer) && {
      session_transfer: { ...DEFAULTS.session_transfer, ...given.session_transfer },
    }),
    refresh_token: {
      rotation_type: "non-rotating",
      expiration_type: "non-expiring",
      leeway: 0,
      infinite_token_lifetime: true,
      infinite_idle_token_lifetime: true,
      token_lifetime: isConfidential ? 31557600 : 2592000,
      idle_token_lifetime: isConfidential ? 2592000 : 1296000,
      ...(given.refresh_token as object | undefined),
    },
    client_id: clientId,
    client_secret: clientSecret,
  };
}

/** The older name of the logout settings holds their URLs, and takes the newer with it when it is removed. */
function withLogout(settings: Body): Body {
  const { oidc_logout, oidc_backchannel_logout } = settings;
  if (isObject(oidc_logout)) {
    const backchannel_logout_urls = oidc_logout.backchannel_logout_urls ?? [];
    return { ...settings, oidc_backchannel_logout: { backchannel_logout_urls } };
  }
  return oidc_backchannel_logout === undefined ? settings : { ...settings, oidc_logout: oidc_backchannel_logout };
}

function withoutRemoved(settings: object): object {
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([key, value]) => value !== null && !(key === "initiate_login_uri" && value === ""),
    ),
  );
}

function isObject(value: Json | undefined): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readClient(request: OperationRequest, { store }: Services): Reply {
  const client = shown(existingClient(store, request.params.id), request);
  return { status: 200, body: selectFields(client, request.query) };
}

function updateClient(request: OperationRequest, { store }: Services): Reply {
  const client = changed(existingClient(store, request.params.id), request.body as Body);
  return { status: 200, body: shown(clientsIn(store).put(client.client_id, client), request) };
}

const MERGED = [
  "client_metadata",
  "jwt_configuration",
  "mobile",
  "native_social_login",
  "session_transfer",
  "signed_request_object",
];

/** A client after a PATCH: null removes a setting, some are merged key by key, all others are replaced. */
function changed(client: Client, changes: Body): Client {
  const merged = MERGED.filter((key) => isObject(changes[key])).map((key) => [
    key,
    withoutRemoved({ ...((client[key] ?? DEFAULTS[key]) as object | undefined), ...(changes[key] as Body) }),
  ]);
  return withoutRemoved({ ...client, ...withLogout(changes), ...Object.fromEntries(merged) }) as Client;
}

const SUMMARY = ["client_id", "tenant", "name", "app_type", "logo_uri", "is_first_party", "global"];
const KEYS = ["client_secret", "signing_keys", "encryption_key"];
const METHODS = ["client_authentication_methods", "signed_request_object"];

/** What of a client the scopes of the request let see. */
function shown(client: Client, { token, permits }: OperationRequest): Partial<Client> {
  if (READ_SCOPES.slice(0, 3).every((scope) => !token.scopes.includes(scope))) {
    return only(client, (key) => SUMMARY.includes(key));
  }
  const hidden = [
    ...(permits("read:client_keys") ? [] : KEYS),
    ...(METHODS.some((key) => key in client) && !permits("read:client_credentials") ? METHODS : []),
    ...("client_authentication_methods" in client ? ["client_secret"] : []), // it authenticates with a key of its own
  ];
  return only(client, (key) => !hidden.includes(key));
}

function only(client: Client, isWanted: (key: string) => boolean): Partial<Client> {
  return Object.fromEntries(Object.entries(client).filter(([key]) => isWanted(key)));
}

/** Grants, credentials and connections first: after a crash in between the client is still there to be deleted. */
function deleteClient({ params: { id = "" } }: OperationRequest, { store }: Services): Reply {
  const grants = clientGrantsIn(store);
  for (const grant of grants.list().filter(({ client_id }) => client_id === id)) {
    grants.delete(grant.id);
  }
  const credentials = clientCredentialsIn(store);
  for (const credential of credentials.list().filter(({ client_id }) => client_id === id)) {
    credentials.delete(credential.id);
  }
  const connections = connectionsIn(store);
  for (const connection of connections.list().filter(({ enabled_clients }) => enabled_clients.includes(id))) {
    const enabled_clients = connection.enabled_clients.filter((client) => client !== id);
    connections.put(connection.id, { ...connection, enabled_clients });
  }
  clientsIn(store).delete(id);
  return { status: 204 };
}

function rotateSecret({ params }: OperationRequest, { store, ids }: Services): Reply {
  const client = existingClient(store, params.id);
  return {
    status: 200,
    body: clientsIn(store).put(client.client_id, { ...client, client_secret: ids.clientSecret() }),
  };
}

/** @throws ManagementError 404 */
export function existingClient(store: Store, id = ""): Client {
  return existing(clientsIn(store).get(id), "The client does not exist", "inexistent_client");
}
