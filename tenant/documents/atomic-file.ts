import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * A file's new content, one text or several, whole or not at all: readers and a crash see the old file or the new one.
 *
 * It is on the disk when this returns. Mode 0600.
 */
export function writeFileAtomically(path: string, content: string | readonly string[]): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = openSync(temporary, "wx", 0o600);
    try {
      for (const part of [content].flat()) {
        writeFileSync(file, part);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    if (existsSync(temporary)) {
      rmSync(temporary);
    }
    // A full disk is told by a system call that knows no name.
    throw Object.assign(error as Error, { path });
  }
}

// A rename or an unlink survives a power cut only when the folder itself was synced.
export function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
