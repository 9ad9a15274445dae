import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { StartError } from "../start-error";

/**
 * A file's new content, whole or not at all: readers and a crash see the old file or the new one.
 *
 * It is on the disk when this returns. Mode 0600.
 */
export function writeFileAtomically(path: string, content: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = openSync(temporary, "wx", 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

// A rename or an unlink survives a power cut only when the folder itself was synced.
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What the tenant remembers: named collections of documents, in a folder or in memory only. */
export class Store {
  private readonly collections = new Map<string, Collection<object>>();

  /** @param folder where the documents are kept; without it they live in memory */
  constructor(private readonly folder?: string) {}

  /** The collection of that name, read from its folder when it is first asked for. */
  collection<T extends object>(name: string): Collection<T> {
    let collection = this.collections.get(name);
    if (collection === undefined) {
      collection = new Collection(this.folder === undefined ? undefined : join(this.folder, name));
      this.collections.set(name, collection);
    }
    return collection as unknown as Collection<T>;
  }
}

interface Stored<T> {
  readonly number: number;
  readonly value: Readonly<T>;
}

/**
 * Documents by id, in the order in which they were first put.
 *
 * Each is one JSON file, named by its number and not by its id: ids hold characters and case that file systems do not keep apart. What is read is
 * frozen, so a change happens by `put` or not at all. `put` and `delete` return when the disk has it.
 */
export class Collection<T extends object> {
  private readonly documents = new Map<string, Stored<T>>();
  private nextNumber = 1;

  constructor(private readonly folder?: string) {
    if (folder !== undefined) {
      this.read(folder);
    }
  }

  get(id: string): Readonly<T> | undefined {
    return this.documents.get(id)?.value;
  }

  find(matches: (value: Readonly<T>) => boolean): Readonly<T> | undefined {
    for (const { value } of this.documents.values()) {
      if (matches(value)) {
        return value;
      }
    }
    return undefined;
  }

  list(): readonly Readonly<T>[] {
    return [...this.documents.values()].map(({ value }) => value);
  }

  /** Keeps the value under that id and returns it as it will be read: without its undefined properties. */
  put(id: string, value: T): Readonly<T> {
    const number = this.documents.get(id)?.number ?? this.nextNumber++;
    const text = JSON.stringify({ id, value }, undefined, 2);
    if (this.folder !== undefined) {
      writeFileAtomically(this.path(this.folder, number), `${text}\n`);
    }
    const kept = freeze((JSON.parse(text) as { value: T }).value);
    this.documents.set(id, { number, value: kept });
    return kept;
  }

  /** @returns whether it was there */
  delete(id: string): boolean {
    const stored = this.documents.get(id);
    if (stored === undefined) {
      return false;
    }
    if (this.folder !== undefined) {
      rmSync(this.path(this.folder, stored.number));
      syncFolder(this.folder);
    }
    return this.documents.delete(id);
  }

  private path(folder: string, number: number): string {
    return join(folder, `${String(number).padStart(8, "0")}.json`);
  }

  private read(folder: string): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (name.endsWith(".tmp")) {
        rmSync(path); // a write that a kill cut short; nobody was told that it had happened
        continue;
      }
      const { id, value } = readDocument<T>(path);
      const number = Number.parseInt(name, 10);
      this.documents.set(id, { number, value: freeze(value) });
      this.nextNumber = number + 1;
    }
  }
}

function readDocument<T>(path: string): { readonly id: string; readonly value: T } {
  try {
    const { id, value } = JSON.parse(readFileSync(path, "utf8"));
    if (typeof id === "string" && typeof value === "object" && value !== null) {
      return { id, value };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
  }
  throw new StartError(`${path} is not as the tenant wrote it; mend it, or delete it and what it held`);
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
