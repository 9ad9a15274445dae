import { mkdirSync, renameSync, rmSync } from "node:fs";
import { arch, platform as os } from "node:os";
import { join } from "node:path";
import { terraformEnv } from "./cli-configuration.mjs";
import { TOOLCHAIN, WORK } from "./folders.mjs";
import { buildGoModule, pinnedVersion } from "./go-module.mjs";
import { say } from "./progress.mjs";
import { run, which } from "./run.mjs";
import { refusal, SetUpError } from "./set-up-error.mjs";
import { installed, writeStamp } from "./stamp.mjs";

/**
 * A Terraform or OpenTofu that runs; platform as in linux_amd64.
 *
 * @typedef {{ binary: string, product: "Terraform" | "OpenTofu", version: string, platform: string }} Engine
 */

/**
 * Terraform 1.5 is the first with `import` blocks, which CDKTF's `importFrom` writes; OpenTofu 1.6 is its first release
 * and has them.
 */
const OLDEST = { Terraform: [1, 5], OpenTofu: [1, 6] };

const BUILT = join("bin", "tofu");

/**
 * `TERRAFORM_BINARY_NAME`, else `terraform`, else `tofu` on PATH, else OpenTofu built from its Go module.
 *
 * @returns {Promise<Engine>}
 * @throws {SetUpError} saying what was tried and what to install
 */
export async function findEngine() {
  const named = process.env.TERRAFORM_BINARY_NAME;
  // .toolchain/env sets it to what we built ourselves, which may have to be built again
  if (named && named !== join(TOOLCHAIN, BUILT)) {
    try {
      return await inspect(named);
    } catch (error) {
      throw new SetUpError(`TERRAFORM_BINARY_NAME is "${named}", but ${refusal(error)}`);
    }
  }

  const refusals = [];
  for (const name of ["terraform", "tofu"]) {
    try {
      return await inspect(name);
    } catch (error) {
      const text = refusal(error);
      if (which(name) !== undefined) {
        say(text);
      }
      refusals.push(text);
    }
  }
  try {
    return await builtOpenTofu();
  } catch (error) {
    refusals.push(`OpenTofu cannot be built: ${refusal(error)}`);
  }
  throw new SetUpError(
    [
      "no Terraform and no OpenTofu to work with",
      ...refusals.map((text) => `  - ${text}`),
      "Install one of these and run the command again:",
      `  Terraform ${OLDEST.Terraform.join(".")} or newer   https://developer.hashicorp.com/terraform/install`,
      `  OpenTofu ${OLDEST.OpenTofu.join(".")} or newer    https://opentofu.org/docs/intro/install/`,
      "  Go, to build OpenTofu    https://go.dev/doc/install",
    ].join("\n"),
  );
}

/**
 * @param {string} name
 * @returns {Promise<Engine>}
 */
async function inspect(name) {
  const binary = which(name);
  if (binary === undefined) {
    throw new SetUpError(name.includes("/") ? `${name} is no program` : `${name} is not on PATH`);
  }
  const printed = await run(binary, ["version"], { cwd: TOOLCHAIN, env: terraformEnv() });
  const [, product, version] = /^(Terraform|OpenTofu) v(\S+)/m.exec(printed) ?? [];
  const [, platform] = /^on (\S+)/m.exec(printed) ?? [];
  if ((product !== "Terraform" && product !== "OpenTofu") || version === undefined || platform === undefined) {
    throw new SetUpError(`${binary} version does not answer as Terraform or OpenTofu do, but: ${printed.trim()}`);
  }
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST[product];
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new SetUpError(
      `${binary} is ${product} ${version}, and ${oldestMajor}.${oldestMinor} is the oldest that works`,
    );
  }
  return { binary, product, version, platform };
}

/**
 * OpenTofu of the version of scripts/open-tofu/go.mod, built if it is not there yet.
 *
 * @returns {Promise<Engine>}
 */
export async function builtOpenTofu() {
  const version = pinnedVersion("open-tofu", "github.com/opentofu/opentofu");
  if (installed("open-tofu", version) === undefined) {
    rmSync(join(TOOLCHAIN, BUILT), { force: true });
    const output = join(WORK, "tofu");
    const what = {
      title: `OpenTofu ${version}`,
      folder: "open-tofu",
      command: "github.com/opentofu/opentofu/cmd/tofu",
      ldflags: "-X github.com/opentofu/opentofu/version.dev=no",
      platform: `${os()}_${GOARCH[arch()] ?? arch()}`,
    };
    await buildGoModule(what, output);
    mkdirSync(join(TOOLCHAIN, "bin"), { recursive: true });
    renameSync(output, join(TOOLCHAIN, BUILT));
    writeStamp("open-tofu", { version, source: "its Go module", paths: [BUILT] });
  }
  return inspect(join(TOOLCHAIN, BUILT));
}

/** @type {Record<string, string>} */
const GOARCH = { x64: "amd64", ia32: "386" };
