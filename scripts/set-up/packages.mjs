import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./folders.mjs";
import { step } from "./progress.mjs";
import { run, which } from "./run.mjs";
import { SetUpError } from "./set-up-error.mjs";

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} Package */

/** @throws {SetUpError} when this Node is older than package.json's `engines` */
export function checkNode() {
  const { engines } = readJson("package.json");
  const wanted = /^>=(\d+)\.(\d+)$/.exec(engines.node);
  if (wanted === null) {
    throw new SetUpError(`package.json: engines.node must read ">=major.minor", got "${engines.node}"`);
  }
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [wantedMajor, wantedMinor] = [Number(wanted[1]), Number(wanted[2])];
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) {
    return;
  }
  throw new SetUpError(
    `Node ${engines.node} is needed, this is ${process.versions.node}; see https://nodejs.org/en/download`,
  );
}

/** Brings node_modules to what package-lock.json says, if it is not so already. */
export async function installPackages() {
  if (installed()) {
    return;
  }
  const npm = which("npm");
  if (npm === undefined) {
    throw new SetUpError("npm is not on PATH; it comes with Node: https://nodejs.org/en/download");
  }
  // below `npm run --silent`, NODE_ENV=production or `npm pack --dry-run` npm would hide its errors, leave out what the
  // tests need, or install nothing
  const args = ["ci", "--loglevel=error", "--include=dev", "--dry-run=false", "--no-audit", "--no-fund"];
  await step("installing the packages of package-lock.json (npm ci)", () => run(npm, args, { cwd: ROOT }));
  if (!installed()) {
    throw new SetUpError("npm ci ended well, but node_modules is not what package-lock.json says");
  }
}

/** Compares with npm's own record, which it writes last, so packages that someone installed by hand count as well. */
function installed() {
  const record = join("node_modules", ".package-lock.json");
  if (!existsSync(join(ROOT, record))) {
    return false;
  }
  /** @type {Record<string, Package>} */
  const wanted = readJson("package-lock.json").packages;
  /** @type {Record<string, Package>} */
  const present = readJson(record).packages;
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (!path.startsWith("node_modules/")) {
      return true;
    }
    const found = present[path];
    // those of other platforms
    if (found === undefined) {
      return optional === true;
    }
    return found.version === version && found.integrity === integrity;
  });
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8"));
}
