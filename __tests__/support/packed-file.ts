import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { TOOLCHAIN_FOLDER } from "../../scripts/toolchain";

/** One file of a package, which is worth no dependency. */
export interface PackedFile {
  readonly name: string;
  readonly version: string;
  /** sha512 of the package's archive, in base64. */
  readonly integrity: string;
  /** The file in the package. */
  readonly path: string;
}

/**
 * The file, fetched from npm once and kept in `.toolchain`.
 *
 * @throws when the archive is not the one that was pinned
 */
export function packedFile({ name, version, integrity, path }: PackedFile): string {
  const folder = join(TOOLCHAIN_FOLDER, "packed");
  const file = join(folder, `${name}-${version}-${basename(path)}`);
  if (existsSync(file)) {
    return file;
  }
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, "fetch-"));
  try {
    execFileSync("npm", ["pack", `${name}@${version}`, "--silent"], { cwd: work, timeout: 300_000, stdio: "pipe" });
    const archive = join(work, `${name}-${version}.tgz`);
    const found = createHash("sha512").update(readFileSync(archive)).digest("base64");
    if (found !== integrity) {
      throw new Error(`${name}@${version} is not the one that was pinned, got sha512-${found}`);
    }
    execFileSync("tar", ["-xzf", archive, `package/${path}`], { cwd: work, timeout: 60_000 });
    renameSync(join(work, "package", path), file);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return file;
}
