import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runAction } from "../../../tenant/actions/run-action";
import { EVENT, errorOf, logged, run } from "../../support/post-login-run";

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
