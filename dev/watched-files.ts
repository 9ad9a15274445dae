import { type FSWatcher, statSync, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** Calls back when one of these files is saved, in whichever way an editor does that. */
export class WatchedFiles {
  private readonly folders = new Map<string, FSWatcher>();
  private files: ReadonlySet<string> = new Set();
  /** Whether any file of their folders counts: one that is missing may be made. */
  private isAny = false;

  constructor(private readonly onSave: (file: string) => void) {}

  /**
   * Watches these and no others.
   *
   * @param isAny whether others in the same folders count too
   * @param since when they were read: one that is new here and was saved later is saved now
   */
  set(files: readonly string[], isAny: boolean, since: number): void {
    const before = this.files;
    this.files = new Set(files);
    this.isAny = isAny;
    const folders = new Set(files.map(dirname));
    for (const [folder, watcher] of this.folders) {
      if (!folders.has(folder)) {
        watcher.close();
        this.folders.delete(folder);
      }
    }
    for (const folder of folders) {
      if (!this.folders.has(folder)) {
        this.watchFolder(folder);
      }
    }
    const late = files.find((file) => !before.has(file) && savedAt(file) >= since);
    if (late !== undefined) {
      this.onSave(late);
    }
  }

  close(): void {
    for (const watcher of this.folders.values()) {
      watcher.close();
    }
    this.folders.clear();
  }

  private watchFolder(folder: string): void {
    try {
      const watcher = watch(folder, (_, name) => {
        const file = `${folder}/${name ?? ""}`;
        if (this.files.has(file) || (this.isAny && /^[^.].*\.(ts|js|json)$/.test(basename(file)))) {
          this.onSave(file);
        }
      });
      // A folder that is deleted while it is watched.
      watcher.on("error", () => undefined);
      this.folders.set(folder, watcher);
    } catch {
      // It is gone: what it held is missed by the next run, which says so.
    }
  }
}

function savedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
