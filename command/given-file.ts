import { readFileSync } from "node:fs";

/**
 * The text of a file that a command is given; undefined where there is none.
 *
 * @param file its path, or `-` for the standard input
 * @param command what writes such a file to its standard output
 * @param problem called with what is wrong with it
 */
export function readGivenFile(file: string, command: string, problem: (text: string) => void): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === "-" ? process.stdin.fd : file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === "ENOENT" ? "does not exist" : code === "EISDIR" ? "is a folder" : `can not be read (${code})`;
    problem(`[${file}] ${what}; give a file that \`${command} > FILE\` wrote`);
    return undefined;
  }
  const mark = bytes.subarray(0, 2).toString("hex");
  if (mark === "fffe" || mark === "feff") {
    problem(
      `[${file}] is UTF-16, as \`>\` of Windows PowerShell writes; give UTF-8: \`${command} | Out-File -Encoding utf8 FILE\``,
    );
    return undefined;
  }
  // Windows PowerShell marks UTF-8 as well.
  return bytes.toString("utf8").replace(/^\ufeff/, "");
}
