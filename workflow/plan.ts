import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { CommandError } from "../command/command-error";
import { engine } from "../command/engine";
import { useEnvironmentVariables } from "./environment-variables";
import { annotate, isJob } from "./job";
import { DONE, type JobArguments, type JobCommand } from "./job-command";
import { type StackPlan, writePlans } from "./plans";
import { domainOf, isStateOnRunner } from "./stack-configuration";
import { type Stack, stacksOf } from "./stacks";
import { silentTerraform, terraform } from "./terraform";

export const PLAN: JobCommand = {
  does: "synthesises this project or its base, and plans every stack",
  synopsis: "PLANS [options]",
  help: `
Runs the project's npm script synth and plans every stack that it left in cdktf.out, into the new folder PLANS. It holds
secrets in clear.

  --base PROJECT   plans the project in that folder, as "ci base" left it; what can not be planned there is left out
  --state FOLDER   the states lie in FOLDER, whatever backend the stacks have
  --expect-none    a change is a failure

The tenant and the credentials are those of Auth0's provider: AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET.
ENVIRONMENT_VARIABLES has others that the project or Terraform needs, as lines NAME=value, e.g. of the backend.
`,
  example: '"$RUNNER_TEMP/plans"',
  options: { base: "value", state: "value", "expect-none": "nothing" },
  run: plan,
};

async function plan({ positionals: [plans = ""], value }: JobArguments): Promise<number> {
  // A plan and its JSON hold secrets in clear.
  process.umask(0o077);
  await useEnvironmentVariables();
  checkTenant();
  const [base, states] = [value("base"), value("state")];
  const project = base ?? ".";
  const reason = synthesis(project) ?? (states === undefined && isJob() ? lostStates(stacksOf(project)) : undefined);
  if (reason !== undefined && base === undefined) {
    throw new CommandError([reason]);
  }
  rmSync(plans, { recursive: true, force: true });
  mkdirSync(plans, { recursive: true });
  if (reason !== undefined) {
    annotate("warning", `The base is left out: ${reason}.`);
    writePlans(plans, { stacks: [] });
    return DONE;
  }
  const stacks: StackPlan[] = [];
  for (const stack of stacksOf(project)) {
    const copy = join(plans, stack.name);
    cpSync(stack.folder, copy, { recursive: true, filter: (path) => basename(path) !== ".terraform" });
    if (states !== undefined) {
      keepState(copy, resolve(states, `${stack.name}.tfstate`));
    }
    const domain = domainOf(stack) ?? process.env.AUTH0_DOMAIN;
    stacks.push({ name: stack.name, domain, ...(await planStack(copy, stack.name)) });
  }
  writePlans(plans, { stacks });

  const changed = stacks.filter(({ isChange }) => isChange).map(({ name }) => name);
  if (value("expect-none") !== undefined && changed.length > 0) {
    throw new CommandError([
      `[${changed.join(", ")}] must have no changes after the apply, got some; the log has them`,
    ]);
  }
  return DONE;
}

/** Without the domain the stacks of all tenants would be synthesised, and the first of them blamed. */
function checkTenant(): void {
  if (process.env.AUTH0_DOMAIN) {
    return;
  }
  const environment = process.env.SECRETS_ENVIRONMENT;
  const where = environment ? `give the GitHub environment ${JSON.stringify(environment)} its variables` : "set it";
  throw new CommandError([`[AUTH0_DOMAIN] is empty; ${where}`]);
}

/** @returns why the project can not be synthesised, if so */
function synthesis(project: string): string | undefined {
  const manifest = join(project, "package.json");
  const scripts = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).scripts : undefined;
  if (scripts?.synth === undefined) {
    return `[${manifest}] has no npm script synth; add it: "synth": "cdktf synth"`;
  }
  const { status } = spawnSync("npm", ["run", "--silent", "synth"], {
    stdio: ["ignore", "inherit", "inherit"],
    cwd: project,
  });
  return status === 0 ? undefined : `[${manifest}] npm run synth ended with ${status}; its log says why`;
}

/** @returns why the states of stacks would be gone with this runner, if so */
function lostStates(stacks: readonly Stack[]): string | undefined {
  const lost = stacks.filter(isStateOnRunner).map(({ name }) => name);
  return lost.length === 0
    ? undefined
    : `[${lost.join(", ")}] keeps its state on the machine that deploys it, where a job loses it; give it a backend`;
}

/**
 * Replaces the stack's backend by a file.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
function keepState(folder: string, path: string): void {
  const override = { terraform: { backend: { local: { path } } } };
  writeFileSync(join(folder, "backend_override.tf.json"), JSON.stringify(override));
}

async function planStack(folder: string, name: string): Promise<Pick<StackPlan, "isChange" | "plan">> {
  const initialised = await terraform(folder, "init", "-input=false", "-no-color");
  if (initialised.status !== 0) {
    throw new CommandError([`[${name}] ${engine()} init ended with ${initialised.status}; its log says why`]);
  }
  // Without a lock: who plans may be allowed only to read the state, and an apply refuses a plan of an older one.
  const flags = ["-input=false", "-lock=false", "-no-color", "-detailed-exitcode", "-out=plan"];
  const { status } = await terraform(folder, "plan", ...flags);
  if (status !== 0 && status !== 2) {
    throw new CommandError([`[${name}] ${engine()} plan ended with ${status}; its log says why`]);
  }
  const json = await silentTerraform(folder, "show", "-json", "plan");
  writeFileSync(join(folder, "plan.json"), json);
  return { isChange: status === 2, plan: JSON.parse(json) };
}
