"use strict";

const node = require("node:timers");
const promises = require("node:timers/promises");
const { promisify } = require("node:util");

/** @typedef {(fire: () => void) => any} Start makes Node's own timer */

/**
 * The timers of one run. Node's own behind them, which an Action cannot reach, always keep the process at work: what goes off unseen
 * would do so in the next run.
 */
function createTimers() {
  /** By its number, what is yet to go off. @type {Map<number, { close: () => void }>} */
  const pending = new Map();
  let last = 0;

  /** @param {Function} callback @param {readonly unknown[]} given @param {Start} start */
  function timer(callback, given, start, isRepeated = false) {
    const id = ++last;
    const go = () => {
      if (!isRepeated) {
        pending.delete(id);
      }
      Reflect.apply(callback, handle, given);
    };
    // Node refuses what is no function in its own words
    const own = start(typeof callback === "function" ? go : /** @type {any} */ (callback));
    let isClosed = false;
    let isRefed = true;
    const handle = {
      ref() {
        isRefed = true;
        return handle;
      },
      unref() {
        isRefed = false;
        return handle;
      },
      hasRef: () => isRefed,
      refresh() {
        if (!isClosed) {
          own.refresh();
          pending.set(id, handle);
        }
        return handle;
      },
      close() {
        isClosed = true;
        pending.delete(id);
        node.clearTimeout(own);
        node.clearImmediate(own);
        return handle;
      },
      [Symbol.toPrimitive]: () => id,
    };
    pending.set(id, handle);
    return handle;
  }

  /** @type {(callback: Function, delay?: number, ...given: unknown[]) => unknown} */
  const setTimeout = (callback, delay, ...given) => timer(callback, given, (go) => node.setTimeout(go, delay));
  /** @type {(callback: Function, delay?: number, ...given: unknown[]) => unknown} */
  const setInterval = (callback, delay, ...given) => timer(callback, given, (go) => node.setInterval(go, delay), true);
  /** @type {(callback: Function, ...given: unknown[]) => unknown} */
  const setImmediate = (callback, ...given) => timer(callback, given, (go) => node.setImmediate(go));
  const clear = (/** @type {unknown} */ handle) => {
    pending.get(Number(handle))?.close();
  };
  return {
    isPending: () => pending.size > 0,
    globals: {
      setTimeout: promising(
        setTimeout,
        (/** @type {number} */ delay, /** @type {unknown} */ value, /** @type {object} */ options) =>
          promises.setTimeout(delay, value, { ...options, ref: true }),
      ),
      setInterval,
      setImmediate: promising(setImmediate, (/** @type {unknown} */ value, /** @type {object} */ options) =>
        promises.setImmediate(value, { ...options, ref: true }),
      ),
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear,
    },
  };
}

/**
 * For `util.promisify`: Node's own promises, which show no timer.
 *
 * @param {Function} ours
 * @param {Function} promise
 */
function promising(ours, promise) {
  return Object.defineProperty(ours, promisify.custom, { value: promise });
}

exports.createTimers = createTimers;
