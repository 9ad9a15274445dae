import { readArguments } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { ownVersion } from "../command/own-version";
import { OWN_PACKAGES, unpublished } from "../init/own-packages";
import { writeProject } from "../init/project";

const USAGE = `auth0-progressive-profiling init DIR [options]

Writes a project into a folder that is empty or is not there: a stack with one stage, its tenants, a test, the local tenant, the
call of the workflow. TypeScript, strict.

  --esm       with ECMAScript modules; CommonJS without
  --from DIR  folder of the tarballs that npm pack makes of this package and of the local tenant, while they are on no registry
  --help

  npx auth0-progressive-profiling init login

Ends with 0 when the project is written, 1 when the command is wrong or the folder can not be used; then nothing is written.
`;

/** Writes a project; returns the exit code. @throws {@link CommandError} */
export async function initCommand(args: readonly string[]): Promise<number> {
  const problems: string[] = [];
  const { positionals, values } = readArguments(args, { esm: "nothing", from: "value" }, (problem) =>
    problems.push(problem),
  );
  if (values.has("help")) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [folder] = positionals;
  if (positionals.length !== 1) {
    problems.push(`[DIR] must be one folder, got ${positionals.length}; give the one that the project is to stand in`);
  }
  if (problems.length > 0 || folder === undefined) {
    throw new CommandError(problems);
  }
  const [tarballs] = values.get("from") ?? [];
  const version = ownVersion();
  const written = writeProject(folder, { isEsm: values.has("esm"), version, ...(tarballs && { tarballs }) });
  const lines = [
    `Written to ${folder}: ${written.join(", ")}. Its README.md says how to go on.`,
    ...(tarballs === undefined ? [`${unpublished(OWN_PACKAGES)}; install those, or init with --from.`] : []),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}
