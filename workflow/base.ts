import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { CommandError } from "../command/command-error";
import { annotate, output } from "./job";
import { DONE, type JobArguments, type JobCommand } from "./job-command";

/** The first parent of the merge commit that GitHub makes for a pull request. */
const REVISION = "HEAD^1";
/** What `npm ci` needs. */
const LOCK = "package-lock.json";

export const BASE: JobCommand = {
  does: "checks the base of a pull request out",
  synopsis: "PROJECT",
  help: `
Checks ${REVISION}, the base of the pull request's merge commit, out into the new folder PROJECT, and sets the output project
to that folder where packages can be installed in it. The base gets an install of its own: workspaces, file: packages and
patches of this checkout are not those of the base.
`,
  example: '"$RUNNER_TEMP/base"',
  run: ({ positionals: [project = ""] }: JobArguments) => {
    const folder = resolve(project);
    const args = ["worktree", "add", "--force", "--detach", folder, REVISION];
    if (spawnSync("git", args, { stdio: ["ignore", "inherit", "inherit"] }).status !== 0) {
      throw new CommandError([`git ${args.join(" ")} has failed; check at least two commits out (fetch-depth: 2)`]);
    }
    if (existsSync(join(folder, LOCK))) {
      output("project", folder);
    } else {
      annotate("warning", `The base has no ${LOCK}, so its packages are not installed.`);
    }
    return DONE;
  },
};
