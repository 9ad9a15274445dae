import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { StartError } from "../start-error";
import { systemErrorText } from "../system-error";

/**
 * A file's new content, whole or not at all: readers and a crash see the old file or the new one.
 *
 * It is on the disk when this returns, or only with the system where it need not outlive a power cut. Mode 0600.
 */
export function writeFileAtomically(path: string, content: string, outlivesPowerCut = true): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = openSync(temporary, "wx", 0o600);
    try {
      writeFileSync(file, content);
      if (outlivesPowerCut) {
        fsyncSync(file);
      }
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    if (outlivesPowerCut) {
      syncFolder(dirname(path));
    }
  } catch (error) {
    if (existsSync(temporary)) {
      rmSync(temporary);
    }
    // A full disk is told by a system call that knows no name.
    throw Object.assign(error as Error, { path });
  }
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

/**
 * What a power cut may take: whom it logs in, and what it has seen of that. A login writes it some twenty times, and would wait for
 * the disk as often.
 */
const TRANSIENT = /^(oidc-.+|logins|flow-executions|messages)$/;

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

  /**
   * Reads all that is in the folder, so that what is wrong there is told before anything is built on it.
   *
   * @throws StartError that names the file
   */
  read(): void {
    const { folder } = this;
    if (folder === undefined || !existsSync(folder)) {
      return;
    }
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        this.collection(entry.name);
      }
    }
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
 * frozen, so a change happens by `put` or not at all. `put` and `delete` return when the disk has it; of what is transient, when the
 * system has it, so that it outlives this process.
 */
export class Collection<T extends object> {
  private readonly documents = new Map<string, Stored<T>>();
  private nextNumber = 1;

  private readonly isTransient: boolean;

  constructor(private readonly folder?: string) {
    this.isTransient = folder !== undefined && TRANSIENT.test(basename(folder));
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
    // Without indentation, which would take the square of a value's depth.
    const text = JSON.stringify({ id, value });
    // Read before it is written: what could not be read at the next start is not kept.
    const kept = freeze((JSON.parse(text) as { value: T }).value);
    if (this.folder !== undefined) {
      writeFileAtomically(this.path(this.folder, number), `${text}\n`, !this.isTransient);
    }
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
      if (!this.isTransient) {
        syncFolder(this.folder);
      }
    }
    return this.documents.delete(id);
  }

  deleteWhere(matches: (value: Readonly<T>) => boolean): void {
    for (const [id, { value }] of this.documents) {
      if (matches(value)) {
        this.delete(id);
      }
    }
  }

  /** Forgets the oldest beyond so many. */
  keepLast(count: number): void {
    for (const id of this.documents.keys()) {
      if (this.documents.size <= count) {
        return;
      }
      this.delete(id);
    }
  }

  private path(folder: string, number: number): string {
    return join(folder, `${String(number).padStart(8, "0")}.json`);
  }

  private read(folder: string): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (CUT_SHORT.test(name)) {
        rmSync(path); // by a kill; nobody was told that it had happened
        continue;
      }
      if (this.isTransient && statSync(path).size === 0) {
        rmSync(path); // a power cut came before the disk had it
        continue;
      }
      const { id, value } = readDocument<T>(path);
      if (this.documents.has(id)) {
        throw new StartError(`${path} holds what another file beside it holds; delete the older of the two`);
      }
      const number = Number.parseInt(name, 10);
      this.documents.set(id, { number, value });
      this.nextNumber = number + 1;
    }
  }
}

const DOCUMENT = /^\d{8,}\.json$/;
const CUT_SHORT = /^\.\d{8,}\.json\..*\.tmp$/;

/** A document, frozen. @throws StartError that names the file, whatever is wrong with it */
function readDocument<T>(path: string): { readonly id: string; readonly value: T } {
  if (!DOCUMENT.test(basename(path))) {
    throw new StartError(`${path} is not of the tenant; delete it, or move it out of this folder`);
  }
  try {
    const { id, value } = JSON.parse(readFileSync(path, "utf8"));
    if (typeof id === "string" && typeof value === "object" && value !== null) {
      return { id, value: freeze(value) };
    }
  } catch (error) {
    const said = systemErrorText(error, path);
    if (said !== undefined) {
      throw new StartError(said);
    }
    // What a syntax error quotes may be a secret, and a value may be nested too deep to be frozen.
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
