import { connect as connectTcp } from "node:net";
import { connect as connectTls } from "node:tls";
import { AttackedTenant } from "../support/attacked-tenant";
import { bindActions } from "../support/login-set-up";
import { readEnvFile, TenantProcess } from "../support/tenant-process";

// What can be sent to a tenant. After each of these it answers as before; `afterEach` asks.

let attacked: AttackedTenant;
/** The deploying client's: who sends these may do everything. */
let token: string;

beforeAll(async () => {
  attacked = await AttackedTenant.start();
  token = await attacked.tenant.accessToken();
}, 60_000);

afterEach(async () => {
  const begun = performance.now();
  const users = await attacked.api(token, "GET", "/users");
  expect([users.status, users.body.length >= 2, performance.now() - begun < 2000]).toEqual([200, true, true]);
});

afterAll(async () => {
  await attacked.stop();
  await TenantProcess.killAll();
});

/** An object that is nested so many levels deep, as JSON. */
const nested = (levels: number): string => [`{"a":`.repeat(levels - 1), "{}", "}".repeat(levels - 1)].join("");
const AND = (times: number): object =>
  times === 0 ? { operator: "EQ", operands: ["{{fields.a}}", "x"] } : { operator: "AND", operands: [AND(times - 1)] };
const formWith = (condition: unknown): object => ({
  name: "A form",
  start: { next_node: "router" },
  nodes: [
    {
      id: "router",
      type: "ROUTER",
      config: { rules: [{ id: "rule", condition, next_node: "$ending" }], fallback: "$ending" },
    },
  ],
  ending: { resume_flow: true },
});

describe("nested deeper than 100 levels is refused in words:", () => {
  test.each<[string, string, (deep: string) => string]>([
    ["POST", "/users", (deep) => `{"connection":"x","user_metadata":${deep}}`],
    ["PATCH", "/users/OWN", (deep) => `{"user_metadata":${deep}}`],
    ["PATCH", "/users/OWN", (deep) => `{"app_metadata":${deep}}`],
    ["PATCH", "/users/OWN", (deep) => `{"user_metadata":{"list":[${deep}]}}`],
    ["POST", "/clients", (deep) => `{"name":"x","addons":${deep}}`],
    ["POST", "/clients", (deep) => `{"name":"x","client_metadata":${deep}}`],
    ["POST", "/connections", (deep) => `{"name":"x","strategy":"auth0","options":${deep}}`],
    ["POST", "/resource-servers", (deep) => `{"identifier":"x","token_encryption":${deep}}`],
    ["PATCH", "/tenants/settings", (deep) => `{"flags":${deep}}`],
    ["POST", "/forms", (deep) => `{"name":"x","translations":${deep}}`],
    ["POST", "/forms", (deep) => JSON.stringify(formWith("DEEP")).replace('"DEEP"', deep)],
    [
      "POST",
      "/flows",
      (deep) => `{"name":"x","actions":[{"id":"a","type":"JSON","action":"CREATE_JSON","params":{"object":${deep}}}]}`,
    ],
    ["POST", "/flows/vault/connections", (deep) => `{"app_id":"BIGQUERY","name":"x","setup":${deep}}`],
    ["POST", "/actions/actions", (deep) => `{"name":"x","secrets":[${deep}]}`],
    ["PATCH", "/actions/triggers/post-login/bindings", (deep) => `{"bindings":${deep}}`],
    ["POST", "/client-grants", (deep) => `{"audience":${deep}}`],
  ])("%s %s", async (method, path, body) => {
    for (const levels of [101, 4000, 100_000]) {
      const { status, body: answer } = await attacked.api(
        token,
        method,
        path.replace("OWN", encodeURIComponent(attacked.userId)),
        body(nested(levels)),
      );

      expect([status, answer.message]).toEqual([400, "Payload validation error: 'Nested deeper than 100 levels'."]);
    }
  });

  test("and 100 levels are kept, listed and shown", async () => {
    const own = `/users/${encodeURIComponent(attacked.userId)}`;
    const { status } = await attacked.api(token, "PATCH", own, `{"user_metadata":${nested(99)}}`);
    const page = await fetch(`${attacked.tenant.env.ISSUER_BASE_URL}/_tenant${own}`);

    expect([status, page.status]).toEqual([200, 200]);
  });

  test.each([1, 24, 40])("a condition in %d groups is kept and shown at once", async (groups) => {
    const begun = performance.now();
    const { status, body } = await attacked.api(token, "POST", "/forms", formWith(AND(groups)));
    const page = await (await fetch(`${attacked.tenant.env.ISSUER_BASE_URL}/_tenant/forms/${body.id}`)).text();

    expect(status).toBe(201);
    expect(page).toContain("{{fields.a}} EQ &quot;x&quot;");
    expect(performance.now() - begun).toBeLessThan(1500);
  });

  test.each([50, 500, 5000])("a condition in %d groups is refused at once", async (groups) => {
    const deep = `{"operator":"AND","operands":[`.repeat(groups) + JSON.stringify(AND(0)) + "]}".repeat(groups);
    const begun = performance.now();

    const { status } = await attacked.api(
      token,
      "POST",
      "/forms",
      JSON.stringify(formWith("DEEP")).replace('"DEEP"', deep),
    );

    expect(status).toBe(400);
    expect(performance.now() - begun).toBeLessThan(1500);
  });
});

describe("what is no body is refused in Auth0's words:", () => {
  const NO_JSON = "Invalid request payload JSON format";

  test.each<[string, string, string, string]>([
    ["a key __proto__", "PATCH", "/users/OWN", '{"user_metadata":{"__proto__":{"admin":true}}}'],
    ["a key __proto__ at the top", "PATCH", "/users/OWN", '{"__proto__":{"user_metadata":{}}}'],
    ["a key __proto__ that is escaped", "PATCH", "/users/OWN", '{"user_metadata":{"\\u005f_proto__":1}}'],
    ["a key __proto__ in a list", "PATCH", "/users/OWN", '{"user_metadata":{"a":[{"__proto__":1}]}}'],
    ["a key __proto__ in a form", "POST", "/forms", '{"name":"x","translations":{"__proto__":{}}}'],
    ["a key __proto__ in a client", "POST", "/clients", '{"name":"x","client_metadata":{"__proto__":"y"}}'],
    ["half of it", "PATCH", "/users/OWN", '{"user_metadata":'],
    ["nothing", "PATCH", "/users/OWN", ""],
    ["a megabyte of brackets", "PATCH", "/users/OWN", "[".repeat(1_000_000)],
    ["what JavaScript takes and JSON does not", "PATCH", "/users/OWN", "{user_metadata: undefined}"],
  ])("%s", async (_, method, path, body) => {
    const own = path.replace("OWN", encodeURIComponent(attacked.userId));

    const { status, body: answer } = await attacked.api(token, method, own, body);

    expect([status, answer.message]).toEqual([400, NO_JSON]);
  });

  test.each(["constructor", "toString", "hasOwnProperty", "prototype"])("a key %s is only a key", async (key) => {
    const own = `/users/${encodeURIComponent(attacked.userId)}`;

    const { status, body } = await attacked.api(token, "PATCH", own, { user_metadata: { [key]: "x" } });
    await attacked.api(token, "PATCH", own, { user_metadata: {} });

    expect([status, body.user_metadata[key]]).toEqual([200, "x"]);
  });
});

describe("a search for what every object has finds nobody:", () => {
  test.each([
    ...["_exists_:constructor", "_exists_:toString", "_exists_:user_metadata.__proto__", "_exists_:__proto__.toString"],
    ...["_exists_:email.length", "constructor.name:Object", "identities.length:1", "user_metadata.hasOwnProperty:*"],
  ])("%s", async (q) => {
    const { status, body } = await attacked.api(token, "GET", `/users?q=${encodeURIComponent(q)}`);

    expect([status, body]).toEqual([200, []]);
  });
});

describe("expressions that make much of little are told in words, on a small page:", () => {
  const grown = (times: number): string =>
    times === 0 ? "'aaaaaaaaaaaaaaaaaaaa'" : `functions.replaceAll(${grown(times - 1)}, 'a', 'aaaaaaaaaaaaaaaaaaaa')`;
  const doubled = (times: number): string =>
    times === 0 ? grown(3) : `[${doubled(times - 1)}, ${doubled(times - 1)}]`;

  test.each([
    ["replaceAll in replaceAll", `{{${grown(7)}}}`],
    ["lists in lists", `{{functions.toString(${doubled(5)})}}`],
    ["a megabyte, again and again", `{{${grown(3)}}}`.repeat(20)],
  ])("%s", async (_, content) => {
    const { body: form } = await attacked.api(token, "POST", "/forms", {
      name: "Large",
      start: { next_node: "step" },
      nodes: [
        {
          id: "step",
          type: "STEP",
          config: {
            next_node: "$ending",
            components: [
              { id: "text", category: "BLOCK", type: "RICH_TEXT", config: { content } },
              { id: "next", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Next" } },
            ],
          },
        },
      ],
      ending: { resume_flow: true },
    });
    await bindActions(attacked.tenant, {
      name: "asks",
      code: `exports.onExecutePostLogin = async (event, api) => api.prompt.render("${form.id}");
exports.onContinuePostLogin = async () => {};`,
    });

    const { status, html, milliseconds } = await attacked.seenAtLogin();
    await bindActions(attacked.tenant);

    expect(status).toBe(500);
    expect(html).toMatch(/make more than 1000000 characters|read and write more than 10000000 characters/);
    expect(html.length).toBeLessThan(10_000);
    expect(milliseconds).toBeLessThan(10_000);
  });
});

describe("the pages of the tenant", () => {
  const page = (path: string, init: RequestInit = {}) =>
    fetch(`${attacked.tenant.env.ISSUER_BASE_URL}${path}`, { redirect: "manual", ...init });

  test.each(["0", "-1", "1e9", "NaN", "Infinity", "1.5", "99999999999999999999", "<script>"])(
    "of users has no page %s, and shows another",
    async (number) => {
      const reply = await page(`/_tenant/users?page=${encodeURIComponent(number)}`);

      expect([reply.status, (await reply.text()).includes("person@example.com")]).toEqual([200, true]);
    },
  );

  test.each(['"><script>alert(1)</script>', "'\"", "%00", "__proto__", "a%".repeat(20)])(
    "say what was sought, as text: %s",
    async (sought) => {
      const html = await (await page(`/_tenant/users?q=${encodeURIComponent(sought)}`)).text();

      expect(html).toContain("Nobody is called so.");
      expect(html).not.toContain("<script>");
    },
  );

  test.each([
    "..%2f..%2f..%2fpackage.json",
    "%2e%2e%2fadmin.ts",
    "constructor",
    "__proto__",
    "admin.css%00",
    "/etc/passwd",
  ])("have no asset %s", async (name) => {
    expect((await page(`/_tenant/assets/${name}`)).status).toBe(404);
  });

  test.each(["/_tenant/reset", "/_tenant/users/auth0%7C1/delete"])(
    "do nothing at %s without their own token",
    async (path) => {
      const post = (init: RequestInit) => page(path, { method: "POST", ...init });

      expect((await post({})).status).toBe(403);
      expect((await post({ body: new URLSearchParams({ csrf_token: "x" }) })).status).toBe(403);
    },
  );

  test.each(["/_tenant/scopes/reset", "/_tenant/requests/reset", "/_tenant/reset"])(
    "do nothing at %s for a page of another origin",
    async (path) => {
      const reply = await page(path, { method: "POST", headers: { origin: "https://evil.example" } });

      expect(reply.status).toBe(403);
    },
  );
});

const CHUNK = '{"a":';

describe("who hangs up in the middle of a request leaves no trace on the terminal:", () => {
  let tenant: TenantProcess;
  let ports: { readonly https: number; readonly http: number };

  beforeAll(async () => {
    const envFile = `${attacked.folder}/hung-up-env`;
    tenant = await TenantProcess.start(["--port", "0", "--memory", "--env", envFile]);
    const { AUTH0_DOMAIN = "", ISSUER_BASE_URL = "" } = readEnvFile(envFile);
    ports = { https: Number(AUTH0_DOMAIN.split(":")[1]), http: Number(new URL(ISSUER_BASE_URL).port) };
  });

  const FORM = "application/x-www-form-urlencoded";

  test.each<["http" | "https", string, string]>([
    ["https", "/api/v2/clients", "application/json"],
    ["https", "/oauth/token", "application/json"],
    ["https", "/oauth/token", FORM],
    ["http", "/oauth/token", "application/json"],
    ["http", "/oauth/token", FORM],
    ["http", "/u/login?state=x", FORM],
    ["http", "/u/signup?state=x", FORM],
    ["http", "/u/custom-prompt/ap_1?state=x", FORM],
    ["http", "/authorize", FORM],
    ["http", "/userinfo", FORM],
    ["http", "/oidc/logout", FORM],
    ["http", "/_tenant/reset", FORM],
    ["http", "/_tenant/users/x/delete", FORM],
  ])("%s %s, %s", async (scheme, path, type) => {
    const port = ports[scheme];
    const begun = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: ${type}\r\nContent-Length: 100\r\n\r\n${CHUNK}`;
    await new Promise<void>((resolve) => {
      const socket =
        scheme === "http"
          ? connectTcp(port, "127.0.0.1", send)
          : connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false }, send);
      function send(): void {
        socket.write(begun);
        setTimeout(() => socket.destroy(), 100);
        setTimeout(resolve, 200);
      }
    });

    expect([tenant.stderr, tenant.isRunning]).toEqual(["", true]);
  });
});
