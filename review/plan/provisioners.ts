import { type Finding, finding } from "../finding";
import { listOf, objectOf, textOf } from "../json-value";
import { configurationAddress, constantOf, resourcesIn } from "./configuration";
import { actionOf, type Plan } from "./plan";
import type { Secrets } from "./secrets";

/** When a resource's provisioners run. */
const RUNNING = new Set(["create", "replace", "destroy"]);

/** What the apply runs on the machine that applies, or on another: with the secrets that it deploys with. */
export function provisionerFindings(plan: Plan, secrets: Secrets): Finding[] {
  const provisioners = configuredProvisioners(plan);
  return plan.changes
    .filter((change) => RUNNING.has(actionOf(change)))
    .flatMap(({ address }): Finding[] => {
      const commands = provisioners.get(configurationAddress(address)) ?? [];
      const shown = secrets.mark(address);
      const values = { address: shown, commands: commands.map((command) => secrets.mark(command)) };
      return commands.length === 0 ? [] : [finding("apply-runs", { address: shown }, values)];
    });
}

/** By the address without keys: the command of each, or what it is where that is not known. */
function configuredProvisioners({ json }: Plan): ReadonlyMap<string, readonly string[]> {
  const all = resourcesIn(json).map(({ address, resource }) => {
    const commands = listOf(resource.provisioners).map(objectOf).map(commandOf);
    return [address, commands] as const;
  });
  return new Map(all);
}

function commandOf({ type, expressions }: Readonly<Record<string, unknown>>): string {
  const { command, inline, script } = objectOf(constantOf(expressions));
  const lines = [command, ...listOf(inline), script].flatMap((line) => textOf(line) ?? []);
  return lines.length === 0 ? String(type) : lines.join("\n");
}
