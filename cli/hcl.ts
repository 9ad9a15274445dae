import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { writeModule } from "../adopt/hcl/module";
import { readArguments } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { SYNTHESISED } from "../command/synthesised-stack";

const STACKS = join("cdktf.out", "stacks");

const USAGE = `auth0-progressive-profiling hcl [STACK_DIR] --out DIR

Writes a stack that was synthesised as a plain Terraform module: formatted, with variables for names and domain, with the
same addresses and the same state, so that its plan is empty. STACK_DIR is a folder of cdktf.out/stacks; where there is one
stack it may be left out. Nothing is changed in the tenant or in the state.

  --out DIR  a folder that is empty or is not there
  --help

It asks the engine (TERRAFORM_BINARY_NAME, else terraform or tofu) what the providers call a block, and for the format.

  npx cdktf synth
  npx auth0-progressive-profiling hcl --out terraform
  terraform -chdir=terraform init && terraform -chdir=terraform plan

Ends with 0 when the module is written, 1 when the command is wrong or the stack can not be written.
`;

/** Writes a stack as HCL; returns the exit code. @throws {@link CommandError} */
export async function hclCommand(args: readonly string[]): Promise<number> {
  const problems: string[] = [];
  const { positionals, values } = readArguments(args, { out: "value" }, (problem) => problems.push(problem));
  if (values.has("help")) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [given, ...others] = positionals;
  const [out] = values.get("out") ?? [];
  if (others.length > 0) {
    problems.push(`[STACK_DIR] is one folder, got ${positionals.length}; write a module for each stack`);
  }
  if (out === undefined && !problems.some((problem) => problem.startsWith("[--out]"))) {
    problems.push("[--out] is missing; give the folder that the module is to stand in");
  }
  const stack = given ?? onlyStack(problems);
  if (problems.length > 0 || stack === undefined || out === undefined) {
    throw new CommandError(problems);
  }
  const written = writeModule(stack, out);
  process.stdout.write(
    `Written to ${out}: ${written.join(", ")}. Its addresses and its state are those of the stack ${stack}.\n`,
  );
  return 0;
}

function onlyStack(problems: string[]): string | undefined {
  const stacks = existsSync(STACKS)
    ? readdirSync(STACKS).filter((name) => existsSync(join(STACKS, name, SYNTHESISED)))
    : [];
  if (stacks.length === 0) {
    problems.push(
      `[STACK_DIR] is missing, and there is no stack in ${STACKS}; run \`npx cdktf synth\`, or give a folder`,
    );
  }
  if (stacks.length > 1) {
    const folders = stacks.map((name) => join(STACKS, name)).join(", ");
    problems.push(`[STACK_DIR] is missing, and there are several stacks; give one of ${folders}`);
  }
  return stacks.length === 1 ? join(STACKS, stacks[0] as string) : undefined;
}
