import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { DocumentFiles, freeze, type Written } from "./document-files";
import { JOURNAL, Journal } from "./journal";

/** Whom the tenant logs in, and what it has seen of that: it changes some twenty times in a login, and a power cut may take it. */
const TRANSIENT = /^(oidc-.+|logins|flow-executions|messages)$/;
const CUT_SHORT = /^\..+\.journal\..*\.tmp$/;

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
      if (entry.isDirectory() || entry.name.endsWith(JOURNAL)) {
        this.collection(basename(entry.name, JOURNAL));
      } else if (CUT_SHORT.test(entry.name)) {
        rmSync(join(folder, entry.name)); // by a kill, while it was written anew
      }
    }
  }
}

/** Where documents are kept: a put or a delete has happened when it returns. */
interface Keeping {
  read(): readonly Written[];
  put(id: string, text: string): void;
  delete(id: string): void;
}

/**
 * Documents by id, in the order in which they were first put.
 *
 * What is read is frozen, so a change happens by `put` or not at all. `put` and `delete` return when it is kept, as `DocumentFiles` and
 * `Journal` say.
 */
export class Collection<T extends object> {
  private readonly documents = new Map<string, Readonly<T>>();
  private readonly keeping: Keeping | undefined;

  constructor(folder?: string) {
    if (folder !== undefined) {
      const kept = () => [...this.documents].map(([id, value]) => written(id, value));
      this.keeping = TRANSIENT.test(basename(folder))
        ? new Journal(`${folder}${JOURNAL}`, kept)
        : new DocumentFiles(folder);
      for (const { id, value } of this.keeping.read()) {
        this.documents.set(id, value as T);
      }
    }
  }

  get(id: string): Readonly<T> | undefined {
    return this.documents.get(id);
  }

  find(matches: (value: Readonly<T>) => boolean): Readonly<T> | undefined {
    for (const value of this.documents.values()) {
      if (matches(value)) {
        return value;
      }
    }
    return undefined;
  }

  get size(): number {
    return this.documents.size;
  }

  list(): readonly Readonly<T>[] {
    return [...this.documents.values()];
  }

  /** Keeps the value under that id and returns it as it will be read: without its undefined properties. */
  put(id: string, value: T): Readonly<T> {
    const text = written(id, value);
    // Read before it is written: what could not be read at the next start is not kept.
    const kept = freeze((JSON.parse(text) as { value: T }).value);
    this.keeping?.put(id, text);
    this.documents.set(id, kept);
    return kept;
  }

  /** @returns whether it was there */
  delete(id: string): boolean {
    if (!this.documents.has(id)) {
      return false;
    }
    this.keeping?.delete(id);
    return this.documents.delete(id);
  }

  deleteWhere(matches: (value: Readonly<T>) => boolean): void {
    for (const [id, value] of this.documents) {
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
}

/** A line, without indentation, which would take the square of a value's depth. */
function written(id: string, value: object): string {
  return `${JSON.stringify({ id, value })}\n`;
}
