// Makes ready what the other commands need: packages, engine, provider. Plain JavaScript without dependencies, since it
// runs before there are any. With --packages it stops after the packages; with --tests it also makes what only tests use.
import { mkdirSync, rmSync } from "node:fs";
import { writeCliConfiguration } from "./set-up/cli-configuration.mjs";
import { findEngine } from "./set-up/engine.mjs";
import { WORK } from "./set-up/folders.mjs";
import { locked } from "./set-up/lock.mjs";
import { checkNode, checkTerminal, installPackages } from "./set-up/packages.mjs";
import { say } from "./set-up/progress.mjs";
import { installProvider } from "./set-up/provider.mjs";
import { SetUpError } from "./set-up/set-up-error.mjs";
import { installTestTools } from "./set-up/test-tools.mjs";

const OPTIONS = ["--packages", "--tests"];

/** @param {readonly string[]} args */
async function setUp(args) {
  const unknown = args.filter((arg) => !OPTIONS.includes(arg));
  if (unknown.length > 0) {
    throw new SetUpError(`unknown argument ${unknown.join(" ")}; only ${OPTIONS.join(" and ")} are known`);
  }
  if (process.platform === "win32") {
    throw new SetUpError("Windows is not supported; use the Linux of WSL");
  }
  await installPackages();
  if (args.includes("--packages")) {
    return;
  }
  checkTerminal();

  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK);
  const engine = await findEngine();
  const provider = await installProvider(engine);
  if (args.includes("--tests")) {
    await installTestTools(engine);
  }
  rmSync(WORK, { recursive: true });
  writeCliConfiguration(engine);
  say(
    `${engine.product} ${engine.version} (${engine.binary}), provider auth0/auth0 ${provider.version} (${provider.source})`,
  );
}

try {
  checkNode();
  await locked(() => setUp(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof SetUpError)) {
    throw error;
  }
  say(error.message);
  process.exitCode = 1;
}
