"use strict";

// The confined process: it reads jobs from standard input, one JSON text a line, runs the Action for each in a context of its
// own, and answers on standard output, one JSON message a line. All jobs of a process are of one and the same program.

const { Buffer } = require("node:buffer");
const { readSync, writeSync } = require("node:fs");
const { clearTimeout, setImmediate, setTimeout } = require("node:timers");
const vm = require("node:vm");
const { createActionContext, GIVEN, loadAction } = require("./action-context.cjs");
const { describeError } = require("./describe-error.cjs");
const { freezeRealm } = require("./freeze.cjs");
const { moveClock } = require("./move-clock.cjs");
const { createPostLoginApi } = require("./post-login-api.cjs");
const { seal } = require("./seal.cjs");
const { createTimers } = require("./timers.cjs");

/**
 * @typedef {import("../action-process").Job} Job
 * @typedef {import("../action-process").Message} Message
 * @typedef {import("./action-context.cjs").Host["log"]} Log
 */

const FILENAME = "action.js";
/** How much later than the host this process gives up, for the case that there is no host any more. */
const GRACE_MILLISECONDS = 1000;
const CHUNK_BYTES = 64 * 1024;
const LINE_BREAK = 10;

// process.exit would call what an Action may have put into its way
const endProcess = /** @type {{ reallyExit: (code: number) => never }} */ (/** @type {unknown} */ (process)).reallyExit;
const { resourceUsage, getActiveResourcesInfo } = process;
const Timeout = Object.getPrototypeOf(setTimeout(() => {}, 0));
const { unref } = Timeout;

/** @param {Message} message */
function send(message) {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let sent = 0; sent < bytes.length; ) {
    sent += writeSync(1, bytes, sent);
  }
}

/**
 * Waits for the next job; nothing else of this process runs meanwhile.
 *
 * @returns {Job | undefined} undefined when the host is gone
 */
function nextJob() {
  const chunks = [];
  for (;;) {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const length = readSync(0, chunk);
    chunks.push(chunk.subarray(0, length));
    // the host sends the next line when this one is answered
    if (length === 0 || chunk[length - 1] === LINE_BREAK) {
      const line = Buffer.concat(chunks).toString();
      return line === "" ? undefined : JSON.parse(line);
    }
  }
}

/** One job, to its answer. */
class Run {
  lines = 0;
  isOver = false;
  timers = createTimers();

  /** @param {Job} job */
  constructor(job) {
    this.job = job;
    this.hostIsGone = setTimeout(() => endProcess(1), job.timeoutMilliseconds + GRACE_MILLISECONDS);
    unref.call(this.hostIsGone);
  }

  start() {
    const { job } = this;
    const context = createActionContext({
      log: (level, text) => this.log(level, text),
      exit: (code) => this.failWith(`the Action called process.exit(${typeof code === "number" ? code : ""})`),
      timers: this.timers.globals,
    });
    if (job.clockAheadMilliseconds !== 0) {
      vm.runInContext(`(${moveClock})`, context)(context, job.clockAheadMilliseconds);
    }
    setImmediate(() => this.action(context).catch((error) => this.fail(error)));
  }

  /** @param {import("node:vm").Context} context */
  async action(context) {
    const { job } = this;
    const event = vm.runInContext("JSON.parse", context)(job.event);
    const { api, commands, failure } = createPostLoginApi(
      event,
      (text) => this.log("warn", text),
      () => this.now(),
    );
    const handler = /** @type {any} */ (loadAction(job.code, context, FILENAME))?.[job.handler];
    if (typeof handler !== "function" || handler.constructor?.name !== "AsyncFunction") {
      this.failWith(
        `Invalid function signature for the "${job.handler}" handler: use exports.${job.handler} = async (event, api) => { }`,
      );
    }
    await handler(event, api);
    // a promise that the Action rejected and forgot is told before this
    setImmediate(() => {
      const failed = failure();
      if (failed === undefined) {
        this.done(commands);
      } else {
        this.fail(failed);
      }
    });
  }

  /** @param {readonly import("../command").Command[]} commands */
  done(commands) {
    send({ type: "done", commands });
    clearTimeout(this.hostIsGone);
    this.isOver = true;
    run = undefined;
    // what it has left would run on into the next job; Node's own timers are those of signals and promises
    const isNodePending = getActiveResourcesInfo().some(
      (resource) => resource === "Timeout" || resource === "Immediate",
    );
    if (this.timers.isPending() || isNodePending) {
      endProcess(0);
    }
  }

  /**
   * A run that fails ends the process.
   *
   * @param {string} error
   * @returns {never}
   */
  failWith(error) {
    if (!this.isOver) {
      send({ type: "failed", error: this.masked(error, this.job.maximumErrorLength) });
    }
    endProcess(0);
    throw new Error("unreachable");
  }

  /** @param {unknown} error */
  fail(error) {
    return this.failWith(describeError(error, FILENAME));
  }

  /** @type {Log} */
  log(level, text) {
    this.lines += 1;
    if (this.isOver) {
      return;
    }
    if (this.lines <= this.job.maximumLines) {
      this.sendLine(level, this.masked(text, this.job.maximumLineLength));
    } else if (this.lines === this.job.maximumLines + 1) {
      this.sendLine("warn", `more was logged than the ${this.job.maximumLines} lines that are kept`);
    }
  }

  /** @type {Log} */
  sendLine(level, text) {
    send({ type: "console", level, time: new Date(this.now()).toISOString(), text });
  }

  /**
   * Masked before it is cut, so that no part of a secret is left at the end.
   *
   * @type {(text: string, length: number) => string}
   */
  masked(text, length) {
    const safe = this.job.secretTexts.reduce((result, secret) => result.replaceAll(secret, "***"), text);
    return safe.length > length ? `${safe.slice(0, length - 1)}…` : safe;
  }

  now() {
    return Date.now() + (this.job.clockAheadMilliseconds ?? 0);
  }
}

/** @type {Run | undefined} */
let run;

/** @param {unknown} error */
function fail(error) {
  // what a run has left behind has no one any more to tell it to
  return run === undefined ? endProcess(1) : run.fail(error);
}

function serve() {
  const job = nextJob();
  if (job === undefined) {
    endProcess(0);
    return;
  }
  send({ type: "begun" });
  run = new Run(job);
  run.start();
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
// nothing is left that could run
process.on("beforeExit", () => {
  if (run !== undefined) {
    run.failWith("the Action waits for something that never happens");
  }
  const { userCPUTime, systemCPUTime, maxRSS } = resourceUsage();
  send({ type: "idle", cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, bytes: maxRSS * 1024 });
  serve();
});

// a pool of bytes would show one run what was another's
Buffer.poolSize = 0;
// a timer that keeps nothing alive would go off unseen in the next run
Timeout.unref = function () {
  return this;
};
freezeRealm(GIVEN);
seal();
serve();
