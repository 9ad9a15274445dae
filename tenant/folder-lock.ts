import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "./start-error";

/** In a folder that a process has. */
export const LOCK_FILE = "lock";

/**
 * Takes a folder for this process alone; what a killed process left behind is taken over.
 *
 * @returns what gives the folder free again
 * @throws StartError when another process has it
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, LOCK_FILE);
  const own = join(folder, `${LOCK_FILE}.${process.pid}`);
  writeFileSync(own, String(process.pid), { mode: 0o600 });
  try {
    // The lock appears with its content, or not at all because there is one.
    while (!isLinked(own, path)) {
      const holder = Number.parseInt(readFileSync(path, "utf8"), 10);
      if (holder !== process.pid && isRunning(holder)) {
        throw new StartError(
          `${folder} is in use by process ${holder}; stop that tenant or choose another folder with --data (if process ${holder} is no tenant, delete ${path})`,
        );
      }
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(own);
  }
  return () => rmSync(path, { force: true });
}

function isLinked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
