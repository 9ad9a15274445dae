import { join } from "node:path";
import { engine } from "../command/engine";
import { isSameTenant } from "../lib/tenant-domain";
import { codeBlock } from "../review/markdown/markdown-text";
import { ManagementClient } from "../verify/management-client";
import { reportText } from "../verify/report";
import { parseState, type State } from "../verify/state";
import { compareTenant } from "../verify/tenant-comparison";
import { summary } from "./job";
import type { StackPlan } from "./plans";
import { silentTerraform } from "./terraform";

/**
 * Compares the tenant with the states of stacks that were planned, and tells it in the log and on the page of the run.
 *
 * @param plans the folder with those of the stacks
 * @returns whether nothing differs
 * @throws CommandError
 */
export async function isVerified(plans: string, stacks: readonly StackPlan[]): Promise<boolean> {
  const client = await ManagementClient.enter();
  const states: State[] = [];
  for (const { name, domain } of stacks) {
    if (domain === undefined || isSameTenant(domain, client.domain)) {
      const shown = await silentTerraform(join(plans, name), "show", "-json", "-no-color");
      states.push(parseState(shown, name, `${engine()} -chdir=cdktf.out/stacks/${name}`));
    }
  }
  const compared = states.filter(({ resources }) => resources.length > 0);
  if (compared.length === 0) {
    return true;
  }
  const comparison = await compareTenant(client, compared);
  const report = reportText(comparison);
  process.stdout.write(`\n${report}`);
  summary(`### The tenant, compared with its state\n\n${codeBlock(report)}`);
  return comparison.findings.length === 0;
}
