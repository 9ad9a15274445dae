import { IDENTIFIER, VAULT_CONNECTION_ID } from "./identifiers";
import { MAX_FLOW_ACTION_ALIAS_CHARACTERS, MAX_NAME_CHARACTERS } from "./limits";
import {
  ANYTHING,
  BOOLEAN,
  EMAIL,
  either,
  INTEGER,
  integer,
  type Json,
  list,
  map,
  mapValues,
  NULL,
  NUMBER,
  nullable,
  OBJECT,
  oneOf,
  openShape,
  pattern,
  type Schema,
  type Shape,
  STRING,
  shape,
  text,
  type Value,
  variants,
} from "./schema";

const ENVELOPE = {
  id: IDENTIFIER,
  type: STRING,
  action: STRING,
  "alias?": text(0, MAX_FLOW_ACTION_ALIAS_CHARACTERS),
  "allow_failure?": BOOLEAN,
  "mask_output?": BOOLEAN,
};

/** One step of a flow, of whatever type: what all of them have. */
export interface FlowAction extends Shape<typeof ENVELOPE> {
  readonly params?: { readonly [key: string]: Json };
}

const AT_MOST_100 = text(0, 100);
const AT_MOST_250 = text(0, 250);
const AT_MOST_500 = text(0, 500);
const STRING_OR_NUMBER = either(STRING, NUMBER);
const STRING_OR_OBJECT = either(STRING, OBJECT);
const EMAIL_ADDRESS = either(EMAIL, pattern("\\{\\{.+\\}\\}", "an expression, e.g. {{context.user.email}}"));
const METHOD = oneOf(["GET", "POST", "PUT", "PATCH", "DELETE"]);
const HTTP_REQUEST = {
  "method?": METHOD,
  "headers?": OBJECT,
  "params?": map(either(NUMBER, STRING, NULL)),
  "payload?": either(STRING, list(ANYTHING), OBJECT),
};
const STRIPE_CUSTOMER = {
  "name?": AT_MOST_250,
  "description?": AT_MOST_250,
  "email?": text(0, 512),
  "phone?": AT_MOST_250,
  "tax_exempt?": STRING,
  "address?": shape({
    "line1?": AT_MOST_250,
    "line2?": AT_MOST_250,
    "postalCode?": AT_MOST_250,
    "city?": AT_MOST_250,
    "state?": AT_MOST_250,
    "country?": AT_MOST_250,
  }),
  "metadata?": { ...map(AT_MOST_500), maxProperties: 50 },
};

/** The `params` of an action that reaches its service through a Vault connection. */
function connected<P extends Readonly<Record<string, Schema>>>(params: P) {
  return shape({ connection_id: VAULT_CONNECTION_ID, ...params });
}

function openConnected<P extends Readonly<Record<string, Schema>>>(params: P) {
  return openShape({ connection_id: VAULT_CONNECTION_ID, ...params });
}

/** The `actions` of a flow; they stand in a schema made by `withFlowActions`. */
const NESTED_ACTION: Schema<FlowAction> = { $ref: "#/definitions/FlowAction" };
const ACTIONS = list(NESTED_ACTION);

/** The `params` of every action, by its `type` and `action`. */
const PARAMS = {
  ACTIVECAMPAIGN: {
    LIST_CONTACTS: connected({ email: STRING }),
    UPSERT_CONTACT: connected({
      email: STRING,
      "first_name?": STRING,
      "last_name?": STRING,
      "phone?": STRING,
      "custom_fields?": OBJECT,
    }),
  },
  AIRTABLE: {
    CREATE_RECORD: connected({ base_id: STRING, table_name: STRING, "fields?": OBJECT }),
    LIST_RECORDS: connected({ base_id: STRING, table_name: STRING, "query?": STRING, "view?": STRING }),
    UPDATE_RECORD: connected({ base_id: STRING, table_name: STRING, record_id: STRING, "fields?": OBJECT }),
  },
  AUTH0: {
    CREATE_USER: connected({ payload: OBJECT }),
    GET_USER: connected({ user_id: STRING }),
    UPDATE_USER: connected({ user_id: STRING, changes: OBJECT }),
    SEND_REQUEST: connected({ pathname: STRING, ...HTTP_REQUEST }),
    SEND_EMAIL: shape({
      "from?": shape({ "name?": text(1, 125), email: EMAIL_ADDRESS }),
      to: EMAIL_ADDRESS,
      subject: text(1, 255),
      body: text(1, 102_400),
      "custom_vars?": OBJECT,
    }),
    SEND_SMS: shape({ "from?": text(1, 255), to: text(1, 255), message: text(1, 1024), "custom_vars?": OBJECT }),
    MAKE_CALL: shape({ "from?": text(1, 255), to: text(1, 255), message: text(1, 1024), "custom_vars?": OBJECT }),
  },
  BIGQUERY: {
    INSERT_ROWS: connected({ dataset_id: STRING, table_id: STRING, "data?": OBJECT }),
  },
  CLEARBIT: {
    FIND_PERSON: connected({ email: STRING }),
    FIND_COMPANY: connected({ domain: STRING }),
  },
  EMAIL: {
    VERIFY_EMAIL: shape({
      email: STRING,
      "rules?": shape({
        "require_mx_record?": BOOLEAN,
        "block_aliases?": BOOLEAN,
        "block_free_emails?": BOOLEAN,
        "block_disposable_emails?": BOOLEAN,
        "blocklist?": list(STRING),
        "allowlist?": list(STRING),
      }),
    }),
  },
  FLOW: {
    BOOLEAN_CONDITION: shape({ if: ANYTHING, "then?": ACTIONS, "else?": ACTIONS }),
    DELAY_FLOW: shape({
      number: either(integer(0), AT_MOST_250),
      "units?": oneOf(["SECONDS", "MINUTES", "HOURS", "DAYS"]),
    }),
    DO_NOTHING: shape({}),
    ERROR_MESSAGE: shape({ message: text(0, 2048) }),
    MAP_VALUE: shape({
      input: STRING_OR_NUMBER,
      "cases?": OBJECT,
      "fallback?": either(STRING, NUMBER, OBJECT, list(ANYTHING), NULL),
    }),
    RETURN_JSON: shape({ payload: STRING_OR_OBJECT }),
    STORE_VARS: shape({ vars: OBJECT }),
  },
  GOOGLE_SHEETS: {
    ADD_ROW: connected({
      spreadsheet_id: text(1),
      "sheet_id?": either(integer(0), STRING),
      "values?": list(either(STRING, NULL)),
    }),
  },
  HTTP: {
    SEND_REQUEST: shape({
      "connection_id?": VAULT_CONNECTION_ID,
      url: STRING,
      ...HTTP_REQUEST,
      "basic?": shape({ "username?": text(1), "password?": text(1) }),
      "content_type?": oneOf(["JSON", "FORM", "XML"]),
    }),
  },
  HUBSPOT: {
    ENROLL_CONTACT: connected({ email: STRING, workflow_id: either(STRING, INTEGER) }),
    GET_CONTACT: connected({ email: STRING }),
    UPSERT_CONTACT: openConnected({
      email: STRING,
      "properties?": list(shape({ property: AT_MOST_100, "value?": ANYTHING })),
    }),
  },
  JSON: {
    CREATE_JSON: shape({ object: OBJECT }),
    PARSE_JSON: shape({ json: STRING }),
    SERIALIZE_JSON: shape({ object: STRING_OR_OBJECT }),
  },
  JWT: {
    DECODE_JWT: shape({ token: text(0, 10_000) }),
    SIGN_JWT: connected({
      "payload?": OBJECT,
      "subject?": AT_MOST_100,
      "issuer?": AT_MOST_100,
      "audience?": AT_MOST_100,
      "expires_in?": text(0, 25),
    }),
    VERIFY_JWT: connected({ token: AT_MOST_100, "audience?": AT_MOST_500, "issuer?": AT_MOST_500 }),
  },
  MAILCHIMP: {
    UPSERT_MEMBER: connected({
      list_id: STRING,
      member: shape({ email_address: STRING, status_if_new: STRING, "merge_fields?": OBJECT }),
    }),
  },
  MAILJET: {
    SEND_EMAIL: either(openShape({ content: STRING }), openShape({ template_id: INTEGER, "variables?": OBJECT })),
  },
  OTP: {
    GENERATE_CODE: shape({ reference: AT_MOST_250, length: integer(1, 10) }),
    VERIFY_CODE: shape({ reference: AT_MOST_250, code: either(integer(0, 9_999_999_999), AT_MOST_250) }),
  },
  PIPEDRIVE: {
    ADD_DEAL: connected({
      title: STRING,
      "value?": STRING,
      "user_id?": STRING_OR_NUMBER,
      "person_id?": STRING_OR_NUMBER,
      "organization_id?": STRING_OR_NUMBER,
      "stage_id?": STRING_OR_NUMBER,
      "fields?": OBJECT,
    }),
    ADD_ORGANIZATION: connected({ name: STRING, "owner_id?": STRING_OR_NUMBER, "fields?": OBJECT }),
    ADD_PERSON: connected({
      name: STRING,
      "email?": STRING,
      "phone?": STRING,
      "owner_id?": STRING_OR_NUMBER,
      "organization_id?": STRING_OR_NUMBER,
      "fields?": OBJECT,
    }),
  },
  SALESFORCE: {
    CREATE_LEAD: connected({
      "first_name?": STRING,
      last_name: text(1),
      company: text(1),
      "email?": STRING,
      "phone?": STRING,
      "payload?": OBJECT,
    }),
    GET_LEAD: connected({ lead_id: STRING }),
    SEARCH_LEADS: connected({
      search_field: oneOf(["email", "name", "phone", "all"]),
      search_value: text(0, 2000),
      lead_fields: list(text(0, 2000), { minItems: 1 }),
    }),
    UPDATE_LEAD: connected({ lead_id: text(1), "payload?": OBJECT }),
  },
  SENDGRID: {
    SEND_EMAIL: openConnected({
      from: shape({ "name?": STRING, email: STRING }),
      personalizations: list(ANYTHING, { minItems: 1 }),
    }),
  },
  SLACK: {
    POST_MESSAGE: connected({
      "text?": STRING,
      "attachments?": list(
        shape({
          "color?": oneOf(["GOOD", "WARNING", "DANGER"]),
          "pretext?": STRING,
          "text?": STRING,
          "fields?": list(shape({ title: STRING, "value?": STRING, "short?": BOOLEAN })),
        }),
      ),
    }),
  },
  STRIPE: {
    ADD_TAX_ID: connected({ customer_id: AT_MOST_250, type: AT_MOST_250, value: AT_MOST_250 }),
    CREATE_CUSTOMER: connected({
      "tax_id?": shape({ type: AT_MOST_250, value: AT_MOST_250 }),
      ...STRIPE_CUSTOMER,
    }),
    CREATE_PORTAL_SESSION: connected({ customer_id: AT_MOST_250, "return_url?": STRING }),
    DELETE_TAX_ID: connected({ customer_id: AT_MOST_250, id: AT_MOST_250 }),
    FIND_CUSTOMERS: connected({ email: STRING }),
    GET_CUSTOMER: connected({ id: AT_MOST_250 }),
    UPDATE_CUSTOMER: connected({ id: AT_MOST_250, ...STRIPE_CUSTOMER }),
  },
  TELEGRAM: {
    SEND_MESSAGE: connected({ chat_id: STRING, text: STRING }),
  },
  TWILIO: {
    MAKE_CALL: connected({ from: STRING, to: STRING, payload: text(0, 4096) }),
    SEND_SMS: connected({ from: text(0, 50), to: text(0, 50), message: text(0, 1500) }),
  },
  WHATSAPP: {
    SEND_MESSAGE: connected({
      sender_id: STRING,
      recipient_number: STRING,
      type: oneOf(["AUDIO", "CONTACTS", "DOCUMENT", "IMAGE", "INTERACTIVE", "LOCATION", "STICKER", "TEMPLATE", "TEXT"]),
      payload: STRING_OR_OBJECT,
    }),
  },
  XML: {
    PARSE_XML: shape({ xml: STRING }),
    SERIALIZE_XML: shape({ object: STRING_OR_OBJECT }),
  },
  ZAPIER: {
    TRIGGER_WEBHOOK: openConnected({ "method?": oneOf(["GET", "POST", "PUT"]) }),
  },
};

/** Every action by its type. */
export type FlowActionType = typeof PARAMS;

/** The actions of each type, by their names. */
export const FLOW_ACTION_NAMES: Readonly<Record<string, readonly string[]>> = mapValues(
  PARAMS,
  (byAction: Readonly<Record<string, Schema>>) => Object.keys(byAction),
);

/** The `params` of one action, e.g. `FlowActionParams<"AUTH0", "UPDATE_USER">`. */
export type FlowActionParams<Type extends keyof typeof PARAMS, Action extends keyof (typeof PARAMS)[Type]> = Value<
  (typeof PARAMS)[Type][Action] & Schema
>;

function flowAction(params: Schema, action: string): Schema {
  return shape({ ...ENVELOPE, [action === "DO_NOTHING" ? "params?" : "params"]: params });
}

const FLOW_ACTION = variants(
  "type",
  mapValues(PARAMS, (byAction: Readonly<Record<string, Schema>>) =>
    variants("action", mapValues(byAction, flowAction)),
  ),
);

/** A body that holds `ACTIONS`: an action can hold others, so it must be found by name. */
function withFlowActions<S extends Schema>(body: S): S {
  return { ...body, definitions: { FlowAction: FLOW_ACTION } };
}

const NAME = text(1, MAX_NAME_CHARACTERS);

/** @see https://auth0.com/docs/api/management/v2/flows/post-flows */
export const CREATE_FLOW = withFlowActions(shape({ name: NAME, "actions?": ACTIONS }));
/** @see https://auth0.com/docs/api/management/v2/flows/patch-flows-by-id */
export const UPDATE_FLOW = withFlowActions(shape({ "name?": NAME, ...nullable({ "actions?": ACTIONS }) }));
