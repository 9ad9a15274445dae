import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { CommandError } from "../command/command-error";
import { outputProblem } from "../command/output-folder";
import { systemWords } from "../command/system-words";
import { OWN_PACKAGES } from "./own-packages";
import { projectFiles, VENDOR } from "./project-files";

export interface ProjectOptions {
  /** Whether its modules are ECMAScript's. */
  readonly isEsm: boolean;
  /** Folder in which the packages lie as `npm pack` makes them. */
  readonly tarballs?: string;
  /** Version of this package. */
  readonly version: string;
}

/**
 * Writes a project with one stack into a folder that is empty or is not there; all of it, or nothing.
 *
 * @returns the names of what was written
 * @throws {@link CommandError}
 */
export function writeProject(folder: string, { isEsm, tarballs, version }: ProjectOptions): readonly string[] {
  const problems: string[] = [];
  const isNew = !existsSync(folder);
  const problem = outputProblem("DIR", folder);
  if (problem !== undefined) {
    problems.push(problem);
  } else if (!isNew && !isEmpty(folder)) {
    problems.push(`[DIR] ${folder} is no empty folder; give one that is, or one that is not there`);
  }
  const found =
    tarballs === undefined ? [] : OWN_PACKAGES.map((name) => [name, tarballOf(tarballs, name, problems)] as const);
  if (problems.length > 0) {
    throw new CommandError(problems);
  }

  const files = projectFiles({
    name: packageName(basename(resolve(folder))),
    isEsm,
    isVendored: tarballs !== undefined,
    packages: Object.fromEntries(
      OWN_PACKAGES.map((name) => {
        const file = found.find(([found]) => found === name)?.[1];
        return [name, file === undefined ? `^${version}` : `file:${VENDOR}/${basename(file)}`];
      }),
    ),
  });
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    for (const [, file] of found) {
      cpSync(file, join(folder, VENDOR, basename(file)));
    }
  } catch (error) {
    const written = isNew ? [folder] : [...Object.keys(files), VENDOR].map((name) => join(folder, topOf(name)));
    for (const name of written) {
      rmSync(name, { recursive: true, force: true });
    }
    throw new CommandError([`[DIR] ${folder} ${systemWords(error, "written")}; give a folder of yours`]);
  }
  return Object.keys(files);
}

/** Also of a repository that was just made or cloned. */
function isEmpty(folder: string): boolean {
  return readdirSync(folder).every((name) => name === ".git");
}

function tarballOf(folder: string, name: string, problems: string[]): string {
  const all = existsSync(folder) ? readdirSync(folder) : [];
  const tarballs = all.filter((file) => file.startsWith(`${name}-`) && /-\d[^/]*\.tgz$/.test(file));
  const [only] = tarballs;
  if (tarballs.length === 1 && only !== undefined) {
    return join(folder, only);
  }
  const found = tarballs.length === 0 ? "none" : tarballs.join(", ");
  problems.push(`[--from] ${folder} must hold one ${name}-VERSION.tgz, got ${found}; npm pack makes it`);
  return "";
}

/** What npm and CDKTF take for a name. */
export function packageName(folder: string): string {
  return (
    folder
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, "-")
      .replace(/^-+|-+$/g, "") || "login"
  );
}

function topOf(path: string): string {
  return path.split("/")[0] ?? path;
}
