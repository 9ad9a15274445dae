/** `npm run dev`: the command `dev` on main.ts, with this project's engine and provider. */
import { failed } from "../command/command-error";
import { devCommand } from "../dev/command";
import { toolchainEnv } from "./toolchain";

async function main(): Promise<void> {
  Object.assign(process.env, toolchainEnv());
  process.exitCode = await devCommand(process.argv.slice(2));
}

main().catch((error: unknown) => {
  process.exitCode = failed("dev", error);
});
