import { join } from "node:path";
import type { FormModule } from "../adopt/form-module";
import type { ImportedForms } from "../adopt/import-form";
import { readArguments } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { visible } from "../review/markdown/markdown-text";

const USAGE = `auth0-progressive-profiling import-form FILE ... --out DIR [options]

Writes forms as TypeScript: a class for each, of stages where it is profiling, or else of typed nodes, with the reason. What it
defines is equal to the file, with all ids, places and words. What no typed value says stands in the code as it was, by raw() and its
like, and is named.

FILE is one of, each form with all the flows that it runs:
  an export of the dashboard, version 4.0.0
  a form, or a flow, as the Management API gives it
  a form, or a flow, as auth0-deploy-cli exports it
  the attributes of auth0_form, or auth0_flow, as Terraform's state has them

  --out DIR  the folder to write to; nothing in it is overwritten
  --json     says in JSON what was written, of which stages or why of nodes, what is raw, and what has to be given
  --help

  npx auth0-progressive-profiling import-form form.json --out src/forms

Ends with 0 when all is written, 1 when the command or a file is wrong; then nothing is written.
`;

/** Writes forms as TypeScript; returns the exit code. @throws {@link CommandError} */
export async function importFormCommand(args: readonly string[]): Promise<number> {
  const problems: string[] = [];
  const { positionals, values } = readArguments(args, { out: "value", json: "nothing" }, (problem) =>
    problems.push(problem),
  );
  if (values.has("help")) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [out] = values.get("out") ?? [];
  if (positionals.length === 0) {
    problems.push("[FILE] is missing; give an export of a form");
  }
  if (out === undefined && !problems.some((problem) => problem.startsWith("[--out]"))) {
    problems.push("[--out] is missing; give the folder that the form is to stand in");
  }
  if (problems.length > 0 || out === undefined) {
    throw new CommandError(problems);
  }
  // It brings the constructs along, which most commands do without.
  const { importForms } = require("../adopt/import-form") as typeof import("../adopt/import-form");
  const imported = importForms(positionals, out);
  process.stdout.write(values.has("json") ? toldAsJson(imported, out) : told(imported, out));
  return 0;
}

function toldAsJson({ modules, sharedFlows, unused }: ImportedForms, out: string): string {
  const forms = modules.map(({ className, formName, flows, files, inputs, raw, stages, whyNodes }) => ({
    form: formName,
    class: className,
    flows,
    files: files.map(({ path }) => join(out, path)),
    stages,
    whyNodes,
    give: inputs,
    raw,
  }));
  const shared = sharedFlows.map(({ className, flowName, users, files, inputs, raw }) => ({
    flow: flowName,
    class: className,
    forms: users,
    files: files.map(({ path }) => join(out, path)),
    give: inputs,
    raw,
  }));
  return `${JSON.stringify({ sharedFlows: shared, forms, unused }, null, 2)}\n`;
}

function told({ modules, sharedFlows, unused }: ImportedForms, out: string): string {
  const parts = ({ inputs, raw }: Pick<FormModule, "inputs" | "raw">) => [
    ...inputs.map(({ prop, what }) => `  to give: ${prop}, ${what}`),
    ...raw.map(({ what, why }) => `  as it was: ${what}: ${why}`),
  ];
  const paths = ({ files }: Pick<FormModule, "files">) => files.map(({ path }) => join(out, path)).join(", ");
  const shared = sharedFlows.flatMap((module) => [
    `${paths(module)}: the class ${module.className}, of the flow ${JSON.stringify(module.flowName)}, which ` +
      `${module.users} forms run`,
    ...parts(module),
  ]);
  const forms = modules.flatMap((module) => [
    `${paths(module)}: the class ${module.className}, of the form ${JSON.stringify(module.formName)} with ` +
      `${module.flows.length === 1 ? "1 flow" : `${module.flows.length} flows`}`,
    ...(module.stages === undefined ? [] : [`  made of stages: ${module.stages.join(", ")}`]),
    ...(module.whyNodes === undefined ? [] : [`  made of nodes, not of stages: ${module.whyNodes}`]),
    ...parts(module),
  ]);
  const rest = unused.map((name) => `not written: the flow ${JSON.stringify(name)}, which no form runs`);
  return [...shared, ...forms, ...rest].map((line) => `${visible(line)}\n`).join("");
}
