import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TOOLCHAIN } from "./folders.mjs";
import { say } from "./progress.mjs";

/**
 * What was installed, where it came from, and the SHA-256 of each of its files.
 *
 * @typedef {{ version: string, source: string, sha256: Record<string, string> }} Stamp
 */

/**
 * @param {string} name
 * @param {string} version
 * @returns {Stamp | undefined} undefined when it is not installed, in another version, or not as it was installed
 */
export function installed(name, version) {
  const file = stampFile(name);
  if (!existsSync(file)) {
    return undefined;
  }
  /** @type {Stamp} */
  const stamp = JSON.parse(readFileSync(file, "utf8"));
  if (stamp.version !== version) {
    return undefined;
  }
  const changed = Object.keys(stamp.sha256).filter((path) => sha256(path) !== stamp.sha256[path]);
  if (changed.length === 0) {
    return stamp;
  }
  for (const path of changed) {
    say(`${join(TOOLCHAIN, path)} is not the file that was installed; installing it again`);
  }
  return undefined;
}

/**
 * @param {string} name
 * @param {{ version: string, source: string, paths: readonly string[] }} content
 * @returns {Stamp}
 */
export function writeStamp(name, { version, source, paths }) {
  const stamp = { version, source, sha256: Object.fromEntries(paths.map((path) => [path, sha256(path) ?? ""])) };
  writeAtomically(stampFile(name), `${JSON.stringify(stamp, null, 2)}\n`);
  return stamp;
}

/**
 * @param {string} file
 * @param {string} text
 */
export function writeAtomically(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const next = `${file}.${process.pid}`;
  writeFileSync(next, text);
  renameSync(next, file);
}

/** @param {string} name */
function stampFile(name) {
  return join(TOOLCHAIN, "stamps", `${name}.json`);
}

/** @param {string} path below the tool chain's folder */
function sha256(path) {
  const file = join(TOOLCHAIN, path);
  return existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : undefined;
}
