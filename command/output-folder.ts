import { mkdtempSync, rmdirSync, type Stats, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { systemWords } from "./system-words";

/**
 * What keeps a folder that a command is given from being written to, or made: known before anything is done.
 *
 * @param place what gives the folder, as in `--out`
 * @returns undefined where nothing does
 */
export function outputProblem(place: string, folder: string): string | undefined {
  const target = resolve(folder);
  const nearest = nearestTo(target);
  const said = (what: string, remedy: string) => `[${place}] ${folder} ${what}; give ${remedy}`;
  if (nearest.stats?.isDirectory() !== true) {
    return nearest.path === target
      ? said("is a file", "a folder")
      : said(`is below ${nearest.path}, which is a file`, "a folder");
  }
  try {
    // Node makes a folder and all above it for ever where the one that is there takes none, as /proc.
    rmdirSync(mkdtempSync(join(nearest.path, ".writable-")));
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === "ENOENT" ? "takes no folder" : systemWords(error, "written to");
    return said(nearest.path === target ? what : `can not be made: ${nearest.path} ${what}`, "a folder of yours");
  }
}

/** What is there of a path: itself, or what is above it. */
function nearestTo(path: string): { readonly path: string; readonly stats: Stats | undefined } {
  try {
    return { path, stats: statSync(path) };
  } catch {
    return dirname(path) === path ? { path, stats: undefined } : nearestTo(dirname(path));
  }
}
