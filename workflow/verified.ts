import { join } from "node:path";
import { isSameTenant } from "../lib/tenant-domain";
import { codeBlock } from "../review/markdown/markdown-text";
import type { Comparison } from "../verify/comparison";
import { ManagementClient } from "../verify/management-client";
import { reportText } from "../verify/report";
import { parseState } from "../verify/state";
import { compareTenant } from "../verify/tenant-comparison";
import type { StackPlan } from "./plans";
import { engine, silentTerraform } from "./terraform";

/**
 * Compares the tenant with the states of stacks that were planned.
 *
 * @param plans the folder with those of the stacks
 * @returns undefined where none of them has anything of Auth0 in its state
 * @throws CommandError
 */
export async function verified(plans: string, stacks: readonly StackPlan[]): Promise<Comparison | undefined> {
  const client = await ManagementClient.enter();
  const states = [];
  for (const { name, domain } of stacks) {
    if (domain === undefined || isSameTenant(domain, client.domain)) {
      const shown = await silentTerraform(join(plans, name), "show", "-json", "-no-color");
      states.push(parseState(shown, name, `${engine()} -chdir=cdktf.out/stacks/${name}`));
    }
  }
  const compared = states.filter(({ resources }) => resources.length > 0);
  return compared.length === 0 ? undefined : compareTenant(client, compared);
}

/** For the page of the run. */
export function verifiedMarkdown(comparison: Comparison): string {
  return `### The tenant, compared with its state\n\n${codeBlock(reportText(comparison))}`;
}
