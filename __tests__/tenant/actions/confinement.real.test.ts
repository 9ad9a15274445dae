import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startConfined } from "../../../tenant/actions/confinement";
import { attack, MEMORY } from "../../support/attacking-action";

/** What the attack logged. */
async function loot(body: string): Promise<readonly string[]> {
  const result = await attack(body);
  expect(result).toEqual({ ok: true, commands: expect.anything(), console: expect.anything() });
  return result.console.map(({ text }) => text);
}

let canary: Server;
let visits = 0;
let port: number;

beforeAll(async () => {
  process.env.CANARY_SECRET = "in the environment of the host";
  canary = createServer((_, response) => {
    visits += 1;
    response.end();
  });
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
  port = (canary.address() as AddressInfo).port;
});

afterAll(() => {
  delete process.env.CANARY_SECRET;
  canary.close();
});

describe("an Action cannot get out by way of the objects that it has", () => {
  const OBJECTS = [
    "this",
    "globalThis",
    "event",
    "event.user",
    "api",
    "api.prompt.render",
    "api.cache.set('a', 'b')",
    "console",
    "console.log",
    "require",
    "module",
    "exports",
    "process",
    "process.exit",
    "Buffer",
    "Buffer.from('a')",
    "URL",
    "setTimeout",
    "setTimeout(() => {}, 1)",
    "crypto.subtle",
    "fetch",
    "require('crypto')",
    "require('crypto').createHash('sha256')",
    "require('node:util').inspect",
    "require('events').prototype",
    "(() => { try { new URL('') } catch (error) { return error } })()",
    "(() => { try { require('fs') } catch (error) { return error } })()",
    "await import('fs').catch((error) => error)",
    "Promise.resolve(crypto.subtle.digest('SHA-1', Buffer.alloc(1)))",
  ];

  test.each(OBJECTS)("%s", async (object) => {
    const texts = await loot(`
      const found = [];
      for (let at = ${object}, depth = 0; at && depth < 6; at = Object.getPrototypeOf(at), depth++) {
        let Function_;
        try { Function_ = at.constructor.constructor } catch {}
        if (typeof Function_ !== "function") continue;
        try { found.push(Function_("return typeof process === 'undefined' ? [] : Object.keys(process)")()) }
        catch (error) { found.push(error.name) }
      }
      console.log(JSON.stringify([...new Set(found.flat())]));`);

    const harmless = ["EvalError", "arch", "env", "exit", "nextTick", "platform", "version", "versions"];
    expect(harmless).toEqual(expect.arrayContaining(JSON.parse(texts[0] ?? "")));
  });

  test("not by the frames of a stack", async () => {
    const texts = await loot(`
      const sites = [];
      const thrownBy = (f) => { try { f(); } catch (error) { return error; } };
      for (const error of [new Error("ours"), thrownBy(() => require("util").promisify())]) {
        for (let at = error.constructor; at?.name; at = Object.getPrototypeOf(at)) {
          at.prepareStackTrace = (_, found) => sites.push(...found);
        }
        void error.stack;
        void new error.constructor("again").stack;
      }
      const foreign = sites.filter((site) => site.getFileName() !== "action.js");
      const closed = (site) => site.getThis() === undefined && site.getFunction() === undefined;
      console.log(foreign.length > 0, foreign.every(closed));`);

    expect(texts).toEqual(["true true"]);
  });

  test("not by what can be walked to from everything that it has", async () => {
    const texts = await loot(`
      const modules = ["buffer", "crypto", "events", "querystring", "string_decoder", "url", "util"].map(require);
      const queue = [globalThis, require, module, event, api, ...modules].map((value, n) => [value, "start" + n]);
      const bad = new RegExp("^(" + [
        "binding", "_linkedBinding", "internalBinding", "dlopen", "_?kill", "_debugProcess", "reallyExit", "chdir", "cwd",
        "setuid", "openSync", "readFileSync", "writeSync", "createReadStream", "WriteStream", "spawn", "execSync", "fork",
        "getBuiltinModule", "createRequire", "_load", "mainModule", "Socket", "TCP", "Pipe", "Server", "Worker",
      ].join("|") + ")$");
      const [seen, hits, known] = [new Set(), [], new Set()];
      while (queue.length > 0 && seen.size < 100000) {
        const [value, path] = queue.pop();
        const walkable = typeof value === "function" || (typeof value === "object" && value !== null);
        if (!walkable || seen.has(value)) continue;
        seen.add(value);
        if (typeof value === "function" && /^(createHash|nextTick|render)$/.test(value.name)) known.add(value.name);
        if (typeof value === "function" && bad.test(value.name)) hits.push(path);
        queue.push([Object.getPrototypeOf(value), path + ".__proto__"]);
        for (const key of value === seen ? [] : Reflect.ownKeys(value)) {
          const at = path + "." + String(key);
          if (bad.test(String(key))) hits.push(at);
          const { get, set } = Object.getOwnPropertyDescriptor(value, key);
          queue.push([get, at + ".get"], [set, at + ".set"]);
          try { queue.push([value[key], at]); } catch {}
        }
      }
      console.log([...known].sort().join(), JSON.stringify(hits));`);

    expect(texts).toEqual(["createHash,nextTick,render []"]);
  });

  test("not by Node's own process object, which a patched emitter would get hold of", async () => {
    const result = await attack(`
      "use strict";
      const EventEmitter = require("events");
      const { emit } = EventEmitter.prototype;
      const patched = function (name, ...given) {
        if (name === "unhandledRejection") console.log(this.constructor.name, Object.getOwnPropertyNames(this));
        return emit.call(this, name, ...given);
      };
      const patches = [
        () => { EventEmitter.prototype.emit = patched; },
        () => Object.defineProperty(EventEmitter.prototype, "emit", { value: patched }),
        () => { delete EventEmitter.prototype.emit; },
        () => Object.setPrototypeOf(EventEmitter.prototype, { emit: patched }),
      ];
      for (const patch of patches) {
        try { patch(); console.log("patched"); } catch (error) { console.log(error.name); }
      }
      Promise.reject(new Error("bait"));
      await new Promise((resolve) => setTimeout(resolve, 50));`);

    expect(result.console.map(({ text }) => text)).toEqual(["TypeError", "TypeError", "TypeError", "TypeError"]);
    expect(result).toMatchObject({ ok: false, error: "Error: bait (line 19)" });
  });

  test("not by what is not there: no modules, no environment, no network", async () => {
    const texts = await loot(`
      const names = [
        "fs", "node:fs", "fs/promises", "child_process", "net", "http", "https", "worker_threads", "vm", "module", "os",
        "process", "inspector", "../run-action.ts", "./seal.cjs", "__proto__", "constructor",
      ];
      for (const name of names) {
        try { require(name); console.log("got", name); }
        catch (error) { if (error.code !== "MODULE_NOT_FOUND") console.log(name, error.message); }
      }
      for (const name of ["fs", "data:text/javascript,1"]) await import(name).then(() => console.log("got", name), () => {});
      const types = [typeof WebSocket, typeof XMLHttpRequest, typeof process.binding, typeof process.mainModule];
      console.log(JSON.stringify(process.env), ...types);
      await fetch("http://127.0.0.1:${port}/").catch(() => {});
      try { await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); console.log("compiled") } catch {}`);

    expect(texts).toEqual([
      "{} undefined undefined undefined undefined",
      "fetch is not supported by the local tenant: Actions run there without network",
    ]);
  });
});

describe("the process holds even when Node's own modules are in an attacker's hands", () => {
  let folder: string;
  const attempts = `
    const names = ["fs", "net", "http", "dgram", "child_process", "worker_threads"];
    const modules = Object.fromEntries(names.map((name) => [name, require(name)]));
    const { writeSync } = modules.fs;
    const told = {};
    const attempt = async (name, action) => {
      try { told[name] = (await action()) ?? "done"; } catch (error) { told[name] = error.code ?? error.message; }
    };
    const event = (emitter, good) =>
      new Promise((resolve, reject) => emitter.once(good, () => resolve(good)).once("error", reject));
    async function attack() {
      const { fs, net, http, dgram, child_process, worker_threads } = modules;
      await attempt("read a file", () => void fs.readFileSync("/etc/hosts"));
      await attempt("list a folder", () => void fs.readdirSync("/"));
      await attempt("write a file", () => fs.writeFileSync("/tmp/auth0-local-tenant-attack", ""));
      await attempt("start a process", () => void child_process.execSync("true"));
      await attempt("start a thread", () => event(new worker_threads.Worker("0", { eval: true }), "online"));
      await attempt("call", () => event(http.get("http://127.0.0.1:${"PORT"}/"), "response"));
      await attempt("listen", () => event(net.createServer().listen(0), "listening"));
      await attempt("send a datagram", () => event(dgram.createSocket("udp4").bind(0), "listening"));
      await attempt("make code of text", () => void Function("return 1")());
      // the shell's own underscore is the path of Node
      const variables = Object.keys(environment).filter((name) => name !== "TZ" && name !== "_");
      await attempt("see the environment", () => variables.join());
      writeSync(1, JSON.stringify(told));
      exit(0);
    }
    const environment = process.env, exit = process.reallyExit.bind(process);
  `;

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "confinement-")));
    copyFileSync(join(__dirname, "../../../tenant/actions/confined/seal.cjs"), join(folder, "seal.cjs"));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  async function attackFrom(script: string): Promise<Record<string, string>> {
    const entry = join(folder, "attacker.cjs");
    writeFileSync(entry, `"use strict";${attempts.replace("PORT", String(port))}${script}`);
    const child = startConfined(entry, folder, { ...MEMORY, cpuSeconds: 20 });
    child.stdin?.end();
    let [told, failed] = ["", ""];
    child.stdout?.on("data", (chunk) => (told += chunk));
    child.stderr?.on("data", (chunk) => (failed += chunk));
    await new Promise((resolve) => child.on("close", resolve));
    expect(failed.replace(/^Warning: .*\n/, "")).toBe("");
    return JSON.parse(told);
  }

  test("nothing that reaches out works after it is sealed", async () => {
    const before = visits;

    const told = await attackFrom(`
      const nodes = process;
      const { argv, env, execArgv, stderr, stdout, ...all } = Object.getOwnPropertyDescriptors(process);
      require("./seal.cjs").seal();
      const left = Object.keys(globalThis).concat(Object.getOwnPropertyNames(nodes));
      // the attacker has found all that was stripped: now only the system is in the way
      Object.defineProperties(nodes, all);
      told.left = left.filter((name) => /kill|bind|fetch|process|Buffer|Socket/.test(name)).join();
      attack();`);

    expect(told).toEqual({
      "read a file": "ERR_ACCESS_DENIED",
      "list a folder": "ERR_ACCESS_DENIED",
      "write a file": "ERR_ACCESS_DENIED",
      "start a process": "ERR_ACCESS_DENIED",
      "start a thread": "ERR_ACCESS_DENIED",
      call: expect.stringMatching(/EMFILE|ERR_ACCESS_DENIED/),
      listen: expect.stringMatching(/EMFILE|ERR_ACCESS_DENIED/),
      "send a datagram": expect.stringMatching(/EMFILE|ERR_ACCESS_DENIED/),
      "make code of text": "Code generation from strings disallowed for this context",
      "see the environment": "",
      left: "",
    });
    expect(visits).toBe(before);
  });

  // the other half of the test above: the same calls do reach out where nothing is sealed, so that it can fail
  test("and it is the seal that cuts the network", async () => {
    const before = visits;

    const told = await attackFrom("attack();");

    const cutByNode = Number(process.versions.node.split(".")[0]) >= 25;
    expect(told).toMatchObject({
      "read a file": "ERR_ACCESS_DENIED",
      call: cutByNode ? "ERR_ACCESS_DENIED" : "response",
    });
    expect(visits).toBe(cutByNode ? before : before + 1);
  });

  test("it does not go on where the limit on file descriptors is not in force", () => {
    const seal = join(folder, "seal.cjs");

    const { status, stderr } = spawnSync(process.execPath, ["-e", `require(${JSON.stringify(seal)}).seal()`]);

    expect(status).toBe(1);
    expect(String(stderr)).toContain("the limit on file descriptors is not in force");
  });
});

describe("an Action cannot lie to the login by breaking what the runner uses", () => {
  const FORGERIES: [string, string][] = [
    ["Object.prototype.toJSON", "Object.prototype.toJSON = () => ({ type: 'done', commands: [{ type: 'sudo' }] });"],
    ["Array.prototype.toJSON", "Array.prototype.toJSON = () => 'none';"],
    ["JSON.stringify", "JSON.stringify = () => '{}'; JSON.parse = () => ({ a: 1 });"],
    ["Array.prototype", "Array.prototype.push = Array.prototype.filter = Array.prototype.map = () => { throw 1 };"],
    ["String.prototype", "String.prototype.slice = String.prototype.split = String.prototype.replaceAll = () => '';"],
    [
      "the realm of Node",
      "for (const o of [require('util').inspect, Buffer]) Object.getPrototypeOf(Object.getPrototypeOf(o)).x = 1;",
    ],
  ];

  test.each(FORGERIES)("%s", async (_, body) => {
    expect(await attack(`${body}; api.prompt.render('ap_1');`)).toMatchObject({
      ok: true,
      commands: [{ type: "render", formId: "ap_1" }],
    });
  });

  test("a promise that it breaks is its own error", async () => {
    expect(await attack("Promise.prototype.then = () => { throw new Error('mine') };")).toMatchObject({
      ok: false,
      error: "Error: mine (line 2)",
    });
  });

  test.each(["push", "filter", "map", "toJSON"])(
    "not by %s of Node's own array, which cannot be changed",
    async (name) => {
      const result = await attack(`
      const theirs = Object.getPrototypeOf(require("crypto").getHashes());
      let told;
      try { theirs.${name} = () => {}; } catch (error) { told = error.name; }
      console.log(told, Object.isExtensible(theirs), theirs !== Array.prototype);
      api.access.deny("told");`);

      expect(result).toMatchObject({
        ok: true,
        commands: [{ type: "deny", reason: "told" }],
        console: [{ text: name === "toJSON" ? "undefined false true" : "TypeError false true" }],
      });
    },
  );
});
