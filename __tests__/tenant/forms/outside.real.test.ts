import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json } from "../../../tenant/documents/json";
import type { VaultSetup } from "../../../tenant/documents/vault-connection";
import { readAnswers } from "../../../tenant/forms/answers";
import { Outside } from "../../../tenant/forms/outside";
import { action } from "../../support/flow-run";
import { NOW, runActions } from "../../support/run-actions";

let server: Server;
let host: string;
let received: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) {
      body += part;
    }
    const { method = "", url = "", headers } = request;
    received.push({ method, url, headers, body });
    const status = url.startsWith("/missing") ? 404 : url.startsWith("/elsewhere") ? 302 : 200;
    response.writeHead(status, {
      "content-type": "application/json",
      ...(status === 302 && { location: "http://127.0.0.1:1/" }),
    });
    response.end(url === "/broken" ? "{" : JSON.stringify({ access_token: "the-token", url }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());
beforeEach(() => {
  received = [];
});

const request = (params: Record<string, Json>, more = {}) => action("HTTP", "SEND_REQUEST", params, more);

test("no request leaves by default, and the error says which option lets it through", async () => {
  const { error, execution } = await runActions([
    request({ url: `http://${host}/people?secret=1`, method: "POST", payload: {} }),
  ]);

  expect(error).toBe(
    `flow "Flow" (af_1), action "send_request" (HTTP/SEND_REQUEST): no request leaves the local tenant: POST http://${host}/people was not sent; let it through with --allow-host ${host}, or answer it from a file with --answers`,
  );
  expect([execution.status, received]).toEqual(["FAILED", []]);
});

test("with allow_failure the flow goes on without it", async () => {
  const { error, executed } = await runActions([
    request({ url: `http://${host}/` }, { allow_failure: true }),
    action("FLOW", "DO_NOTHING"),
  ]);

  expect([error, executed.do_nothing?.status, received]).toEqual([undefined, "COMPLETED", []]);
});

test("a host that is allowed is asked, and its answer is the output", async () => {
  const { executed } = await runActions(
    [
      request({
        url: `http://${host}/people?a=1`,
        method: "PUT",
        headers: { "X-Kind": "{{fields.kind}}" },
        params: { b: "ü", c: null, d: 2 },
        payload: { name: "{{fields.name}}" },
        basic: { username: "u", password: "p" },
      }),
    ],
    { outside: new Outside(undefined, [host]), fields: { kind: "person", name: "Ana" } },
  );

  expect(received).toMatchObject([
    {
      method: "PUT",
      url: "/people?a=1&b=%C3%BC&d=2",
      headers: { "x-kind": "person", authorization: "Basic dTpw", "content-type": "application/json" },
      body: '{"name":"Ana"}',
    },
  ]);
  expect(executed.send_request?.output).toMatchObject({
    status: 200,
    headers: { "content-type": "application/json" },
    body: { url: "/people?a=1&b=%C3%BC&d=2" },
    success: true,
  });
});

test.each<[string, Record<string, Json>, { status: number; success: boolean; body?: Json }]>([
  ["a refusal is no failure", { url: "/missing" }, { status: 404, success: false }],
  ["a redirection is not followed: it could lead anywhere", { url: "/elsewhere" }, { status: 302, success: true }],
  ["what is no JSON is text", { url: "/broken" }, { status: 200, success: true, body: "{" }],
])("%s", async (_, { url }, output) => {
  const { executed } = await runActions([request({ url: `http://${host}${url}` })], {
    outside: new Outside(undefined, ["127.0.0.1"]),
  });

  expect(executed.send_request?.output).toMatchObject(output);
});

test.each<[string, string, string]>([
  ["FORM", "application/x-www-form-urlencoded", "a=1&b=x+y"],
  ["JSON", "application/json", '{"a":1,"b":"x y"}'],
])("a body as %s", async (content_type, type, body) => {
  await runActions([request({ url: `http://${host}/`, method: "POST", content_type, payload: { a: 1, b: "x y" } })], {
    outside: new Outside(undefined, [host]),
  });

  expect(received).toMatchObject([{ headers: { "content-type": type }, body }]);
});

test("a service that is not there fails the action in words", async () => {
  const { error } = await runActions([request({ url: "http://127.0.0.1:1/" })], {
    outside: new Outside(undefined, ["127.0.0.1"]),
  });

  expect(error).toMatch(/GET http:\/\/127\.0\.0\.1:1\/ failed: /);
});

describe("the credentials of a Vault connection", () => {
  const ran = (setup: VaultSetup | undefined, app_id = "HTTP") =>
    runActions([request({ url: `http://${host}/`, connection_id: "ac_1" })], {
      outside: new Outside(undefined, [host]),
      vaultConnection: (id) =>
        id === "ac_1"
          ? {
              ...{ id, app_id, name: "Service", created_at: NOW, updated_at: NOW, fingerprint: "f" },
              ...(setup !== undefined && { setup }),
            }
          : undefined,
    });

  test.each<[string, VaultSetup, string, IncomingHttpHeaders]>([
    ["BEARER", { type: "BEARER", token: "t" }, "/", { authorization: "Bearer t" }],
    ["BASIC_AUTH", { type: "BASIC_AUTH", username: "u", password: "p" }, "/", { authorization: "Basic dTpw" }],
    ["API_KEY", { type: "API_KEY", name: "X-Key", value: "k", in: "HEADER" }, "/", { "x-key": "k" }],
    ["API_KEY in the query", { type: "API_KEY", name: "key", value: "k", in: "QUERY" }, "/?key=k", {}],
  ])("%s", async (_, setup, url, headers) => {
    await ran(setup);

    expect(received).toMatchObject([{ url, headers }]);
  });

  test("OAUTH_CLIENT_CREDENTIALS", async () => {
    const token_endpoint = `http://${host}/token`;
    await ran({ type: "OAUTH_CLIENT_CREDENTIALS", client_id: "c", client_secret: "s", token_endpoint, scope: "a b" });

    expect(received).toMatchObject([
      { url: "/token", body: "grant_type=client_credentials&client_id=c&client_secret=s&scope=a+b" },
      { url: "/", headers: { authorization: "Bearer the-token" } },
    ]);
  });

  test.each<[string, VaultSetup | undefined, string, string]>([
    ["is not set up", undefined, "HTTP", 'Vault connection "Service" is not set up'],
    ["is of another app", { type: "TOKEN" }, "SLACK", 'Vault connection "Service" is one for SLACK, not HTTP'],
  ])("fails where it %s", async (_, setup, app, said) => {
    const { error } = await ran(setup, app);

    expect(error).toContain(said);
    expect(received).toEqual([]);
  });
});

test("an answer of the file comes instead of the request, and may be masked", async () => {
  const answers = readAnswers([
    { method: "POST", url: `http://${host}/*`, status: 201, headers: { etag: "1" }, body: { id: "p_1" } },
  ]);
  if ("problems" in answers) {
    throw new Error(answers.problems.join("\n"));
  }
  const given = { outside: new Outside(answers, [host]) };
  const seen = await runActions([request({ url: `http://${host}/people`, method: "POST" })], given);
  const masked = await runActions(
    [
      request({ url: `http://${host}/people`, method: "POST" }, { mask_output: true }),
      action("FLOW", "STORE_VARS", { vars: { id: "{{actions.send_request.body.id}}" } }),
    ],
    given,
  );

  expect(received).toEqual([]);
  expect(seen.executed.send_request?.output).toEqual({
    status: 201,
    headers: { etag: "1" },
    body: { id: "p_1" },
    success: true,
  });
  expect(masked.executed.send_request?.output).toEqual({
    status: "███",
    headers: { etag: "███" },
    body: { id: "███" },
    success: "███",
  });
  expect(masked.memory.vars).toEqual({ id: "p_1" });
});
