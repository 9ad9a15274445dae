import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./folders.mjs";
import { step } from "./progress.mjs";
import { run, which } from "./run.mjs";
import { SetUpError } from "./set-up-error.mjs";

/**
 * The version that a folder's go.mod pins.
 *
 * @param {string} folder below scripts/
 * @param {string} module
 */
export function pinnedVersion(folder, module) {
  const text = readFileSync(join(ROOT, "scripts", folder, "go.mod"), "utf8");
  const version = text
    .split("\n")
    .flatMap((line) => (line.trim().startsWith(`${module} v`) ? line.trim().split(" ")[1] : []))[0];
  if (version === undefined) {
    throw new SetUpError(`scripts/${folder}/go.mod does not require ${module}`);
  }
  return version.slice(1);
}

/**
 * Builds a command from the Go module proxy. A module of our own requires it, because `go install` checks nothing
 * against a go.sum; `-mod=readonly` refuses whatever is not in ours.
 *
 * @param {{ title: string, folder: string, command: string, ldflags: string, platform: string }} what folder below
 *   scripts/; platform as Terraform writes it, linux_amd64
 * @param {string} output
 */
export async function buildGoModule({ title, folder, command, ldflags, platform }, output) {
  const go = which("go");
  if (go === undefined) {
    throw new SetUpError("go is not on PATH");
  }
  const [GOOS, GOARCH] = platform.split("_");
  const args = ["build", "-mod=readonly", "-trimpath", "-buildvcs=false", `-ldflags=-s -w ${ldflags}`];
  await step(`building ${title} from its Go module, which takes some minutes`, () =>
    run(go, [...args, "-o", output, command], {
      cwd: join(ROOT, "scripts", folder),
      // flags and workspaces of the user's own would build something else
      env: { ...process.env, GOOS, GOARCH, GOFLAGS: "", GOWORK: "off", CGO_ENABLED: "0" },
    }),
  );
}
