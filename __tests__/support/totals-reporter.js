const { writeSync } = require("node:fs");

/**
 * Prints one line, `12 passed, 0 failed`, on stdout. In CI a skipped test fails the run: what was skipped was not seen.
 *
 * @implements {Pick<import("@jest/reporters").Reporter, "onRunComplete" | "getLastError">}
 */
class TotalsReporter {
  /** @type {Error | undefined} */
  #error;

  /**
   * @param {unknown} _contexts
   * @param {import("@jest/reporters").AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    // a file that does not load has no tests to count
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const totals = `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    // At the exit, so that it stands below jest's own summary.
    process.once("exit", () => writeSync(process.stdout.fd, `${totals}\n`));
    if (skipped === 0 || !isCi()) {
      return;
    }
    this.#error = new Error(`${skipped} skipped, which fails the run in CI`);
    process.stderr.write(`${this.#error.message}\n`);
  }

  getLastError() {
    return this.#error;
  }
}

function isCi() {
  return !["", "0", "false", undefined].includes(process.env.CI);
}

module.exports = TotalsReporter;
