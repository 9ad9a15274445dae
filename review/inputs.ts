import { dirname, join } from "node:path";
import { CommandError } from "../command/command-error";
import { printedBy, readGivenFile } from "../command/given-file";
import type { ReviewArguments } from "./arguments";
import { type JsonObject, listOf, member, objectOf } from "./json-value";
import { visible } from "./markdown/markdown-text";
import { type Plan, parseJson, parsePlan, stackName } from "./plan/plan";
import { Secrets } from "./plan/secrets";

const SYNTHESISED = "cdk.tf.json";
const MAKES_PLAN = printedBy("terraform show -json PLANFILE");

export interface Inputs {
  readonly plans: readonly Plan[];
  readonly bases: readonly Plan[];
}

interface Configuration {
  readonly file: string;
  readonly json: JsonObject;
  isUsed: boolean;
}

/**
 * Reads all files.
 *
 * @param ofOptions what is wrong with the options
 * @throws {@link CommandError} with that, and all that is wrong with the files
 */
export function readInputs(
  { plans, bases, configurations }: Pick<ReviewArguments, "plans" | "bases" | "configurations">,
  ofOptions: readonly string[],
): Inputs {
  const problems = [...ofOptions];
  const given = configurations.flatMap((file): Configuration[] => {
    const json = readConfiguration(file, true, problems);
    return json === undefined ? [] : [{ file, json, isUsed: false }];
  });
  const inputs = { plans: readPlans(plans, given, problems), bases: readPlans(bases, given, problems) };
  for (const { file, isUsed } of given) {
    if (!isUsed) {
      problems.push(`[${file}] is the configuration of none of the plans; leave it out, or give its plan`);
    }
  }
  if (problems.length > 0) {
    throw new CommandError(redacted(problems, inputs).map(visible));
  }
  return inputs;
}

function readPlans(files: readonly string[], given: readonly Configuration[], problems: string[]): Plan[] {
  const fileOf = new Map<string, string>();
  return files.flatMap((file) => {
    const text = readGivenFile(file, MAKES_PLAN, (problem) => problems.push(problem));
    if (text === undefined) {
      return [];
    }
    const synthesised = configurationFor(file, text, given, problems);
    const plan = parsePlan({ file, text, synthesised }, (what) => problems.push(`[${file}] ${what}`));
    if (plan === undefined) {
      return [];
    }
    const other = fileOf.get(plan.stack);
    if (other !== undefined) {
      const stack = JSON.stringify(plan.stack);
      problems.push(`[${file}] is of the stack ${stack}, as ${other} is; give one plan of each stack`);
    }
    fileOf.set(plan.stack, file);
    return [plan];
  });
}

/** The one that has the resources of the plan's own configuration, else the one beside the plan. */
function configurationFor(
  planFile: string,
  text: string,
  given: readonly Configuration[],
  problems: string[],
): JsonObject | undefined {
  const wanted = resourcesOfPlan(parseJson(text) ?? {});
  const fitting = given.filter(({ json }) => resourcesOfConfiguration(json) === wanted);
  const found = fitting.find(({ isUsed }) => !isUsed) ?? fitting[0];
  if (found === undefined) {
    return readConfiguration(join(dirname(planFile), SYNTHESISED), false, problems);
  }
  found.isUsed = true;
  return found.json;
}

function resourcesOfPlan(plan: JsonObject): string {
  const root = objectOf(objectOf(member(plan, "configuration")).root_module);
  const managed = listOf(root.resources)
    .map(objectOf)
    .filter(({ mode }) => mode !== "data");
  return managed
    .map(({ type, name }) => `${type}.${name}`)
    .sort()
    .join(" ");
}

function resourcesOfConfiguration(configuration: JsonObject): string {
  const types = Object.entries(objectOf(configuration.resource));
  return types
    .flatMap(([type, resources]) => Object.keys(objectOf(resources)).map((name) => `${type}.${name}`))
    .sort()
    .join(" ");
}

function readConfiguration(file: string, isGiven: boolean, problems: string[]): JsonObject | undefined {
  const remedy = `give a ${SYNTHESISED} that \`cdktf synth\` wrote`;
  const text = readGivenFile(file, { remedy }, (problem) => isGiven && problems.push(problem));
  if (text === undefined) {
    return undefined;
  }
  const json = parseJson(text);
  if (json === undefined || (stackName(json) === undefined && member(json, "resource") === undefined)) {
    problems.push(`[${file}] is no synthesised configuration; ${remedy}`);
    return undefined;
  }
  return json;
}

/** A name may hold a secret too. */
function redacted(problems: readonly string[], { plans, bases }: Inputs): string[] {
  const secrets = new Secrets();
  for (const plan of [...plans, ...bases]) {
    secrets.addPlan(plan);
  }
  return problems.map((problem) => secrets.redact(problem));
}
