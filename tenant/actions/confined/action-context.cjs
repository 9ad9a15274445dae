"use strict";

const { Console } = require("node:console");
const { isBuiltin } = require("node:module");
const vm = require("node:vm");

/** The modules of Node that an Action may require: they compute, and reach nothing. */
const MODULES = {
  buffer: require("node:buffer"),
  crypto: require("node:crypto"),
  events: require("node:events"),
  querystring: require("node:querystring"),
  string_decoder: require("node:string_decoder"),
  url: require("node:url"),
  util: require("node:util"),
};

/** Globals of Node that an Action finds beside those of the language. */
const GLOBALS = {
  ...{ AbortController, AbortSignal, Buffer, DOMException, Event, EventTarget, TextDecoder, TextEncoder, URL },
  ...{ URLSearchParams, atob, btoa, crypto, queueMicrotask, structuredClone },
  // Node's own keeps marks and listeners, and would keep them for the next run
  performance: { now: performance.now.bind(performance), timeOrigin: performance.timeOrigin },
};

const { arch, nextTick, platform, version, versions } = process;
const PROCESS = { arch, nextTick, platform, version, versions };

/** Kinds of values that come from Node's own realm too, so that `instanceof` must know both. */
const SHARED = { ArrayBuffer, Error, Promise, RangeError, SyntaxError, TypeError, Uint8Array };

/**
 * @typedef {"log" | "info" | "warn" | "error" | "debug"} ConsoleLevel
 * @typedef {ReturnType<typeof import("./timers.cjs").createTimers>["globals"]} Timers
 * @typedef {{ log: (level: ConsoleLevel, text: string) => void, exit: (code: unknown) => never, timers: Timers }} Host
 */

/**
 * A `node:vm` context with what an Action finds at Auth0, without network, files and processes.
 *
 * The context keeps an Action's globals apart from the runner's. It is no wall: Node's objects in it come from Node's
 * realm. The wall is the process around it.
 *
 * @param {Host} host
 */
function createActionContext(host) {
  // with an object to stand for the global one, `this.constructor` would be of Node's realm
  const global = vm.createContext(vm.constants.DONT_CONTEXTIFY, { codeGeneration: { strings: true, wasm: false } });
  // what they bring about keeps no process at work, and would come in the next run
  delete global.Atomics.waitAsync;
  delete global.FinalizationRegistry;
  Object.assign(global, GLOBALS, host.timers, {
    console: createConsole(host.log),
    fetch: async () => {
      const error = new Error("fetch is not supported by the local tenant: Actions run there without network");
      // told even if the Action takes it for a fault of the network
      host.log("warn", error.message);
      throw error;
    },
    global,
    process: createProcess(host.exit),
  });
  for (const [name, ours] of Object.entries(SHARED)) {
    shareInstances(global[name], ours);
  }
  return global;
}

/**
 * @param {Function} theirs
 * @param {Function} ours
 */
function shareInstances(theirs, ours) {
  const isInstance = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(theirs, Symbol.hasInstance, {
    /**
     * @this {Function}
     * @param {unknown} value
     */
    value(value) {
      return isInstance.call(this, value) || (this === theirs && isInstance.call(ours, value));
    },
  });
}

/** @param {Host["log"]} log */
function createConsole(log) {
  /** @param {ConsoleLevel} level */
  const sink = (level) => ({ write: (/** @type {string} */ text) => log(level, text.replace(/\n$/, "")) });
  /** @param {ConsoleLevel} stdout @param {ConsoleLevel} [stderr] */
  const consoleFor = (stdout, stderr = stdout) =>
    new Console(
      /** @type {any} */ ({ stdout: sink(stdout), stderr: sink(stderr), ignoreErrors: false, colorMode: false }),
    );
  const { debug } = consoleFor("debug");
  const { info } = consoleFor("info");
  const { warn } = consoleFor("warn");
  return Object.assign(consoleFor("log", "error"), { debug, info, warn });
}

/** @param {Host["exit"]} exit */
function createProcess(exit) {
  const { versions, ...others } = PROCESS;
  return { ...others, env: {}, exit, versions: { ...versions } };
}

/**
 * An Action's `require`.
 *
 * @param {string} name
 * @throws {Error} with the code MODULE_NOT_FOUND for all but a few modules of Node
 */
function requireInAction(name) {
  const found = Object.entries(MODULES).find(([known]) => name === known || name === `node:${known}`);
  if (found !== undefined) {
    return found[1];
  }
  const why = isBuiltin(name)
    ? "the local tenant runs Actions without network, files and processes"
    : "the local tenant installs no dependencies of Actions";
  const there = Object.keys(MODULES).join(", ");
  throw Object.assign(new Error(`Cannot find module ${JSON.stringify(name)}: ${why}; there is ${there}`), {
    code: "MODULE_NOT_FOUND",
  });
}

/**
 * Runs an Action's code in the context.
 *
 * @param {string} code CommonJS
 * @param {import("node:vm").Context} context
 * @param {string} filename as stacks show it
 * @returns {unknown} what it exports
 */
function loadAction(code, context, filename) {
  const module = { exports: vm.runInContext("({})", context) };
  const main = vm.compileFunction(code, ["exports", "require", "module"], { filename, parsingContext: context });
  Reflect.apply(main, module.exports, [module.exports, requireInAction, module]);
  return module.exports;
}

/** What all contexts share. */
exports.GIVEN = [MODULES, GLOBALS, PROCESS, SHARED, Console, requireInAction, MODULES.util.inspect.defaultOptions];
exports.createActionContext = createActionContext;
exports.loadAction = loadAction;
