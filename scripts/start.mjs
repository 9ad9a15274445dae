// npm run demo, dev and tenant: what is wrong with the command line is said at once, then comes the set-up, then the
// command. Plain JavaScript without dependencies, since it runs before there are any.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { COMMANDS, checkCommandLine, usageOf } from "./set-up/command-line.mjs";
import { ROOT } from "./set-up/folders.mjs";

const [name = ""] = process.argv.splice(2, 1);
const command = COMMANDS[name];
if (command === undefined) {
  throw new Error(`no command ${JSON.stringify(name)}`);
}
const usage = usageOf(name);
const problems = checkCommandLine(usage, process.argv.slice(2));
if (problems === "help") {
  process.stdout.write(usage);
} else if (problems.length > 0) {
  process.stderr.write(`${problems.join("\n")}\n\n${usage}`);
  process.exitCode = 1;
} else {
  const setUp = [join(ROOT, "scripts", "set-up.mjs"), ...command.setUp];
  const { status } = spawnSync(process.execPath, setUp, { stdio: "inherit" });
  if (status === 0) {
    const require = createRequire(import.meta.url);
    require("tsx/cjs");
    require(join(ROOT, command.program));
  } else {
    process.exitCode = status ?? 1;
  }
}
