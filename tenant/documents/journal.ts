import { closeSync, existsSync, fstatSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { basename } from "node:path";
import { StartError } from "../start-error";
import { systemErrorText } from "../system-error";
import { writeFileAtomically } from "./atomic-file";
import { DocumentFiles, readWritten, type Written } from "./document-files";

export const JOURNAL = ".journal";

/** A longer one is written anew, where most of it is of the past. */
const LONGEST_BYTES = 16 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
const LINE_BREAK = 10;

/**
 * A file with a line for each change: a document as it was put, or its id alone where it was deleted.
 *
 * It is for what a login writes some twenty times, each for a moment. What has been put or deleted is with the system: it outlives this
 * process, and a power cut may take the last of it.
 */
export class Journal {
  private file: number | undefined;
  private bytes = 0;
  private longest = 0;

  /**
   * @param path ends with `.journal`; a folder of that name without the ending is one of documents, as tenants kept them before
   * @param kept the texts of what is kept now
   * @param chunkBytes how much of the file is read at once: as a whole it may be longer than a text can be
   */
  constructor(
    private readonly path: string,
    private readonly kept: () => readonly string[],
    private readonly chunkBytes = CHUNK_BYTES,
  ) {}

  /** In the order in which they were first put. @throws StartError that names the file */
  read(): readonly Written[] {
    const documents = new Map<string, Written>();
    const folder = this.path.slice(0, -JOURNAL.length);
    for (const document of existsSync(folder) ? new DocumentFiles(folder).read() : []) {
      documents.set(document.id, document);
    }
    for (const line of this.lines()) {
      if (line.includes("\0")) {
        console.error(`${this.path} is read up to where a power cut has left nothing but zeros`);
        break;
      }
      const { id, value } = readWritten(line, this.path, "or deleted");
      if (value === undefined) {
        documents.delete(id);
      } else {
        documents.set(id, { id, value });
      }
    }
    return [...documents.values()];
  }

  put(_id: string, text: string): void {
    this.append(text);
  }

  delete(id: string): void {
    this.append(`${JSON.stringify({ id })}\n`);
  }

  private append(line: string): void {
    this.file ??= this.begin();
    const bytes = Buffer.from(line);
    try {
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(this.file, bytes, written);
      }
    } catch (error) {
      // the next line is not to stand behind a half one
      this.end(this.file);
      throw Object.assign(error as Error, { path: this.path });
    }
    this.bytes += bytes.length;
    if (this.bytes > this.longest) {
      this.end(this.file);
    }
  }

  /** The next change writes it anew. */
  private end(file: number): void {
    this.file = undefined;
    closeSync(file);
  }

  /** With what is kept now, and nothing of the past. */
  private begin(): number {
    writeFileAtomically(this.path, this.kept());
    rmSync(this.path.slice(0, -JOURNAL.length), { recursive: true, force: true });
    const file = openSync(this.path, "a", 0o600);
    this.bytes = fstatSync(file).size;
    this.longest = Math.max(LONGEST_BYTES, 2 * this.bytes);
    return file;
  }

  /** Behind the last line break there is nothing, or what a kill has cut short: nobody was told that it had happened. */
  private *lines(): Generator<string> {
    if (!existsSync(this.path)) {
      return;
    }
    let file: number | undefined;
    try {
      file = openSync(this.path, "r");
      const chunk = Buffer.alloc(this.chunkBytes);
      let unread = Buffer.alloc(0);
      for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
        unread = Buffer.concat([unread, chunk.subarray(0, length)]);
        for (let end = unread.indexOf(LINE_BREAK); end !== -1; end = unread.indexOf(LINE_BREAK)) {
          yield unread.toString("utf8", 0, end);
          unread = unread.subarray(end + 1);
        }
      }
    } catch (error) {
      throw new StartError(systemErrorText(error, this.path) ?? `${basename(this.path)} can not be read`);
    } finally {
      if (file !== undefined) {
        closeSync(file);
      }
    }
  }
}
