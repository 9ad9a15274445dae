import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claimsOf } from "../support/application";
import { AttackedTenant } from "../support/attacked-tenant";
import { bindActions } from "../support/login-set-up";

// What people can do with tokens for the Management API: https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens/get-management-api-tokens-for-single-page-applications

const OWN =
  "read:current_user update:current_user_metadata delete:current_user_metadata create:current_user_metadata " +
  "create:current_user_device_credentials delete:current_user_device_credentials update:current_user_identities";
const ALL = "read:users update:users delete:users create:users read:client_keys read:clients update:users_app_metadata";

let attacked: AttackedTenant;
/** The person's, with every scope that one can have. */
let token: string;

beforeAll(async () => {
  attacked = await AttackedTenant.start();
  token = (await attacked.tokensByPassword(OWN)).access_token;
}, 60_000);

afterAll(() => attacked.stop());

describe.each([
  ["a login", (scope: string) => attacked.tokensByLogin(scope)],
  ["a password", (scope: string) => attacked.tokensByPassword(scope)],
])("for %s a person gets of", (_, tokensFor) => {
  test.each([
    ["the scopes of clients", `openid ${ALL}`, "openid"],
    ["scopes of their own", OWN, OWN],
    ["both", `${ALL} ${OWN}`, OWN],
    ["scopes of their own and OpenID Connect's", `openid read:current_user ${ALL}`, "openid read:current_user"],
    ["what is almost such a scope", "openid read:current_users delete:current_user update:current_user", "openid"],
    ["a pattern", "read:* * read:current_user", "read:current_user"],
  ])("%s no other", async (_what, asked, given) => {
    const { access_token, scope } = await tokensFor(asked);
    const sorted = (scopes: string) => scopes.split(" ").sort().join(" ");

    expect([sorted(scope), sorted(claimsOf(access_token).scope)]).toEqual([sorted(given), sorted(given)]);
  });

  test.each([
    ["no other", `api.accessToken.addScope("read:users"); api.accessToken.addScope("update:users")`],
    ["none of their own that they did not ask for", `api.accessToken.addScope("update:current_user_metadata")`],
    ["no claim", `api.accessToken.setCustomClaim("scope", "read:users")`],
    ["no claim by another name", `api.accessToken.setCustomClaim("gty", "client-credentials")`],
    ["no other subject", `api.accessToken.setCustomClaim("sub", "x@clients")`],
  ])("what an Action adds %s", async (_what, statement) => {
    const handler = "exports.onExecutePostLogin = async (event, api) => {";
    await bindActions(attacked.tenant, { name: "adds", code: `${handler} ${statement} };` });

    const { access_token } = await tokensFor("read:current_user");

    await bindActions(attacked.tenant);
    const { scope, sub, gty } = claimsOf(access_token);
    expect([scope, sub]).toEqual(["read:current_user", attacked.userId]);
    expect(gty === undefined || gty === "password").toBe(true);
  });
});

const FORBIDDEN = [
  "GET /users",
  "GET /users?q=email:other@example.com",
  "POST /users",
  "GET /users-by-email?email=other@example.com",
  "DELETE /users/OWN",
  "GET /users/OWN/roles",
  "POST /users/OWN/roles",
  "GET /users/OWN/permissions",
  "POST /users/OWN/permissions",
  "GET /users/OWN/logs",
  "GET /users/OWN/sessions",
  "DELETE /users/OWN/sessions",
  "GET /users/OWN/refresh-tokens",
  "GET /users/OWN/authentication-methods",
  "DELETE /users/OWN/authentication-methods",
  "POST /users/OWN/recovery-code-regeneration",
  "GET /clients",
  "GET /clients?fields=client_secret",
  "GET /clients/CLIENT",
  "POST /clients",
  "PATCH /clients/CLIENT",
  "DELETE /clients/CLIENT",
  "POST /clients/CLIENT/rotate-secret",
  "GET /client-grants",
  "POST /client-grants",
  "GET /connections",
  "POST /connections",
  "GET /resource-servers",
  "POST /resource-servers",
  "GET /tenants/settings",
  "PATCH /tenants/settings",
  "GET /forms",
  "POST /forms",
  "GET /flows",
  "POST /flows",
  "GET /flows/vault/connections",
  "POST /flows/vault/connections",
  "GET /actions/actions",
  "POST /actions/actions",
  "GET /actions/triggers/post-login/bindings",
  "PATCH /actions/triggers/post-login/bindings",
];

const path = (template: string): string =>
  template
    .replace("OWN", encodeURIComponent(attacked.userId))
    .replace("OTHER", encodeURIComponent(attacked.otherId))
    .replace("CLIENT", attacked.client.client_id);

function bodyFor(method: string): object | undefined {
  return method === "POST" || method === "PATCH" ? {} : undefined;
}

describe("with every scope of their own a person", () => {
  test.each(FORBIDDEN)("may not %s", async (request) => {
    const [method = "", template = ""] = request.split(" ");

    const { status, body } = await attacked.api(token, method, path(template), bodyFor(method));

    expect([status, body.errorCode]).toEqual([403, "insufficient_scope"]);
  });

  test.each([
    ["GET", "/users/OTHER"],
    ["GET", "/users/OTHER?fields=user_id"],
    ["PATCH", "/users/OTHER"],
    ["GET", "/users/OTHER/enrollments"],
    ["POST", "/users/OTHER/identities"],
    ["DELETE", "/users/OTHER/identities/auth0/1"],
    ["GET", "/users/auth0%7Cnobody"],
    ["GET", "/users/AUTH0%7C1"],
    ["GET", "/users/OWN%00"],
    ["GET", "/users/me"],
  ])("may not %s %s: it is not theirs", async (method, template) => {
    const reply = await attacked.api(token, method, path(template), bodyFor(method));

    expect(reply).toMatchObject({
      status: 403,
      body: {
        statusCode: 403,
        error: "Forbidden",
        message: "User to be acted on does not match subject in bearer token.",
        errorCode: "unowned_resource",
      },
    });
  });

  test.each<[string, object]>([
    ["the password", { password: "another horse 1A" }],
    ["the password beside metadata", { user_metadata: { a: 1 }, password: "another horse 1A" }],
    ["the email", { email: "admin@example.com" }],
    ["that the email is verified", { email_verified: true }],
    ["the username", { username: "admin" }],
    ["the phone number", { phone_number: "+18005550175" }],
    ["whether they are blocked", { blocked: false }],
    ["app_metadata", { app_metadata: { roles: ["admin"] } }],
    ["the name", { name: "Admin" }],
    ["the picture", { picture: "https://example.com/a.png" }],
    ["what a null removes", { nickname: null }],
  ])("may not change %s", async (_, body) => {
    const before = (await attacked.tenant.request("GET", `/api/v2${path("/users/OWN")}`)).body;

    const reply = await attacked.api(token, "PATCH", path("/users/OWN"), body);

    expect([reply.status, reply.body.errorCode]).toEqual([403, "insufficient_scope"]);
    expect((await attacked.tenant.request("GET", `/api/v2${path("/users/OWN")}`)).body).toEqual(before);
  });

  test("may read themselves and change their user_metadata, and that is all that Auth0 and the tenant have in common", async () => {
    const read = await attacked.api(token, "GET", path("/users/OWN"));
    const changed = await attacked.api(token, "PATCH", path("/users/OWN"), { user_metadata: { colour: "blue" } });
    const identities = await attacked.api(token, "POST", path("/users/OWN/identities"), {});
    const enrollments = await attacked.api(token, "GET", path("/users/OWN/enrollments"));

    expect([read.status, read.body.user_id]).toEqual([200, attacked.userId]);
    expect([changed.status, changed.body.user_metadata]).toEqual([200, { colour: "blue" }]);
    expect([identities.status, enrollments.status]).toEqual([501, 501]);
  });

  test.each([
    ["read:current_user", "PATCH"],
    ["update:current_user_metadata", "GET"],
    ["create:current_user_metadata", "GET"],
    ["delete:current_user_metadata", "PATCH"],
    ["update:current_user_identities", "PATCH"],
  ])("may with %s alone not %s", async (scope, method) => {
    const { access_token } = await attacked.tokensByPassword(scope);

    const body = method === "GET" ? undefined : { user_metadata: {} };

    expect(await attacked.api(access_token, method, path("/users/OWN"), body)).toMatchObject({ status: 403 });
  });
});

describe("a token that the tenant's key has signed for a person, whatever it says,", () => {
  test.each(["GET /users", "GET /clients", "PATCH /users/OWN", "GET /users/OTHER"])("may not %s", async (request) => {
    const [method = "", template = ""] = request.split(" ");
    const jwt = signed(claims({ scope: `${ALL} ${OWN}` }));
    const body = method === "PATCH" ? { password: "another horse 1A" } : undefined;

    expect(await attacked.api(jwt, method, path(template), body)).toMatchObject({ status: 403 });
  });
});

describe("a token is refused", () => {
  test.each<[string, () => string]>([
    ["without a signature", () => `${encoded({ alg: "none", typ: "JWT" })}.${encoded(claims())}.`],
    [
      "that is signed by another key",
      () => signed(claims(), generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey),
    ],
    ["that is signed with the public key as a secret", hmacByPublicKey],
    ["of another issuer", () => signed(claims({ iss: "https://evil.example/" }))],
    ["of the pages", () => signed(claims({ iss: `${attacked.tenant.env.ISSUER_BASE_URL}/` }))],
    ["for another API", () => signed(claims({ aud: "https://api.example.com/" }))],
    ["for almost this API", () => signed(claims({ aud: attacked.audience.slice(0, -1) }))],
    ["that has ended", () => signed(claims({ exp: 1 }))],
    ["that never ends", () => signed(claims({ exp: undefined }))],
    ["of nobody", () => signed(claims({ sub: undefined }))],
    ["of no client", () => signed(claims({ azp: undefined }))],
    ["that is an ID token", () => idToken],
  ])("%s", async (_, forged) => {
    idToken = (await attacked.tokensByPassword("openid")).id_token;

    expect(await attacked.api(forged(), "GET", path("/users/OWN"))).toMatchObject({ status: 401 });
  });

  let idToken = "";

  function hmacByPublicKey(): string {
    const content = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims())}`;
    const publicKey = createPublicKey(key()).export({ type: "spki", format: "pem" });
    return `${content}.${createHmac("sha256", publicKey).update(content).digest("base64url")}`;
  }
});

function key(): KeyObject {
  return createPrivateKey(readFileSync(join(attacked.folder, "signing-key.pem"), "utf8"));
}

/** Of a good token of the person. */
function claims(changes: object = {}): object {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: `https://${attacked.tenant.domain}/`,
    sub: attacked.userId,
    aud: attacked.audience,
    azp: attacked.client.client_id,
    scope: OWN,
    iat: now,
    exp: now + 60,
    ...changes,
  };
}

function signed(payload: object, by = key()): string {
  const content = `${encoded({ alg: "RS256", typ: "JWT" })}.${encoded(payload)}`;
  return `${content}.${sign("RSA-SHA256", Buffer.from(content), by).toString("base64url")}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
