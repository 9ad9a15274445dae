import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { TOOLCHAIN_FOLDER } from "../../scripts/toolchain";
import { postgresFolder } from "./postgres";
import { s3ServerBinary } from "./s3-server";

/** What a machine may be without: why, and what to do about it; undefined where it is there. */
export type Requirement = () => string | undefined;

export const postgres: Requirement = () =>
  postgresFolder === undefined ? "there is no PostgreSQL (apt-get install postgresql)" : undefined;

/** What the workflow encrypts plans with. */
export const gpg: Requirement = () =>
  spawnSync("gpg", ["--version"]).status === 0 ? undefined : "there is no GnuPG (apt-get install gnupg)";

export const s3Server: Requirement = () =>
  s3ServerBinary === undefined
    ? "there is no S3 server (node scripts/set-up.mjs --tests builds it, with Go)"
    : undefined;

const ACTIONLINT = join(TOOLCHAIN_FOLDER, "bin", "actionlint");

/** Where actionlint is; undefined where the set-up did not build it. */
export const actionlintBinary = existsSync(ACTIONLINT) ? ACTIONLINT : undefined;

export const actionlint: Requirement = () =>
  actionlintBinary === undefined
    ? "there is no actionlint (node scripts/set-up.mjs --tests builds it, with Go)"
    : undefined;

/** `use_lockfile` of the S3 backend. */
export const s3LockFile: Requirement = () => {
  const { version } = engine(process.env.TERRAFORM_BINARY_NAME ?? "terraform");
  return isAtLeast(version, [1, 10]) ? undefined : `the engine is ${version}, and 1.10 is the first that locks in S3`;
};

/** An OpenTofu that encrypts state. */
export const openTofu: Requirement = () =>
  openTofuBinary() === undefined
    ? "there is no OpenTofu 1.7 (node scripts/set-up.mjs --tests builds it, with Go)"
    : undefined;

const BUILT = join(TOOLCHAIN_FOLDER, "bin", "tofu");

/** The one that the set-up built, else the engine if it is one. */
export function openTofuBinary(): string | undefined {
  const own = process.env.TERRAFORM_BINARY_NAME ?? "tofu";
  return [BUILT, own].find((binary) => {
    if (binary === BUILT && !existsSync(BUILT)) {
      return false;
    }
    const { product, version } = engine(binary);
    return product === "OpenTofu" && isAtLeast(version, [1, 7]);
  });
}

/** `describe` for tests that need more than Node: on a machine without it they are skipped, in CI they fail. */
export function describeWith(requirements: readonly Requirement[], name: string, tests: () => void): void {
  const missing = requirements.flatMap((requirement) => requirement() ?? []);
  if (missing.length === 0 || process.env.CI) {
    describe(name, tests);
  } else {
    console.warn(`Skipped, since ${missing.join(", and ")}: ${name}`);
    describe.skip(name, tests);
  }
}

function engine(binary: string): { product?: string; version: string } {
  const { stdout = "" } = spawnSync(binary, ["version"], { encoding: "utf8" });
  const [, product, version = "0.0"] = /^(Terraform|OpenTofu) v(\S+)/m.exec(stdout ?? "") ?? [];
  return { ...(product === undefined ? {} : { product }), version };
}

function isAtLeast(version: string, [oldestMajor, oldestMinor]: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
