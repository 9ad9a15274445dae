import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { type ActionResult, runAction } from "../../../tenant/actions/run-action";
import { EVENT } from "../../support/attacking-action";

/** A login of a person by an Action whose handler has that body; `first` is whether it is the person who comes first. */
function login(body: string, person: "first" | "next", secrets: Readonly<Record<string, string>> = {}) {
  return runAction({
    handler: "onExecutePostLogin",
    code: `let kept;
exports.onExecutePostLogin = async (event, api) => {
const first = event.user.email === "first@example.com";
${body}
};`,
    secrets,
    event: { ...EVENT, user: { ...EVENT.user, email: `${person}@example.com` } },
  });
}

/** The processes in which this one runs Actions. */
function processes(): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).trim().split("\n");
  const all = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []);
  return all
    .filter(([, , parent, args]) => Number(parent) === process.pid && args?.includes("confined/main.cjs"))
    .map(([, pid]) => Number(pid))
    .sort();
}

/** In which a process comes to rest. */
function shortly(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 200));
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition() && tries < 100; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function texts(result: ActionResult): readonly string[] {
  expect(result).toMatchObject({ ok: true });
  return result.console.map(({ text }) => text);
}

describe("a login leaves nothing to the next one, although it runs in the same process", () => {
  const LEFT: readonly [what: string, leave: string, find: string][] = [
    ["a global", "globalThis.left = event.user.email", "globalThis.left"],
    ["a variable of the module", "kept = event.user.email", "kept"],
    ["what the module exports", "module.left = exports.left = event.user.email", "module.left ?? exports.left"],
    ["a prototype of the language", "Object.prototype.left = event.user.email", "({}).left"],
    ["a property of require", "require.left = event.user.email", "require.left"],
    ["a module", "require('util').left = event.user.email", "require('util').left"],
    ["an object of a module", "require('util').inspect.left = event.user.email", "require('util').inspect.left"],
    [
      "how values are printed",
      "require('util').inspect.defaultOptions = { left: event.user.email }",
      "require('util').inspect.defaultOptions.left",
    ],
    ["a class of Node", "Buffer.left = URL.prototype.left = event.user.email", "Buffer.left ?? URL.prototype.left"],
    ["a prototype of Node", "Buffer.from('').__proto__.left = event.user.email", "Buffer.from('').left"],
    [
      "Node's own Object",
      "Object.getPrototypeOf(Object.getPrototypeOf(require('util').inspect)).left = event.user.email",
      "Object.getPrototypeOf(Object.getPrototypeOf(require('util').inspect)).left",
    ],
    [
      "a getter of Node",
      "Object.getOwnPropertyDescriptor(require('events').prototype, 'on').get.left = event.user.email",
      "Object.getOwnPropertyDescriptor(require('events').prototype, 'on').get.left",
    ],
    [
      "a timer's class",
      "const t = setTimeout(() => {}, 1); clearTimeout(t); t.constructor.prototype.left = event.user.email",
      "(() => { const t = setTimeout(() => {}, 1); clearTimeout(t); return t.left; })()",
    ],
    ["a function of process", "process.nextTick.left = event.user.email", "process.nextTick.left"],
    [
      "a promise of a timer",
      "setTimeout[require('util').promisify.custom].left = event.user.email",
      "setTimeout[require('util').promisify.custom].left",
    ],
    [
      "process",
      "process.left = process.env.left = process.versions.left = event.user.email",
      "process.left ?? process.env.left ?? process.versions.left",
    ],
    [
      "the console",
      "console.left = console.constructor.left = event.user.email",
      "console.left ?? console.constructor.left",
    ],
    [
      "a mark in time",
      "performance.left = event.user.email; performance.mark?.(event.user.email)",
      "performance.left ?? performance.getEntries?.()[0]",
    ],
    [
      "api and its cache",
      "api.left = event.user.email; api.cache.set('left', event.user.email)",
      "api.left ?? api.cache.get('left')?.value",
    ],
    [
      "bytes",
      "Buffer.from(event.user.email); Buffer.allocUnsafe(1000).write(event.user.email)",
      "[Buffer.from('x').buffer, Buffer.allocUnsafe(1000).buffer].find((bytes) => Buffer.from(bytes).includes('first@'))",
    ],
    ...["Buffer.allocUnsafeSlow", "Buffer.allocUnsafe", "(require('buffer').SlowBuffer ?? Buffer.allocUnsafeSlow)"].map(
      (make): [string, string, string] => [
        `bytes of ${make}`,
        `for (let n = 0; n < 20000; n++) { ${make}(20000).fill(event.user.email); }`,
        `Array.from({ length: 500 }, () => ${make}(20000)).find((bytes) => bytes.includes('first@'))`,
      ],
    ),
  ];

  test.each(LEFT)("%s", async (_, leave, find) => {
    const body = `if (first) { try { ${leave}; } catch (error) { console.log(error.name); } } else { console.log(String(${find})); }`;

    const left = await login(body, "first");
    await shortly();
    const before = processes();
    const found = await login(body, "next");

    expect(["", "TypeError"]).toContain(texts(left).join());
    expect(texts(found)).toEqual(["undefined"]);
    expect(processes()).toEqual(before);
  });

  const CAUGHT: readonly [what: string, patch: string][] = [
    ["what reads the event", "JSON.parse = (text) => { console.log(text); return {}; }"],
    ["Node's bytes", "Buffer.from = (given) => { kept = given; throw new Error('caught'); }"],
    [
      "Node's lists",
      "Object.getPrototypeOf(require('crypto').getHashes()).push = (given) => { throw new Error('caught'); }",
    ],
    ["Node's emitters", "require('events').prototype.emit = () => { throw new Error('caught'); }"],
    [
      "Node's promises",
      "Object.getPrototypeOf(crypto.subtle.digest('SHA-1', Buffer.alloc(1))).then = () => { throw new Error('caught'); }",
    ],
    ["the stacks of errors", "Error.prepareStackTrace = () => { throw new Error('caught'); }"],
    ["timers", "setTimeout(() => {}, 1).constructor.prototype.refresh = () => { throw new Error('caught'); }"],
  ];

  test.each(CAUGHT)("a trap in %s catches nobody", async (_, patch) => {
    const body = `
      if (first) { try { ${patch} } catch (error) { } return; }
      console.log(event.user.email, new Error("fine").stack.split("\\n")[0]);
      api.user.setUserMetadata("email", event.user.email);`;

    expect(await login(body, "first")).toMatchObject({ ok: true });

    expect(await login(body, "next")).toEqual({
      ok: true,
      commands: [{ type: "setUserMetadata", key: "email", value: "next@example.com" }],
      console: [{ level: "log", time: expect.any(String), text: "next@example.com Error: fine" }],
    });
  });

  const RUNNING_ON: readonly [what: string, leave: string][] = [
    ["an interval", "setInterval(() => console.log(event.user.email), 20)"],
    ["a timer that keeps nothing alive", "setInterval(() => console.log(event.user.email), 20).unref()"],
    [
      "an immediate that keeps nothing alive",
      "const end = Date.now() + 50; const again = () => { if (Date.now() > end) { throw new Error(event.user.email); } setImmediate(again).unref(); }; again()",
    ],
    [
      "a timer that it has meddled with",
      "const t = setTimeout(() => { throw new Error(event.user.email) }, 50); for (const key of Reflect.ownKeys(t)) { try { t[key] = false; } catch {} } Object.setPrototypeOf(t, null)",
    ],
    [
      "what calls it with Node's timer",
      "setTimeout(function () { this.unref(); setImmediate(function again() { setImmediate(again); this.unref(); }); }, 1)",
    ],
    [
      "a promise of a timer",
      "const { promisify } = require('util'); promisify(setTimeout)(20, 0, { ref: false }).then(() => { throw new Error(event.user.email); })",
    ],
    [
      "a promise of an immediate",
      "const later = require('util').promisify(setImmediate); (async () => { for (;;) { await later(0, { ref: false }); } })()",
    ],
    [
      "a waiter",
      "Atomics.waitAsync?.(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20).value.then(() => { throw new Error(event.user.email); })",
    ],
    ["a signal", "AbortSignal.timeout(20).addEventListener('abort', () => { throw new Error(event.user.email); })"],
    ["a tick after the other", "const again = () => setImmediate(again); again()"],
    ["a promise", "(async () => { for (;;) await new Promise((resolve) => setTimeout(resolve, 1)); })()"],
    [
      "slow work",
      "require('crypto').pbkdf2('a', 'b', 3e6, 64, 'sha512', () => { throw new Error(event.user.email); })",
    ],
    ["a promise that is rejected late", "setTimeout(() => Promise.reject(new Error(event.user.email)), 5)"],
  ];

  test.each(RUNNING_ON)("%s that it leaves running does not run on in the next login", async (_, leave) => {
    const body = `
      if (first) { ${leave}; return; }
      await new Promise((resolve) => setTimeout(resolve, 100));
      console.log("alone");`;

    const [left, ...next] = [await login(body, "first"), await login(body, "next"), await login(body, "next")];

    expect(left).toEqual({ ok: true, commands: [], console: [] });
    expect(next.map(texts)).toEqual([["alone"], ["alone"]]);
  });
});

describe("a process", () => {
  test("is used again by the same Action", async () => {
    const body = "console.log('again')";
    await login(body, "first");
    await shortly();
    const before = processes();

    await login(body, "next");
    await shortly();
    await login(body, "next");

    expect(processes()).toEqual(before);
  });

  test("is never entered by another Action, or by one with other secrets", async () => {
    const results = [
      await login("kept = event.secrets.KEY; console.log('one')", "first", { KEY: "the first secret" }),
      await login("kept = event.secrets.KEY; console.log('one')", "first", { KEY: "another secret" }),
      await login("kept = event.secrets.KEY; console.log('two')", "first", { KEY: "the first secret" }),
    ];
    const before = processes();
    await login("kept = event.secrets.KEY; console.log('three')", "first", { KEY: "the first secret" });

    expect(results.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(processes().filter((pid) => !before.includes(pid))).toHaveLength(1);
  });

  test.each([
    ["fails", "throw new Error('no')"],
    ["exits", "process.exit(0)"],
    ["waits for what never happens", "await new Promise(() => {})"],
  ])("in which a run %s is gone", async (_, body) => {
    const before = processes();

    expect(await login(body, "first")).toMatchObject({ ok: false });

    await until(() => processes().every((pid) => before.includes(pid)));
    expect(processes().filter((pid) => !before.includes(pid))).toEqual([]);
  });

  test("that was killed between two logins is replaced, and the login knows nothing of it", async () => {
    const body = "api.access.deny('told')";
    await login(body, "first");
    const before = processes();

    for (const pid of before) {
      process.kill(pid, "SIGKILL");
    }
    const result = await login(body, "next");

    expect(result).toMatchObject({ ok: true, commands: [{ type: "deny", reason: "told" }] });
    expect(processes().filter((pid) => before.includes(pid))).toEqual([]);
  });

  test("that was as large as its heap may be is not used again", async () => {
    const body = "console.log(new Array(1.3e7).fill(event.user.email).length)";
    const before = processes();

    expect(texts(await login(body, "first"))).toEqual(["13000000"]);

    await until(() => processes().every((pid) => before.includes(pid)));
    expect(processes().filter((pid) => !before.includes(pid))).toEqual([]);
    expect(texts(await login(body, "next"))).toEqual(["13000000"]);
  });
});

test("more logins at once than processes are all answered, in the order in which they came", async () => {
  const atOnce = Math.max(4, availableParallelism());
  const together = (count: number, told: (n: number) => void) =>
    Promise.all(
      Array.from({ length: count }, async (_, n) => {
        const result = await login(
          "await new Promise((resolve) => setTimeout(resolve, 20)); console.log('in')",
          "next",
        );
        told(n);
        return texts(result).join();
      }),
    );
  const others = processes();
  await together(atOnce, () => undefined);
  const ended: number[] = [];

  const told = await together(10 * atOnce, (n) => ended.push(n));

  expect(told).toEqual(Array.from({ length: 10 * atOnce }, () => "in"));
  // those that are at it together may end in any order
  const late = ended.map((n, place) => Math.abs(n - place));
  expect(Math.max(...late)).toBeLessThan(2 * atOnce);
  expect(processes().filter((pid) => !others.includes(pid)).length).toBeLessThanOrEqual(atOnce);
}, 60_000);
