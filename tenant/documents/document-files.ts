import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { StartError } from "../start-error";
import { systemErrorText } from "../system-error";
import { syncFolder, writeFileAtomically } from "./atomic-file";

/** A document as it is written and read. */
export interface Written {
  readonly id: string;
  readonly value: object;
}

const DOCUMENT = /^\d{8,}\.json$/;
const CUT_SHORT = /^\.\d{8,}\.json\..*\.tmp$/;

/**
 * A folder with a JSON file for each document, named by its number and not by its id: ids hold characters and case that file systems do
 * not keep apart. What has been put or deleted is on the disk.
 */
export class DocumentFiles {
  private readonly numbers = new Map<string, number>();
  private nextNumber = 1;

  constructor(private readonly folder: string) {}

  /** In the order in which they were first put. @throws StartError that names the file */
  read(): readonly Written[] {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const found: Written[] = [];
    for (const name of readdirSync(this.folder).sort()) {
      const path = join(this.folder, name);
      if (CUT_SHORT.test(name)) {
        rmSync(path); // by a kill; nobody was told that it had happened
        continue;
      }
      const document = readDocument(path);
      if (this.numbers.has(document.id)) {
        throw new StartError(`${path} holds what another file beside it holds; delete the older of the two`);
      }
      const number = Number.parseInt(name, 10);
      this.numbers.set(document.id, number);
      this.nextNumber = number + 1;
      found.push(document);
    }
    return found;
  }

  put(id: string, text: string): void {
    const number = this.numbers.get(id) ?? this.nextNumber++;
    writeFileAtomically(this.path(number), text);
    this.numbers.set(id, number);
  }

  delete(id: string): void {
    rmSync(this.path(this.numbers.get(id) ?? 0));
    syncFolder(this.folder);
    this.numbers.delete(id);
  }

  private path(number: number): string {
    return join(this.folder, `${String(number).padStart(8, "0")}.json`);
  }
}

/** @throws StartError that names the file, whatever is wrong with it */
function readDocument(path: string): Written {
  if (!DOCUMENT.test(basename(path))) {
    throw new StartError(`${path} is not of the tenant; delete it, or move it out of this folder`);
  }
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new StartError(systemErrorText(error, path) ?? String(error));
  }
  return readWritten(text, path);
}

/** @param or whether it may be the id alone of one that was deleted @throws StartError that names the file */
export function readWritten(text: string, path: string): Written;
export function readWritten(text: string, path: string, or: "or deleted"): Partial<Written> & Pick<Written, "id">;
export function readWritten(text: string, path: string, or?: "or deleted"): Partial<Written> & Pick<Written, "id"> {
  try {
    const { id, value } = JSON.parse(text);
    if (typeof id === "string" && ((typeof value === "object" && value !== null) || (value === undefined && or))) {
      return { id, value: freeze(value) };
    }
  } catch {
    // What a syntax error quotes may be a secret, and a value may be nested too deep to be frozen.
  }
  throw new StartError(`${path} is not as the tenant wrote it; mend it, or delete it and what it held`);
}

/** All of it: what was read can only be put anew. */
export function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
