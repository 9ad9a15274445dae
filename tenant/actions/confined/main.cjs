"use strict";

// The confined process: it reads a job from standard input, runs the Action, and answers on standard output, one JSON
// message a line. An Action can break what this file uses after it began; then only its own run fails.

const { Buffer } = require("node:buffer");
const { readFileSync, writeSync } = require("node:fs");
const { setImmediate, setTimeout } = require("node:timers");
const vm = require("node:vm");
const { createActionContext, loadAction } = require("./action-context.cjs");
const { describeError } = require("./describe-error.cjs");
const { moveClock } = require("./move-clock.cjs");
const { createPostLoginApi } = require("./post-login-api.cjs");
const { seal } = require("./seal.cjs");

/**
 * @typedef {import("../action-process").Job} Job
 * @typedef {import("../action-process").Message} Message
 */

const FILENAME = "action.js";
/** How much later than the host this process gives up, for the case that there is no host any more. */
const GRACE_MILLISECONDS = 1000;

/** @type {Job} */
const job = JSON.parse(readFileSync(0, "utf8"));
// process.exit would call what an Action may have put into its way
const endProcess = /** @type {{ reallyExit: (code: number) => never }} */ (/** @type {unknown} */ (process)).reallyExit;
let lines = 0;

/** @param {Message} message */
function send(message) {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let sent = 0; sent < bytes.length; ) {
    sent += writeSync(1, bytes, sent);
  }
}

/**
 * Masked before it is cut, so that no part of a secret is left at the end.
 *
 * @type {(text: string, length: number) => string}
 */
function masked(text, length) {
  const safe = job.secretTexts.reduce((result, secret) => result.replaceAll(secret, "***"), text);
  return safe.length > length ? `${safe.slice(0, length - 1)}…` : safe;
}

/** @type {import("./action-context.cjs").Host["log"]} */
function sendLine(level, text) {
  send({ type: "console", level, time: new Date().toISOString(), text });
}

/** @type {import("./action-context.cjs").Host["log"]} */
function log(level, text) {
  lines += 1;
  if (lines <= job.maximumLines) {
    sendLine(level, masked(text, job.maximumLineLength));
  } else if (lines === job.maximumLines + 1) {
    sendLine("warn", `more was logged than the ${job.maximumLines} lines that are kept`);
  }
}

/**
 * The last message; the process ends with it.
 *
 * @param {Message} message
 * @returns {never}
 */
function end(message) {
  send(message);
  endProcess(0);
  throw new Error("unreachable");
}

/** @param {string} error */
const failWith = (error) => end({ type: "failed", error: masked(error, job.maximumErrorLength) });
/** @param {unknown} error */
const fail = (error) => failWith(describeError(error, FILENAME));

async function run() {
  const event = vm.runInContext("JSON.parse", context)(job.event);
  const { api, commands, failure } = createPostLoginApi(event, (text) => log("warn", text));
  const handler = /** @type {any} */ (loadAction(job.code, context, FILENAME))?.[job.handler];
  if (typeof handler !== "function" || handler.constructor?.name !== "AsyncFunction") {
    failWith(
      `Invalid function signature for the "${job.handler}" handler: use exports.${job.handler} = async (event, api) => { }`,
    );
  }
  await handler(event, api);
  // a promise that the Action rejected and forgot is told before this
  setImmediate(() => {
    const failed = failure();
    return failed === undefined ? end({ type: "done", commands }) : fail(failed);
  });
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
process.on("beforeExit", () => failWith("the Action waits for something that never happens"));
setTimeout(() => endProcess(1), job.timeoutMilliseconds + GRACE_MILLISECONDS).unref();

const context = createActionContext({
  log,
  exit: (code) => failWith(`the Action called process.exit(${typeof code === "number" ? code : ""})`),
});
if (job.clockAheadMilliseconds !== 0) {
  moveClock(globalThis, job.clockAheadMilliseconds);
  vm.runInContext(`(${moveClock})`, context)(context, job.clockAheadMilliseconds);
}
seal();
setImmediate(() => run().catch(fail));
