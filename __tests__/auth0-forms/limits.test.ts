import { CREATE_FLOW, CREATE_FORM, CREATE_VAULT_CONNECTION, UPDATE_VAULT_CONNECTION } from "auth0-forms";
import { type JsonSchema, oneOf } from "auth0-forms/schema";
import { ManagementError } from "../../tenant/management/management-error";
import { validator } from "../../tenant/management/validation";

const FLOW_ID = `af_${"1".repeat(22)}`;
const CONNECTION_ID = `ac_${"1".repeat(22)}`;

function flowWith(type: string, action: string, params: object): object {
  return { name: "Flow", actions: [{ id: "it", type, action, params }] };
}

function emailTo(to: string): object {
  return flowWith("AUTH0", "SEND_EMAIL", { to, subject: "S", body: "B" });
}

function searchFor(leadFields: readonly string[]): object {
  const search = { search_field: "all", search_value: "Ann", lead_fields: leadFields };
  return flowWith("SALESFORCE", "SEARCH_LEADS", { connection_id: CONNECTION_ID, ...search });
}

function mailTo(personalizations: readonly object[]): object {
  return flowWith("SENDGRID", "SEND_EMAIL", {
    connection_id: CONNECTION_ID,
    from: { email: "a@b.co" },
    personalizations,
  });
}

function customerWith(metadata: object): object {
  return flowWith("STRIPE", "CREATE_CUSTOMER", { connection_id: CONNECTION_ID, metadata });
}

function connectionTo(domain: string): object {
  const setup = { type: "OAUTH_APP", client_id: "i", client_secret: "s", domain };
  return { name: "Connection", app_id: "AUTH0", setup };
}

function tokenFrom(tokenEndpoint: string): object {
  const client = { client_id: "i", client_secret: "s", token_endpoint: tokenEndpoint };
  return { name: "Connection", app_id: "HTTP", setup: { type: "OAUTH_CLIENT_CREDENTIALS", ...client } };
}

function signedWith(algorithm: string): object {
  return { name: "Connection", app_id: "JWT", setup: { type: "JWT", algorithm, secret: "s" } };
}

function routerOf(rules: number): object {
  const rule = (_: unknown, index: number) => ({ id: `r${index}`, condition: {} });
  return { name: "Form", nodes: [{ id: "r", type: "ROUTER", config: { rules: Array.from({ length: rules }, rule) } }] };
}

function flowNode(flowId: string, x = 0): object {
  return { name: "Form", nodes: [{ id: "f", type: "FLOW", coordinates: { x, y: 0 }, config: { flow_id: flowId } }] };
}

/** What a type can not say: how a text looks, how many there are, how far something is. */
const TAKEN: readonly (readonly [string, JsonSchema, object])[] = [
  ["an address of e-mail", CREATE_FLOW, emailTo("a@b.co")],
  ["an expression for an address of e-mail", CREATE_FLOW, emailTo("{{context.user.email}}")],
  ["a field to search leads for", CREATE_FLOW, searchFor(["Email"])],
  ["somebody to write to", CREATE_FLOW, mailTo([{ to: [{ email: "a@b.co" }] }])],
  ["50 pieces of metadata", CREATE_FLOW, customerWith(numbered(50))],
  ["a domain", CREATE_VAULT_CONNECTION, connectionTo("example-1.eu.auth0.com")],
  ["a domain of one part, and a port", CREATE_VAULT_CONNECTION, connectionTo("localhost:38650")],
  ["a token's address", CREATE_VAULT_CONNECTION, tokenFrom("https://a.b/oauth/token")],
  ...["HS256", "RS384", "ES512", "PS256"].map(
    (name) => [`the algorithm ${name}`, CREATE_VAULT_CONNECTION, signedWith(name)] as const,
  ),
  ["a router of 10 rules", CREATE_FORM, routerOf(10)],
  ["the id of a flow", CREATE_FORM, flowNode(FLOW_ID)],
  ["the id of a connection", CREATE_FLOW, customerWith({})],
  ["a place far to the left", CREATE_FORM, flowNode(FLOW_ID, -999_999)],
  ["a place far to the right", CREATE_FORM, flowNode(FLOW_ID, 999_999)],
  ["a name of 150 characters", UPDATE_VAULT_CONNECTION, { name: "🎉".repeat(150), setup: { any: "thing" } }],
];

const REFUSED: readonly (readonly [string, JsonSchema, object, string])[] = [
  [
    "no address of e-mail",
    CREATE_FLOW,
    emailTo("Ann"),
    "'Data does not match any schemas from 'anyOf'' on property actions[0].params.to.",
  ],
  [
    "nothing to search leads for",
    CREATE_FLOW,
    searchFor([]),
    "'Array is too short (0), minimum 1' on property actions[0].params.lead_fields.",
  ],
  [
    "nobody to write to",
    CREATE_FLOW,
    mailTo([]),
    "'Array is too short (0), minimum 1' on property actions[0].params.personalizations.",
  ],
  [
    "51 pieces of metadata",
    CREATE_FLOW,
    customerWith(numbered(51)),
    "'Too many properties defined (51), maximum 50' on property actions[0].params.metadata.",
  ],
  [
    "a piece of metadata of 501 characters",
    CREATE_FLOW,
    customerWith({ a: "x".repeat(501) }),
    "'String is too long (501 chars), maximum 500' on property actions[0].params.metadata.a.",
  ],
  [
    "a scheme before a domain",
    CREATE_VAULT_CONNECTION,
    connectionTo("https://example.eu.auth0.com"),
    "'String does not match pattern …: https://example.eu.auth0.com' on property setup.domain.",
  ],
  [
    "a path behind a domain",
    CREATE_VAULT_CONNECTION,
    connectionTo("example.eu.auth0.com/"),
    "'String does not match pattern …: example.eu.auth0.com/' on property setup.domain.",
  ],
  [
    "a hyphen before a domain",
    CREATE_VAULT_CONNECTION,
    connectionTo("-example.eu.auth0.com"),
    "'String does not match pattern …: -example.eu.auth0.com' on property setup.domain.",
  ],
  [
    "a hyphen in a domain before a dot",
    CREATE_VAULT_CONNECTION,
    connectionTo("example-.eu.auth0.com"),
    "'String does not match pattern …: example-.eu.auth0.com' on property setup.domain.",
  ],
  [
    "a port of six digits",
    CREATE_VAULT_CONNECTION,
    connectionTo("localhost:386500"),
    "'String does not match pattern …: localhost:386500' on property setup.domain.",
  ],
  [
    "a token's address without TLS",
    CREATE_VAULT_CONNECTION,
    tokenFrom("http://a.b/oauth/token"),
    "'String does not match pattern …: http://a.b/oauth/token' on property setup.token_endpoint.",
  ],
  [
    "a token's address of 501 characters",
    CREATE_VAULT_CONNECTION,
    tokenFrom(`https://${"x".repeat(493)}`),
    "'String is too long (501 chars), maximum 500' on property setup.token_endpoint.",
  ],
  [
    "an algorithm that does not sign",
    CREATE_VAULT_CONNECTION,
    signedWith("none"),
    "'No enum match for: none' on property setup.algorithm.",
  ],
  [
    "a router of 11 rules",
    CREATE_FORM,
    routerOf(11),
    "'Array is too long (11), maximum 10' on property nodes[0].config.rules.",
  ],
  [
    "the id of a flow in place of a connection's",
    CREATE_FLOW,
    flowWith("AUTH0", "GET_USER", { connection_id: FLOW_ID, user_id: "auth0|1" }),
    "'String does not match pattern …: af_1111111111111111111111' on property actions[0].params.connection_id.",
  ],
  [
    "the id of a connection in place of a flow's",
    CREATE_FORM,
    flowNode(CONNECTION_ID),
    "'String does not match pattern …: ac_1111111111111111111111' on property nodes[0].config.flow_id.",
  ],
  [
    "a place too far to the left",
    CREATE_FORM,
    flowNode(FLOW_ID, -1_000_000),
    "'Value -1000000 is less than minimum -999999' on property nodes[0].coordinates.x.",
  ],
  [
    "a place too far to the right",
    CREATE_FORM,
    flowNode(FLOW_ID, 1_000_000),
    "'Value 1000000 is greater than maximum 999999' on property nodes[0].coordinates.x.",
  ],
  [
    "a name of 151 characters",
    UPDATE_VAULT_CONNECTION,
    { name: "x".repeat(151) },
    "'String is too long (151 chars), maximum 150' on property name.",
  ],
  ["an app that changes", UPDATE_VAULT_CONNECTION, { app_id: "HTTP" }, "'Additional properties not allowed: app_id'."],
  [
    "a set-up that is a text",
    UPDATE_VAULT_CONNECTION,
    { setup: "secret" },
    "'Expected type object but found type string' on property setup.",
  ],
];

function numbered(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, "value"]));
}

/** Why the local tenant refuses it, without regular expressions. */
function refusal(schema: JsonSchema, body: object): string | undefined {
  try {
    validator("Payload", schema)(body);
    return undefined;
  } catch (error) {
    if (error instanceof ManagementError) {
      return error.message.replace(/ pattern \S+: /, " pattern …: ");
    }
    throw error;
  }
}

test.each(TAKEN)("takes %s", (_, schema, body) => {
  expect(refusal(schema, body)).toBeUndefined();
});

test.each(REFUSED)("refuses %s", (_, schema, body, expected) => {
  expect(refusal(schema, body)).toBe(`Payload validation error: ${expected}`);
});

test("a word says what it is, where that is known", () => {
  expect(oneOf(["a"], "What it is")).toStrictEqual({ type: "string", enum: ["a"], description: "What it is" });
  expect(oneOf(["a"])).toStrictEqual({ type: "string", enum: ["a"] });
});
