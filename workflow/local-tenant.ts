import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "../command/command-error";
import { mask, setVariable, variable } from "./job";
import { DONE, type JobCommand } from "./job-command";

const DEFAULT_PORT = "9443";
const LONGEST_START_MILLISECONDS = 120_000;
const PAUSE_MILLISECONDS = 200;

export const TENANT: JobCommand = {
  does: "starts or stops a local tenant, for jobs that have no other",
  synopsis: "start|stop",
  help: `
start runs the project's npm script tenant in the background, waits until it serves, and sets the variables that lead to it
for the steps that follow. It keeps nothing. TENANT_PORT is its port; default: ${DEFAULT_PORT}. stop ends it.
`,
  example: "start",
  run: async ({ positionals: [what = ""] }) => {
    const folder = join(variable("RUNNER_TEMP"), "tenant");
    if (what === "start") {
      await start(folder);
    } else if (what === "stop") {
      stop(folder);
    } else {
      throw new CommandError([`[start|stop] must be start or stop, got ${JSON.stringify(what)}; see --help`]);
    }
    return DONE;
  },
};

async function start(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const [file, log] = [join(folder, "env"), join(folder, "log")];
  const args = ["--memory", "--port", process.env.TENANT_PORT || DEFAULT_PORT, "--env", file];
  const said = openSync(log, "w");
  // A process group of its own: npm, the shell that npm starts, and the tenant end together.
  const child = spawn("npm", ["run", "--silent", "tenant", "--", ...args], {
    stdio: ["ignore", said, said],
    detached: true,
  });
  child.unref();
  writeFileSync(pidFile(folder), String(child.pid));
  for (const end = Date.now() + LONGEST_START_MILLISECONDS; Date.now() < end && child.exitCode === null; ) {
    if (statSync(file, { throwIfNoEntry: false })?.size) {
      publish(tenantVariables(readFileSync(file, "utf8")));
      return;
    }
    await sleep(PAUSE_MILLISECONDS);
  }
  stop(folder);
  process.stdout.write(readFileSync(log));
  throw new CommandError(["the local tenant did not start; the log says why. Is there an npm script tenant?"]);
}

function publish(variables: Readonly<Record<string, string>>): void {
  mask(variables.AUTH0_CLIENT_SECRET ?? "");
  for (const [name, value] of Object.entries(variables)) {
    setVariable(name, value);
  }
  process.stdout.write(`A local tenant serves ${variables.AUTH0_DOMAIN}.\n`);
}

/** Reads the shell exports that a tenant writes. */
export function tenantVariables(text: string): Readonly<Record<string, string>> {
  const exports = text.matchAll(/^export (\w+)='(.*)'$/gm);
  return Object.fromEntries([...exports].map(([, name = "", value = ""]) => [name, value.replaceAll(`'\\''`, "'")]));
}

function stop(folder: string): void {
  const pid = Number(statSync(pidFile(folder), { throwIfNoEntry: false }) && readFileSync(pidFile(folder), "utf8"));
  rmSync(pidFile(folder), { force: true });
  if (!(pid > 1)) {
    return;
  }
  try {
    process.kill(-pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}

function pidFile(folder: string): string {
  return join(folder, "pid");
}
