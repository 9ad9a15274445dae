import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { CommandError } from "../command/command-error";
import { engine } from "../command/engine";
import { printedBy, readOnlyFile } from "../command/given-file";
import { readSynthesised, SYNTHESISED } from "../command/synthesised-stack";
import { isSameTenant } from "../lib/tenant-domain";
import { parseState, type State, type Values } from "./state";

const OUTPUT = "cdktf.out";
const LARGEST_STATE = 256 * 1024 * 1024;

/** The states in files; `-` is the standard input. @throws {@link CommandError} */
export function statesInFiles(files: readonly string[]): readonly State[] {
  const made = printedBy("terraform show -json");
  return files.map((file) => parseState(readOnlyFile(file, made), file === "-" ? "standard input" : file, engine()));
}

/** A stack as CDKTF wrote it. */
export interface SynthesisedStack {
  readonly name: string;
  /** Where the engine works. */
  readonly folder: string;
  /** What is in its `cdk.tf.json`. */
  readonly configuration: Values;
}

/** Names of the stacks that were synthesised. */
export function namesOfStacks(output = OUTPUT): readonly string[] {
  const stacks = join(output, "stacks");
  return existsSync(stacks) ? readdirSync(stacks).filter((name) => existsSync(join(stacks, name, SYNTHESISED))) : [];
}

/**
 * The stacks that were synthesised here.
 *
 * @param names of the stacks; without any, all
 * @param output folder into which CDKTF synthesises
 * @param otherwise what can be done beside that, in errors
 * @throws {@link CommandError} where there is none, or not one of a name
 */
export function synthesisedStacks(
  names: readonly string[],
  output = OUTPUT,
  otherwise = "",
): readonly SynthesisedStack[] {
  const stacks = join(output, "stacks");
  const synthesised = namesOfStacks(output);
  const unknown = names.filter((name) => !synthesised.includes(name));
  if (synthesised.length === 0 || unknown.length > 0) {
    const what = unknown.length > 0 ? `[--stack] ${unknown.join(", ")}: there is no such stack` : "there is no stack";
    const there = synthesised.length > 0 ? `; there are ${synthesised.join(", ")}` : "";
    throw new CommandError([`${what} in ${stacks}${there}; run \`npx cdktf synth\`${otherwise}`]);
  }
  return (names.length > 0 ? names : synthesised).map((name) => {
    const folder = join(stacks, name);
    return { name, folder, configuration: readSynthesised(folder) };
  });
}

/** The stacks that are of a tenant, or do not say of which. */
export function stacksOfTenant(stacks: readonly SynthesisedStack[], domain: string): readonly SynthesisedStack[] {
  return stacks.filter(({ configuration }) => isSameTenant(domainOf(configuration) ?? domain, domain));
}

/**
 * The states of the stacks that were synthesised here, as the engine shows them.
 *
 * @param names of the stacks; without any, all of the tenant's
 * @throws {@link CommandError}
 */
export function statesOfStacks(names: readonly string[], domain: string): readonly State[] {
  const stacks = synthesisedStacks(names, OUTPUT, ", or give STATE.json, what `terraform show -json` prints");
  if (names.length > 0) {
    return stacks.map(shownState);
  }
  const states = stacksOfTenant(stacks, domain)
    .map(shownState)
    .filter(({ resources }) => resources.length > 0);
  if (states.length === 0) {
    const all = stacks.map(({ name }) => name).join(", ");
    throw new CommandError([
      `none of the stacks ${all} has anything of Auth0 applied to ${domain}; deploy one, or set AUTH0_DOMAIN to its tenant`,
    ]);
  }
  return states;
}

/** Whether a stack keeps its state in a file that is not there, so that nothing of it was deployed from here. */
export function isWithoutState({ folder, configuration }: SynthesisedStack): boolean {
  const { backend } = (configuration.terraform ?? {}) as { readonly backend?: { readonly local?: { path?: unknown } } };
  const path = backend?.local?.path;
  return typeof path === "string" && !existsSync(resolve(folder, path)) && !existsSync(join(folder, ".terraform"));
}

/** The state of a stack, as the engine shows it. @throws {@link CommandError} */
export function shownState({ name: stack, folder }: SynthesisedStack): State {
  const binary = engine();
  const command = `${binary} -chdir=${folder}`;
  const shown = spawnSync(binary, [`-chdir=${folder}`, "show", "-json", "-no-color"], {
    encoding: "utf8",
    maxBuffer: LARGEST_STATE,
  });
  if (shown.error !== undefined) {
    throw new CommandError([
      `[${stack}] ${binary} can not be run (${(shown.error as NodeJS.ErrnoException).code}); install it, or set TERRAFORM_BINARY_NAME`,
    ]);
  }
  if (shown.status !== 0) {
    const said = shown.stderr.trim().split("\n").slice(0, 12).join("\n  ");
    throw new CommandError([
      `[${stack}] its state can not be read; where the folder is a new one, run \`${command} init\`\n  ${said}`,
    ]);
  }
  return parseState(shown.stdout, stack, command);
}

/** The tenant that a stack is of, where its provider says so. */
function domainOf({ provider }: Values): string | undefined {
  const { auth0 } = (provider ?? {}) as { readonly auth0?: readonly { readonly domain?: unknown }[] };
  const domain = auth0?.[0]?.domain;
  return typeof domain === "string" && !domain.includes("${") ? domain : undefined;
}
