import { HTTPS_URL } from "./identifiers";
import { MAX_NAME_CHARACTERS } from "./limits";
import {
  EMAIL,
  mapValues,
  OBJECT,
  oneOf,
  openShape,
  pattern,
  type Schema,
  STRING,
  shape,
  text,
  variants,
} from "./schema";

/** Auth0 takes no port here; the local tenant's own domain has one. */
const DOMAIN = pattern(
  "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:[0-9]{1,5})?$",
  "a host name without scheme and path",
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
export const VAULT_SETUPS = {
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
    "client_email?": EMAIL,
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

/** An app that a Vault connection is of. */
export type VaultApp = keyof typeof VAULT_SETUPS;

const NAME = text(1, MAX_NAME_CHARACTERS);

/** @see https://auth0.com/docs/api/management/v2/flows/post-flows-vault-connections */
export const CREATE_VAULT_CONNECTION = variants(
  "app_id",
  mapValues(VAULT_SETUPS, (setup: Schema) => shape({ app_id: STRING, name: NAME, "setup?": setup })),
);
/** It does not name the app, so that its set-up can be checked only where the connection is known: by `UPDATE_OF_APP`. */
export const UPDATE_VAULT_CONNECTION = shape({ "name?": NAME, "setup?": OBJECT });
export const UPDATE_OF_APP = mapValues(VAULT_SETUPS, (setup: Schema) => shape({ "name?": NAME, "setup?": setup }));
