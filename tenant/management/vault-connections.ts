import { vaultConnectionsIn } from "../documents/collections";
import type { Store } from "../documents/store";
import type { VaultConnection, VaultSetup } from "../documents/vault-connection";
import type { Family, JsonSchema, OperationRequest, Reply, Services } from "./family";
import { existing } from "./management-error";
import { namedList, namedListQuery } from "./named-list";
import { OBJECT, oneOf, STRING } from "./property";
import { mapValues, openShape, pattern, shape, text, variants } from "./shape";
import { validator } from "./validation";

const HTTPS_URL = pattern("^https://");
/** Auth0 takes no port here; the local tenant's own domain has one. */
const DOMAIN = pattern(
  "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:[0-9]{1,5})?$",
);
const API_KEY = shape({ type: STRING, api_key: STRING });
const SECRET_API_KEY = shape({ type: STRING, secret_key: STRING });
const TOKEN = shape({ type: STRING, token: STRING });
const WEBHOOK = shape({ type: STRING, url: HTTPS_URL });
const OAUTH_CODE = openShape({ type: STRING, "code?": STRING });
const OAUTH_CODE_ONLY = openShape({ "type?": oneOf(["OAUTH_CODE"]), "code?": STRING });
const SIGNATURE_ALGORITHM = ["HS", "RS", "ES", "PS"].flatMap((family) =>
  ["256", "384", "512"].map((bits) => family + bits),
);

/** The set-up that each app takes. */
const SETUPS: Readonly<Record<string, JsonSchema>> = {
  ACTIVECAMPAIGN: variants("type", { API_KEY: shape({ type: STRING, api_key: STRING, base_url: HTTPS_URL }) }),
  AIRTABLE: variants("type", { API_KEY }),
  AUTH0: variants("type", {
    OAUTH_APP: shape({
      type: STRING,
      client_id: STRING,
      client_secret: STRING,
      domain: DOMAIN,
      "audience?": HTTPS_URL,
    }),
  }),
  BIGQUERY: shape({
    "type?": oneOf(["OAUTH_JWT"]),
    "project_id?": STRING,
    "private_key?": STRING,
    "client_email?": { type: "string", format: "email" },
  }),
  CLEARBIT: variants("type", { API_KEY: SECRET_API_KEY }),
  DOCUSIGN: OAUTH_CODE_ONLY,
  GOOGLE_SHEETS: OAUTH_CODE_ONLY,
  HTTP: variants("type", {
    BEARER: TOKEN,
    BASIC_AUTH: shape({ type: STRING, username: text(1, 155), "password?": text(1, 155) }),
    API_KEY: shape({ type: STRING, name: text(1, 55), value: text(1, 255), in: oneOf(["HEADER", "QUERY"]) }),
    OAUTH_CLIENT_CREDENTIALS: shape({
      type: STRING,
      client_id: text(1, 255),
      client_secret: text(1, 255),
      token_endpoint: { ...HTTPS_URL, maxLength: 500 },
      "audience?": text(1, 255),
      "resource?": text(1, 255),
      "scope?": text(1, 1024),
    }),
  }),
  HUBSPOT: variants("type", { API_KEY, OAUTH_CODE }),
  JWT: variants("type", { JWT: openShape({ type: STRING, algorithm: oneOf([...SIGNATURE_ALGORITHM]) }) }),
  MAILCHIMP: variants("type", { API_KEY: SECRET_API_KEY, OAUTH_CODE }),
  MAILJET: variants("type", { API_KEY: shape({ type: STRING, api_key: STRING, secret_key: STRING }) }),
  PIPEDRIVE: variants("type", { TOKEN, OAUTH_CODE }),
  SALESFORCE: OAUTH_CODE_ONLY,
  SENDGRID: variants("type", { API_KEY }),
  SLACK: variants("type", { WEBHOOK, OAUTH_CODE }),
  STRIPE: variants("type", { KEY_PAIR: shape({ type: STRING, private_key: STRING, public_key: STRING }), OAUTH_CODE }),
  TELEGRAM: variants("type", { TOKEN }),
  TWILIO: variants("type", { API_KEY: shape({ type: STRING, account_id: STRING, api_key: STRING }) }),
  WHATSAPP: variants("type", { TOKEN }),
  ZAPIER: variants("type", { WEBHOOK }),
};

const NAME = text(1, 150);
const CREATE = variants(
  "app_id",
  mapValues(SETUPS, (setup) => shape({ app_id: STRING, name: NAME, "setup?": setup })),
);
const UPDATE = shape({ "name?": NAME, "setup?": OBJECT });
/** An update does not name the app, so its set-up is checked when the connection is known. */
const CHECK_UPDATE = mapValues(SETUPS, (setup) => validator("Payload", shape({ "name?": NAME, "setup?": setup })));

/** Vault connections. @see https://auth0.com/docs/api/management/v2/flows/get-flows-vault-connections */
export const vaultConnections: Family = [
  {
    method: "GET",
    path: "/flows/vault/connections",
    name: "get_flows_vault_connections",
    scopes: ["read:flows_vault_connections"],
    query: namedListQuery(),
    handle: listVaultConnections,
  },
  {
    method: "POST",
    path: "/flows/vault/connections",
    name: "post_flows_vault_connections",
    scopes: ["create:flows_vault_connections"],
    body: CREATE,
    handle: createVaultConnection,
  },
  {
    method: "GET",
    path: "/flows/vault/connections/:id",
    name: "get_flows_vault_connections_by_id",
    scopes: ["read:flows_vault_connections"],
    handle: readVaultConnection,
  },
  {
    method: "PATCH",
    path: "/flows/vault/connections/:id",
    name: "patch_flows_vault_connections_by_id",
    scopes: ["update:flows_vault_connections"],
    body: UPDATE,
    handle: updateVaultConnection,
  },
  {
    method: "DELETE",
    path: "/flows/vault/connections/:id",
    name: "delete_flows_vault_connections_by_id",
    scopes: ["delete:flows_vault_connections"],
    handle: deleteVaultConnection,
  },
];

function listVaultConnections({ query }: OperationRequest, { store }: Services): Reply {
  const all = vaultConnectionsIn(store).list().map(shown);
  return { status: 200, body: namedList("connections", all, query) };
}

function createVaultConnection({ body }: OperationRequest, { store, ids, clock }: Services): Reply {
  const sent = body as Pick<VaultConnection, "app_id" | "name" | "setup">;
  const id = ids.vaultConnection();
  const now = clock().toISOString();
  const connection = { id, ...sent, created_at: now, updated_at: now, fingerprint: ids.hex(32) };
  return { status: 201, body: written(vaultConnectionsIn(store).put(id, connection)) };
}

function readVaultConnection({ params }: OperationRequest, { store }: Services): Reply {
  return { status: 200, body: shown(existingVaultConnection(store, params.id)) };
}

function updateVaultConnection({ params, body }: OperationRequest, { store, ids, clock }: Services): Reply {
  const connection = existingVaultConnection(store, params.id);
  CHECK_UPDATE[connection.app_id]?.(body);
  const sent = body as Partial<Pick<VaultConnection, "name" | "setup">>;
  const changes = { ...sent, updated_at: clock().toISOString(), fingerprint: ids.hex(32) };
  return { status: 200, body: written(vaultConnectionsIn(store).put(connection.id, { ...connection, ...changes })) };
}

function deleteVaultConnection({ params }: OperationRequest, { store }: Services): Reply {
  vaultConnectionsIn(store).delete(existingVaultConnection(store, params.id).id);
  return { status: 204 };
}

function existingVaultConnection(store: Store, id = ""): VaultConnection {
  return existing(vaultConnectionsIn(store).get(id), "Connection not found");
}

type Shown = Omit<VaultConnection, "setup"> & { readonly account_name?: string; readonly ready: boolean };

/** As it is shown; the set-up never is. */
function shown({ setup, created_at, updated_at, fingerprint, ...connection }: VaultConnection): Shown {
  const account = setup && accountName(connection.app_id, setup);
  return {
    ...connection,
    ...(account !== undefined && { account_name: account }),
    ready: setup !== undefined,
    created_at,
    updated_at,
    fingerprint,
  };
}

// Answers to writes say of a connection without set-up that it was never refreshed; other answers leave that out.
function written(connection: VaultConnection): object {
  return { ...shown(connection), ...(connection.setup === undefined && { refreshed_at: null }) };
}

/** What Auth0 names the account by, as far as that is known. */
function accountName(appId: string, setup: VaultSetup): string | undefined {
  switch (`${appId} ${setup.type}`) {
    case "AUTH0 OAUTH_APP":
      return setup.domain;
    case "HTTP BEARER":
      return `Bearer ${masked(setup.token as string)}`;
    case "SENDGRID API_KEY":
      return masked(setup.api_key as string);
    default:
      return undefined;
  }
}

function masked(secret: string): string {
  return `${secret.slice(0, 3)}***${secret.slice(-3)}`;
}
