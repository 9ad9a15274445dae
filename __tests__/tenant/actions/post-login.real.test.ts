import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PostLoginEvent } from "../../../tenant/actions/post-login-event";
import { type ActionResult, type ActionRun, runAction } from "../../../tenant/actions/run-action";
import { deployedCode } from "../../support/library-action";

const EVENT: PostLoginEvent = {
  client: { client_id: "client", name: "Sample", metadata: { tier: "gold" } },
  connection: { id: "con_1", name: "Username-Password-Authentication", strategy: "auth0" },
  request: {
    body: {},
    geoip: {},
    hostname: "localhost",
    ip: "127.0.0.1",
    method: "GET",
    query: { scope: "openid profile" },
  },
  stats: { logins_count: 3 },
  tenant: { id: "local" },
  transaction: { protocol: "oidc-basic-profile", metadata: { from: "an earlier Action" } },
  user: {
    app_metadata: {},
    created_at: "2026-01-01T00:00:00.000Z",
    email: "ada@example.com",
    email_verified: true,
    identities: [{ connection: "Username-Password-Authentication", isSocial: false, provider: "auth0", user_id: "1" }],
    updated_at: "2026-01-01T00:00:00.000Z",
    user_id: "auth0|1",
    user_metadata: { job_title: "Engineer" },
  },
};

function run(body: string, more: Partial<ActionRun> = {}): Promise<ActionResult> {
  return runAction({
    handler: "onExecutePostLogin",
    code: `exports.onExecutePostLogin = async (event, api) => {\n${body}\n};`,
    secrets: {},
    event: EVENT,
    ...more,
  });
}

async function commandsOf(body: string): Promise<unknown> {
  const result = await run(body);
  expect(result).toMatchObject({ ok: true, console: [] });
  return result.ok ? result.commands : undefined;
}

async function errorOf(body: string): Promise<string> {
  const result = await run(body);
  expect(result.ok).toBe(false);
  return result.ok ? "" : result.error;
}

async function logged(body: string, more: Partial<ActionRun> = {}): Promise<readonly string[]> {
  const result = await run(body, more);
  expect(result).toMatchObject({ ok: true });
  return result.console.map(({ level, text }) => `${level}: ${text}`);
}

describe("the project's own Action", () => {
  const code = readFileSync(join(__dirname, "../../../actions/progressive-profiling.js"), "utf8");
  const own = { handler: "onExecutePostLogin", code, secrets: {}, event: EVENT } as const;

  test("shows the form while an answer is missing", async () => {
    expect(await runAction(own)).toEqual({
      ok: true,
      commands: [{ type: "render", formId: "ap_example" }],
      console: [],
    });
  });

  test("shows nothing when all is answered", async () => {
    const user = { ...EVENT.user, user_metadata: { job_title: "Engineer", company_name: "Acme" } };

    expect(await runAction({ ...own, event: { ...EVENT, user } })).toEqual({ ok: true, commands: [], console: [] });
  });

  test("goes on after the form", async () => {
    const event = { ...EVENT, prompt: { id: "ap_example", fields: { company_name: "Acme" } } };

    expect(await runAction({ ...own, handler: "onContinuePostLogin", event })).toEqual({
      ok: true,
      commands: [],
      console: [],
    });
  });
});

describe("the project's Action that chooses from stages", () => {
  const code = deployedCode({
    formId: "ap_1",
    stages: [
      {
        id: "name",
        condition: { operator: "AND", operands: [{ operator: "HAS_NO_VALUE", operands: ["{{context.user.name}}"] }] },
      },
      { id: "news", ask: { fromLogin: 3, atMostEvery: { days: 7 }, share: 100 } },
    ],
    ask: { clients: { only: ["client"] } },
    saves: [{ field: "weekly", to: ["app_metadata", "news", "weekly"], stage: "news" }],
    tellsStage: true,
  });
  const scheduled = { handler: "onExecutePostLogin", code, secrets: {}, event: EVENT } as const;
  const named = { ...EVENT, user: { ...EVENT.user, name: "Ada" } };

  test("shows the first one that is due, and nothing before its moment", async () => {
    const tooEarly = { ...named, stats: { logins_count: 2 } };
    const outcomes = [EVENT, named, tooEarly].map((event) => runAction({ ...scheduled, event }));
    const told = (stage: string) => [{ type: "render", formId: "ap_1", vars: { stage } }];

    expect(await Promise.all(outcomes)).toEqual(
      [told("name"), told("news"), []].map((commands) => ({ ok: true, commands, console: [] })),
    );
  });

  test("writes the answer and when it asked, and leaves the person alone then", async () => {
    const prompt = { id: "ap_1", fields: { weekly: true }, vars: { stage: "news" } };
    const saved = await runAction({ ...scheduled, handler: "onContinuePostLogin", event: { ...named, prompt } });
    const memory = { ap_1: { asked_at: expect.any(String), stages: { news: expect.any(String) } } };

    expect(saved).toEqual({
      ok: true,
      commands: [
        { type: "setAppMetadata", key: "news", value: { weekly: true } },
        { type: "setAppMetadata", key: "progressive_profiling", value: memory },
      ],
      console: [],
    });
    const commands = saved.ok ? saved.commands : [];
    const app_metadata = Object.fromEntries(
      commands.flatMap((command) => (command.type === "setAppMetadata" ? [[command.key, command.value]] : [])),
    );
    const event = { ...named, user: { ...named.user, app_metadata } };
    expect(await runAction({ ...scheduled, event })).toEqual({ ok: true, commands: [], console: [] });
  });

  test("says in the log what goes wrong, and the login goes on", async () => {
    const prompt = { id: "ap_1", fields: { weekly: "a".repeat(33 * 1024) }, vars: { stage: "news" } };
    const result = await runAction({ ...scheduled, handler: "onContinuePostLogin", event: { ...named, prompt } });

    expect(result).toMatchObject({ ok: true, commands: [] });
    expect(result.console.map(({ level, text }) => `${level}: ${text}`)).toEqual([
      expect.stringContaining(
        "error: progressive profiling could not save all of this login: RangeError: " +
          "api.user.setAppMetadata: all metadata of one run may have 32768 bytes as JSON, got ",
      ),
    ]);
  });
});

describe("event", () => {
  test("is what the login told, with the secrets", async () => {
    const texts = await logged("console.log(JSON.stringify(event));", { secrets: { COLOUR: "teal" } });

    expect(texts[0]).toMatch(/^log: \{"client":\{"client_id":"client","name":"Sample","metadata":\{"tier":"gold"\}\}/);
    expect(
      await logged("console.log(Object.keys(event).join(), event.secrets.COLOUR.length)", {
        secrets: { COLOUR: "teal" },
      }),
    ).toEqual(["log: client,connection,request,stats,tenant,transaction,user,secrets 4"]);
  });

  test("is made of ordinary objects", async () => {
    expect(
      await logged(
        "console.log(event instanceof Object, event.user.identities instanceof Array, event.constructor === Object)",
      ),
    ).toEqual(["log: true true true"]);
  });

  test("has what was answered, after the form", async () => {
    const prompt = { id: "ap_1", fields: { company_name: "Acme" }, vars: { plan: 3 } };

    const result = await runAction({
      handler: "onContinuePostLogin",
      code: `
        exports.onExecutePostLogin = async () => { throw new Error("not again"); };
        exports.onContinuePostLogin = async (event, api) => {
          api.user.setUserMetadata("company_name", event.prompt.fields.company_name);
          api.user.setAppMetadata("prompt", event.prompt);
        };`,
      secrets: {},
      event: { ...EVENT, prompt },
    });

    expect(result).toEqual({
      ok: true,
      commands: [
        { type: "setUserMetadata", key: "company_name", value: "Acme" },
        { type: "setAppMetadata", key: "prompt", value: prompt },
      ],
      console: [],
    });
  });
});

describe("api", () => {
  test("notes what it is asked for, in order, and chains where Auth0's does", async () => {
    expect(
      await commandsOf(`
        api.user.setUserMetadata("a", { deep: [1, null, "x"] }).user.setAppMetadata("b", null)
          .idToken.setCustomClaim("https://example.com/a", true).accessToken.setCustomClaim("tier", 1.5);
        api.accessToken.addScope("read:all");
        api.accessToken.removeScope(" profile ");
        api.transaction.setMetadata("n", 7);
        api.prompt.render("ap_1", { fields: { first: "Jane" }, vars: { secret: [1] } });
        return api.access.deny("no");`),
    ).toEqual([
      { type: "setUserMetadata", key: "a", value: { deep: [1, null, "x"] } },
      { type: "setAppMetadata", key: "b", value: null },
      { type: "setIdTokenClaim", name: "https://example.com/a", value: true },
      { type: "setAccessTokenClaim", name: "tier", value: 1.5 },
      { type: "addScope", scope: "read:all" },
      { type: "removeScope", scope: "profile" },
      { type: "setTransactionMetadata", key: "n", value: 7 },
      { type: "render", formId: "ap_1", fields: { first: "Jane" }, vars: { secret: [1] } },
      { type: "deny", code: "access_denied", reason: "no" },
    ]);
  });

  test("notes values as they were at the call", async () => {
    expect(await commandsOf("const a = { n: 1 }; api.user.setUserMetadata('a', a); a.n = 2; a.self = a;")).toEqual([
      { type: "setUserMetadata", key: "a", value: { n: 1 } },
    ]);
  });

  test("returns nothing where Auth0's returns nothing", async () => {
    expect(
      await logged(
        "console.log(api.prompt.render('a'), api.accessToken.addScope('a'), api.transaction.setMetadata('a', 1))",
      ),
    ).toEqual(["log: undefined undefined undefined"]);
  });

  test.each([
    ["api.prompt.render()", "TypeError: api.prompt.render: promptId must be a string that is not empty, got undefined"],
    ["api.prompt.render('')", 'TypeError: api.prompt.render: promptId must be a string that is not empty, got ""'],
    ["api.prompt.render('a', 5)", "TypeError: api.prompt.render: promptOptions must be an object, got 5"],
    ["api.prompt.render('a', { fields: [] })", "TypeError: api.prompt.render: fields must be an object, got []"],
    ["api.prompt.render('a', { fields: { a: 1n } })", "api.prompt.render: promptOptions must be a JSON value: "],
    [
      "api.prompt.render('a', { fields: { a: 'x'.repeat(24 * 1024) } })",
      "RangeError: api.prompt.render: promptOptions may have 24576 bytes as JSON, got 24595",
    ],
    ...["api.user.setUserMetadata", "api.user.setAppMetadata", "api.accessToken.setCustomClaim"].map(
      (method): [string, string] => [`${method}("__proto__", 1)`, `TypeError: ${method}: key must not be "__proto__"`],
    ),
    ["api.transaction.setMetadata('__proto__', 1)", 'api.transaction.setMetadata: key must not be "__proto__"'],
    [
      "api.user.setUserMetadata('a', JSON.parse('[{\"__proto__\": 1}]'))",
      'TypeError: api.user.setUserMetadata: value of "a" must not have a key "__proto__"',
    ],
    [
      "api.prompt.render('a', { fields: JSON.parse('{\"__proto__\": 1}') })",
      'TypeError: api.prompt.render: promptOptions must not have a key "__proto__"',
    ],
    [
      "api.user.setAppMetadata('a', JSON.parse('['.repeat(101) + ']'.repeat(101)))",
      'TypeError: api.user.setAppMetadata: value of "a" must not be nested deeper than 100 levels',
    ],
    ["api.user.setUserMetadata(1, 1)", "TypeError: api.user.setUserMetadata: key must be a string"],
    [
      "api.user.setUserMetadata('a', () => {})",
      'api.user.setUserMetadata: value of "a" must be a JSON value, got function',
    ],
    ["const a = {}; a.a = a; api.user.setAppMetadata('a', a)", "must be a JSON value: Converting circular structure"],
    ["api.user.setAppMetadata('a', { get a() { throw new Error('trap') } })", "must be a JSON value: trap"],
    ["api.user.setAppMetadata('a', { toJSON() { throw null } })", "must be a JSON value: it throws"],
    ["api.user.setUserMetadata('a', 'x'.repeat(2 ** 15))", "all metadata of one run may have 32768 bytes as JSON"],
    ["api.idToken.setCustomClaim('a', 'x'.repeat(2 ** 17))", "all claims of one run may have 102400 bytes as JSON"],
    ["event.user.user_metadata = []; api.user.setUserMetadata('a', 1)", "event.user.user_metadata is not an object"],
    ["api.accessToken.addScope('a b')", 'Error: api.accessToken.addScope: "a b" is not one scope'],
    ["api.accessToken.addScope()", "TypeError: api.accessToken.addScope: scope must be a string"],
    ["api.access.deny()", "TypeError: api.access.deny: reason must be a string"],
    ["api.transaction.setMetadata('a', {})", "value must be a string, a safe number or a boolean, got object"],
    ["api.transaction.setMetadata('a', 2 ** 53)", "value must be a string, a safe number or a boolean, got number"],
    ["api.transaction.setMetadata('a'.repeat(65), 1)", "key is longer than 64 characters"],
    ["api.transaction.setMetadata('a', 'x'.repeat(9000))", "value may have 8192 bytes as JSON, got 9002"],
  ])("%s fails", async (call, error) => {
    expect(await errorOf(call)).toContain(error);
  });

  test("forgets what a failing call asked for", async () => {
    expect(
      await commandsOf(
        "try { api.user.setUserMetadata('a', 'x'.repeat(2 ** 15)) } catch {} api.user.setUserMetadata('b', 1);",
      ),
    ).toEqual([{ type: "setUserMetadata", key: "b", value: 1 }]);
  });

  test("renders one form for each Action, and catching the error does not help", async () => {
    const error = "Error: api.prompt.render: only 1 render command per action is allowed (line 3)";

    expect(await errorOf("api.prompt.render('a');\napi.prompt.render('b');")).toBe(error);
    expect(await errorOf("try { api.prompt.render('a');\napi.prompt.render('b'); } catch {}")).toBe(error);
  });

  test.each([
    "api.redirect.sendUserTo('https://example.com')",
    "api.redirect.encodeToken({})",
    "api.redirect.validateToken({})",
    "api.redirect.canRedirect()",
    "api.multifactor.enable('any')",
    "api.authentication.challengeWith({ type: 'otp' })",
    "api.authentication.setPrimaryUser('auth0|2')",
    "api.samlResponse.setAttribute('a', 'b')",
    "api.session.revoke('no')",
    "api.refreshToken.revoke('no')",
    "api.validation.error('a', 'b')",
    "api.groups.getUserGroups()",
    "api.roles.getUserEffectiveRoles()",
  ])("%s is refused by name, and catching the error does not help", async (call) => {
    const error = `Error: ${call.slice(0, call.indexOf("("))} is not supported by the local tenant (line 2)`;

    expect(await errorOf(call)).toBe(error);
    expect(await errorOf(`try { ${call} } catch {}`)).toBe(error);
  });

  test("says that no rule was executed", async () => {
    expect(await logged("console.log(api.rules.wasExecuted('rul_1'))")).toEqual(["log: false"]);
  });

  test("shows transaction metadata at once", async () => {
    expect(
      await logged(`
        api.transaction.setMetadata("a", 1);
        console.log(JSON.stringify(event.transaction.metadata));
        api.transaction.setMetadata("from", null);
        console.log(JSON.stringify(event.transaction.metadata));
        delete event.transaction;
        api.transaction.setMetadata("b", true);
        console.log(JSON.stringify(event.transaction));`),
    ).toEqual(['log: {"from":"an earlier Action","a":1}', 'log: {"a":1}', 'log: {"metadata":{"b":true}}']);
  });

  test("caches within a run, with Auth0's answers", async () => {
    expect(
      await logged(`
        const short = (answer) => answer.code ?? answer.type;
        console.log(api.cache.get("a"), short(api.cache.delete("a")), short(api.cache.set("a", "1")), api.cache.get("a").value);
        console.log(Math.round((api.cache.get("a").expires_at - Date.now()) / 1000), short(api.cache.delete("a")), api.cache.get("a"));
        console.log(short(api.cache.set("k".repeat(65), "1")), short(api.cache.set("k", "v".repeat(4097))), short(api.cache.set("k", "v", { ttl: -1 })),
          short(api.cache.set("k", "v", { ttl: NaN })), api.cache.set("k", "v", { ttl: 5000, expires_at: Date.now() + 50 }).record.value);
        for (let i = 0; i < 19; i++) api.cache.set("n" + i, "");
        console.log(short(api.cache.set("one too many", "")), short(api.cache.set("n1", "again")));
        await new Promise((resolve) => setTimeout(resolve, 70));
        console.log(api.cache.get("k"));
        try { api.cache.set("a", 1) } catch (error) { console.log(error.message) }`),
    ).toEqual([
      "log: undefined CacheKeyDoesNotExist success 1",
      "log: 900 success undefined",
      "log: CacheKeySizeExceeded CacheValueSizeExceeded ItemAlreadyExpired InvalidExpiry v",
      "log: CacheSizeExceeded success",
      "log: undefined",
      "log: api.cache.set: value must be a string, got number",
    ]);
  });
});

describe("what Auth0 does without a word is told in a warning", () => {
  test.each([
    ["sub", "it is a restricted claim"],
    ["iss", "it is a restricted claim"],
    ["roles", "it is a restricted claim"],
    ["https://auth0.com/plan", "a domain of Auth0 cannot be its namespace"],
    ["https://mine.eu.auth0.com/plan", "a domain of Auth0 cannot be its namespace"],
    ["urn:auth0:plan", "the namespace urn:auth0 is Auth0's own"],
  ])("the claim %s is left out", async (name, why) => {
    const claim = JSON.stringify(name);

    expect(
      await run(
        `api.idToken.setCustomClaim(${claim}, 1); api.accessToken.setCustomClaim(${claim}, 1); api.idToken.setCustomClaim("email", "a@b.c");`,
      ),
    ).toEqual({
      ok: true,
      commands: [{ type: "setIdTokenClaim", name: "email", value: "a@b.c" }],
      console: ["idToken", "accessToken"].map((token) => ({
        level: "warn",
        time: expect.any(String),
        text: `api.${token}.setCustomClaim(${claim}) sets nothing, as at Auth0: ${why}`,
      })),
    });
  });

  test("an access token for the Management API has claims with a namespace only", async () => {
    const event = { ...EVENT, resource_server: { identifier: "https://localhost:4000/api/v2/" } };

    expect(
      await run(
        "for (const token of [api.accessToken, api.idToken]) token.setCustomClaim('a', 1).accessToken.setCustomClaim('https://b.c/d', 2);",
        {
          event,
        },
      ),
    ).toMatchObject({
      ok: true,
      commands: [
        { type: "setAccessTokenClaim", name: "https://b.c/d" },
        { type: "setIdTokenClaim", name: "a" },
        { type: "setAccessTokenClaim", name: "https://b.c/d" },
      ],
      console: [{ level: "warn", text: expect.stringContaining("with a namespace only") }],
    });
  });

  test.each([
    [
      "api.user.setUserMetadata('a', undefined)",
      'api.user.setUserMetadata("a"): the value is undefined, so nothing changes',
    ],
    [
      "api.idToken.setCustomClaim('a')",
      'api.idToken.setCustomClaim("a"): the value is undefined, so the token has no such claim',
    ],
    ["api.prompt.render('a', { field: {} })", 'api.prompt.render: promptOptions has fields and vars, no "field"'],
    ["api.access.deny('code', 'reason')", "api.access.deny: Auth0 documents one argument for post-login, the reason"],
  ])("%s", async (call, warning) => {
    expect(await run(call)).toMatchObject({
      ok: true,
      console: [{ level: "warn", text: expect.stringContaining(warning) }],
    });
  });

  test("a denial with two arguments has the first as its code", async () => {
    expect(await run("api.access.deny('too_young', 'Come back later')")).toMatchObject({
      commands: [{ type: "deny", code: "too_young", reason: "Come back later" }],
    });
  });
});

describe("errors name the Action's line", () => {
  test.each([
    ["thrown", "\nthrow new RangeError('off');", "RangeError: off (line 3)"],
    ["of the language", "null.x;", "TypeError: Cannot read properties of null (reading 'x') (line 2)"],
    [
      "in a function that is called",
      "const f = () => {\nmissing();\n};\nf();",
      "ReferenceError: missing is not defined (line 3)",
    ],
    ["after a wait", "await null;\n\nthrow new Error('late');", "Error: late (line 4)"],
    [
      "in a timer",
      "setTimeout(() => {\nthrow new Error('timer'); }, 1); await new Promise(() => {});",
      "Error: timer (line 3)",
    ],
    ["in a promise that nobody waits for", "Promise.reject(new Error('lost'));", "Error: lost (line 2)"],
    ["of a module of Node", "\nrequire('crypto').createHash('none');", "Error: Digest method not supported (line 3)"],
    ["of a class of its own", "class Mine extends Error { name = 'Mine' }\nthrow new Mine('x');", "Mine: x (line 3)"],
    ["a text", "throw 'a text';", "the Action threw 'a text'"],
    ["nothing", "throw undefined;", "the Action threw undefined"],
    ["an object", "throw { status: 404 };", "the Action threw { status: 404 }"],
    [
      "with a getter that throws",
      "throw Object.defineProperty(new Error(), 'message', { get() { throw 1 } });",
      "the Action threw an error that cannot be read",
    ],
    ["with a stack that is no text", "throw Object.assign(new Error('x'), { stack: 5 });", "Error: x"],
  ])("%s", async (_, body, error) => {
    expect(await errorOf(body)).toBe(error);
  });

  test("a proxy full of traps", async () => {
    const error = await errorOf("throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } });");

    // Node 26 says Proxy({})
    expect(error).toMatch(/^the Action threw (Proxy\()?\{\}\)?$/);
  });

  test.each([
    ["a syntax error", "const a = 1;\nconst = 2;", "SyntaxError: Unexpected token '=' (line 2)"],
    ["an import", "import fs from 'fs';", "SyntaxError: Cannot use import statement outside a module (line 1)"],
    ["an error at loading", "\nthrow new Error('early');", "Error: early (line 2)"],
    ["TypeScript", "const a: string = 'x';", "SyntaxError: Missing initializer in const declaration (line 1)"],
  ])("%s", async (_, code, error) => {
    expect(await run("", { code })).toEqual({ ok: false, error, console: [] });
  });

  test.each([
    ["is missing", "exports.onContinuePostLogin = async () => {};"],
    ["is missing altogether", ""],
    ["is not async", "exports.onExecutePostLogin = (event, api) => {};"],
    ["is no function", "exports.onExecutePostLogin = 5;"],
    ["cannot be looked for", "module.exports = null;"],
  ])("fails in Auth0's words when the handler %s", async (_, code) => {
    expect(await run("", { code })).toEqual({
      ok: false,
      error:
        'Invalid function signature for the "onExecutePostLogin" handler: use exports.onExecutePostLogin = async (event, api) => { }',
      console: [],
    });
  });

  test("module.exports does as well", async () => {
    const code = "module.exports = { async onExecutePostLogin(event, api) { api.prompt.render('a') } };";

    expect(await run("", { code })).toMatchObject({ ok: true, commands: [{ type: "render" }] });
  });
});

describe("require", () => {
  test("has modules of Node that compute", async () => {
    expect(
      await logged(`
        const { createHash, createHmac, randomUUID } = require("crypto");
        console.log(createHash("sha256").update("a").digest("hex").slice(0, 8), createHmac("sha1", "k").update("a").digest("base64"), randomUUID().length);
        console.log(Buffer.from("héllo").toString("base64"), require("node:buffer").Buffer === Buffer, Buffer.from("a") instanceof Uint8Array);
        console.log(require("querystring").stringify({ a: 1 }), new (require("url").URL)("https://a.b/c").pathname, require("util").inspect({ a: 1 }));
        console.log(await require("util").promisify((callback) => callback(null, "promised"))());
        try { new URL("nonsense") } catch (error) { console.log(error instanceof TypeError, error instanceof Error, error.code) }`),
    ).toEqual([
      `log: ca978112 ${createHmac("sha1", "k").update("a").digest("base64")} 36`,
      "log: aMOpbGxv true true",
      "log: a=1 /c { a: 1 }",
      "log: promised",
      "log: true true ERR_INVALID_URL",
    ]);
  });

  test.each([
    ["axios", "the local tenant installs no dependencies of Actions"],
    ["auth0@4", "the local tenant installs no dependencies of Actions"],
    ["https", "the local tenant runs Actions without network, files and processes"],
    ["node:fs", "the local tenant runs Actions without network, files and processes"],
  ])("%s fails by name", async (name, why) => {
    expect(await errorOf(`require("${name}")`)).toBe(
      `Error: Cannot find module "${name}": ${why}; there is buffer, crypto, events, querystring, string_decoder, url, util (line 2)`,
    );
  });

  test("import() fails clearly", async () => {
    expect(await errorOf("await import('axios')")).toBe(
      "TypeError: import() is not supported by the local tenant; use require (line 2)",
    );
  });
});

describe("console", () => {
  test("keeps level and time, line by line", async () => {
    const before = Date.now();

    const result = await run(
      "console.log('a', { b: [1] }); console.info('%s-%d', 'c', 2); console.warn(new Error('w').message); console.error('e'); console.debug(); console.table([{ n: 1 }]);",
    );

    expect(result.console.map(({ level, text }) => [level, text])).toEqual([
      ["log", "a { b: [ 1 ] }"],
      ["info", "c-2"],
      ["warn", "w"],
      ["error", "e"],
      ["debug", ""],
      ["log", expect.stringContaining("│ (index) │ n │")],
    ]);
    for (const { time } of result.console) {
      expect(Date.parse(time)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(time)).toBeLessThanOrEqual(Date.now());
    }
  });

  test("cuts a line at 256 characters", async () => {
    const [text = ""] = await logged("console.log('x'.repeat(256)); console.log('x'.repeat(257));");
    const [, cut = ""] = await logged("console.log('x'.repeat(256)); console.log('x'.repeat(257));");

    expect(text).toBe(`log: ${"x".repeat(256)}`);
    expect(cut).toBe(`log: ${"x".repeat(255)}…`);
  });

  test("is kept when the Action fails", async () => {
    expect(await run("console.log('before'); throw new Error('x');")).toMatchObject({
      ok: false,
      console: [{ text: "before" }],
    });
  });
});

describe("secrets", () => {
  // long enough to be shown in several lines
  const PEM = `-----BEGIN KEY-----\nMIIEvQIBADANBgkq${"A".repeat(48)}\nhkiG9w0BAQEFAASC\n-----END KEY-----\n`;
  const secrets = { KEY: "hunter2-hunter2", SHORT: "q7", QUOTED: `a'b"c\\d`, URL: "p&q=r s", PEM };
  const show = [
    "console.log(event.secrets)",
    "console.log({ pem: event.secrets.PEM })",
    "console.error(JSON.stringify(event.secrets))",
    "console.log(event)",
    "for (const value of Object.values(event.secrets)) console.log('got ' + value, [value], { value }, encodeURIComponent(value))",
    "console.log('x'.repeat(245) + event.secrets.KEY)",
    "console.table(event.secrets)",
  ].join(";");
  const PARTS = ["hunter2", "q7", `a'b`, `b"c`, "p&q", "p%26q", "MIIEvQ", "hkiG9w"];

  test("reach the Action, and no log", async () => {
    const result = await run(`${show}; api.user.setAppMetadata("key", event.secrets.KEY);`, { secrets });

    expect(result).toMatchObject({ ok: true, commands: [{ key: "key", value: "hunter2-hunter2" }] });
    const all = JSON.stringify(result.console);
    expect(result.console.length).toBeGreaterThanOrEqual(10);
    expect(all).toContain("***");
    for (const part of PARTS) {
      expect(all).not.toContain(part);
    }
  });

  test("reach no error", async () => {
    for (const body of [
      "throw new Error('bad key ' + event.secrets.KEY)",
      "throw event.secrets",
      "require(event.secrets.PEM)",
      "throw new Error('x'.repeat(985) + event.secrets.KEY)",
      "api.accessToken.addScope(event.secrets.URL)",
      "new URL(event.secrets.KEY)[event.secrets.QUOTED]()",
      "process.exit(event.secrets.KEY)",
      "api.idToken.setCustomClaim('urn:auth0:' + event.secrets.KEY, 1); throw 1",
    ]) {
      const result = await run(body, { secrets });

      expect(result.ok).toBe(false);
      for (const part of PARTS) {
        expect(JSON.stringify(result)).not.toContain(part);
      }
    }
  });

  test("reach no warning of the tenant", async () => {
    const result = await run("api.idToken.setCustomClaim('urn:auth0:' + event.secrets.KEY, 1)", { secrets });

    expect(result.console).toMatchObject([{ text: expect.stringContaining('"urn:auth0:***"') }]);
  });
});

test("Actions that run at once do not meet", async () => {
  const results = await Promise.all(
    [1, 2, 3, 4].map((n) =>
      run(`globalThis.n = (globalThis.n ?? 0) + ${n}; await null; api.user.setUserMetadata("n", globalThis.n);`),
    ),
  );

  expect(results.map((result) => (result.ok ? result.commands : result.error))).toEqual(
    [1, 2, 3, 4].map((n) => [{ type: "setUserMetadata", key: "n", value: n }]),
  );
});
