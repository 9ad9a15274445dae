import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CommandError } from "./command-error";
import { systemWords } from "./system-words";

/** What to do about a file that is not the one that is wanted. */
export interface WantedFile {
  readonly remedy: string;
  /** The same of one in UTF-16. @default remedy */
  readonly remedyOfUtf16?: string;
  /** The same of one whose text is none. @default remedy */
  readonly remedyOfText?: string;
}

/** A file that a command writes to its standard output. */
export function printedBy(command: string): WantedFile {
  return {
    remedy: `give a file that \`${command} > FILE\` wrote`,
    remedyOfUtf16: `give UTF-8: \`${command} | Out-File -Encoding utf8 FILE\``,
  };
}

/**
 * The text of a file that a command is given; undefined where there is none.
 *
 * @param file its path, or `-` for the standard input
 * @param problem called with what is wrong with it
 */
export function readGivenFile(
  file: string,
  { remedy, remedyOfUtf16 = remedy, remedyOfText = remedy }: WantedFile,
  problem: (text: string) => void,
): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === "-" ? process.stdin.fd : file);
  } catch (error) {
    problem(`[${file}] ${systemWords(error, "read")}; ${remedy}`);
    return undefined;
  }
  const mark = bytes.subarray(0, 2).toString("hex");
  if (mark === "fffe" || mark === "feff") {
    problem(`[${file}] is UTF-16, as \`>\` of Windows PowerShell writes; ${remedyOfUtf16}`);
    return undefined;
  }
  // Windows PowerShell marks UTF-8 as well.
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  if (text.trim() === "") {
    problem(`[${file}] is empty; ${remedyOfText}`);
    return undefined;
  }
  return text;
}

/** The text of the only file that a command is given, or `-`. @throws {@link CommandError} where there is none */
export function readOnlyFile(file: string, wanted: WantedFile): string {
  const problems: string[] = [];
  const text = readGivenFile(file, wanted, (problem) => problems.push(problem));
  if (text === undefined) {
    throw new CommandError(problems);
  }
  return text;
}

/** The object in a JSON file that a command is given. @throws {@link CommandError} where there is none */
export function readGivenObject(file: string, wanted: WantedFile, what: string): Readonly<Record<string, unknown>> {
  const wrong = (text: string): never => {
    throw new CommandError([text]);
  };
  const text = readOnlyFile(file, wanted);
  const { remedyOfText = wanted.remedy } = wanted;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What JSON.parse says quotes the text.
    return wrong(`[${file}] is no JSON; ${remedyOfText}`);
  }
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : wrong(`[${file}] ${what}; ${remedyOfText}`);
}

/**
 * Writes the file that an option gives.
 *
 * @param place the option
 * @param problem called with why it can not be written
 */
export function writeGivenFile(place: string, file: string, text: string, problem: (text: string) => void): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === "ENOENT" ? `is in ${dirname(file)}, which does not exist` : systemWords(error, "written");
    problem(`[${place}] ${file} ${what}; give a file in a folder that exists`);
  }
}
