import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TOOLCHAIN } from "./folders.mjs";
import { say } from "./progress.mjs";

const BEAT_SECONDS = 5;
const DEAD_SECONDS = 60;
const LOCK = join(TOOLCHAIN, "lock");

/**
 * One set-up at a time: a second one waits, and takes over from one that died.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function locked(work) {
  mkdirSync(TOOLCHAIN, { recursive: true });
  const token = `${hostname()} ${process.pid} ${Date.now()}`;
  for (let waits = 0; !acquire(token); waits++) {
    if (waits === 1) {
      say(`waiting for another set-up; if there is none, delete ${LOCK}`);
    }
    await sleep(200);
  }
  // a process of another container cannot be looked up by its id: the file's time says that it lives
  const beat = setInterval(() => holder() === token && utimesSync(LOCK, new Date(), new Date()), BEAT_SECONDS * 1000);
  const release = () => holder() === token && rmSync(LOCK);
  process.once("exit", release);
  // A signal alone would end this process without `exit`: the lock would stay, and so would what runs for it.
  const end = () => process.exit(1);
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off("exit", release).off("SIGINT", end).off("SIGTERM", end);
    release();
  }
}

/** @param {string} token */
function acquire(token) {
  if (create(LOCK, token)) {
    return true;
  }
  const dead = holder();
  if (dead === undefined || !isDead(dead)) {
    return false;
  }

  // whoever makes the file named for the dead one may replace its lock, and nobody else
  const takeOver = `${LOCK}.${dead.replaceAll(/\W/g, "-")}`;
  if (!create(takeOver, token)) {
    return false;
  }
  const mine = holder() === dead;
  if (mine) {
    const next = `${LOCK}.${process.pid}`;
    writeFileSync(next, token);
    renameSync(next, LOCK);
  }
  rmSync(takeOver);
  return mine;
}

/**
 * @param {string} file
 * @param {string} text
 */
function create(file, text) {
  try {
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

function holder() {
  try {
    return readFileSync(LOCK, "utf8");
  } catch {
    return undefined;
  }
}

/** @param {string} token */
function isDead(token) {
  const [host, pid] = token.split(" ");
  try {
    if (Date.now() - statSync(LOCK).mtimeMs > DEAD_SECONDS * 1000) {
      return true;
    }
    if (host === hostname()) {
      process.kill(Number(pid), 0);
    }
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH";
  }
}
