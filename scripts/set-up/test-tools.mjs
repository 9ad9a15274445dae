import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { builtOpenTofu } from "./engine.mjs";
import { TOOLCHAIN, WORK } from "./folders.mjs";
import { buildGoModule, pinnedVersion } from "./go-module.mjs";
import { say } from "./progress.mjs";
import { which } from "./run.mjs";
import { installed, writeStamp } from "./stamp.mjs";

/** @typedef {import("./engine.mjs").Engine} Engine */

/**
 * A command that is built from its Go module.
 *
 * @typedef {{ title: string, folder: string, module: string, command: string, file: string }} Tool folder below scripts/
 */

/** @type {readonly Tool[]} */
const TOOLS = [
  {
    title: "the S3 server VersityGW",
    folder: "s3-server",
    module: "github.com/versity/versitygw",
    command: "github.com/versity/versitygw/cmd/versitygw",
    file: "versitygw",
  },
  {
    title: "actionlint",
    folder: "actionlint",
    module: "github.com/rhysd/actionlint",
    command: "github.com/rhysd/actionlint/cmd/actionlint",
    file: "actionlint",
  },
];

/**
 * What the tests of state backends use: an S3-compatible server, and an OpenTofu, which encrypts states as Terraform can
 * not; and what checks workflows. Without Go these tests are skipped; in CI they fail.
 *
 * @param {Engine} engine
 * @throws {SetUpError} when a build fails
 */
export async function installTestTools(engine) {
  if (which("go") === undefined) {
    say("go is not on PATH: the tests that need an S3 server, an OpenTofu of ours or actionlint are skipped");
    return;
  }
  for (const tool of TOOLS) {
    await buildTool(tool, engine);
  }
  if (engine.product === "Terraform") {
    await builtOpenTofu();
  }
}

/**
 * @param {Tool} tool
 * @param {Engine} engine
 */
async function buildTool({ title, folder, module, command, file }, { platform }) {
  const version = pinnedVersion(folder, module);
  if (installed(folder, `${version} ${platform}`) !== undefined) {
    return;
  }
  const path = join("bin", file);
  rmSync(join(TOOLCHAIN, path), { force: true });
  const output = join(WORK, file);
  await buildGoModule({ title: `${title} ${version}, for tests`, folder, command, ldflags: "", platform }, output);
  mkdirSync(join(TOOLCHAIN, "bin"), { recursive: true });
  renameSync(output, join(TOOLCHAIN, path));
  writeStamp(folder, { version: `${version} ${platform}`, source: "its Go module", paths: [path] });
}
