"use strict";

const { inspect, types } = require("node:util");

/** As much of a stack as is searched: an Action may make it as long as it likes. */
const SEARCHED = 20_000;

/**
 * What was thrown, in one text, with the Action's line where the stack tells it. It never throws itself, whatever it is
 * given.
 *
 * @param {unknown} error
 * @param {string} filename of the Action
 */
function describeError(error, filename) {
  try {
    if (!types.isNativeError(error)) {
      return `the Action threw ${inspect(error, { breakLength: Number.POSITIVE_INFINITY, customInspect: false })}`;
    }
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    const message = String(code).startsWith("ERR_VM_DYNAMIC_IMPORT")
      ? "import() is not supported by the local tenant; use require"
      : String(error.message);
    const line = lineOf(String(error.stack).slice(0, SEARCHED), filename);
    return `${String(error.name)}: ${message}${line === undefined ? "" : ` (line ${line})`}`;
  } catch {
    return "the Action threw an error that cannot be read";
  }
}

/**
 * A syntax error begins with its place, a stack has it in a frame.
 *
 * @param {string} stack
 * @param {string} filename
 */
function lineOf(stack, filename) {
  for (const line of stack.split("\n")) {
    const at = line.startsWith(`${filename}:`) ? 0 : /^ {4}at /.test(line) ? line.lastIndexOf(`${filename}:`) : -1;
    const found = at < 0 ? null : /^\d+/.exec(line.slice(at + filename.length + 1));
    if (found !== null) {
      return found[0];
    }
  }
  return undefined;
}

exports.describeError = describeError;
