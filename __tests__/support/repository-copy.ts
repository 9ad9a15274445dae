import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** What is in this work tree as the first commit of a repository in a temporary folder, for others to work on. */
export class RepositoryCopy {
  readonly folder = mkdtempSync(join(tmpdir(), "repository-"));

  constructor() {
    const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    for (const file of new Set(listed.split("\0"))) {
      if (file === "" || lstatSync(join(ROOT, file), { throwIfNoEntry: false }) === undefined) {
        continue;
      }
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      cpSync(join(ROOT, file), join(this.folder, file));
    }
    this.git("init", "--quiet", "--initial-branch", "main");
    this.commit("The project");
  }

  commit(message: string): string {
    this.git("add", "--all");
    this.git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", message);
    return this.git("rev-parse", "HEAD");
  }

  git(...args: string[]): string {
    return execFileSync("git", args, { cwd: this.folder, encoding: "utf8" }).trim();
  }

  /** Changes a text of a file, which must be there. */
  replace(file: string, text: string, other: string): void {
    const path = join(this.folder, file);
    const content = readFileSync(path, "utf8");
    if (!content.includes(text)) {
      throw new Error(`${file} has no ${JSON.stringify(text)}`);
    }
    writeFileSync(
      path,
      content.replace(text, () => other),
    );
  }

  /** What `npm ci` leaves, by links; packages of this repository are its own. */
  installPackages(folder = this.folder): void {
    rmSync(join(folder, "node_modules"), { recursive: true, force: true });
    linkEntries(join(ROOT, "node_modules"), join(folder, "node_modules"));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A folder for each scope, a link for each package: whoever deletes them deletes links. */
function linkEntries(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isSymbolicLink()) {
      symlinkSync(readlinkSync(source), target);
    } else if (entry.name.startsWith("@") || entry.name === ".bin") {
      linkEntries(source, target);
    } else if (entry.isDirectory()) {
      symlinkSync(source, target);
    } else {
      copyFileSync(source, target);
    }
  }
}
