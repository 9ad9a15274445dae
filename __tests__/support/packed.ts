import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const ARGUMENTS = { "auth0-progressive-profiling": [], "auth0-local-tenant": ["--workspace", "tenant"] };
const CLOCK = new Int32Array(new SharedArrayBuffer(4));
const PAUSE_MILLISECONDS = 200;

/**
 * A package of this work tree as npm packs it, once for all files of a run: to pack is to build, which takes ten seconds of
 * a processor, and two at once would build into the same folder.
 *
 * @returns the tarball, by the name that npm gives it
 */
export function packed(name: keyof typeof ARGUMENTS): string {
  const folder = join(process.env.FOLDER_OF_TESTS ?? tmpdir(), `packed-${name}`);
  const failure = join(folder, "failure");
  if (isFirst(folder)) {
    try {
      pack(ARGUMENTS[name], folder);
    } catch (error) {
      writeFileSync(failure, String(error));
    }
  }
  for (;;) {
    const tarball = readdirSync(folder).find((file) => file.endsWith(".tgz"));
    if (tarball !== undefined) {
      return join(folder, tarball);
    }
    if (existsSync(failure)) {
      throw new Error(readFileSync(failure, "utf8"));
    }
    Atomics.wait(CLOCK, 0, 0, PAUSE_MILLISECONDS);
  }
}

/** Of all processes that ask, one makes the folder. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

function pack(args: readonly string[], folder: string): void {
  const half = join(folder, "half");
  mkdirSync(half);
  execFileSync("npm", ["pack", "--silent", "--pack-destination", half, ...args], { cwd: ROOT, encoding: "utf8" });
  for (const tarball of readdirSync(half)) {
    renameSync(join(half, tarball), join(folder, tarball));
  }
}
