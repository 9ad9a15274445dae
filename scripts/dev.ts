/** `npm run dev`: the command `dev` on main.ts, with this project's engine and provider. */
import { CommandError, failed } from "../command/command-error";
import { devCommand } from "../dev/command";
import { runningDemo } from "./running-demo";
import { toolchainEnv } from "./toolchain";

async function main(): Promise<void> {
  Object.assign(process.env, toolchainEnv());
  process.exitCode = await devCommand(process.argv.slice(2));
}

main().catch(async (error: unknown) => {
  // Both take the same port, where none is given.
  const demo =
    error instanceof CommandError && /port \d+ is in use/.test(error.message) ? await runningDemo() : undefined;
  process.exitCode = failed(
    "dev",
    demo === undefined ? error : new CommandError([`[--port] ${demo}, or give another port`]),
  );
});
