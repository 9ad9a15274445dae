import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder that `scripts/set-up.mjs` fills; it is safe to delete. */
export const TOOLCHAIN_FOLDER = join(__dirname, "..", ".toolchain");

const VARIABLES = [
  "TERRAFORM_BINARY_NAME",
  "TF_CLI_CONFIG_FILE",
  "CHECKPOINT_DISABLE",
  "CDKTF_SKIP_PROVIDER_LOCK",
] as const;

/** The variables that make Terraform and `cdktf` use this project's engine and provider. */
export type ToolchainEnv = Readonly<Record<(typeof VARIABLES)[number], string>>;

/**
 * What `scripts/set-up.mjs` left in `.toolchain/env.json`, to be added to a child's environment.
 *
 * @throws when the set-up did not run, or left something else
 */
export function toolchainEnv(folder: string = TOOLCHAIN_FOLDER): ToolchainEnv {
  const file = join(folder, "env.json");
  const env = parse(file);
  for (const name of VARIABLES) {
    if (typeof env[name] !== "string") {
      throw new Error(`${file} has no ${name}; run: node scripts/set-up.mjs`);
    }
  }
  return env as ToolchainEnv;
}

function parse(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new Error(`${file} ${missing ? "is missing" : "cannot be read"}; run: node scripts/set-up.mjs`, {
      cause: error,
    });
  }
}
