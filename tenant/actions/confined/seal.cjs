"use strict";

const { openSync } = require("node:fs");
const vm = require("node:vm");

/** More than the host lets the process have: then its limit is not in force. */
const TOO_MANY_FILE_DESCRIPTORS = 256;

/** What Node itself reads of `process` while it runs, and what is harmless. */
const KEPT_OF_PROCESS = new Set([
  ...["_events", "_eventsCount", "_exiting", "_fatalException", "_maxListeners", "_tickCallback", "arch", "config"],
  ...["domain", "emitWarning", "exitCode", "features", "nextTick", "noProcessWarnings", "platform", "release"],
  ...["version", "versions"],
]);

/** What Node looks into now and then, with nothing in it. */
const EMPTIED = { argv: [], env: {}, execArgv: [], stderr: {}, stdout: {} };

/**
 * Takes from this process what would let it reach out, whichever code gets hold of whichever object: no file descriptor
 * is left for a socket, `process` can send no signal and load no module, and the globals are those of the language.
 *
 * Only what was opened and required before works afterwards.
 *
 * @throws {Error} when the host's limit on file descriptors is not in force
 */
function seal() {
  takeAllFileDescriptors();
  for (const name of Reflect.ownKeys(process)) {
    if (typeof name === "string" && !KEPT_OF_PROCESS.has(name)) {
      Reflect.deleteProperty(process, name);
    }
  }
  for (const [name, value] of Object.entries(EMPTIED)) {
    Object.defineProperty(process, name, { value });
  }
  const language = new Set(Reflect.ownKeys(vm.createContext(vm.constants.DONT_CONTEXTIFY)));
  for (const name of Reflect.ownKeys(globalThis)) {
    if (!language.has(name)) {
      Reflect.deleteProperty(globalThis, name);
    }
  }
}

function takeAllFileDescriptors() {
  for (let taken = 0; taken < TOO_MANY_FILE_DESCRIPTORS; taken++) {
    try {
      openSync("/dev/null", "r");
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "EMFILE") {
        return;
      }
      throw error;
    }
  }
  throw new Error("the limit on file descriptors is not in force");
}

exports.seal = seal;
