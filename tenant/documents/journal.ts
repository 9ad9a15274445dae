import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { basename } from "node:path";
import { StartError } from "../start-error";
import { systemErrorText } from "../system-error";
import { writeFileAtomically } from "./atomic-file";
import { DocumentFiles, readWritten, type Written } from "./document-files";

export const JOURNAL = ".journal";

/** A longer one is written anew, where most of it is of the past. */
const LONGEST_BYTES = 16 * 1024 * 1024;

/**
 * A file with a line for each change: a document as it was put, or its id alone where it was deleted.
 *
 * It is for what a login writes some twenty times, each for a moment. What has been put or deleted is with the system: it outlives this
 * process, and a power cut may take the last of it.
 */
export class Journal {
  private file: number | undefined;
  private bytes = 0;
  private longest = LONGEST_BYTES;

  /**
   * @param path ends with `.journal`; a folder of that name without the ending is one of documents, as tenants kept them before
   * @param kept the texts of what is kept now
   */
  constructor(
    private readonly path: string,
    private readonly kept: () => readonly string[],
  ) {}

  /** In the order in which they were first put. @throws StartError that names the file */
  read(): readonly Written[] {
    const documents = new Map<string, Written>();
    const folder = this.path.slice(0, -JOURNAL.length);
    for (const document of existsSync(folder) ? new DocumentFiles(folder).read() : []) {
      documents.set(document.id, document);
    }
    // behind the last line break there is nothing, or what a kill has cut short: nobody was told that it had happened
    for (const line of this.text().split("\n").slice(0, -1)) {
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
      ftruncateSync(this.file, this.bytes);
      throw Object.assign(error as Error, { path: this.path });
    }
    this.bytes += bytes.length;
    if (this.bytes > this.longest) {
      closeSync(this.file);
      this.file = undefined;
    }
  }

  /** With what is kept now, and nothing of the past. */
  private begin(): number {
    const text = this.kept().join("");
    writeFileAtomically(this.path, text);
    rmSync(this.path.slice(0, -JOURNAL.length), { recursive: true, force: true });
    this.bytes = Buffer.byteLength(text);
    this.longest = Math.max(LONGEST_BYTES, 2 * this.bytes);
    return openSync(this.path, "a", 0o600);
  }

  private text(): string {
    if (!existsSync(this.path)) {
      return "";
    }
    try {
      return readFileSync(this.path, "utf8");
    } catch (error) {
      throw new StartError(systemErrorText(error, this.path) ?? `${basename(this.path)} can not be read`);
    }
  }
}
