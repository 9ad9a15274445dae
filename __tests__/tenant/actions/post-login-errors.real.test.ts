import { errorOf, run } from "../../support/post-login-run";

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
