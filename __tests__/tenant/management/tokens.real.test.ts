import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { type LocalTenant, startLocalTenant } from "../../support/local-tenant";
import { type HttpReply, send } from "../../support/tenant-process";

const API = "https://api.example.com/";

let tenant: LocalTenant;
let origin: string;
let ca: string;
let clientId: string;
let clientSecret: string;

beforeAll(async () => {
  tenant = await startLocalTenant();
  origin = `https://${tenant.domain}`;
  ca = readFileSync(tenant.env.SSL_CERT_FILE, "utf8");
  const client = await tenant.request("POST", "/api/v2/clients", { name: "Machine", app_type: "non_interactive" });
  clientId = client.body.client_id;
  clientSecret = client.body.client_secret;
  await tenant.request("POST", "/api/v2/resource-servers", {
    identifier: API,
    token_lifetime: 600,
    scopes: [{ value: "read:x" }, { value: "write:x" }, { value: "admin:x" }],
  });
  await tenant.request("POST", "/api/v2/client-grants", {
    client_id: clientId,
    audience: API,
    scope: ["read:x", "write:x"],
  });
});

afterAll(async () => {
  await tenant.stop();
});

interface TokenRequest {
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly basic?: readonly [string, string];
}

function requestToken({ form, json, basic }: TokenRequest): Promise<HttpReply> {
  return send(`${origin}/oauth/token`, ca, {
    method: "POST",
    headers: {
      "content-type": form === undefined ? "application/json" : "application/x-www-form-urlencoded",
      ...(basic && { authorization: `Basic ${Buffer.from(basic.join(":")).toString("base64")}` }),
    },
    body: form === undefined ? JSON.stringify(json) : new URLSearchParams(form).toString(),
  });
}

const ASKED = { grant_type: "client_credentials", audience: API };

function claims(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString());
}

describe("client credentials", () => {
  test.each([
    ["in a form", () => ({ form: { ...ASKED, client_id: clientId, client_secret: clientSecret } })],
    ["in JSON", () => ({ json: { ...ASKED, client_id: clientId, client_secret: clientSecret } })],
    ["by HTTP Basic, with a form", () => ({ form: ASKED, basic: [clientId, clientSecret] as const })],
    ["by HTTP Basic, with JSON", () => ({ json: ASKED, basic: [clientId, clientSecret] as const })],
  ])("%s give a token with Auth0's claims", async (_, asked) => {
    const { status, headers, body } = await requestToken(asked());

    expect(status).toBe(200);
    expect(headers["cache-control"]).toBe("no-store");
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      scope: "read:x write:x",
      expires_in: 600,
    });
    const { iat, exp, ...others } = claims(body.access_token);
    expect(others).toEqual({
      iss: `${origin}/`,
      sub: `${clientId}@clients`,
      aud: API,
      azp: clientId,
      scope: "read:x write:x",
      gty: "client-credentials",
    });
    expect(Number(exp) - Number(iat)).toBe(600);
  });

  test("give the scopes that are asked for, of those that are granted", async () => {
    const { body } = await requestToken({ form: { ...ASKED, scope: "write:x" }, basic: [clientId, clientSecret] });

    expect(claims(body.access_token).scope).toBe("write:x");
  });

  test("give the token of the tenant's default API when none is named", async () => {
    await tenant.request("PATCH", "/api/v2/tenants/settings", { default_audience: API });

    const { body } = await requestToken({
      form: { grant_type: "client_credentials" },
      basic: [clientId, clientSecret],
    });

    await tenant.request("PATCH", "/api/v2/tenants/settings", { default_audience: "" });
    expect(claims(body.access_token).aud).toBe(API);
  });

  test("are looked up at every request: a rotated secret counts at once", async () => {
    const made = await tenant.request("POST", "/api/v2/clients", { name: "Rotated" });
    const { client_id, client_secret } = made.body;
    await tenant.request("POST", "/api/v2/client-grants", { client_id, audience: API, scope: [] });
    expect((await requestToken({ form: ASKED, basic: [client_id, client_secret] })).status).toBe(200);

    const rotated = await tenant.request("POST", `/api/v2/clients/${client_id}/rotate-secret`);

    expect((await requestToken({ form: ASKED, basic: [client_id, client_secret] })).status).toBe(401);
    expect((await requestToken({ form: ASKED, basic: [client_id, rotated.body.client_secret] })).status).toBe(200);
  });
});

describe("a token is refused", () => {
  const refusals: [string, () => TokenRequest, number, object][] = [
    [
      "for a wrong secret",
      () => ({ form: ASKED, basic: [clientId, "wrong"] }),
      401,
      { error: "access_denied", error_description: "Unauthorized" },
    ],
    [
      "for a client that is not there",
      () => ({ json: { ...ASKED, client_id: "nobody", client_secret: "x" } }),
      401,
      { error: "access_denied", error_description: "Unauthorized" },
    ],
    [
      "without a secret",
      () => ({ json: { ...ASKED, client_id: clientId } }),
      401,
      { error: "access_denied", error_description: "Unauthorized" },
    ],
    [
      "for an API that the client has no grant on",
      () => ({ form: { ...ASKED, audience: `${origin}/api/v2/` }, basic: [clientId, clientSecret] }),
      403,
      {
        error: "access_denied",
        error_description: expect.stringMatching(
          /^Client "\w{32}" is not authorized to access resource server "https:\/\/localhost:\d+\/api\/v2\/". You need to create a "client-grant" associated to this API.$/,
        ),
      },
    ],
    [
      "for an API that is not there",
      () => ({ form: { ...ASKED, audience: "https://nowhere" }, basic: [clientId, clientSecret] }),
      403,
      { error: "access_denied", error_description: "Service not found: https://nowhere" },
    ],
    [
      "for no API",
      () => ({ form: { grant_type: "client_credentials" }, basic: [clientId, clientSecret] }),
      403,
      {
        error: "access_denied",
        error_description: "No audience parameter was provided, and no default audience has been configured",
      },
    ],
    [
      "with a scope that is not granted",
      () => ({ form: { ...ASKED, scope: "read:x admin:x" }, basic: [clientId, clientSecret] }),
      403,
      { error: "access_denied", error_description: "Client has not been granted scopes: admin:x" },
    ],
    [
      "by a grant type that there is not",
      () => ({ form: { ...ASKED, grant_type: "telepathy" }, basic: [clientId, clientSecret] }),
      403,
      { error: "unsupported_grant_type", error_description: "Unsupported grant type: telepathy" },
    ],
    ["for JSON that is no object", () => ({ json: [] }), 400, expect.objectContaining({ error: "invalid_request" })],
    [
      "for a parameter that is no text",
      () => ({ json: { ...ASKED, client_id: 7 } }),
      400,
      { error: "invalid_request", error_description: "client_id must be a string" },
    ],
  ];

  test.each(refusals)("%s", async (_, asked, status, refusal) => {
    const answer = await requestToken(asked());

    expect(answer.status).toBe(status);
    expect(answer.body).toEqual(refusal);
  });

  test("to a client that may not use client credentials", async () => {
    const made = await tenant.request("POST", "/api/v2/clients", { name: "App", grant_types: ["authorization_code"] });

    const { status, body } = await requestToken({
      form: ASKED,
      basic: [made.body.client_id, made.body.client_secret],
    });

    expect(status).toBe(403);
    expect(body).toEqual({
      error: "unauthorized_client",
      error_description: "Grant type 'client_credentials' not allowed for the client.",
    });
  });
});

describe("keys and discovery", () => {
  test("tell the issuer and the paths that Auth0 has", async () => {
    const { body } = await send(`${origin}/.well-known/openid-configuration`, ca);

    expect(body).toMatchObject({
      issuer: `${origin}/`,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/oauth/token`,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      userinfo_endpoint: `${origin}/userinfo`,
    });
  });

  test("hold the key that signed a token, and not its private part", async () => {
    const { body: keys } = await send(`${origin}/.well-known/jwks.json`, ca);
    const { body } = await requestToken({ form: ASKED, basic: [clientId, clientSecret] });
    const [header = "", payload = "", signature = ""] = body.access_token.split(".");

    const { kid, alg, typ } = JSON.parse(Buffer.from(header, "base64url").toString());
    const key = keys.keys.find((candidate: { kid: string }) => candidate.kid === kid);

    expect({ alg, typ }).toEqual({ alg: "RS256", typ: "JWT" });
    expect(key).not.toHaveProperty("d");
    expect(
      verify(
        "sha256",
        Buffer.from(`${header}.${payload}`),
        createPublicKey({ key, format: "jwk" }),
        Buffer.from(signature, "base64url"),
      ),
    ).toBe(true);
  });
});

describe("the Management API", () => {
  const clients = (headers: Record<string, string>): Promise<HttpReply> =>
    send(`${origin}/api/v2/clients`, ca, { headers });

  test("asks for a token", async () => {
    const { status, body } = await clients({});

    expect(status).toBe(401);
    expect(body).toEqual({ statusCode: 401, error: "Unauthorized", message: "Missing authentication" });
  });

  test.each(["Basic abc", "Bearer", "Bearer a b"])("does not take %j for a token", async (authorization) => {
    const { status, body } = await clients({ authorization });

    expect(status).toBe(400);
    expect(body.message).toBe("Bad HTTP authentication header format");
  });

  test("refuses what is no token", async () => {
    const { status, body } = await clients({ authorization: "Bearer x.y.z" });

    expect(status).toBe(401);
    expect(body).toEqual({
      statusCode: 401,
      error: "Unauthorized",
      message: "Invalid token",
      attributes: { error: "Invalid token" },
    });
  });

  test("refuses a token that was changed", async () => {
    const { body } = await requestToken({ form: ASKED, basic: [clientId, clientSecret] });
    const [header, payload, signature = ""] = body.access_token.split(".");
    const other = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;

    const refused = await clients({ authorization: `Bearer ${header}.${payload}.${other}` });

    expect(refused.status).toBe(401);
    expect(refused.body.message).toBe("Invalid signature received for JSON Web Token validation");
  });

  test("refuses a token for another API", async () => {
    const { body } = await requestToken({ form: ASKED, basic: [clientId, clientSecret] });

    const refused = await clients({ authorization: `Bearer ${body.access_token}` });

    expect(refused.status).toBe(401);
    expect(refused.body.message).toBe(`Bad audience: ${API}`);
  });

  test("lets a token do what its grant allows, and tells which scopes were used", async () => {
    const audience = `${origin}/api/v2/`;
    const made = await tenant.request("POST", "/api/v2/clients", { name: "Reader" });
    const { client_id, client_secret } = made.body;
    await tenant.request("POST", "/api/v2/client-grants", { client_id, audience, scope: ["read:clients"] });
    const { body } = await requestToken({ form: { ...ASKED, audience }, basic: [client_id, client_secret] });
    const authorization = `Bearer ${body.access_token}`;

    expect((await clients({ authorization })).status).toBe(200);
    expect((await send(`${origin}/api/v2/users`, ca, { headers: { authorization } })).status).toBe(403);
    expect((await send(`${origin}/_tenant/scopes`, ca)).body[client_id]).toEqual(["read:clients"]);

    expect((await send(`${origin}/_tenant/scopes/reset`, ca, { method: "POST" })).status).toBe(204);
    expect((await send(`${origin}/_tenant/scopes`, ca)).body).toEqual({});
  });

  test("tells where a client stands with its rate limit", async () => {
    const { headers } = await clients({});

    expect(headers).toMatchObject({
      "x-ratelimit-limit": "1000",
      "x-ratelimit-remaining": expect.stringMatching(/^\d+$/),
      "x-ratelimit-reset": expect.stringMatching(/^\d{10}$/),
    });
  });
});

describe("what is not there", () => {
  test.each(["/dbconnections/signup", "/oauth/revoke", "/passwordless/start"])("%s is 501", async (path) => {
    const { status, body } = await send(`${origin}${path}`, ca);

    expect(status).toBe(501);
    expect(body.message).toContain(path);
  });

  test("any other path is 404", async () => {
    expect((await send(`${origin}/nothing`, ca)).status).toBe(404);
  });
});

describe("who asks by another name", () => {
  test.each(["evil.example", "localhost", "localhost:1"])("%s is turned away", async (host) => {
    const { status } = await send(`${origin}/_tenant/scopes`, ca, { headers: { host } });

    expect(status).toBe(421);
  });

  test("a page of another site may change nothing through the control plane, nor see what it reads", async () => {
    const headers = { origin: "https://evil.example" };
    const reset = await send(`${origin}/_tenant/scopes/reset`, ca, { method: "POST", headers });
    const read = await send(`${origin}/_tenant/scopes`, ca, { headers });

    expect(reset.status).toBe(403);
    expect(read.headers["access-control-allow-origin"]).toBeUndefined();
  });
});

test("a body of more than a megabyte is refused", async () => {
  const { status } = await tenant.request("POST", "/api/v2/clients", { name: "x".repeat(1024 * 1024) });

  expect(status).toBe(413);
});

test.each([
  ["that is too large", 2_000_000, 413],
  ["that nobody may send", 500_000, 401],
])("a body %s is not read, and the next requests are answered all the same", async (_, length, refused) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify({ name: "x".repeat(length) });
  const headers = { "content-type": "application/json" };
  const answer = await send(`${origin}/api/v2/clients`, ca, { method: "POST", headers, body, agent });
  const next = await Promise.all([1, 2, 3].map(() => send(`${origin}/_tenant/scopes`, ca, { agent })));
  agent.destroy();

  expect([answer.status, answer.headers.connection]).toEqual([refused, "close"]);
  expect(next.map(({ status }) => status)).toEqual([200, 200, 200]);
});
