import { execFileSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

let isBuilt = false;

/** The folder of the package as it is published: JavaScript, which nobody compiles to use it. */
export function publishedPackage(progress: (text: string) => void): string {
  if (!isBuilt) {
    progress("building the package");
    execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT });
    isBuilt = true;
  }
  return join(ROOT, "dist");
}
