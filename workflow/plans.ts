import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command/command-error";
import { checkName } from "./stacks";

export interface StackPlan {
  readonly name: string;
  /** Of its tenant, as far as it is known. */
  readonly domain?: string | undefined;
  readonly isChange: boolean;
  /** As the engine's `show -json` prints it. */
  readonly plan: Readonly<Record<string, unknown>>;
}

/**
 * What `plans.json` says in a folder of plans. Beside it stands a folder for each stack, with its configuration, `plan` and
 * `plan.json`.
 */
export interface Plans {
  readonly stacks: readonly StackPlan[];
}

export function writePlans(folder: string, plans: Plans): void {
  writeFileSync(join(folder, "plans.json"), JSON.stringify(plans));
}

/** @throws {@link CommandError} */
export function readPlansOf(folder: string): Plans {
  return readPlans(join(folder, "plans.json"));
}

/** @throws {@link CommandError} where the file is none of plans: whoever has the passphrase can make one */
export function readPlans(file: string): Plans {
  if (!existsSync(file)) {
    throw new CommandError([`[${file}] is missing: no plan was made there; look at the steps before this one`]);
  }
  const plans = parsedPlans(readFileSync(file, "utf8"));
  if (plans === undefined) {
    throw new CommandError([`[${file}] is none that ci plan wrote; plan again`]);
  }
  for (const { name } of plans.stacks) {
    checkName(name);
  }
  return plans;
}

/** The files that `review` reads. @throws {@link CommandError} */
export function planFiles(folder: string): readonly string[] {
  return readPlansOf(folder).stacks.map(({ name }) => join(folder, name, "plan.json"));
}

function parsedPlans(text: string): Plans | undefined {
  try {
    const plans = JSON.parse(text) as Plans;
    const isSound = plans.stacks.every(
      ({ name, plan }) => typeof name === "string" && typeof plan === "object" && plan,
    );
    return isSound ? plans : undefined;
  } catch {
    return undefined;
  }
}
