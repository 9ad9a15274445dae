#!/usr/bin/env node
import { failed } from "../command/command-error";
import { commandLines, commandNamed } from "../command/command-table";
import { ownVersion } from "../command/own-version";
import { devCommand } from "../dev/command";
import { checkCommand } from "../verify/check-command";
import { verifyCommand } from "../verify/command";
import { unmanagedCommand } from "../verify/unmanaged";
import { adoptCommand } from "./adopt";
import { ciCommand } from "./ci";
import { hclCommand } from "./hcl";
import { importFormCommand } from "./import-form";
import { initCommand } from "./init";
import { reviewCommand } from "./review";

const NAME = "auth0-progressive-profiling";

interface Command {
  /** What it does, in a line. */
  readonly does: string;
  /** Gets what stands behind its name; returns the exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  init: { does: "writes a project to begin with: a stack of one stage, a test, a local tenant", run: initCommand },
  review: { does: "reviews plans: who is asked what and when, what is lost, what logins run", run: reviewCommand },
  dev: { does: "deploys to a local tenant at each saving, and shows every step of every form", run: devCommand },
  adopt: { does: "reads a tenant, and writes a stack that imports its forms as they are", run: adoptCommand },
  check: { does: "looks at a tenant before the first deploy: all that stands in its way", run: checkCommand },
  verify: { does: "compares a tenant with its state: what no plan shows", run: verifyCommand },
  unmanaged: { does: "what a plan would create and the tenant has, for imports after a crash", run: unmanagedCommand },
  hcl: { does: "writes a stack as a plain Terraform module, for the state that it has", run: hclCommand },
  "import-form": { does: "writes a form that was exported as TypeScript, equal in all", run: importFormCommand },
  ci: { does: "the steps of the workflow that plans, reviews and applies in GitHub Actions", run: ciCommand },
};

const HELP = `${NAME} COMMAND [options]

${commandLines(COMMANDS)}

  --help     of a command too
  --version

  npx auth0-progressive-profiling init login

Ends with 0 when the command has done what it is for, 1 when the command or what it was given is wrong, 2 when the
command has found what it was asked to look for.
`;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h") {
    process.stdout.write(HELP);
    return 0;
  }
  if (name === "--version") {
    process.stdout.write(`${ownVersion()}\n`);
    return 0;
  }
  try {
    return await commandNamed(COMMANDS, name, "command", ["--help", "--version"]).run(args);
  } catch (error) {
    return failed(name, error);
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
