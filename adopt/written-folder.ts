import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandError } from "../command/command-error";
import { systemWords } from "../command/system-words";

export interface WrittenFile {
  /** Below the folder that is written, with `/`. */
  readonly path: string;
  readonly text: string;
}

/**
 * Writes files into a folder, which may be there and hold others, and of which nothing is wrong: all of them, or none.
 *
 * @throws {@link CommandError} where one of them is there already, or can not be written
 */
export function writeFolder(folder: string, files: readonly WrittenFile[]): void {
  const target = resolve(folder);
  const tops = [...new Set(files.map(({ path }) => path.split("/")[0] ?? path))];
  const there = tops.filter((name) => existsSync(join(target, name)));
  if (there.length > 0) {
    const names = there.join(", ");
    throw new CommandError([`[--out] ${folder} has ${names} already; move what is there, or give another folder`]);
  }
  const moved: string[] = [];
  let beside: string | undefined;
  try {
    mkdirSync(dirname(target), { recursive: true });
    // Beside it, so that it can be moved there at once.
    beside = mkdtempSync(`${target}.`);
    for (const { path, text } of files) {
      mkdirSync(dirname(join(beside, path)), { recursive: true });
      writeFileSync(join(beside, path), text);
    }
    if (!existsSync(target)) {
      chmodSync(beside, 0o755);
      renameSync(beside, target);
      return;
    }
    for (const name of tops) {
      renameSync(join(beside, name), join(target, name));
      moved.push(name);
    }
    rmSync(beside, { recursive: true, force: true });
  } catch (error) {
    for (const path of [...moved.map((name) => join(target, name)), ...(beside === undefined ? [] : [beside])]) {
      rmSync(path, { recursive: true, force: true });
    }
    throw new CommandError([`[--out] ${folder} ${systemWords(error, "written")}; give a folder of yours`]);
  }
}
