import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "./folders.mjs";
import { step } from "./progress.mjs";
import { run, which } from "./run.mjs";
import { SetUpError } from "./set-up-error.mjs";

const TERMINAL = "@cdktf/node-pty-prebuilt-multiarch";

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} Package */

/** @throws {SetUpError} when this Node is none of package.json's `engines` */
export function checkNode() {
  const { engines } = readJson("package.json");
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const fits = engines.node.split(" || ").some((/** @type {string} */ range) => {
    const [, operator, wantedMajor, wantedMinor] = /^(\^|>=)(\d+)\.(\d+)$/.exec(range) ?? [];
    if (operator === undefined) {
      throw new SetUpError(
        `package.json: engines.node must read "^major.minor || >=major.minor", got "${engines.node}"`,
      );
    }
    return major === Number(wantedMajor)
      ? minor >= Number(wantedMinor)
      : operator === ">=" && major > Number(wantedMajor);
  });
  if (!fits) {
    throw new SetUpError(
      `Node ${engines.node} is needed, this is ${process.versions.node}; see https://nodejs.org/en/download`,
    );
  }
}

/** @throws {SetUpError} when the terminal in which `cdktf` runs the engine has no binary for this machine */
export function checkTerminal() {
  try {
    // from where cdktf-cli asks for it, which does not name it among its dependencies
    createRequire(join(ROOT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf"))(TERMINAL);
  } catch (error) {
    const [reason] = String(error).split("\n");
    throw new SetUpError(
      `${TERMINAL} does not load with Node ${process.versions.node} on ${process.platform}-${process.arch} (${reason}); ` +
        "use Linux with glibc or macOS, on x64 or arm64, and let npm install optional packages",
    );
  }
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
