"use strict";
// Loaded by `NODE_OPTIONS` into every Node that `cdktf.json`'s app starts. In the one that runs the app's own file it loads
// the packages of the last run, waits for a line on the standard input, and tells at the end what was read and what went
// wrong. Whatever the app does to its process, another one does the next run.
const fs = require("node:fs");
const Module = require("node:module");
const { tmpdir } = require("node:os");
const { join, resolve, sep } = require("node:path");

/**
 * @typedef {{ name: string, message: string, stack: string }} Failure
 * @typedef {{ packages: string[], files: string[], failure?: Failure }} Report
 */

const { AUTH0_DEV_PACKAGES = "", AUTH0_DEV_REPORT = "" } = process.env;

/** @type {{ runMain: () => unknown }} */
const entry = /** @type {any} */ (Module);
const { runMain } = entry;
entry.runMain = function (...args) {
  // What only starts the app, as npx and ts-node do, is a package's file.
  if (!isOfPackage(realPath(process.argv[1] ?? ""))) {
    entry.runMain = runMain;
    loadPackages();
    waitForLine();
    tellAtEnd();
  }
  return runMain.apply(this, args);
};

function loadPackages() {
  /** @type {string[]} */
  const packages = fs.existsSync(AUTH0_DEV_PACKAGES) ? JSON.parse(fs.readFileSync(AUTH0_DEV_PACKAGES, "utf8")) : [];
  for (const file of packages) {
    try {
      require(file);
    } catch {
      // The app will say so itself, if it still needs it.
    }
  }
}

/** Ends the process where whoever is to say so has gone. */
function waitForLine() {
  const byte = Buffer.alloc(1);
  while (byte.toString() !== "\n") {
    try {
      if (fs.readSync(0, byte) === 0) {
        process.exit(0);
      }
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EAGAIN") {
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function tellAtEnd() {
  /** @type {Set<string>} */
  const read = new Set();
  const { readFileSync } = fs;
  /** @param {Parameters<typeof readFileSync>} args */
  const recording = (...args) => {
    const [path] = args;
    if (typeof path === "string" || path instanceof URL) {
      read.add(path instanceof URL ? path.pathname : resolve(path));
    }
    return readFileSync(...args);
  };
  fs.readFileSync = /** @type {typeof readFileSync} */ (recording);
  /** @type {Failure | undefined} */
  let failure;
  process.on("uncaughtExceptionMonitor", (error) => {
    const { name = "Error", message = String(error), stack = "" } = error ?? {};
    failure = { name, message, stack };
  });
  process.on("exit", () => {
    const loaded = [...new Set([...Object.keys(require.cache), ...read])];
    /** @type {Report} */
    const report = {
      packages: Object.keys(require.cache).filter(isOfPackage),
      files: loaded.filter((file) => file !== __filename && !isOfPackage(file) && !isOfCache(file)),
      ...(failure && { failure }),
    };
    fs.writeFileSync(AUTH0_DEV_REPORT, JSON.stringify(report));
  });
}

/** @param {string} file */
function isOfPackage(file) {
  return file.includes(`${sep}node_modules${sep}`);
}

/**
 * What tsx keeps of the files that it has compiled: new at each saving, and nobody's to save.
 *
 * @param {string} file
 */
function isOfCache(file) {
  return file.startsWith(join(tmpdir(), `tsx-${process.geteuid?.()}`, sep));
}

/** @param {string} file */
function realPath(file) {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}
