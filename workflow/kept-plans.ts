import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../command/command-error";
import { annotate, output } from "./job";
import { DONE, type JobArguments, type JobCommand } from "./job-command";

/** What gpg says where a file was encrypted with the passphrase and is whole: it also passes on what nobody encrypted. */
const SIGNS = ["DECRYPTION_OKAY", "GOODMDC"];

export const ENCRYPT: JobCommand = {
  does: "encrypts what plans say, to keep it until the merge",
  synopsis: "PLANS FILE",
  help: `
Puts what the folder PLANS says into FILE, encrypted with PLAN_PASSPHRASE, since plans hold secrets in clear, and sets the
output file. It is one file and no archive: nothing that comes back can be run, or lead elsewhere. Needs gpg.
`,
  example: '"$RUNNER_TEMP/plans" "$RUNNER_TEMP/plans.json.gpg"',
  run: ({ positionals: [plans = "", file = ""] }: JobArguments) => {
    if (!process.env.PLAN_PASSPHRASE) {
      annotate(
        "warning",
        "There is no secret PLAN_PASSPHRASE, so the plan is not kept: nothing will be applied after the merge. Set it.",
      );
      return DONE;
    }
    const args = ["--symmetric", "--cipher-algo", "AES256", "--output", file, join(plans, "plans.json")];
    const { status, stderr } = gpg(args);
    if (status !== 0) {
      throw new CommandError([`gpg can not encrypt the plan: ${stderr.trim()}`]);
    }
    output("file", file);
    return DONE;
  },
};

export const DECRYPT: JobCommand = {
  does: "decrypts what was reviewed",
  synopsis: "FILE REVIEWED",
  help: `
Puts what "ci encrypt" put into FILE into the file REVIEWED, where it was encrypted with PLAN_PASSPHRASE and nobody changed
it since. Needs gpg.
`,
  example: '"$RUNNER_TEMP/kept/plans.json.gpg" "$RUNNER_TEMP/reviewed.json"',
  run: ({ positionals: [file = "", reviewed = ""] }: JobArguments) => {
    if (!process.env.PLAN_PASSPHRASE) {
      throw new CommandError([
        "[PLAN_PASSPHRASE] is empty, so that the plan can not be read, and nothing was applied; set the secret",
      ]);
    }
    const work = mkdtempSync(join(tmpdir(), "decrypted-"));
    try {
      const plans = join(work, "plans.json");
      const { status, stdout } = gpg(["--status-fd", "1", "--output", plans, "--decrypt", file]);
      if (status !== 0) {
        throw new CommandError([
          `[${file}] can not be decrypted: PLAN_PASSPHRASE is another one than that of the plan, or the plan was changed;` +
            " nothing was applied. Give both GitHub environments the same one, and run this workflow by hand",
        ]);
      }
      if (SIGNS.some((sign) => !stdout.split("\n").some((line) => line.startsWith(`[GNUPG:] ${sign}`)))) {
        throw new CommandError([
          `[${file}] is not encrypted with PLAN_PASSPHRASE; nothing was applied. Find out who kept it, and run this` +
            " workflow by hand",
        ]);
      }
      renameSync(plans, reviewed);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
    return DONE;
  },
};

/** Runs gpg with a home of its own and the passphrase, which no other process of this machine gets to see. */
function gpg(args: readonly string[]): SpawnSyncReturns<string> {
  process.umask(0o077);
  const home = mkdtempSync(join(tmpdir(), "gpg-"));
  const { PLAN_PASSPHRASE: passphrase = "", ...env } = process.env;
  const common = ["--homedir", home, "--batch", "--yes", "--quiet", "--pinentry-mode", "loopback"];
  try {
    return spawnSync("gpg", [...common, "--passphrase-fd", "0", ...args], { input: passphrase, encoding: "utf8", env });
  } finally {
    spawnSync("gpgconf", ["--homedir", home, "--kill", "all"], { stdio: "ignore" });
    rmSync(home, { recursive: true, force: true });
  }
}
