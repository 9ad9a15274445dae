import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Project, type Ran } from "./project";

const ROOT = join(__dirname, "..", "..");
const OWN_COMMAND = `"${process.execPath}" --require "${require.resolve("tsx/cjs")}" "${join(ROOT, "cli", "main.ts")}"`;

/** A project in which the shell blocks of a document run as they stand there: `npx` finds this library's command from source. */
export class DocumentProject extends Project {
  shell(block: string, environment: Readonly<Record<string, string>> = {}): Ran {
    const script = block.replaceAll("npx auth0-progressive-profiling", OWN_COMMAND);
    const { status, stdout, stderr, error } = spawnSync("sh", ["-e", "-c", script], {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...process.env, CI: "true", npm_config_loglevel: "error", ...environment },
    });
    if (error !== undefined) {
      throw error;
    }
    return { status, said: stripVTControlCharacters(`${stdout}${stderr}`) };
  }
}
