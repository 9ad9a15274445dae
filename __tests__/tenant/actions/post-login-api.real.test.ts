import { commandsOf, EVENT, errorOf, logged, run } from "../../support/post-login-run";

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
