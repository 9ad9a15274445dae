import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TOOLCHAIN } from "./folders.mjs";
import { writeAtomically } from "./stamp.mjs";

/** Where the provider is, unpacked. */
export const MIRROR = "providers";

/** Terraform asks the first for `auth0/auth0`, OpenTofu the second. */
export const HOSTS = ["registry.terraform.io", "registry.opentofu.org"];

/**
 * The environment for Terraform itself, without what the user's own shell tells Terraform to do elsewhere.
 *
 * @param {NodeJS.ProcessEnv} [additions]
 */
export function terraformEnv(additions = {}) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_"));
  return { ...Object.fromEntries(own), TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1", ...additions };
}

/**
 * Writes what makes this project's commands use this engine and this provider: terraform.rc, env.json and env, the last
 * one for `. .toolchain/env` in a shell.
 *
 * Nothing of the user's own configuration is kept: its `dev_overrides`, mirrors and plugin cache would bring another
 * provider than the pinned one, and no private registry is needed.
 *
 * @param {{ binary: string }} engine
 */
export function writeCliConfiguration(engine) {
  const sources = JSON.stringify(HOSTS.map((host) => `${host}/auth0/auth0`));
  const configuration = join(TOOLCHAIN, "terraform.rc");
  write(
    configuration,
    `disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(join(TOOLCHAIN, MIRROR))}
    include = ${sources}
  }
  direct {
    exclude = ${sources}
  }
}
`,
  );

  const env = {
    TERRAFORM_BINARY_NAME: engine.binary,
    TF_CLI_CONFIG_FILE: configuration,
    CHECKPOINT_DISABLE: "1",
    // in a new folder cdktf also asks for the checksum for Linux, at the registry itself and not as configured above
    CDKTF_SKIP_PROVIDER_LOCK: "true",
  };
  write(join(TOOLCHAIN, "env.json"), `${JSON.stringify(env, null, 2)}\n`);
  const exports = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  write(join(TOOLCHAIN, "env"), exports.join(""));
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    writeAtomically(file, text);
  }
}

/**
 * As a POSIX shell reads one word.
 *
 * @param {string} text
 */
function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
