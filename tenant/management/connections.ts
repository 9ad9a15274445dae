import { createHash } from "node:crypto";
import { BOOLEAN, OBJECT, oneOf, STRING } from "auth0-forms/schema";
import { connectionsIn } from "../documents/collections";
import type { Connection } from "../documents/connection";
import type { Json } from "../documents/json";
import type { Store } from "../documents/store";
import { existingClient } from "./clients";
import type { Family, JsonSchema, OperationRequest, Reply, Services } from "./family";
import { existing, ManagementError } from "./management-error";
import { notBuiltOperations } from "./not-built";
import {
  CHECKPOINT_QUERY,
  checkpointBody,
  FIELDS_QUERY,
  PAGE_QUERY,
  pagedBody,
  querySchema,
  selectFields,
} from "./page";
import { object, STRINGS, string } from "./property";

const STRATEGIES = [
  "ad",
  "adfs",
  "amazon",
  "apple",
  "dropbox",
  "bitbucket",
  "auth0-oidc",
  "auth0",
  "baidu",
  "bitly",
  "box",
  "custom",
  "daccount",
  "dwolla",
  "email",
  "evernote-sandbox",
  "evernote",
  "exact",
  "facebook",
  "fitbit",
  "github",
  "google-apps",
  "google-oauth2",
  "instagram",
  "ip",
  "line",
  "linkedin",
  "oauth1",
  "oauth2",
  "office365",
  "oidc",
  "okta",
  "paypal",
  "paypal-sandbox",
  "pingfederate",
  "planningcenter",
  "salesforce-community",
  "salesforce-sandbox",
  "salesforce",
  "samlp",
  "sharepoint",
  "shopify",
  "shop",
  "sms",
  "soundcloud",
  "thirtysevensignals",
  "twitter",
  "untappd",
  "vkontakte",
  "waad",
  "weibo",
  "windowslive",
  "wordpress",
  "yahoo",
  "yandex",
];

const SETTINGS = {
  display_name: string(1, 128, "Name shown on the login page"),
  options: OBJECT,
  enabled_clients: { ...STRINGS, description: "Ids of the clients that the connection is enabled for" },
  is_domain_connection: BOOLEAN,
  show_as_button: BOOLEAN,
  realms: { type: "array", items: string(1, 36) },
  metadata: { type: "object", maxProperties: 10, additionalProperties: { type: ["string", "null"], maxLength: 255 } },
  authentication: object({ active: BOOLEAN }),
  connected_accounts: OBJECT,
  cross_app_access_requesting_app: OBJECT,
} as const;

const CREATE = object(
  {
    name: {
      ...string(1, 128),
      pattern: "^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$",
      description: "Name of the connection: letters, digits and single dashes",
    },
    strategy: oneOf(STRATEGIES, "Kind of the identity provider"),
    ...SETTINGS,
  },
  ["name", "strategy"],
);

const UPDATE = object(SETTINGS);

const UPDATE_CLIENTS: JsonSchema = {
  type: "array",
  minItems: 1,
  maxItems: 50,
  items: object({ client_id: STRING, status: BOOLEAN }, ["client_id", "status"]),
};

const LIST_QUERY = querySchema({ ...PAGE_QUERY, ...CHECKPOINT_QUERY, ...FIELDS_QUERY, strategy: STRING, name: STRING });

type Given = Partial<Connection> & { readonly options?: { readonly [option: string]: Json } };
type NewConnection = Given & Pick<Connection, "name" | "strategy">;

/** Connections. @see https://auth0.com/docs/api/management/v2/connections/get-connections */
export const connections: Family = [
  {
    method: "GET",
    path: "/connections",
    name: "get_connections",
    scopes: ["read:connections"],
    query: LIST_QUERY,
    handle: listConnections,
  },
  {
    method: "POST",
    path: "/connections",
    name: "post_connections",
    scopes: ["create:connections"],
    body: CREATE,
    handle: createConnection,
  },
  {
    method: "GET",
    path: "/connections/:id",
    name: "get_connections_by_id",
    scopes: ["read:connections"],
    query: querySchema(FIELDS_QUERY),
    handle: readConnection,
  },
  {
    method: "PATCH",
    path: "/connections/:id",
    name: "patch_connections_by_id",
    scopes: ["update:connections"],
    body: UPDATE,
    handle: updateConnection,
  },
  {
    method: "DELETE",
    path: "/connections/:id",
    name: "delete_connections_by_id",
    scopes: ["delete:connections"],
    handle: deleteConnection,
  },
  {
    method: "GET",
    path: "/connections/:id/clients",
    name: "get_connection_clients",
    scopes: ["read:connections"],
    query: querySchema(CHECKPOINT_QUERY),
    handle: listEnabledClients,
  },
  {
    method: "PATCH",
    path: "/connections/:id/clients",
    name: "patch_clients",
    scopes: ["update:connections"],
    body: UPDATE_CLIENTS,
    handle: updateEnabledClients,
  },
  ...notBuiltOperations(`
    DELETE /connections/:id/directory-provisioning delete_directory_provisioning delete:directory_provisionings
    GET /connections/:id/directory-provisioning get_directory_provisioning read:directory_provisionings
    PATCH /connections/:id/directory-provisioning patch_directory_provisioning update:directory_provisionings
    POST /connections/:id/directory-provisioning post_directory_provisioning create:directory_provisionings
    GET /connections/:id/directory-provisioning/default-mapping get_directory_provisioning_default_mapping read:directory_provisionings
    POST /connections/:id/directory-provisioning/synchronizations post_synchronizations create:directory_provisionings
    DELETE /connections/:id/directory-provisioning/synchronized-groups delete_synchronized_groups update:directory_provisionings
    GET /connections/:id/directory-provisioning/synchronized-groups get_synchronized_groups read:directory_provisionings
    POST /connections/:id/directory-provisioning/synchronized-groups post_synchronized_groups update:directory_provisionings
    PUT /connections/:id/directory-provisioning/synchronized-groups put_synchronized_groups update:directory_provisionings
    GET /connections/:id/keys get_keys read:connections_keys
    POST /connections/:id/keys post_keys create:connections_keys
    POST /connections/:id/keys/rotate post_rotate create:connections_keys,update:connections_keys
    DELETE /connections/:id/scim-configuration delete_scim_configuration delete:scim_config
    GET /connections/:id/scim-configuration get_scim_configuration read:scim_config
    PATCH /connections/:id/scim-configuration patch_scim_configuration update:scim_config
    POST /connections/:id/scim-configuration post_scim_configuration create:scim_config
    GET /connections/:id/scim-configuration/default-mapping get_default_mapping read:scim_config
    GET /connections/:id/scim-configuration/tokens get_scim_tokens read:scim_token
    POST /connections/:id/scim-configuration/tokens post_scim_token create:scim_token
    DELETE /connections/:id/scim-configuration/tokens/:tokenId delete_tokens_by_token_id delete:scim_token
    GET /connections/:id/status get_status read:connections
    DELETE /connections/:id/users delete_users_by_email delete:users
  `),
];

function listConnections({ query }: OperationRequest, { store }: Services): Reply {
  const strategies = typeof query.strategy === "string" ? query.strategy.split(",") : undefined;
  const found = connectionsIn(store)
    .list()
    .filter(({ strategy }) => strategies === undefined || strategies.includes(strategy))
    .filter(({ name }) => query.name === undefined || query.name === name);
  return { status: 200, body: pagedBody("connections", found, ({ id }) => id, query) };
}

function createConnection({ body }: OperationRequest, { store, ids }: Services): Reply {
  const given = body as NewConnection;
  if (connectionsIn(store).find(({ name }) => name === given.name) !== undefined) {
    throw new ManagementError(409, "A connection with the same name already exists", "connection_conflict");
  }
  const connection = newConnection(given, ids.connection());
  return { status: 201, body: connectionsIn(store).put(connection.id, connection) };
}

/** A new connection with Auth0's defaults for what is not given. */
export function newConnection(given: NewConnection, id: string): Connection {
  const { options = {}, ...settings } = given;
  return {
    is_domain_connection: false,
    authentication: { active: true },
    connected_accounts: { active: false },
    enabled_clients: [],
    realms: [given.name],
    ...settings,
    id,
    options: given.strategy === "auth0" ? databaseOptions(options) : options,
  };
}

function databaseOptions(given: Readonly<Record<string, unknown>>): Connection["options"] {
  const { password, ...methods } = (given.authentication_methods ?? {}) as Record<string, object | undefined>;
  return {
    mfa: { active: true, return_enroll_settings: true },
    passwordPolicy: "good",
    strategy_version: 2,
    brute_force_protection: true,
    passkey_options: { challenge_ui: "both", progressive_enrollment_enabled: true, local_enrollment_enabled: true },
    ...withHiddenConfiguration(given),
    authentication_methods: {
      password: { enabled: true, api_behavior: "required", signup_behavior: "allow", ...password },
      passkey: { enabled: false },
      email_otp: { enabled: false },
      phone_otp: { enabled: false },
      ...methods,
    },
  };
}

/** Values for custom database scripts are secrets; Auth0 encrypts them, the tenant runs no such script and keeps a digest. */
function withHiddenConfiguration(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { configuration, ...others } = options;
  if (typeof configuration !== "object" || configuration === null) {
    return others;
  }
  const hidden = Object.entries(configuration).map(([key, value]) => [
    key,
    createHash("sha256").update(JSON.stringify(value)).digest("base64"),
  ]);
  return { ...others, configuration: Object.fromEntries(hidden) };
}

function readConnection({ params, query }: OperationRequest, { store }: Services): Reply {
  return { status: 200, body: selected(existingConnection(store, params.id), query) };
}

const ALWAYS_SHOWN = ["id", "is_domain_connection", "authentication", "connected_accounts"];

/** The chosen fields, with those that Auth0 adds whatever is chosen. */
function selected(connection: Connection, query: OperationRequest["query"]): object {
  const fields = query.fields;
  return typeof fields === "string" && query.include_fields !== false
    ? selectFields(connection, { ...query, fields: [fields, ...ALWAYS_SHOWN].join(",") })
    : selectFields(connection, query);
}

function updateConnection({ params, body }: OperationRequest, { store }: Services): Reply {
  const connection = changed(existingConnection(store, params.id), body as Given);
  return { status: 200, body: connectionsIn(store).put(connection.id, connection) };
}

/** A connection after a PATCH: options are replaced as a whole, but for two that the API keeps. */
function changed(connection: Connection, { options, ...changes }: Given): Connection {
  const { authentication_methods, passkey_options } = connection.options;
  const kept = { authentication_methods, passkey_options };
  return {
    ...connection,
    ...changes,
    ...(options !== undefined && { options: { ...kept, ...withHiddenConfiguration(options) } }),
  };
}

function deleteConnection({ params }: OperationRequest, { store, clock }: Services): Reply {
  return connectionsIn(store).delete(params.id ?? "")
    ? { status: 202, body: { deleted_at: clock().toISOString() } }
    : { status: 204 };
}

function listEnabledClients({ params, query }: OperationRequest, { store }: Services): Reply {
  const enabled = existingConnection(store, params.id).enabled_clients.map((client_id) => ({ client_id }));
  return { status: 200, body: checkpointBody("clients", enabled, ({ client_id }) => client_id, query) };
}

function updateEnabledClients({ params, body }: OperationRequest, { store }: Services): Reply {
  const connection = existingConnection(store, params.id);
  const enabled = new Set(connection.enabled_clients);
  for (const { client_id, status } of body as readonly { client_id: string; status: boolean }[]) {
    if (status) {
      enabled.add(existingClient(store, client_id).client_id);
    } else {
      enabled.delete(client_id);
    }
  }
  connectionsIn(store).put(connection.id, { ...connection, enabled_clients: [...enabled] });
  return { status: 204 };
}

function existingConnection(store: Store, id = ""): Connection {
  return existing(connectionsIn(store).get(id), "The connection does not exist", "inexistent_connection");
}
