import { spawnSync } from "node:child_process";
import type { LocalTenant } from "../dev/local-tenant";
import { toolchainEnv } from "../scripts/toolchain";

/** Runs the engine to its end. */
export function terraform(directory: string, tenant: LocalTenant, ...args: string[]): void {
  const toolchain = toolchainEnv();
  runToEnd(toolchain.TERRAFORM_BINARY_NAME, args, directory, {
    ...toolchain,
    ...tenant.env,
    TF_CLI_ARGS: "-no-color",
  });
}

/** Runs a command to its end. @throws with what it said, where that is not a good one */
export function runToEnd(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): void {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...environment },
  });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
  }
}
