import { join } from "node:path";
import { startConfined } from "../../../tenant/actions/confinement";
import { attack, MEMORY } from "../../support/attacking-action";

/** Room for a slow machine: it has to suffice for Node's start. */
const SECONDS_3 = 3000;

describe("an Action that does not end by itself is ended", () => {
  const LOOPS: Readonly<Record<string, string>> = {
    "a loop": "for (;;) {}",
    "a loop when it is loaded": "}; for (;;) {} exports.x = () => {",
    "a loop of promises": "for (;;) await null;",
    "a loop of ticks": "const again = () => process.nextTick(again); again(); await new Promise(() => {});",
    "a timer for ever": "await new Promise((resolve) => setInterval(() => {}, 1));",
    "a loop that catches all": "for (;;) try { throw 1 } catch { continue } finally { }",
    "a slow pattern": "/(a+)+b/.test('a'.repeat(40));",
    "a lock": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
    "a getter in what is logged": "console.log({ get [Symbol.toStringTag]() { for (;;) {} } });",
    "a slow hash": "require('crypto').pbkdf2Sync('a', 'b', 2 ** 31 - 1, 64, 'sha512');",
    "a thenable that never answers": "const tick = () => setTimeout(tick, 1); tick(); await { then() {} };",
    "signals that are ignored": "process.on?.('SIGTERM', () => {}); for (;;) {}",
  };

  test(Object.keys(LOOPS).join(", "), async () => {
    const started = Date.now();

    const results = await Promise.all(Object.values(LOOPS).map((body) => attack(body, SECONDS_3)));

    const ended = { ok: false, error: "the Action did not end within 3 seconds", console: [] };
    expect(results).toEqual(results.map(() => ended));
    // four at once, on a machine with up to four processors
    expect(Date.now() - started).toBeLessThan(SECONDS_3 * (1 + Object.keys(LOOPS).length / 4) + SECONDS_3);
  });

  test("what it logged before is kept", async () => {
    const result = await attack("console.log('so far'); for (;;) {}", SECONDS_3);

    expect(result).toMatchObject({ ok: false, console: [{ level: "log", text: "so far" }] });
  });

  test("one that waits for what never happens is told at once", async () => {
    expect(await attack("await new Promise(() => {});")).toMatchObject({
      ok: false,
      error: "the Action waits for something that never happens",
    });
  });

  test("timers, promises and intervals that it leaves behind do not hold up the login", async () => {
    const result = await attack(
      "setInterval(() => {}, 1); setTimeout(() => { throw new Error('late') }, 5000); new Promise(() => {}); api.prompt.render('ap_1');",
    );

    expect(result).toMatchObject({ ok: true, commands: [{ type: "render", formId: "ap_1" }] });
  });

  test.each([
    ["busy", "for (;;) {}", { timeoutMilliseconds: 60_000, cpuSeconds: 1 }],
    [
      "idle",
      "await new Promise((resolve) => setTimeout(resolve, 60_000));",
      { timeoutMilliseconds: 500, cpuSeconds: 9 },
    ],
  ])("a %s one whose host is gone ends by itself", async (_, body, { timeoutMilliseconds, cpuSeconds }) => {
    const folder = join(__dirname, "../../../tenant/actions/confined");
    const child = startConfined(join(folder, "main.cjs"), folder, { ...MEMORY, cpuSeconds });
    const code = `exports.onExecutePostLogin = async () => { ${body} };`;
    const job = { handler: "onExecutePostLogin", code, event: '{"user":{}}', secretTexts: [], timeoutMilliseconds };
    child.stdin?.end(JSON.stringify(job));

    const [status, signal] = await new Promise<unknown[]>((resolve) => child.on("close", (...how) => resolve(how)));

    expect(status === 1 || signal === "SIGKILL" || signal === "SIGXCPU").toBe(true);
  });

  test.each([
    ["process.exit(0)", "the Action called process.exit(0)"],
    ["try { process.exit() } finally { for (;;) {} }", "the Action called process.exit()"],
    ["setTimeout(() => process.exit(7), 1); await new Promise(() => {})", "the Action called process.exit(7)"],
  ])("%s ends the run and nothing else", async (body, error) => {
    expect(await attack(body)).toEqual({ ok: false, error, console: [] });
  });
});

describe("an Action that uses too much is ended, and the host stays small", () => {
  const HOARDS: Readonly<Record<string, string>> = {
    objects: "const all = []; for (;;) all.push({ a: [1, 2, 3] });",
    strings: "const all = []; for (let i = 0; ; i++) all.push('x'.repeat(1000) + i);",
    timers: "for (;;) setTimeout(() => {}, 1e6);",
  };

  test(Object.keys(HOARDS).join(", "), async () => {
    const results = await Promise.all(Object.values(HOARDS).map((body) => attack(body)));

    const ended = { ok: false, error: "the Action used more memory than its 128 MB", console: [] };
    expect(results).toEqual(results.map(() => ended));
  });

  // where the system does not limit memory outside of V8's heap, a host can lose as much as it has
  (process.platform === "linux" ? test : test.skip).each([
    ["buffers", "Buffer.alloc(2 ** 24, 1)"],
    ["array buffers", "new Uint8Array(2 ** 24).fill(1)"],
    ["shared memory", "new Uint8Array(new SharedArrayBuffer(2 ** 24)).fill(1)"],
    ["growing buffers", "new Uint8Array(new ArrayBuffer(2 ** 24, { maxByteLength: 2 ** 25 })).fill(1)"],
  ])("%s outside of the heap", async (_, chunk) => {
    const result = await attack(`const all = []; for (;;) { all.push(${chunk}); console.log(all.length * 16); }`);

    expect(result).toMatchObject({
      ok: false,
      error: expect.stringMatching(/allocation failed|Failed to allocate|more memory/),
    });
    expect(Math.max(...result.console.map(({ text }) => Number(text)))).toBeLessThan(384);
  });

  test("a stack that overflows is an error of the Action", async () => {
    expect(await attack("const again = () => again(); again();")).toMatchObject({
      ok: false,
      error: "RangeError: Maximum call stack size exceeded (line 2)",
    });
  });

  test("a console that is flooded keeps 200 lines of 256 characters", async () => {
    const result = await attack("for (let i = 0; i < 100000; i++) console.log(i + '-'.repeat(10000));");

    expect(result.ok).toBe(true);
    expect(result.console).toHaveLength(201);
    expect(result.console.every(({ text }) => text.length <= 256)).toBe(true);
    expect(result.console.at(-1)).toMatchObject({
      level: "warn",
      text: "more was logged than the 200 lines that are kept",
    });
  });

  test("a result that is too large is refused", async () => {
    expect(await attack("for (let i = 0; i < 30; i++) api.access.deny('x'.repeat(2 ** 17));")).toMatchObject({
      ok: false,
      error: "the Action tells more than 2097152 bytes",
    });
  });

  test("an error that is too large is cut", async () => {
    const result = await attack("const e = new Error('x'.repeat(2 ** 24)); e.stack = 'at '.repeat(2 ** 24); throw e;");

    expect(result).toMatchObject({ ok: false, error: expect.stringMatching(/^Error: x+…$/) });
    expect((result as { error: string }).error).toHaveLength(1000);
  });
});
