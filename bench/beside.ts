import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runToEnd } from "./terraform";

/** Installs packages into a new folder of their own: nothing of ours depends on them. */
export function installBeside(folder: string, ...packages: readonly string[]): void {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), "{}");
  runToEnd("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", ...packages], folder);
}
