import { readSynthesised } from "../command/synthesised-stack";
import type { Stack } from "./stacks";

/** What of a synthesised configuration is looked at. */
interface Configuration {
  readonly terraform?: { readonly cloud?: object; readonly backend?: Readonly<Record<string, unknown>> };
  readonly provider?: { readonly auth0?: readonly { readonly domain?: unknown }[] };
}

/**
 * Whether a stack keeps its state in a file of the runner, which is gone with it: the next apply would make everything a
 * second time.
 */
export function isStateOnRunner({ folder }: Stack): boolean {
  const { terraform } = readSynthesised(folder) as Configuration;
  return terraform?.cloud === undefined && Object.keys(terraform?.backend ?? {}).every((type) => type === "local");
}

/** The tenant that a stack is of, where its provider says so. */
export function domainOf({ folder }: Stack): string | undefined {
  const domain = (readSynthesised(folder) as Configuration).provider?.auth0?.[0]?.domain;
  return typeof domain === "string" && !domain.includes("${") ? domain : undefined;
}
