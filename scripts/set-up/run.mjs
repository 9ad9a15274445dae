import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { SetUpError } from "./set-up-error.mjs";

/**
 * Runs a command to its end, or to ours.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>} what it printed on stdout
 * @throws {SetUpError} with all that it printed, when it does not start or exits with another code than 0
 */
export function run(command, args, { cwd, env = process.env }) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const kill = () => child.kill();
    process.once("exit", kill);

    let stdout = "";
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      printed += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      printed += text;
    });
    child.on("error", (error) => fail(new SetUpError(`${command} does not start: ${error.message}`)));
    child.on("close", (code, signal) => {
      process.off("exit", kill);
      if (code === 0) {
        done(stdout);
      } else {
        fail(new SetUpError(`${[command, ...args].join(" ")} ended with ${signal ?? code}\n${printed.trim()}`));
      }
    });
  });
}

/**
 * Where a shell would find a command.
 *
 * @param {string} name a name on PATH, or a path
 * @returns {string | undefined}
 */
export function which(name) {
  if (name.includes("/")) {
    return isExecutable(resolve(name)) ? resolve(name) : undefined;
  }
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
