import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { builtOpenTofu } from "./engine.mjs";
import { TOOLCHAIN, WORK } from "./folders.mjs";
import { buildGoModule, pinnedVersion } from "./go-module.mjs";
import { say } from "./progress.mjs";
import { which } from "./run.mjs";
import { installed, writeStamp } from "./stamp.mjs";

/** @typedef {import("./engine.mjs").Engine} Engine */

const S3_SERVER = join("bin", "versitygw");

/**
 * What the tests of state backends use: an S3-compatible server, and an OpenTofu, which encrypts states as Terraform can
 * not. Without Go these tests are skipped; in CI they fail.
 *
 * @param {Engine} engine
 * @throws {SetUpError} when a build fails
 */
export async function installTestTools(engine) {
  if (which("go") === undefined) {
    say("go is not on PATH: the tests that need an S3 server or an OpenTofu of ours are skipped");
    return;
  }
  await buildS3Server(engine);
  if (engine.product === "Terraform") {
    await builtOpenTofu();
  }
}

/** @param {Engine} engine */
async function buildS3Server({ platform }) {
  const version = pinnedVersion("s3-server", "github.com/versity/versitygw");
  if (installed("s3-server", `${version} ${platform}`) !== undefined) {
    return;
  }
  rmSync(join(TOOLCHAIN, S3_SERVER), { force: true });
  const output = join(WORK, "versitygw");
  const what = {
    title: `the S3 server VersityGW ${version}, for tests`,
    folder: "s3-server",
    command: "github.com/versity/versitygw/cmd/versitygw",
    ldflags: "",
    platform,
  };
  await buildGoModule(what, output);
  mkdirSync(join(TOOLCHAIN, "bin"), { recursive: true });
  renameSync(output, join(TOOLCHAIN, S3_SERVER));
  writeStamp("s3-server", { version: `${version} ${platform}`, source: "its Go module", paths: [S3_SERVER] });
}
